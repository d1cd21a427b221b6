import { html, nothing, type ReactiveControllerHost } from 'lit';
import { instanceListMessages as messages } from '../../i18n/en/instance-list.js';
import type { ServerCollection } from '../../live/servers.js';
import type { Server } from '../../openstack/compute.js';
import { isOpenStackError } from '../../openstack/errors.js';
import { confirmDialog } from '../../ui/dialog.js';
import { announce } from '../../ui/live-region.js';
import type { OverlayHost } from '../../ui/overlay-host.js';
import { needsConfirmation, type InstanceAction, type Rights } from './actions.js';
import { beginRun, failedIds, inParallel, planFor, settle, type Plan, type Run } from './bulk.js';
import { confirmationOf } from './confirmation.js';
import { ExoInstanceActionEvent, ExoInstanceRequestEvent } from './events.js';
import { nameOf, refusalText } from './words.js';

/** What the runner needs of the list. */
export interface RunnerHost extends OverlayHost, ReactiveControllerHost {
  readonly rights: Rights;
  /** Nothing while nobody is signed in. */
  readonly collection: ServerCollection | undefined;
  /** Where the keyboard goes after a dialog when what had it is gone. */
  focusAfter(id: string): () => HTMLElement | null;
}

/** An action on one row that the cloud has refused. */
export interface RowFailure {
  readonly action: InstanceAction;
  readonly error: unknown;
}

/** At most so many requests of one action are under way together. */
const WIDTH = 4;

/** From a click to the request and back: event, confirmation, request, result. */
export class ActionRunner {
  readonly #host: RunnerHost;
  #run: Run<unknown> | undefined;
  #failures = new Map<string, RowFailure>();

  constructor(host: RunnerHost) {
    this.#host = host;
  }

  /** The last action on several rows. */
  get run(): Run<unknown> | undefined {
    return this.#run;
  }

  failureOf(id: string): RowFailure | undefined {
    return this.#failures.get(id);
  }

  dismiss(id?: string): void {
    if (id === undefined) this.#run = undefined;
    else this.#failures.delete(id);
    this.#host.requestUpdate();
  }

  /** Another project: nothing of the old one stays. */
  reset(): void {
    this.#run = undefined;
    this.#failures.clear();
  }

