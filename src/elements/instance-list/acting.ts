import type { Server } from '../../openstack/compute.js';
import { load } from '../../session/load.js';
import { addStyles } from '../../ui/add-styles.js';
import type { MenuItem } from '../../ui/menu.js';
import type { ActionRunner, RunnerHost } from './action-runner.js';
import type * as part from './acting-part.js';
import type { InstanceAction } from './actions.js';
import type { Run } from './bulk.js';

type Part = Pick<
  typeof part,
  | 'ActionRunner'
  | 'actingStyles'
  | 'bulkBar'
  | 'closeOrphanedMenu'
  | 'linkItems'
  | 'openMenu'
  | 'renderDetails'
>;

/** What acting needs of the list. */
export interface ActingHost extends RunnerHost {
  /** Loads what runs actions, opens menus and shows the bar of the selection. */
  readonly loadActing: () => Promise<Part>;
  /** Which parts of an instance the page shows in its own place. */
  readonly sections: string | undefined;
  /** Whether the page launches another one like an instance. */
  readonly launchLike: boolean;
  openSection(id: string, section: string): void;
}

/** Why something chosen on a row was not done. */
export interface RowTrouble {
  readonly error: unknown;
}

/** Where a menu opens. */
export interface MenuPlace {
  readonly trigger: HTMLElement;
  readonly label: string;
  readonly first: 'first' | 'last';
}

/** What has been loaded. */
interface Loaded {
  readonly part: Part;
  readonly runner: ActionRunner;
}

/**
 * The way to everything that changes something or shows more. Lists are looked at more often than anything is done in
 * them, so what does it is a part of its own: on its way when the pointer or the keyboard comes into the list, and waited
 * for where it is not there.
 */
export class Acting {
  readonly #host: ActingHost;
  #loaded: Loaded | undefined;
  #loading: Promise<Loaded> | undefined;
  /** Where the part could not be had: what was wanted, by the row's id. */
  #missed = new Map<string, { readonly error: unknown; readonly again: () => void }>();
  #error: unknown;

  constructor(host: ActingHost) {
    this.#host = host;
  }

  /** The part, if it is there. */
  get part(): Part | undefined {
    return this.#loaded?.part;
  }

  /** Why it could not be loaded, the last time. */
  get error(): unknown {
    return this.#error;
  }

  /** The last action on several rows. */
  get run(): Run<unknown> | undefined {
    return this.#loaded?.runner.run;
  }

  /** Ids of the rows whose action has failed. */
  get failed(): Iterable<string> {
    return [...this.#missed.keys(), ...(this.#loaded?.runner.failed ?? [])];
  }

  failureOf(id: string): RowTrouble | undefined {
    return this.#missed.get(id) ?? this.#loaded?.runner.failureOf(id);
  }

  /** Loads the part. Never rejects; a second call while it is on its way waits for the same. */
  async prepare(): Promise<void> {
    await this.#load().catch(() => undefined);
  }

  /** The details of a row are about to be shown. */
  showDetails(id: string): void {
    this.#whenThere(
      () => undefined,
      id,
      () => this.showDetails(id),
    );
  }

  dismiss(id?: string): void {
    if (id !== undefined) this.#missed.delete(id);
    this.#loaded?.runner.dismiss(id);
    this.#host.requestUpdate();
  }

  reset(): void {
    this.#missed.clear();
    this.#loaded?.runner.reset();
  }

  keepOnly(exists: (id: string) => boolean): void {
    for (const id of this.#missed.keys()) if (!exists(id)) this.#missed.delete(id);
    this.#loaded?.runner.keepOnly(exists);
  }

  actOn(action: InstanceAction, server: Server): void {
    this.#whenThere(
      ({ runner }) => void runner.actOn(action, server),
      server.id,
      () => this.actOn(action, server),
    );
  }

  retry(server: Server): void {
    const missed = this.#missed.get(server.id);
    if (missed) missed.again();
    else void this.#loaded?.runner.retry(server);
  }

  actOnMany(action: InstanceAction, servers: readonly Server[]): void {
    void this.#loaded?.runner.actOnMany(action, servers);
  }

  retryFailed(): void {
    void this.#loaded?.runner.retryFailed();
  }

  /** What else can be done to the selection. */
  menuOfMany(servers: readonly Server[]): readonly MenuItem[] | Promise<readonly MenuItem[]> {
    return this.#loaded?.runner.menuOfMany(servers) ?? [];
  }

  /** Opens the menu of a row. */
  openMenu(id: string, place: MenuPlace): void {
    const { trigger, label, first } = place;
    const open = async ({ part, runner }: Loaded): Promise<void> => {
      const items = runner.menuOf(id);
      if (items instanceof Promise) trigger.setAttribute('aria-busy', 'true');
      const there = items instanceof Promise ? await items : items;
      trigger.removeAttribute('aria-busy');
      const links = part.linkItems(this.#host, id);
      // Somebody may have gone elsewhere while they came.
      if (trigger.isConnected) part.openMenu(this.#host, trigger, label, [...links, ...there], first);
    };
    if (!this.#loaded) trigger.setAttribute('aria-busy', 'true');
    this.#whenThere(
      (loaded) => void open(loaded),
      id,
      () => this.openMenu(id, place),
      () => trigger.removeAttribute('aria-busy'),
    );
  }

  /** At once where the part is there; where it cannot be had, that is said on the row, with a retry. */
  #whenThere(
    act: (loaded: Loaded) => void,
    id: string,
    again: () => void,
    failed: () => void = () => undefined,
  ): void {
    if (this.#missed.delete(id)) this.#host.requestUpdate();
    if (this.#loaded) {
      act(this.#loaded);
      return;
    }
    this.#load().then(
      (loaded) => {
        if (this.#host.isConnected) act(loaded);
      },
      (error: unknown) => {
        failed();
        this.#missed.set(id, { error, again });
        this.#host.requestUpdate();
      },
    );
  }

  #load(): Promise<Loaded> {
    if (this.#loaded) return Promise.resolve(this.#loaded);
    return (this.#loading ??= load(this.#host.loadActing, { action: 'change-instance' })
      .then((part) => {
        addStyles(this.#host, part.actingStyles);
        this.#error = undefined;
        return (this.#loaded = { part, runner: new part.ActionRunner(this.#host) });
      })
      .catch((error: unknown) => {
        this.#error = error;
        throw error;
      })
      .finally(() => {
        this.#loading = undefined;
        this.#host.requestUpdate();
      }));
  }
}
