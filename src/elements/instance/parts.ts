import { html, nothing, type TemplateResult } from 'lit';
import { instanceDetailMessages as messages } from '../../i18n/en/instance-details.js';
import type { Collection } from '../../live/collection.js';
import type { Server } from '../../openstack/compute.js';
import { isOpenStackError } from '../../openstack/errors.js';
import type { Connection } from '../../session/connection.js';
import { actionButton } from '../../ui/action-button.js';
import { errorNotice } from '../../ui/notice.js';
import { skeletonRows } from '../../ui/skeleton.js';
import { refusalText } from '../instance-list/words.js';
import type { InstanceAction } from '../instances/actions.js';
import { refusal } from '../instances/availability.js';
import { actionLabel } from '../instances/labels.js';
import type { Asked } from './asked.js';
import type { SectionHost } from './section.js';

/** A name and what it stands for, in a list of facts. */
export function fact(label: string, value: unknown, wide = false): TemplateResult {
  return html`<div class=${wide ? 'wide' : nothing}>
    <dt>${label}</dt>
    <dd>${value}</dd>
  </div>`;
}

/** The button of an action; where it is not possible it says why. */
export function actionOf(
  host: SectionHost,
  action: InstanceAction,
  label?: string,
): TemplateResult | typeof nothing {
  const { localizer, shown } = host;
  if (shown.gone) return nothing;
  const no = refusal(action, shown.server, shown.rights);
  return actionButton({
    id: `section-${action}`,
    label: label ?? actionLabel(localizer, action),
    class: 'small',
    reason: no && refusalText(localizer, no),
    onClick: () => void shown.act(action),
  });
}

/** What was asked: its error, what is to come, or what came. */
export function answered<T>(
  host: SectionHost,
  asked: Asked<T>,
  render: (value: T) => TemplateResult | typeof nothing,
): TemplateResult {
  const { value, error } = asked;
  const stale =
    error === undefined
      ? nothing
      : errorNotice(host, error, {
          onRetry: asked.again,
          tone: value === undefined ? 'error' : 'warning',
        });
  if (value !== undefined) return html`${stale}${render(value)}`;
  return error === undefined ? skeletonRows(host.localizer.text(messages, 'loading'), 3, 2) : html`${stale}`;
}

/** What a server says about itself that a section asks more about; another text when it should ask again. */
export function tokenOf({ updated, status, taskState, addresses, volumesAttached }: Server): string {
  return JSON.stringify([updated, status, taskState, addresses, volumesAttached]);
}

/** A list of the project that a section shows something of, fresh while somebody looks. */
export class Beside<Row extends { readonly id: string }> {
  readonly #host: SectionHost;
  readonly #collection: Collection<Row> | undefined;
  #stop: (() => void) | undefined;

  /** @param of such as `imagesOf`; a cloud without that service has no rows */
  constructor(host: SectionHost, of: (connection: Connection) => Collection<Row>) {
    this.#host = host;
    try {
      this.#collection = of(host.shown.connection);
    } catch (error) {
      if (!isOpenStackError(error)) throw error;
    }
  }

  show(): void {
    this.#stop ??= this.#collection?.subscribe(() => this.#host.requestUpdate());
  }

  hide(): void {
    this.#stop?.();
    this.#stop = undefined;
  }

  get rows(): readonly Row[] {
    const state = this.#collection?.state;
    return state?.status === 'ready' ? state.rows : [];
  }

  /** Whether there is nothing more to come: all rows are there, or none can be had. */
  get settled(): boolean {
    const state = this.#collection?.state;
    return state === undefined || state.status === 'failed' || (state.status === 'ready' && state.complete);
  }

  find(id: string | undefined): Row | undefined {
    return id === undefined ? undefined : this.rows.find((row) => row.id === id);
  }
}