  /** Forgets failures of rows that are gone. */
  keepOnly(exists: (id: string) => boolean): void {
    for (const id of this.#failures.keys()) if (!exists(id)) this.#failures.delete(id);
  }

  /** One row's button or menu. */
  async actOn(action: InstanceAction, server: Server): Promise<void> {
    const { collection } = this.#host;
    if (!collection || !(await this.#agreed(planFor(action, [server], this.#host.rights)))) return;
    const now = this.#stillThere(action, server, collection);
    if (now) await this.#actOnRow(action, now, collection);
  }

  /** The same again on one row, after it has failed. */
  async retry(server: Server): Promise<void> {
    const { collection } = this.#host;
    const failure = this.#failures.get(server.id);
    if (collection && failure) await this.#actOnRow(failure.action, server, collection);
  }

  /** The buttons of the selection. */
  async actOnMany(action: InstanceAction, servers: readonly Server[]): Promise<void> {
    const { collection } = this.#host;
    const plan = planFor(action, servers, this.#host.rights);
    if (!collection || !(await this.#agreed(plan))) return;
    // What has changed while the question stood there is left out.
    const fresh = plan.applies.flatMap(({ id }) => collection.get(id) ?? []);
    const again = planFor(action, fresh, this.#host.rights);
    await this.#runOver({ ...again, refused: [...plan.refused, ...again.refused] }, collection);
  }

  /** Once more for the rows that have failed. */
  async retryFailed(): Promise<void> {
    const { collection } = this.#host;
    const run = this.#run;
    if (!run || !collection) return;
    const servers = failedIds(run).flatMap((id) => collection.get(id) ?? []);
    await this.#runOver(planFor(run.action, servers, this.#host.rights), collection);
  }

  /** Tells the page, then asks the person. */
  async #agreed(plan: Plan): Promise<boolean> {
    const [first] = plan.applies;
    if (!first) {
      for (const { refusal } of plan.refused.slice(0, 1))
        announce(this.#host, refusalText(this.#host.localizer, refusal));
      return false;
    }
    if (!this.#host.dispatchEvent(new ExoInstanceRequestEvent(plan.action, plan.applies))) return false;
    if (!needsConfirmation(plan.action) && plan.refused.length === 0) return true;
    const { collection } = this.#host;
    const { heading, consequence, names, share, leftOut, verb, danger } = confirmationOf(
      this.#host.localizer,
      plan,
    );
    const agreed = await confirmDialog(this.#host, {
      heading,
      body: html`<div class="confirmation">
        ${
          names.length > 0
            ? html`<ul class="names">
                ${names.map((name) => html`<li><bdi>${name}</bdi></li>`)}
              </ul>`
            : nothing
        }
        ${consequence === '' ? nothing : html`<p>${consequence}</p>`}
        ${
          share === ''
            ? nothing
            : html`<div class="left-out">
                <p>${share}</p>
                <ul>
                  ${leftOut.map((line) => html`<li>${line}</li>`)}
                </ul>
              </div>`
        }
      </div>`,
      confirmLabel: verb,
      danger,
      returnFocus: this.#host.focusAfter(first.id),
    });
    // Another project may have been chosen meanwhile; the answer was about this one.
    return agreed && collection === this.#host.collection;
  }

  /** The row as it is now, if the action still makes sense; otherwise it is said why not. */
  #stillThere(action: InstanceAction, server: Server, collection: ServerCollection): Server | undefined {
    const { localizer, rights } = this.#host;
    const now = collection.get(server.id);
    if (!now) {
      announce(this.#host, localizer.text(messages, 'goneMeanwhile', { name: nameOf(localizer, server) }));
      return undefined;
    }
    const [refused] = planFor(action, [now], rights).refused;
    if (refused) announce(this.#host, refusalText(localizer, refused.refusal));
    return refused ? undefined : now;
  }

  async #actOnRow(action: InstanceAction, server: Server, collection: ServerCollection): Promise<void> {
    this.dismiss(server.id);
    const error = await this.#send(action, server, collection);
    if (error === undefined || collection !== this.#host.collection) return;
    this.#failures.set(server.id, { action, error });
    this.#host.requestUpdate();
  }

  async #runOver(plan: Plan, collection: ServerCollection): Promise<void> {
    this.#update(beginRun(plan));
    for (const { id } of plan.applies) this.#failures.delete(id);
    await inParallel(plan.applies, WIDTH, async (server) => {
      const mine = () =>
        this.#run?.action === plan.action && this.#run.items.some(({ id }) => id === server.id);
      if (this.#run && mine()) this.#update(settle(this.#run, server.id, 'running'));
      const error = await this.#send(plan.action, server, collection);
      if (this.#run && mine()) {
        this.#update(settle(this.#run, server.id, error === undefined ? 'done' : 'failed', error));
      }
    });
  }

  #update(run: Run<unknown>): void {
    this.#run = run;
    this.#host.requestUpdate();
  }

  /** Never rejects; returns the error, and tells the page how it went. */
  async #send(action: InstanceAction, { id, name }: Server, collection: ServerCollection): Promise<unknown> {
    let error: unknown;
    try {
      await request(action, id, collection);
    } catch (thrown) {
      error = thrown;
    }
    const ok = error === undefined;
    const kind = ok ? undefined : isOpenStackError(error) ? error.kind : 'internal';
    this.#host.dispatchEvent(new ExoInstanceActionEvent({ action, id, name, ok, kind }));
    return error;
  }
}

function request(action: InstanceAction, id: string, collection: ServerCollection): Promise<void> {
  switch (action) {
    case 'start':
      return collection.start(id);
    case 'stop':
      return collection.stop(id);
    case 'reboot':
      return collection.reboot(id, 'SOFT');
    case 'hard-reboot':
      return collection.reboot(id, 'HARD');
    case 'delete':
      return collection.delete(id);
  }
}
