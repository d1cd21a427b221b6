import { html, nothing, type TemplateResult } from 'lit';
import { launchChoicesMessages as texts } from '../../i18n/en/launch-choices.js';
import { launchWizardMessages as messages } from '../../i18n/en/launch-wizard.js';
import {
  admits,
  admitsSsh,
  openingOf,
  openingProblem,
  openings,
  type OpeningWish,
} from '../../launch/security.js';
import type { SecurityGroup } from '../../openstack/network.js';
import { checkField, selectField, textField } from '../../ui/field.js';
import { iconTrash } from '../../ui/icons.js';
import { errorNotice } from '../../ui/notice.js';
import { failureOf, rowsOf } from './launch-wizard.state.js';
import { followRow } from './row-focus.js';
import type { FormView } from './section.js';

/** What most people mean, by the ports it takes. */
const USUAL: readonly {
  readonly id: 'ssh' | 'ping' | 'http' | 'rdp';
  readonly opens: readonly OpeningWish[];
}[] = [
  { id: 'ssh', opens: [{ protocol: 'tcp', ports: '22' }] },
  { id: 'ping', opens: [{ protocol: 'icmp', ports: '' }] },
  {
    id: 'http',
    opens: [
      { protocol: 'tcp', ports: '80' },
      { protocol: 'tcp', ports: '443' },
    ],
  },
  { id: 'rdp', opens: [{ protocol: 'tcp', ports: '3389' }] },
];

const same = (a: OpeningWish, b: OpeningWish): boolean =>
  a.protocol === b.protocol && a.ports.trim() === b.ports && !a.from?.trim();

const usual = (wish: OpeningWish): boolean =>
  USUAL.some(({ opens }) => opens.some((open) => same(wish, open)));

/** What may come in: the usual things by a tick, ports by number, and the project's own groups. */
export function safetyChoice(view: FormView): TemplateResult {
  const { decision, host, known } = view;
  const { localizer } = host;
  const { openings: wanted, newGroup, groups } = decision.safety;
  const error = failureOf(known.groups);
  const all = rowsOf(known.groups);
  const chosen = all.filter(({ id }) => groups.includes(id));
  const closed = wanted.length === 0 && chosen.every((group) => openings(group).length === 0);
  const isTicked = (opens: readonly OpeningWish[]) =>
    opens.every((open) => wanted.some((wish) => same(wish, open)));
  const failed = error
    ? html`${errorNotice(host, error, { onRetry: () => view.retry(), tone: 'warning' })}
        <p class="quiet-text">${localizer.text(texts, 'groupsFailed')}</p>`
    : undefined;
  return (
    failed ??
    html`
      <p class="quiet-text">${localizer.text(texts, 'safetyHint')}</p>
      <div class="ticks">
        ${USUAL.map(({ id, opens }) =>
          checkField({
            id: `open-${id}`,
            label: html`<span class="title">${localizer.text(texts, `open-${id}`)}</span>
              <span class="note">${localizer.text(texts, `open-${id}-note`)}</span>
              ${isTicked(opens) ? nothing : letInBy(view, chosen, opens)}`,
            checked: isTicked(opens),
            onChange: (checked) => {
              const others = wanted.filter((wish) => !opens.some((open) => same(wish, open)));
              view.change({ openings: checked ? [...others, ...opens] : others });
            },
          }),
        )}
      </div>
      ${wanted.map((wish, at) => (usual(wish) ? nothing : portRow(view, wish, at)))}
      <button
        type="button"
        class="small"
        @click=${(event: Event) => {
          view.change({ openings: [...wanted, { protocol: 'tcp', ports: '', from: '' }] });
          followRow(event, 'added');
        }}
      >
        ${localizer.text(texts, 'opensMore')}
      </button>
      <p class="hint">${localizer.text(texts, 'opensMoreHint')}</p>
      ${newGroup ? html`<p class="quiet-text">${localizer.text(texts, 'groupMade', newGroup)}</p>` : nothing}
      ${closed ? html`<p class="caution">${localizer.text(texts, 'opensNothing')}</p>` : nothing}
      ${all.length > 0 ? namedGroups(view, all) : nothing}
      ${
        !closed &&
        !admitsSsh(chosen) &&
        !wanted.some((wish) => wish.protocol === 'tcp' && wish.ports.trim() === '22')
          ? html`<p class="caution">${localizer.text(texts, 'noSsh')}</p>`
          : nothing
      }
    `
  );
}

