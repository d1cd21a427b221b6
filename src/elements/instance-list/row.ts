import { html, nothing, type TemplateResult } from 'lit';
import { guard } from 'lit/directives/guard.js';
import { live } from 'lit/directives/live.js';
import { instanceListMessages as messages } from '../../i18n/en/instance-list.js';
import type { Server } from '../../openstack/compute.js';
import { actionButton } from '../../ui/action-button.js';
import { iconCheck, iconDisk, iconLock, iconPlay, iconRestart, iconStop, iconTrash } from '../../ui/icons.js';
import { menuTrigger } from '../../ui/menu-trigger.js';
import type { OverlayHost } from '../../ui/overlay-host.js';
import { errorNotice } from '../../ui/notice.js';
import { skeletonLine } from '../../ui/skeleton.js';
import { status } from '../../ui/status.js';
import type { MenuPlace, RowTrouble } from './acting.js';
import { primaryAction, refusal, type InstanceAction } from './actions.js';
import { renderAddress } from './address.js';
import { orderAddresses } from './addresses.js';
import { cellText } from './cell-text.js';
import type { ColumnKey, PlaceKey } from './arrange.js';
import type { RightsTo } from './bulk.js';
import type { renderDetails } from './details.js';
import { statusOf } from './status.js';
import { hasVanished } from './vanished.js';
import {
  actionWord,
  nameOf,
  refusalText,
  statusDetail,
  statusWord,
  type ImageWords,
  type SizeWords,
} from './words.js';

type Details = (...of: Parameters<typeof renderDetails>) => unknown;

/** What a row can be asked; the element answers. */
export interface RowHandlers {
  onSelect(id: string, range: boolean): void;
  onOpen(server: Server): void;
  onAct(action: InstanceAction, server: Server): void;
  onRetry(server: Server): void;
  /** The menu with all that can be done to a row. */
  onMenu(id: string, menu: MenuPlace): void;
  onDismiss(server: Server): void;
  /** The row as it is now; the one rendered may be older. */
  rowOf(id: string): Server | undefined;
}

/** What all rows of one rendering share. */
export interface RowContext extends RowHandlers {
  readonly host: OverlayHost;
  readonly columns: readonly ColumnKey[];
  readonly rightsTo: RightsTo;
  readonly actions: boolean;
  readonly exactTimes: boolean;
  /** Cards even where there is room for a table. */
  readonly cards: boolean;
  /** Milliseconds since 1970. */
  readonly now: number;
  /** Another object when the portal has other prices. */
  readonly prices: unknown;
  /** The id the cloud knows it by, which over several clouds is not the row's. */
  idOf(server: Server): string;
  placeOf(server: Server, key: PlaceKey): string;
  isSelected(id: string): boolean;
  isOpen(id: string): boolean;
  /** Ids of the rows that have a row of details below them. */
  readonly detailed: ReadonlySet<string>;
  failureOf(id: string): RowTrouble | undefined;
  /** What shows the details of a row, if it is loaded. */
  readonly details: Details | undefined;
  sizeOf(server: Server): SizeWords;
  creatorOf(server: Server): string;
  /** What it costs an hour, as a text; empty where the portal has no price. */
  costOf(server: Server): string;
  imageOf(server: Server): ImageWords;
}

/** So many addresses stand in the row, the others among its details. */
const ADDRESSES = 2;

/**
 * One instance: its row, and below it its details or why an action failed. Rendered again only when something it
 * shows is different, so that a poll or a tick costs nothing for the rows it does not touch.
 *
 * @param index its place among the rows of the table, from 1
 */
