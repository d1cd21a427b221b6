import { html, nothing, type TemplateResult } from 'lit';
import { launchChoicesMessages as texts } from '../../i18n/en/launch-choices.js';
import { iconTrash } from '../../ui/icons.js';
import { textField } from '../../ui/field.js';
import { pairProblem } from './decide-more.js';
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
  return html`<fieldset class="pairs">
    <legend>${localizer.text(texts, what)}</legend>
    <p class="hint">${localizer.text(texts, `${what}Hint`)}</p>
    ${pairs.map((pair, at) => {
      const problem = pairProblem(pair, pairs);
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
      </div>`;
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