/** A thing without a tick may be let in all the same. */
function letInBy(
  { host: { localizer } }: FormView,
  chosen: readonly SecurityGroup[],
  opens: readonly OpeningWish[],
): unknown {
  const wanted = opens.flatMap((open) => openingOf(open) ?? []);
  const names = chosen
    .filter((group) => wanted.every((opening) => admits([group], opening)))
    .map(({ name }) => name);
  return names.length === 0
    ? nothing
    : html`<span class="caution">${localizer.text(texts, 'letInBy', { names })}</span>`;
}

function namedGroups(view: FormView, all: readonly SecurityGroup[]): TemplateResult {
  const { localizer } = view.host;
  const { groups } = view.decision.safety;
  return html`<fieldset class="groups">
    <legend>${localizer.text(texts, 'groupsMore')}</legend>
    <p class="hint">${localizer.text(texts, 'groupsMoreHint')}</p>
    ${all.map((group) =>
      checkField({
        id: `group-${group.id}`,
        label: html`<span class="title">${group.name}</span>
          <span class="note">${groupNote(view, group)}</span>`,
        checked: groups.includes(group.id),
        onChange: (checked) =>
          view.change({
            groups: checked ? [...groups, group.id] : groups.filter((id) => id !== group.id),
          }),
      }),
    )}
  </fieldset>`;
}

function portRow(view: FormView, wish: OpeningWish, at: number): TemplateResult {
  const { localizer } = view.host;
  const all = view.decision.safety.openings;
  const problem = openingProblem(wish);
  const change = (part: Partial<OpeningWish>) =>
    view.change({ openings: all.map((each, i) => (i === at ? { ...each, ...part } : each)) });
  const opening = openingOf(wish);
  const what = opening ? localizer.text(texts, 'opening', opening) : '';
  return html`<div class="port" role="group" aria-label=${localizer.text(texts, 'opensMore')}>
    ${selectField(localizer, {
      id: `open-protocol-${at}`,
      label: localizer.text(texts, 'openProtocol'),
      value: wish.protocol,
      options: [
        { value: 'tcp', label: 'TCP' },
        { value: 'udp', label: 'UDP' },
      ],
      onChange: (protocol) => change({ protocol: protocol === 'udp' ? 'udp' : 'tcp' }),
    })}
    ${textField(localizer, {
      id: `open-ports-${at}`,
      label: localizer.text(texts, 'openPorts'),
      value: wish.ports,
      technical: true,
      hint: localizer.text(texts, 'openPortsHint'),
      // A field that was just made is not told off.
      problem:
        problem === 'ports' && wish.ports !== '' ? localizer.text(texts, 'openPortsProblem') : undefined,
      onInput: (ports) => change({ ports }),
    })}
    ${textField(localizer, {
      id: `open-from-${at}`,
      label: localizer.text(texts, 'openFrom'),
      value: wish.from ?? '',
      technical: true,
      optional: true,
      hint: localizer.text(texts, 'openFromHint'),
      problem: problem === 'from' ? localizer.text(texts, 'openFromProblem') : undefined,
      onInput: (from) => change({ from }),
    })}
    <button
      type="button"
      class="quiet icon-only"
      aria-label=${localizer.text(texts, 'removeNamed', { name: what || localizer.text(texts, 'openPorts') })}
      title=${localizer.text(texts, 'remove')}
      @click=${(event: Event) => {
        view.change({ openings: all.filter((_, i) => i !== at) });
        followRow(event, 'removed');
      }}
    >
      ${iconTrash()}
    </button>
    ${
      opening?.from === 'anywhere' && !problem
        ? html`<p class="caution">${localizer.text(texts, 'openAll', { what })}</p>`
        : nothing
    }
  </div>`;
}

function groupNote({ host: { localizer } }: FormView, group: SecurityGroup): string {
  const list = openings(group).map((opening) => localizer.text(messages, 'opening', opening));
  return list.length === 0
    ? localizer.text(texts, 'groupNothing')
    : localizer.text(texts, 'groupOpens', { list });
}
