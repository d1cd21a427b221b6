import { html, nothing, type ReactiveControllerHost, type TemplateResult } from 'lit';
import { instanceListViewMessages as messages } from '../../i18n/en/instance-list-view.js';
import { ComputeClient, type Server } from '../../openstack/compute.js';
import { restoreServer } from '../../openstack/server-actions.js';
import { serversOf } from '../../session/collections.js';
import type { Connection } from '../../session/connection.js';
import { actionButton } from '../../ui/action-button.js';
import { announce } from '../../ui/live-region.js';
import { errorNotice } from '../../ui/notice.js';
import type { OverlayHost } from '../../ui/overlay-host.js';
import { refusal } from '../instances/availability.js';
import { tellOf } from '../instances/tell.js';
import { ExoInstanceRequestEvent } from './events.js';
import { rightsOf } from './instance-list.state.js';
import { nameOf, refusalText } from './words.js';

/** What the question needs of the list. */
export interface RestorableHost extends OverlayHost, ReactiveControllerHost {
  readonly connectionsInScope: readonly Connection[];
}

interface Found {
  readonly server: Server;
  readonly connection: Connection;
}

/** Before anything that a cloud may still hold. */
const EVER = '1970-01-01T00:00:00Z';

/**
 * Deleted instances that their cloud holds for a while. Lists leave them out, so they are asked for when somebody looks
 * for one: GET /servers/detail with `changes-since`, without which members are not shown them, and their status.
 */
export class Restorable {
  readonly #host: RestorableHost;
  #found: readonly Found[] | undefined;
  #error: unknown;
  #asking = false;
  #of: readonly Connection[] = [];

  constructor(host: RestorableHost) {
    this.#host = host;
  }

  render(): TemplateResult {
    const { localizer, connectionsInScope } = this.#host;
    // What was found in one project says nothing about another.
    const elsewhere = connectionsInScope.some((connection, at) => connection !== this.#of[at]);
    const found = elsewhere ? undefined : this.#found;
    return html`<fieldset class="restorable">
      <legend>${localizer.text(messages, 'deleted')}</legend>
      ${
        found?.length === 0
          ? html`<p class="minor" role="status">${localizer.text(messages, 'noneDeleted')}</p>`
          : nothing
      }
      ${found ? this.#list(found) : nothing}
      ${
        this.#error === undefined
          ? nothing
          : errorNotice(this.#host, this.#error, { urgent: true, onRetry: () => void this.#look() })
      }
      ${actionButton({
        id: 'look-for-deleted',
        class: 'small',
        label: localizer.text(messages, found ? 'lookAgain' : 'lookForDeleted'),
        busy: this.#asking,
        onClick: () => void this.#look(),
      })}
    </fieldset>`;
  }

  #list(found: readonly Found[]): TemplateResult {
    const { localizer } = this.#host;
    return html`<ul>
      ${found.map(({ server, connection }) => {
        const name = nameOf(localizer, server);
        const no = refusal('restore', server, rightsOf(connection));
        return html`<li>
          <span
            ><bdi>${name}</bdi>
            <span class="minor">${localizer.text(messages, 'deletedAt', { at: server.updated })}</span></span
          >
          ${actionButton({
            id: `restore-${server.id}`,
            class: 'small',
            label: localizer.text(messages, 'restore', { name }),
            reason: no && refusalText(localizer, no),
            onClick: () => void this.#restore(server, connection),
          })}
        </li>`;
      })}
    </ul>`;
  }

  async #look(): Promise<void> {
    if (this.#asking) return;
    this.#asking = true;
    this.#error = undefined;
    this.#host.requestUpdate();
    const connections = this.#host.connectionsInScope.filter((each) => each.has('compute') && !each.ended);
    try {
      const found = await Promise.all(connections.map(readDeleted));
      this.#found = found.flat();
      this.#of = this.#host.connectionsInScope;
    } catch (error) {
      this.#error = error;
    } finally {
      this.#asking = false;
      this.#host.requestUpdate();
    }
  }

  async #restore(server: Server, connection: Connection): Promise<void> {
    const named = { id: server.id, connection: connection.id, name: server.name };
    if (!this.#host.dispatchEvent(new ExoInstanceRequestEvent('restore', [named]))) return;
    this.#error = undefined;
    let error: unknown;
    try {
      await restoreServer(connection.client(ComputeClient), server);
      this.#found = this.#found?.filter((each) => each.server !== server);
      announce(this.#host, this.#host.localizer.text(messages, 'restored', { name: server.name }));
      serversOf(connection).hurry();
    } catch (thrown) {
      error = thrown;
      this.#error = thrown;
    }
    tellOf(this.#host, 'restore', { ...named, error });
    this.#host.requestUpdate();
  }
}

async function readDeleted(connection: Connection): Promise<readonly Found[]> {
  const client = connection.client(ComputeClient);
  const found: Found[] = [];
  for await (const { rows } of client.servers({ changesSince: EVER, status: 'SOFT_DELETED' }))
    for (const server of rows) if (server.status === 'SOFT_DELETED') found.push({ server, connection });
  return found;
}

const known = new WeakMap<RestorableHost, Restorable>();

/** That of a list; made when it is first shown. */
export function restorableOf(host: RestorableHost): Restorable {
  const of = known.get(host) ?? new Restorable(host);
  known.set(host, of);
  return of;
}