export function row(context: RowContext, server: Server, index: number): unknown {
  const { host, columns, actions } = context;
  const { localizer } = host;
  const rights = context.rightsTo(server);
  const texts: Texts = {
    age: ageText(context, server),
    detail: statusDetail(localizer, statusOf(server), context.now),
    size: context.sizeOf(server),
    image: context.imageOf(server),
  };
  const selected = context.isSelected(server.id);
  const open = context.isOpen(server.id);
  const failure = context.failureOf(server.id);
  return guard(
    [
      server,
      index,
      localizer,
      columns,
      actions,
      rights.signedIn,
      rights.canAct,
      rights.passesLocks,
      rights.forbidden?.size,
      selected,
      open,
      failure,
      texts.age,
      texts.detail,
      texts.size.name,
      texts.size.detail,
      texts.image.text,
      context.prices,
      context.details,
    ],
    () =>
      html`${cells(context, server, index, texts, selected, open)}${
        open || failure
          ? (context.details ?? missingDetails)(context, server, { index: index + 1, open, failure })
          : nothing
      }`,
  );
}

/** Until what shows the details is loaded: why that could not be done, if so. */
const missingDetails: Details = (context, server, { index, failure }) =>
  failure
    ? html`<tr role="row" class="details" aria-rowindex=${index} data-row=${server.id}>
        <td role="cell">
          <div class="panel" part="details">
            ${errorNotice(context.host, failure.error, {
              urgent: true,
              onRetry: () => context.onRetry(server),
            })}
          </div>
        </td>
      </tr>`
    : nothing;

interface Texts {
  readonly age: string;
  readonly detail: string;
  readonly size: SizeWords;
  readonly image: ImageWords;
}

function cells(
  context: RowContext,
  server: Server,
  index: number,
  texts: Texts,
  selected: boolean,
  open: boolean,
): TemplateResult {
  const { host, columns, actions } = context;
  const { localizer } = host;
  const name = nameOf(localizer, server);
  const gone = hasVanished(server);
  return html`<tr
    role="row"
    part="row"
    class="${actions ? 'ticked' : ''} ${selected ? 'selected' : ''} ${gone || statusOf(server).word === 'deleting' ? 'going' : ''}"
    aria-rowindex=${index}
    data-row=${server.id}
  >
    ${
      actions
        ? html`<td role="cell" class="tick">
            <label
              ><input
                type="checkbox"
                data-control="select"
                aria-label=${localizer.text(messages, 'selectOne', { name })}
                .checked=${live(selected)}
                ?disabled=${gone}
                @click=${(event: MouseEvent) => context.onSelect(server.id, event.shiftKey)}
            /></label>
          </td>`
        : nothing
    }
    ${columns.map((key) => cell(context, server, texts, key, name, open))}
    ${actions ? html`<td role="cell" class="do">${gone ? nothing : renderActions(context, server, name)}</td>` : nothing}
  </tr>`;
}

function cell(
  context: RowContext,
  server: Server,
  texts: Texts,
  key: ColumnKey,
  name: string,
  open: boolean,
): TemplateResult {
  const { localizer } = context.host;
  const label = localizer.text(messages, `column-${key}`);
  switch (key) {
    case 'name':
      return html`<th role="rowheader" scope="row" class="name">
        <button
          type="button"
          class="open"
          part="name"
          data-control="open"
          title=${name}
          aria-expanded=${String(open)}
          @click=${() => context.onOpen(server)}
        >
          <bdi>${name}</bdi></button
        >${
          server.locked
            ? html`<span class="lock" title=${localizer.text(messages, 'locked')}
                >${iconLock()}<span class="visually-hidden">${localizer.text(messages, 'locked')}</span></span
              >`
            : nothing
        }
      </th>`;
    case 'status': {
      const view = statusOf(server);
      return html`<td role="cell" class="state" data-label=${label}>
        ${status(view.tone, statusWord(localizer, view.word))}
        ${texts.detail === '' ? nothing : html`<span class="minor">${texts.detail}</span>`}
      </td>`;
    }
    case 'addresses':
      return html`<td role="cell" class="addresses" data-label=${label}>
        <div>${renderAddresses(context, server, name)}</div>
      </td>`;
    case 'size':
      return html`<td role="cell" class="size" data-label=${label}>
        <div>
          <span class="major">${texts.size.name}</span>
          <span class="minor">${texts.size.detail}</span>
        </div>
      </td>`;
    case 'cost':
      return html`<td role="cell" class="where cost" data-label=${label}>${context.costOf(server)}</td>`;
    case 'image':
      return html`<td role="cell" class="image" data-label=${label}>${renderImage(texts.image)}</td>`;
    case 'cloud':
    case 'project':
    case 'region': {
      const place = context.placeOf(server, key);
      return html`<td role="cell" class="where" data-label=${label}>
        <bdi class="clamp" title=${place}>${place}</bdi>
      </td>`;
    }
    case 'creator':
    case 'keypair':
    case 'network':
    case 'zone':
    case 'tags':
    case 'id': {
      const text = cellText(context, server, key);
      return html`<td role="cell" class="where" data-label=${label}>
        <bdi class="clamp" title=${text}>${text}</bdi>
      </td>`;
    }
    case 'age':
      return html`<td role="cell" class="age" data-label=${label}>
        ${
          server.created === ''
            ? nothing
            : html`<time
                datetime=${server.created}
                title=${localizer.text(messages, 'exactAge', { created: server.created })}
                >${texts.age}</time
              >`
        }
      </td>`;
  }
}

