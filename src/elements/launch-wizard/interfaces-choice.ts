import { html, nothing, type TemplateResult } from 'lit';
import { launchChoicesMessages as texts } from '../../i18n/en/launch-choices.js';
import { isAddress } from '../../launch/security.js';
import { selectField, textField } from '../../ui/field.js';
import { iconTrash } from '../../ui/icons.js';
import { followRow } from './row-focus.js';
import type { FormView } from './section.js';

/** Addresses of its own choice, and further networks. */
export function interfacesChoice(view: FormView): TemplateResult {
  const { decision, draft, host } = view;
  const { localizer } = host;
  const { network, networkChoice: choice } = decision;
  const more = draft.moreNetworks ?? [];
  const others = network.usable.filter(({ id }) => choice?.kind !== 'network' || id !== choice.id);
  const change = (at: number, part: Partial<(typeof more)[number]>) =>
    view.change({ moreNetworks: more.map((each, i) => (i === at ? { ...each, ...part } : each)) });
  return html`<div class="group">
    <h4 class="minor">${localizer.text(texts, 'interfaces')}</h4>
    ${
      choice?.kind === 'network'
        ? fixedIp(view, 'fixed-ip', choice, draft.fixedIp ?? '', (typed) => view.change({ fixedIp: typed }))
        : nothing
    }
    ${more.map(({ id, fixedIp: typed }, at) => {
      const name = network.usable.find((each) => each.id === id)?.name || id;
      return html`<div class="pair removable" role="group" aria-label=${name}>
        ${selectField(localizer, {
          id: `interface-${at}`,
          label: localizer.text(texts, 'networkLegend'),
          value: id,
          options: others.map((each) => ({ value: each.id, label: each.name || each.id })),
          onChange: (next) => change(at, { id: next }),
        })}
        ${fixedIp(view, `interface-ip-${at}`, { id, name }, typed ?? '', (ip) => change(at, { fixedIp: ip }))}
        <button
          type="button"
          class="quiet icon-only"
          aria-label=${localizer.text(texts, 'removeNamed', { name })}
          title=${localizer.text(texts, 'remove')}
          @click=${(event: Event) => {
            view.change({ moreNetworks: more.filter((_, i) => i !== at) });
            followRow(event, 'removed');
          }}
        >
          ${iconTrash()}
        </button>
      </div>`;
    })}
    ${
      others.length === 0
        ? nothing
        : html`<button
            type="button"
            class="small"
            @click=${(event: Event) => {
              const next = others.find(({ id }) => !more.some((each) => each.id === id)) ?? others[0];
              if (next) view.change({ moreNetworks: [...more, { id: next.id }] });
              followRow(event, 'added');
            }}
          >
            ${localizer.text(texts, 'interfaceAdd')}
          </button>`
    }
  </div>`;
}

function fixedIp(
  view: FormView,
  field: string,
  network: { readonly id: string; readonly name: string },
  value: string,
  onInput: (typed: string) => void,
): TemplateResult {
  const { localizer } = view.host;
  return textField(localizer, {
    id: field,
    label: localizer.text(texts, 'fixedIp', { name: network.name || network.id }),
    value,
    optional: true,
    technical: true,
    hint: localizer.text(texts, 'fixedIpHint'),
    problem: fixedIpProblem(view, network.id, value.trim()),
    onInput,
  });
}

function fixedIpProblem(
  { decision, host, known }: FormView,
  networkId: string,
  typed: string,
): string | undefined {
  const { localizer } = host;
  if (typed === '') return undefined;
  if (!isAddress(typed)) return localizer.text(texts, 'fixedIpProblem');
  if (decision.count > 1) return localizer.text(texts, 'fixedIpOne');
  const misfit = known.misfits?.get(`${networkId} ${typed}`);
  switch (misfit?.why) {
    case 'outside':
      return localizer.text(texts, 'fixedIpOutside', misfit);
    case 'taken':
      return localizer.text(texts, 'fixedIpTaken', misfit);
    case 'automatic':
      return localizer.text(texts, 'fixedIpAutomatic');
    case 'reserved':
      return localizer.text(texts, 'fixedIpReserved');
    case undefined:
      return undefined;
  }
}
