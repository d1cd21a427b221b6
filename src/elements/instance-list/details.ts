import { html, nothing, type TemplateResult } from 'lit';
import { instanceListMessages as messages } from '../../i18n/en/instance-list.js';
import { instanceListMoreMessages as moreMessages } from '../../i18n/en/instance-list-more.js';
import type { Server } from '../../openstack/compute.js';
import { copyButton } from '../../ui/copy-button.js';
import { errorNotice, notice } from '../../ui/notice.js';
import type { RowTrouble } from './acting.js';
import { renderAddress } from './address.js';
import { orderAddresses } from './addresses.js';
import { faultKind } from './fault.js';
import type { RowContext } from './row.js';
import { paceOf, statusOf } from './status.js';
import { nameOf } from './words.js';

/** What a row has no room for: why an action failed, what is wrong with the instance, and the facts to copy. */
export function renderDetails(
  context: RowContext,
  server: Server,
  { index, open, failure }: { index: number; open: boolean; failure: RowTrouble | undefined },
): TemplateResult {
  const { host, columns, actions } = context;
  const { localizer } = host;
  return html`<tr role="row" class="details" aria-rowindex=${index} data-row=${server.id}>
    <td role="cell" colspan=${columns.length + (actions ? 2 : 0)}>
      <div class="panel" part="details">
        ${failure ? renderFailure(context, server, failure) : nothing}
        ${open && paceOf(statusOf(server), context.now).late ? renderLate(context) : nothing}
        ${open && server.status === 'ERROR' ? renderFault(context, server) : nothing}
        ${
          open
            ? html`<dl
                aria-label=${localizer.text(moreMessages, 'details', { name: nameOf(localizer, server) })}
              >
                ${facts(context, server)}
              </dl>`
            : nothing
        }
      </div>
    </td>
  </tr>`;
}

function renderFailure(context: RowContext, server: Server, { error }: RowTrouble): TemplateResult {
  return errorNotice(context.host, error, {
    urgent: true,
    onRetry: () => context.onRetry(server),
    actions: html`<button type="button" class="quiet" @click=${() => context.onDismiss(server)}>
      ${context.host.localizer.text(moreMessages, 'dismiss')}
    </button>`,
  });
}

function renderLate({ host: { localizer } }: RowContext): TemplateResult {
  return notice({
    tone: 'warning',
    heading: localizer.text(moreMessages, 'lateHeading'),
    text: localizer.text(moreMessages, 'lateHelps'),
  });
}

function renderFault({ host }: RowContext, { fault }: Server): TemplateResult {
  const { localizer } = host;
  const heading = localizer.text(moreMessages, 'faultHeading');
  if (fault === undefined) {
    return notice({
      tone: 'error',
      heading,
      text: localizer.text(moreMessages, 'faultUnknown'),
      helps: localizer.text(moreMessages, 'fault-other-helps'),
    });
  }
  const message = fault.message.trim();
  const kind = faultKind(message);
  return notice({
    tone: 'error',
    heading,
    text: localizer.text(moreMessages, `fault-${kind}`),
    helps: localizer.text(moreMessages, `fault-${kind}-helps`),
    more:
      message === ''
        ? nothing
        : html`<p class="notice-detail">
            ${localizer.text(moreMessages, 'cloudSays')}: <q dir="auto">${message}</q>
          </p>`,
  });
}

function facts(context: RowContext, server: Server): TemplateResult[] {
  const { host } = context;
  const { localizer } = host;
  const id = context.idOf(server);
  const fact = (label: string, value: unknown) =>
    html`<div>
      <dt>${label}</dt>
      <dd>${value}</dd>
    </div>`;
  const text = (value: string) => html`<bdi>${value}</bdi>`;
  const creator = context.creatorOf(server);
  const { created, keyName, availabilityZone, volumesAttached, description, locked, lockedReason } = server;
  return [
    ...(description ? [fact(localizer.text(moreMessages, 'description'), text(description))] : []),
    ...networks(server).map(([network, addresses]) =>
      fact(
        localizer.text(moreMessages, 'network', { name: network }),
        addresses.map((address) => renderAddress(host, address)),
      ),
    ),
    ...(created
      ? [fact(localizer.text(moreMessages, 'created'), localizer.text(messages, 'exactAge', { created }))]
      : []),
    ...(keyName ? [fact(localizer.text(moreMessages, 'keypair'), text(keyName))] : []),
    ...(volumesAttached.length > 0
      ? [
          fact(
            localizer.text(moreMessages, 'volumesLabel'),
            localizer.text(moreMessages, 'volumes', { count: volumesAttached.length }),
          ),
        ]
      : []),
    ...(context.costOf(server) === ''
      ? []
      : [fact(localizer.text(messages, 'column-cost'), context.costOf(server))]),
    ...(creator ? [fact(localizer.text(messages, 'column-creator'), text(creator))] : []),
    ...(availabilityZone ? [fact(localizer.text(moreMessages, 'zone'), text(availabilityZone))] : []),
    ...(locked
      ? [
          fact(
            localizer.text(messages, 'locked'),
            lockedReason ? text(lockedReason) : localizer.text(moreMessages, 'lockedDetail'),
          ),
        ]
      : []),
    fact(
      localizer.text(moreMessages, 'id'),
      html`<span class="address"
        ><code dir="ltr">${id}</code
        >${copyButton(host, { value: id, what: localizer.text(moreMessages, 'copyId') })}</span
      >`,
    ),
  ];
}

function networks({ addresses }: Server): [string, Server['addresses']][] {
  const names = [...new Set(addresses.map(({ network }) => network))];
  return names.map((name) => [name, orderAddresses(addresses.filter(({ network }) => network === name))]);
}