function ageText({ host, exactTimes, now }: RowContext, { created }: Server): string {
  if (created === '') return '';
  return exactTimes
    ? host.localizer.text(messages, 'exactAge', { created })
    : host.localizer.text(messages, 'age', { created, now });
}

function renderAddresses(context: RowContext, server: Server, name: string): TemplateResult {
  const { localizer } = context.host;
  const addresses = orderAddresses(server.addresses);
  if (addresses.length === 0) {
    return html`<span class="none">${localizer.text(messages, 'noAddress')}</span>`;
  }
  const more = addresses.length - ADDRESSES;
  return html`${addresses.slice(0, ADDRESSES).map((address) => renderAddress(context.host, address))}${
    more > 0
      ? html`<button
          type="button"
          class="quiet small more"
          data-control="more"
          aria-label=${localizer.text(messages, 'moreAddresses', { count: more, name })}
          @click=${() => context.onOpen(server)}
        >
          ${localizer.text(messages, 'moreAddressesShort', { count: more })}
        </button>`
      : nothing
  }`;
}

function renderImage({ text, kind }: ImageWords): TemplateResult {
  switch (kind) {
    case 'pending':
      return skeletonLine('70%');
    case 'volume':
      return html`<span class="minor from-volume">${iconDisk()}${text}</span>`;
    case 'unnamed':
      return html`<span class="minor">${text}</span>`;
    case 'image':
      return html`<span class="clamp" title=${text}>${text}</span>`;
  }
}

const ICONS: Partial<Record<InstanceAction, () => TemplateResult>> = {
  stop: iconStop,
  reboot: iconRestart,
  'confirm-resize': iconCheck,
  delete: iconTrash,
};

/** The icon of an action that has a button; what sets an instance going is the same for all. */
export function actionIcon(action: InstanceAction): TemplateResult {
  return (ICONS[action] ?? iconPlay)();
}

const BUTTONS: Partial<Record<InstanceAction, string>> = {
  delete: 'small quiet danger',
  // The cloud waits for an answer.
  'confirm-resize': 'small primary',
};

function renderActions(context: RowContext, server: Server, name: string): TemplateResult {
  const { localizer } = context.host;
  const action = primaryAction(server);
  const no = refusal(action, server, context.rightsTo(server));
  const label = localizer.text(messages, 'actionsOf', { name });
  return html`<span data-control="primary"
      >${actionButton({
        id: `do-${server.id}`,
        label: actionWord(localizer, action),
        icon: actionIcon(action),
        class: BUTTONS[action] ?? 'small quiet',
        part: 'action',
        reason: no && refusalText(localizer, no),
        onClick: () => context.onAct(action, context.rowOf(server.id) ?? server),
      })}</span
    ><span data-control="menu"
      >${menuTrigger({
        label,
        class: 'quiet icon-only small',
        onOpen: (trigger, first) => context.onMenu(server.id, { trigger, label, first }),
      })}</span
    >`;
}
