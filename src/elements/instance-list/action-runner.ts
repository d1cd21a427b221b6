import type { ReactiveControllerHost } from 'lit';
import { instanceListMoreMessages as moreMessages } from '../../i18n/en/instance-list-more.js';
import type { Server } from '../../openstack/compute.js';
import type { Action } from '../../openstack/errors.js';
import { load } from '../../session/load.js';
import type { MenuItem } from '../../ui/menu.js';
import { announce } from '../../ui/live-region.js';
import type { OverlayHost } from '../../ui/overlay-host.js';
import type * as forms from '../instances/forms.js';
import { hasForm, type FormAction } from '../instances/forms-list.js';
import type { Choices } from '../instances/choices.js';
import { tellOf } from '../instances/tell.js';
import { INSTANCE_ACTIONS, needsConfirmation, refusal, type InstanceAction } from './actions.js';
import {
  beginRun,
  failedIds,
  inParallel,
  planFor,
  settle,
  type Plan,
  type RightsTo,
  type Run,
} from './bulk.js';
import type * as confirm from './confirm.js';
import { ExoInstanceRequestEvent } from './events.js';
import type { Gathered, Origin } from './gathered.js';
import { actionWord, moreWords, nameOf, refusalText } from './words.js';

type More = Pick<typeof confirm, 'confirmPlan' | 'request' | 'actionItems' | 'bulkItems' | 'actionLabel'>;

/** What the runner needs of the list. */
export interface RunnerHost extends OverlayHost, ReactiveControllerHost {
  readonly rightsTo: RightsTo;
  /** Loads what asks before an action, and the names and requests of the less frequent ones. */
  readonly loadConfirm: () => Promise<More>;
  /** Loads the forms of actions that ask for more than a yes. */
  readonly loadForms: () => Promise<Pick<typeof forms, 'openForm'>>;
  /** The rows, and the connections they are from. */
  readonly gathered: Pick<Gathered, 'get' | 'originOf'>;
  /** Where a row is, in words, where that has to be said. */
  whereOf(server: Server): string | undefined;
  /** Where the keyboard goes after a dialog when what had it is gone. */
  focusAfter(id: string): () => HTMLElement | null;
}

/** An action on one row that the cloud has refused. */
export interface RowFailure {
  readonly action: InstanceAction;
  readonly error: unknown;
  /** The question could not be loaded: nobody has agreed yet. */
  readonly unasked?: boolean;
  /** What was chosen with it. */
  readonly choices?: Choices;
}

/** At most so many requests of one action are under way together. */
const WIDTH = 4;

/** What could not be done where the question of an action could not be loaded. */
const ATTEMPTS: Partial<Record<InstanceAction, Action>> = {
  stop: 'stop-instance',
  reboot: 'reboot-instance',
  'hard-reboot': 'reboot-instance',
  delete: 'delete-instance',
};

/** From a click to the request and back: event, confirmation, request, result. */
export class ActionRunner {
  readonly #host: RunnerHost;
  #run: Run<unknown> | undefined;
  #failures = new Map<string, RowFailure>();
  #asking = false;
  #more: More | undefined;
  /** What was chosen with the last run. */
  #chosen: Choices = {};
  /** The last run failed before anybody was asked. */
  #unasked = false;

  constructor(host: RunnerHost) {
    this.#host = host;
  }

  /** The last action on several rows. */
  get run(): Run<unknown> | undefined {
    return this.#run;
  }

  /** Ids of the rows whose action has failed. */
  get failed(): Iterable<string> {
    return this.#failures.keys();
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
    const origin = this.#originOf(server);
    const choices = origin && (await this.#agreed(planFor(action, [server], this.#host.rightsTo)));
    if (!origin || !choices) return;
    const now = this.#isWhere(origin, server.id) && this.#stillThere(action, server);
    if (!now) return;
    if (hasForm(action)) await this.#fillIn(action, now, origin);
    else await this.#actOnRow(action, now, origin, choices);
  }

  /** Everything that can be done to a row as it is when its menu opens. */
  menuOf(id: string): readonly MenuItem[] | Promise<readonly MenuItem[]> {
    const { gathered, localizer, rightsTo } = this.#host;
    const act = (action: InstanceAction) => {
      const now = gathered.get(id);
      if (now) void this.actOn(action, now);
    };
    const server = gathered.get(id);
    if (!server) return [];
    return this.#itemsOf(
      ({ actionItems }) => actionItems(localizer, gathered.get(id) ?? server, rightsTo(server), act),
      () =>
        INSTANCE_ACTIONS.map((action) => {
          const no = refusal(action, server, rightsTo(server));
          return this.#plainItem(action, no && refusalText(localizer, no), act);
        }),
    );
  }

