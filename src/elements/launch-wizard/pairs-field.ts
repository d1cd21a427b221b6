import { html, nothing, type TemplateResult } from 'lit';
import { launchChoicesMessages as texts } from '../../i18n/en/launch-choices.js';
import { launchWizardMessages as messages } from '../../i18n/en/launch-wizard.js';
import { iconTrash } from '../../ui/icons.js';
import { textField } from '../../ui/field.js';
import { OWN_METADATA, pairProblem } from './decide-more.js';
import { quotaNotes } from './quota-notes.js';
import { followRow } from './row-focus.js';
import type { FormView } from './section.js';
import type { Pair } from './wishes.js';

/** Names and values, as many as somebody wants. */
export function pairsField(
  view: FormView,
  what: 'metadata' | 'hints',
  pairs: readonly Pair[],
  onChange: (pairs: readonly Pair[]) => void,
): TemplateResult {
  const { localizer } = view.host;
  const change = (at: number, part: Partial<Pair>) =>
    onChange(pairs.map((pair, i) => (i === at ? { ...pair, ...part } : pair)));
  const use = (at: number, key: string) =>
    html`<button
      type="button"
      class="quiet small"
      @click=${({ target }: Event) => {
        const root = target instanceof Node ? target.getRootNode() : undefined;
        change(at, { key });
        // This button goes with what it helps.
        if (root instanceof ShadowRoot) root.getElementById(`${what}-key-${at}`)?.focus();
      }}
    >
      ${localizer.text(messages, 'useName', { name: key })}
    </button>`;
  return html`<fieldset class="pairs">
    <legend>${localizer.text(texts, what)}</legend>
    <p class="hint">${localizer.text(texts, `${what}Hint`)}</p>
    ${pairs.map((pair, at) => {
      const problem = pairProblem(pair, pairs, what === 'metadata' ? OWN_METADATA : undefined);
      const free = problem === 'own' ? freeKey(pair, pairs) : '';
      return html`<div class="pair removable">
          ${textField(localizer, {
            id: `${what}-key-${at}`,
            label: localizer.text(texts, 'pairKey'),
            value: pair.key,
            technical: true,
            problem: problem && localizer.text(texts, `pair-${problem}`),
            onInput: (key) => change(at, { key }),
          })}
          ${textField(localizer, {
            id: `${what}-value-${at}`,
            label: localizer.text(texts, 'pairValue'),
            value: pair.value,
            technical: true,
            optional: true,
            onInput: (value) => change(at, { value }),
          })}
          <button
            type="button"
            class="quiet icon-only"
            aria-label=${localizer.text(texts, 'removeNamed', { name: pair.key || `${localizer.text(texts, what)} ${String(at + 1)}` })}
            title=${localizer.text(texts, 'remove')}
            @click=${(event: Event) => {
              onChange(pairs.filter((_, i) => i !== at));
              followRow(event, 'removed');
            }}
          >
            ${iconTrash()}
          </button>
        </div>
        ${free === '' ? nothing : html`<div>${use(at, free)}</div>`}`;
    })}
    <button
      type="button"
      class="small"
      aria-label="${localizer.text(texts, 'add')} ${localizer.text(texts, what)}"
      @click=${(event: Event) => {
        onChange([...pairs, { key: '', value: '' }]);
        followRow(event, 'added');
      }}
    >
      ${localizer.text(texts, 'add')}
    </button>
    ${what === 'metadata' ? quotaNotes(view, ['serverMetadata']) : nothing}
  </fieldset>`;
}

/** Another name in the place of one that is not the user's to give; empty where nothing is left of it. */
export function freeKey({ key }: Pair, all: readonly Pair[]): string {
  let name = key.trim();
  while (OWN_METADATA.test(name)) {
    const rest = name.replace(/^exo:*/, '');
    name = rest.charAt(0).toLowerCase() + rest.slice(1);
  }
  const taken = new Set(all.map((other) => other.key.trim()));
  if (name === '' || !taken.has(name)) return name;
  let number = 2;
  while (taken.has(`${name}-${number}`)) number += 1;
  return `${name}-${number}`;
}
