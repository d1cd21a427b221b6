import { html, nothing, type TemplateResult } from 'lit';
import { launchWizardMessages as messages } from '../../i18n/en/launch-wizard.js';
import { admitsSsh, openings } from '../../launch/security.js';
import type { NetworkChoice } from '../../launch/networks.js';
import type { SecurityGroup } from '../../openstack/network.js';
import { choiceCards } from '../../ui/choice.js';
import { checkField } from '../../ui/field.js';
import { errorNotice, notice } from '../../ui/notice.js';
import { failureOf, rowsOf } from './launch-wizard.state.js';
import { section, type FormView } from './section.js';

/** How it is connected. */
export function networkSection(view: FormView): TemplateResult {
  const { decision, host } = view;
  const { localizer } = host;
  const { networkChoice, network } = decision;
  const automatic = networkChoice !== undefined && networkValue(view, networkChoice) === 'automatic';
  return section(view, {
    part: 'network',
    label: localizer.text(messages, 'network'),
    answer:
      networkChoice === undefined
        ? ''
        : networkChoice.kind === 'network' && !automatic
          ? networkChoice.name
          : localizer.text(messages, 'networkAuto'),
    detail:
      network.ask && view.draft.network === undefined
        ? localizer.text(messages, 'networkAsk')
        : automatic && networkChoice?.kind === 'network'
          ? networkChoice.name
          : undefined,
    body: () => networkChoices(view),
  });
}

function networkChoices(view: FormView): TemplateResult {
  const { decision, host, known } = view;
  const { localizer } = host;
  const { network, networkChoice } = decision;
  const error = failureOf(known.networks);
  if (networkChoice === undefined) {
    return notice({
      tone: 'warning',
      heading: localizer.text(messages, 'networksEmptyTitle'),
      text: localizer.text(messages, 'networksEmpty'),
    });
  }
  const { automatic } = network;
  return html`
    ${error && view.setting.hasNetworkService ? errorNotice(host, error, { onRetry: () => view.retry(), tone: 'warning' }) : nothing}
    ${choiceCards({
      name: 'network-choice',
      label: localizer.text(messages, 'network'),
      value: networkValue(view, networkChoice),
      choices: [
        ...(automatic
          ? [
              {
                value: 'automatic',
                title: localizer.text(messages, 'networkAuto'),
                note:
                  automatic.kind === 'network'
                    ? localizer.text(messages, 'networkAuto-network', automatic)
                    : localizer.text(messages, 'networkAuto-auto'),
              },
            ]
          : []),
        ...network.usable.map(({ id, name, external, shared }) => ({
          value: id,
          title: name || id,
          note: external
            ? localizer.text(messages, 'networkExternal')
            : shared
              ? localizer.text(messages, 'networkShared')
              : undefined,
        })),
      ],
      onChange: (chosen) => view.change({ network: chosen }),
    })}
  `;
}

/** `automatic`, or the id of the network chosen. */
export function networkValue(
  { draft, decision }: Pick<FormView, 'draft' | 'decision'>,
  choice: NetworkChoice,
): string {
  const { automatic } = decision.network;
  if (choice.kind !== 'network') return 'automatic';
  const same = automatic?.kind === 'network' && automatic.id === choice.id;
  return same && draft.network !== choice.id ? 'automatic' : choice.id;
}

/** What may come in. */
export function groupsSection(view: FormView): TemplateResult | typeof nothing {
  const { decision, host, known } = view;
  const { localizer } = host;
  if (!view.setting.hasNetworkService) return nothing;
  const all = rowsOf(known.groups);
  const chosen = all.filter(({ id }) => decision.groups.includes(id));
  return section(view, {
    part: 'groups',
    label: localizer.text(messages, 'groups'),
    answer:
      chosen.length === 0
        ? localizer.text(messages, 'groupsDefault')
        : chosen.map(({ name }) => name).join(', '),
    detail: chosen.length === 1 ? chosen.map((group) => groupNote(view, group)).join('') : undefined,
    body: () => {
      const error = failureOf(known.groups);
      if (error) return errorNotice(host, error, { onRetry: () => view.retry(), tone: 'warning' });
      return html`<fieldset class="groups">
          <legend class="quiet-text">${localizer.text(messages, 'groupsHint')}</legend>
          ${all.map((group) =>
            checkField({
              id: `group-${group.id}`,
              label: html`<span class="title">${group.name}</span>
                <span class="note">${groupNote(view, group)}</span>`,
              checked: decision.groups.includes(group.id),
              onChange: (checked) =>
                view.change({
                  groups: checked
                    ? [...decision.groups, group.id]
                    : decision.groups.filter((id) => id !== group.id),
                }),
            }),
          )}
        </fieldset>
        ${
          chosen.length > 0 && !admitsSsh(chosen)
            ? html`<p class="caution">${localizer.text(messages, 'noSsh')}</p>`
            : nothing
        }`;
    },
  });
}

function groupNote({ host: { localizer } }: FormView, group: SecurityGroup): string {
  const list = openings(group).map((opening) => localizer.text(messages, 'opening', opening));
  return list.length === 0
    ? localizer.text(messages, 'groupNothing')
    : localizer.text(messages, 'groupOpens', { list });
}