  /** What else can be done to the selection. */
  menuOfMany(selected: readonly Server[]): readonly MenuItem[] | Promise<readonly MenuItem[]> {
    const { localizer, rightsTo } = this.#host;
    const act = (action: InstanceAction) => void this.actOnMany(action, selected);
    return this.#itemsOf(
      ({ bulkItems }) => bulkItems(localizer, selected, rightsTo, act),
      () => [this.#plainItem('hard-reboot', undefined, act)],
    );
  }

  /** The whole menu; what the list itself has where the rest cannot be loaded. */
  #itemsOf(
    whole: (more: More) => readonly MenuItem[],
    own: () => readonly MenuItem[],
  ): readonly MenuItem[] | Promise<readonly MenuItem[]> {
    return this.#more
      ? whole(this.#more)
      : this.#load().then(whole, () => [
          ...own(),
          {
            label: this.#host.localizer.text(moreMessages, 'menuFailed'),
            first: true,
            onSelect: () => void this.#load().catch(() => undefined),
          },
        ]);
  }

  #plainItem(
    action: InstanceAction,
    reason: string | undefined,
    act: (action: InstanceAction) => void,
  ): MenuItem {
    return {
      label: actionWord(this.#host.localizer, action),
      danger: action === 'delete',
      reason,
      onSelect: () => act(action),
    };
  }

  async #load(): Promise<More> {
    this.#more = await this.#host.loadConfirm();
    moreWords.of = this.#more.actionLabel;
    return this.#more;
  }

  /** An action with a form, which sends by itself and shows there what the cloud says. */
  async #fillIn(action: FormAction, server: Server, origin: Origin): Promise<void> {
    const { id, collection: servers, connection } = origin;
    if (!servers) return;
    this.dismiss(server.id);
    let sent = false;
    try {
      const { openForm } = await load(this.#host.loadForms, { action: 'change-instance' });
      if (!this.#host.isConnected) return;
      const place = { id, servers, connection };
      sent = await openForm(this.#host, action, place, this.#host.focusAfter(server.id));
    } catch (error) {
      this.#failures.set(server.id, { action, error, unasked: true });
      this.#host.requestUpdate();
    }
    if (sent) this.#tell(action, server.name, origin, undefined);
  }

  /** The same again on one row, after it has failed. */
  async retry(server: Server): Promise<void> {
    const origin = this.#originOf(server);
    const failure = this.#failures.get(server.id);
    if (!origin || !failure) return;
    if (!failure.unasked) return this.#actOnRow(failure.action, server, origin, failure.choices ?? {});
    this.dismiss(server.id);
    await this.actOn(failure.action, server);
  }

  /** The buttons of the selection. */
  async actOnMany(action: InstanceAction, servers: readonly Server[]): Promise<void> {
    const origins = this.#originsOf(servers);
    const plan = planFor(action, servers, this.#host.rightsTo);
    const choices = await this.#agreed(plan, true);
    if (!choices) return;
    this.#chosen = choices;
    // What has changed while the question stood there is left out, and what is of a project that was left.
    const fresh = plan.applies.flatMap(({ id }) => {
      const origin = origins.get(id);
      const now = origin && this.#isWhere(origin, id) ? this.#host.gathered.get(id) : undefined;
      return now ?? [];
    });
    if (fresh.length === 0) return;
    const again = planFor(action, fresh, this.#host.rightsTo);
    await this.#runOver({ ...again, refused: [...plan.refused, ...again.refused] });
  }

  /** Once more for the rows that have failed. */
  async retryFailed(): Promise<void> {
    const run = this.#run;
    if (!run) return;
    const servers = failedIds(run).flatMap((id) => this.#host.gathered.get(id) ?? []);
    if (!this.#unasked) return this.#runOver(planFor(run.action, servers, this.#host.rightsTo));
    this.dismiss();
    await this.actOnMany(run.action, servers);
  }

  #originOf({ id }: Server): Origin | undefined {
    return this.#host.gathered.originOf(id);
  }

  #originsOf(servers: readonly Server[]): ReadonlyMap<string, Origin> {
    return new Map(
      servers.flatMap((server) => {
        const origin = this.#originOf(server);
        return origin ? [[server.id, origin]] : [];
      }),
    );
  }

  /** Whether a row is still of the connection it was of: another project may have been chosen meanwhile. */
  #isWhere({ connection }: Origin, rowId: string): boolean {
    return this.#host.gathered.originOf(rowId)?.connection === connection;
  }

  /** Tells the page, then asks the person; undefined where it is not to be done. */
  async #agreed(plan: Plan, many = false): Promise<Choices | undefined> {
    const [first] = plan.applies;
    if (!first) {
      for (const { refusal: no } of plan.refused.slice(0, 1))
        announce(this.#host, refusalText(this.#host.localizer, no));
      return undefined;
    }
    const asked = plan.applies.flatMap((server) => {
      const origin = this.#originOf(server);
      return origin ? [{ id: origin.id, connection: origin.connection.id, name: server.name }] : [];
    });
    if (!this.#host.dispatchEvent(new ExoInstanceRequestEvent(plan.action, asked))) return undefined;
    if (hasForm(plan.action) || (!needsConfirmation(plan.action) && plan.refused.length === 0)) return {};
    const confirm = await this.#question(plan, many);
    // Somebody may have gone elsewhere while it came.
    if (!confirm || !this.#host.isConnected) return undefined;
    return confirm(this.#host, plan, {
      whereOf: (server) => this.#host.whereOf(server),
      placeOf: (server) => this.#originOf(server),
      returnFocus: this.#host.focusAfter(first.id),
    });
  }

  /** Loads what asks; undefined where it cannot be had, or is on its way already for an earlier press. */
  async #question(plan: Plan, many: boolean): Promise<More['confirmPlan'] | undefined> {
    if (this.#asking) return undefined;
    this.#asking = true;
    try {
      return (await load(() => this.#load(), { action: ATTEMPTS[plan.action] ?? 'change-instance' }))
        .confirmPlan;
    } catch (error) {
      this.#failUnasked(plan, many, error);
      return undefined;
    } finally {
      this.#asking = false;
    }
  }

  /** The question did not come: said where the action was chosen, with a retry that asks. */
  #failUnasked(plan: Plan, many: boolean, error: unknown): void {
    const { action, applies } = plan;
    if (many) {
      this.#update(
        applies.reduce((run, { id }) => settle(run, id, 'failed', error), beginRun<unknown>(plan)),
      );
      this.#unasked = true;
      return;
    }
    for (const { id } of applies) this.#failures.set(id, { action, error, unasked: true });
    this.#host.requestUpdate();
  }

  /** The row as it is now, if the action still makes sense; otherwise it is said why not. */
  #stillThere(action: InstanceAction, server: Server): Server | undefined {
    const { localizer, rightsTo } = this.#host;
    const now = this.#host.gathered.get(server.id);
    if (!now) {
      announce(
        this.#host,
        localizer.text(moreMessages, 'goneMeanwhile', { name: nameOf(localizer, server) }),
      );
      return undefined;
    }
    const [refused] = planFor(action, [now], rightsTo).refused;
    if (refused) announce(this.#host, refusalText(localizer, refused.refusal));
    return refused ? undefined : now;
  }

  async #actOnRow(action: InstanceAction, server: Server, origin: Origin, choices: Choices): Promise<void> {
    this.dismiss(server.id);
    const error = await this.#send(action, server, origin, choices);
    if (error === undefined || !this.#isWhere(origin, server.id)) return;
    this.#failures.set(server.id, { action, error, choices });
    this.#host.requestUpdate();
  }

  async #runOver(plan: Plan): Promise<void> {
    this.#unasked = false;
    this.#update(beginRun(plan));
    for (const { id } of plan.applies) this.#failures.delete(id);
    // Each row goes to its own connection, wherever the person has gone meanwhile.
    const origins = this.#originsOf(plan.applies);
    await inParallel(plan.applies, WIDTH, async (server) => {
      const origin = origins.get(server.id);
      const mine = () =>
        this.#run?.action === plan.action && this.#run.items.some(({ id }) => id === server.id);
      if (!origin) return;
      if (this.#run && mine()) this.#update(settle(this.#run, server.id, 'running'));
      const error = await this.#send(plan.action, server, origin, this.#chosen);
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
  async #send(action: InstanceAction, { name }: Server, origin: Origin, choices: Choices): Promise<unknown> {
    const { id, collection: servers, connection } = origin;
    let error: unknown;
    try {
      // The one that nothing is asked or loaded for.
      if (action === 'start') await servers?.start(id);
      else if (servers) {
        const { request } = await load(() => this.#load(), { action: ATTEMPTS[action] ?? 'change-instance' });
        await request(action, { id, servers, connection }, choices);
      }
    } catch (thrown) {
      error = thrown;
    }
    this.#tell(action, name, origin, error);
    return error;
  }

  #tell(action: InstanceAction, name: string, { id, connection }: Origin, error: unknown): void {
    tellOf(this.#host, action, { id, connection: connection.id, name, error });
  }
}
