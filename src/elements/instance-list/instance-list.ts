import { html, nothing, type PropertyDeclarations, type PropertyValues, type TemplateResult } from 'lit';
import { instanceListMessages as messages } from '../../i18n/en/instance-list.js';
import type { Server } from '../../openstack/compute.js';
import { OpenStackError } from '../../openstack/errors.js';
import { serversOf } from '../../session/collections.js';
import type { Connection } from '../../session/connection.js';
import { announce } from '../../ui/live-region.js';
import { addStyles } from '../../ui/add-styles.js';
import { LazyPart } from '../../ui/lazy.js';
import { errorNotice } from '../../ui/notice.js';
import { SessionElement } from '../session-element.js';
import { ExoSignInOpenEvent } from '../session/sign-in-open-event.js';
import { Acting } from './acting.js';
import type { Rights } from './actions.js';
import {
  columnsFrom,
  differingIn,
  nextSort,
  placePart,
  PLACES,
  type ColumnKey,
  shownBy,
  type PlaceKey,
} from './arrange.js';
import { changesBetween } from './changes.js';
import { differences } from './differences.js';
import { ExoInstanceOpenEvent, ExoInstanceSelectEvent, ExoLaunchOpenEvent } from './events.js';
import { facetCount, NO_FACETS } from './facets.js';
import { Gathered } from './gathered.js';
import {
  isFilled,
  rightsOf,
  viewOf,
  viewOfAll,
  type Filled,
  type ListView,
  type Trouble,
} from './instance-list.state.js';
import { instanceListStyles } from './instance-list.styles.js';
import { NowController } from './now-controller.js';
import * as places from './places.js';
import { RowFacts } from './row-facts.js';
import { RowFocus, rowFor } from './row-focus.js';
import { RowOrder } from './row-order.js';
import { RowWindow } from './row-window.js';
import type { RowContext } from './row.js';
import type { PanelOptions } from './panels.js';
import {
  extent,
  keepOnly,
  NOTHING_SELECTED,
  toggle,
  toggleAll,
  toggleRange,
  type Selection,
} from './selection.js';
import { statusOf, type StatusWord } from './status.js';
import { skeletonTable, table } from './table.js';
import { Launches } from './launches.js';
import { heading, toolbar, type Panel } from './toolbar.js';
import { hasVanished, Vanished } from './vanished.js';
import { ViewKeeper } from './view-keeper.js';
import { DEFAULT_VIEW, type ViewSettings } from './view-settings.js';
import { changesText } from './words.js';

/** A part of the list could not be loaded. */
const unreachable = () =>
  new OpenStackError({ kind: 'network', attempt: { action: 'list-instances' }, reason: 'unreachable' });

/** How long somebody stops typing before the number of rows found is said. */
const TYPING = 700;
/** Rows of the skeleton. */
const SKELETON = 5;

/**
 * The instances of a project: what they are, how they are, and what can be done about it. With `scope="all"` those of
 * all open connections, each row with its place: one that is down is a notice above the others.
 *
 * Finds its session as all elements do: the `session` property, the `session` attribute, the `<exo-session>` around
 * it, the page's default session. Stays fresh by itself while it can be seen.
 *
 * @summary A live list of a project's instances, with their actions.
 * @tag exo-instance-list
 *
 * @slot header - Takes the place of the heading.
 * @slot toolbar - Takes the place of the launch button beside search and filter.
 * @slot empty - Takes the place of the text and button shown while there are no instances.
 *
 * @csspart heading - The heading.
 * @csspart toolbar - Search, status filter and refresh.
 * @csspart launches - Launches that are under way, failed, or stopped half-way.
 * @csspart search - The search box.
 * @csspart filters - What narrows the list down, when it is open.
 * @csspart view - Columns, density, saved views and files, when that is open.
 * @csspart table - The table.
 * @csspart head - The table's head.
 * @csspart row - A row; a card where there is little room.
 * @csspart name - The button with an instance's name.
 * @csspart status - A status: icon and word.
 * @csspart action - The action shown on a row.
 * @csspart details - What opens below a row.
 * @csspart selection - The bar for the selected rows.
 * @csspart results - How an action on several rows went.
 * @csspart message - What stands in the place of the table: empty, nothing found, not signed in.
 * @csspart launch - The launch button.
 * @csspart notice - A notice: an error, or that what is shown is old.
 * @csspart dialog - A confirmation.
 * @csspart menu - The menu of a row.
 *
 * @cssproperty [--exo-row-height=2.75em] - Least height of a row; 2em is compact.
 * @cssproperty [--exo-sticky-top=0px] - Where the table's head stays when the page is scrolled: below a header of the page that stays, too.
 *
 * @cssstate no-session - Nobody is signed in, or no project is chosen.
 * @cssstate loading - The first answer is on its way.
 * @cssstate empty - The project has no instances.
 * @cssstate ready - There are rows.
 * @cssstate failed - The list could not be had.
 * @cssstate forbidden - The cloud does not let this person see the list.
 * @cssstate service-missing - This cloud has no compute service.
 * @cssstate stale - Rows are shown, and the last attempt to refresh them failed. Beside `ready` or `empty`.
 * @cssstate expired - Rows are shown, and the session has run out. Beside `ready` or `empty`.
 *
 * @fires {ExoInstanceSelectEvent} exo-instance-select - The selection has changed. Detail: `ids`.
 * @fires {ExoInstanceOpenEvent} exo-instance-open - A name was chosen, or a part of the instance in its menu. Cancelable: otherwise the details open below the row. Detail: `id`, `name`, `section`.
 * @fires {ExoInstanceActionEvent} exo-instance-action - The cloud has accepted or refused an action. Detail: `action`, `id`, `name`, `ok`, `kind` of the error.
 * @fires {ExoInstanceRequestEvent} exo-start-request - Start was chosen. Cancelable. Detail: `action`, `ids`, `names`.
 * @fires {ExoInstanceRequestEvent} exo-stop-request - Stop was chosen; sent before the confirmation. Cancelable.
 * @fires {ExoInstanceRequestEvent} exo-reboot-request - Reboot was chosen, soft or hard (`action`); sent before the confirmation. Cancelable.
 * @fires {ExoInstanceRequestEvent} exo-delete-request - Delete was chosen; sent before the confirmation. Cancelable.
 * @fires {ExoInstanceRequestEvent} exo-pause-request - The action was chosen; sent before anything is asked. Cancelable.
 * @fires {ExoInstanceRequestEvent} exo-unpause-request - The action was chosen; sent before anything is asked. Cancelable.
 * @fires {ExoInstanceRequestEvent} exo-suspend-request - The action was chosen; sent before anything is asked. Cancelable.
 * @fires {ExoInstanceRequestEvent} exo-resume-request - The action was chosen; sent before anything is asked. Cancelable.
 * @fires {ExoInstanceRequestEvent} exo-shelve-request - The action was chosen; sent before anything is asked. Cancelable.
 * @fires {ExoInstanceRequestEvent} exo-unshelve-request - The action was chosen; sent before anything is asked. Cancelable.
 * @fires {ExoInstanceRequestEvent} exo-snapshot-request - The action was chosen; sent before anything is asked. Cancelable.
 * @fires {ExoInstanceRequestEvent} exo-resize-request - The action was chosen; sent before anything is asked. Cancelable.
 * @fires {ExoInstanceRequestEvent} exo-confirm-resize-request - The action was chosen; sent before anything is asked. Cancelable.
 * @fires {ExoInstanceRequestEvent} exo-revert-resize-request - The action was chosen; sent before anything is asked. Cancelable.
 * @fires {ExoInstanceRequestEvent} exo-rebuild-request - The action was chosen; sent before anything is asked. Cancelable.
 * @fires {ExoInstanceRequestEvent} exo-rescue-request - The action was chosen; sent before anything is asked. Cancelable.
 * @fires {ExoInstanceRequestEvent} exo-unrescue-request - The action was chosen; sent before anything is asked. Cancelable.
 * @fires {ExoInstanceRequestEvent} exo-set-password-request - The action was chosen; sent before anything is asked. Cancelable.
 * @fires {ExoInstanceRequestEvent} exo-attach-volume-request - The action was chosen; sent before anything is asked. Cancelable.
 * @fires {ExoInstanceRequestEvent} exo-detach-volume-request - The action was chosen; sent before anything is asked. Cancelable.
 * @fires {ExoInstanceRequestEvent} exo-attach-interface-request - The action was chosen; sent before anything is asked. Cancelable.
 * @fires {ExoInstanceRequestEvent} exo-detach-interface-request - The action was chosen; sent before anything is asked. Cancelable.
 * @fires {ExoInstanceRequestEvent} exo-security-groups-request - The action was chosen; sent before anything is asked. Cancelable.
 * @fires {ExoInstanceRequestEvent} exo-rename-request - The action was chosen; sent before anything is asked. Cancelable.
 * @fires {ExoInstanceRequestEvent} exo-describe-request - The action was chosen; sent before anything is asked. Cancelable.
 * @fires {ExoInstanceRequestEvent} exo-metadata-request - The action was chosen; sent before anything is asked. Cancelable.
 * @fires {ExoInstanceRequestEvent} exo-tags-request - The action was chosen; sent before anything is asked. Cancelable.
 * @fires {ExoInstanceRequestEvent} exo-lock-request - The action was chosen; sent before anything is asked. Cancelable.
 * @fires {ExoInstanceRequestEvent} exo-unlock-request - The action was chosen; sent before anything is asked. Cancelable.
 * @fires {ExoInstanceRequestEvent} exo-restore-request - The action was chosen; sent before anything is asked. Cancelable.
 * @fires {ExoLaunchOpenEvent} exo-launch-open - The launch button was pressed, or a launch is wanted. Detail: `launchId`.
 * @fires {ExoLaunchLikeEvent} exo-launch-like - Another one like an instance is wanted, where the page offers it (`launch-like`). Detail: `id`, `connection`, `name`, and `wish` for `launchLike()` of the wizard.
 * @fires {ExoSignInOpenEvent} exo-sign-in-open - The sign-in button was pressed, where nobody is signed in.
 */
export class ExoInstanceList extends SessionElement {
  static override readonly tag = 'exo-instance-list';
  static override styles = instanceListStyles;
  static override properties: PropertyDeclarations = {
    heading: {},
    headingLevel: { attribute: 'heading-level', type: Number },
    columns: {},
    hideActions: { attribute: 'hide-actions', type: Boolean },
    viewName: { attribute: 'view-name' },
    viewInUrl: { attribute: 'view-in-url', type: Boolean },
    sections: {},
    launchLike: { attribute: 'launch-like', type: Boolean },
    _view: { state: true },
    _panel: { state: true },
    _selection: { state: true },
    _open: { state: true },
    _exactTimes: { state: true },
    _refreshing: { state: true },
  };

  readonly #servers = this.watch(serversOf);
  /** @internal */
  readonly gathered = new Gathered();
  readonly #facts = new RowFacts(this);
  readonly #acting = new Acting(this);
  readonly #window = new RowWindow(this);
  readonly #keeper = new ViewKeeper(this);
  readonly #launches = new Launches(this);
  readonly #panels = new LazyPart(this, () => import('./panels.js'));
  readonly #focus = new RowFocus(
    () => this.shadowRoot,
    () => this.#substitute(),
  );
  #connections: readonly Connection[] = [];
  #view: ListView = { kind: 'no-session', choosing: false };
  readonly #order = new RowOrder();
  readonly #vanished = new Vanished();
  #typing: AbortController | undefined;
  /** In what the connections shown differ; what makes the columns. */
  #differing: readonly PlaceKey[] = [];
  #columnsOf = '';
  #columnKeys: readonly ColumnKey[] = columnsFrom(undefined);

  /** The time by which ages are told. */
  protected readonly time = new NowController(this, () =>
    this.#order.rows.some((row) => statusOf(row).moving || hasVanished(row)),
  );

  declare protected _view: ViewSettings;
  declare protected _panel: Panel | undefined;
  declare protected _selection: Selection;
  declare protected _open: ReadonlySet<string>;
  declare protected _exactTimes: boolean;
  declare protected _refreshing: boolean;

  /** The text of the heading; without it the vocabulary's word for instances. */
  declare heading: string | undefined;

  /** The level of the heading in the page's outline, 1 to 6; 0 leaves it out. Default 2. */
  declare headingLevel: number;

  /**
   * Which columns are shown unless the person chooses others, in this order, by name and separated by spaces: `name`,
   * `status`, `addresses`, `size`, `image`, `age`; `cost`; `cloud`, `project`, `region`; `creator`, `keypair`, `network`,
   * `zone`, `tags`, `id`. The name is always there. Default: the first six, the cost where the portal has prices, and of
   * `cloud`, `project` and `region` those in which the connections shown differ.
   */
  declare columns: string | undefined;

  /**
   * The name under which this list's view (columns, order, filters, density) is remembered in this browser, and put in
   * the address with `view-in-url`. Default: `instances`; lists that are to differ need names of their own. Nothing is
   * remembered where the session keeps nothing (`persist="none"`).
   */
  declare viewName: string | undefined;

  /** Puts the view into the fragment of the page's address, beside what else is there, and takes it from there. */
  declare viewInUrl: boolean;

  /**
   * Which parts of an instance the page shows in its own place, by name and separated by spaces: `overview`, `connect`,
   * `console`, `log` and the other parts of `<exo-instance>`. Each is an entry of a row's menu that sends
   * `exo-instance-open` with its `section`. Default: none.
   */
  declare sections: string | undefined;

  /**
   * Offers *Launch another like this* in the menu of a row: for a page that hears `exo-launch-like` and shows its launch
   * wizard then.
   */
  declare launchLike: boolean;

  /** Leaves out selection and actions, for a list to look at. */
  declare hideActions: boolean;

  constructor() {
    super();
    this.headingLevel = 2;
    this.hideActions = false;
    this.viewInUrl = false;
    this.launchLike = false;
    this._view = DEFAULT_VIEW;
    this._panel = undefined;
    this._selection = NOTHING_SELECTED;
    this._open = new Set();
    this._exactTimes = false;
    this._refreshing = false;
    // What acts, and asks before, is there when somebody who comes along has found what to do; if not, it is loaded then.
    for (const type of ['pointerover', 'focusin'] as const)
      this.addEventListener(
        type,
        () => {
          void this.#acting.prepare();
          if (!this.hideActions) void this.loadConfirm().catch(() => undefined);
        },
        { once: true },
      );
  }

  /** The ids of the selected instances, as their clouds know them. */
  get selectedIds(): readonly string[] {
    return [...this._selection.ids].map((id) => this.gathered.originOf(id)?.id ?? id);
  }

  /** Asks every cloud shown for its whole list now. Never rejects: how it went is shown. */
  async refresh(): Promise<void> {
    this._refreshing = true;
    await Promise.all(this.#servers.parts.flatMap(({ collection }) => collection?.renew() ?? []));
    this._refreshing = false;
  }

  /** @internal */
  get rights(): Rights {
    return rightsOf(this.connection, this.currentSession?.settings.bans);
  }

  /** @internal */
  readonly rightsTo = ({ id }: Server): Rights =>
    rightsOf(this.gathered.connectionOf(id), this.currentSession?.settings.bans);

  /** @internal */
  loadActing = () => import('./acting-part.js');

  /** @internal */
  loadConfirm = () => import('./confirm.js');

  /** @internal */
  loadForms = () => import('../instances/forms.js');

  /** @internal */
  whereOf({ id }: Server): string | undefined {
    const origin = this.gathered.originOf(id);
    return this.#connections.length > 1 && origin ? this.#whereIs(origin.connection) : undefined;
  }

  /** A connection in as many words as it takes to tell it from the others; its project in any case. */
  #whereIs(connection: Connection): string {
    const keys = PLACES.filter((key) => key === 'project' || this.#differing.includes(key));
    return keys.flatMap((key) => placePart(connection, key) || []).join(' · ');
  }

  /** @internal */
  focusAfter(id: string): () => HTMLElement | null {
    const before = this.#order.ids.indexOf(id);
    this.#focus.keep(id);
    return () => {
      const at = this.#order.ids.indexOf(id);
      return this.#focus.find(this.#order.ids, at < 0 ? before : at, 'menu');
    };
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#typing?.abort();
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    super.willUpdate(changed);
    const { parts } = this.#servers;
    const all = this.scope === 'all';
    this.#keeper.takeUp();
    this.gathered.update(parts, all);
    const moved = this.#move(
      parts.map(({ connection }) => connection),
      all,
    );
    const before = this.#view;
    const { state } = this.currentSession ?? {};
    const here = !this.scope || this.scope === 'current';
    const seen = here ? viewOf(state, this.#servers.state) : viewOfAll(state, parts, this.gathered.rows);
    if (isFilled(before) && isFilled(seen) && seen.servers !== before.servers && !moved)
      this.#follow(before, seen);
    const rows = this.#vanished.among(isFilled(seen) ? seen.servers : [], this.time.now);
    // The last one has gone: that is shown, too, before it is said that there are none.
    const view = seen.kind === 'empty' && rows.length > 0 ? ({ ...seen, kind: 'ready' } as const) : seen;
    const filled = isFilled(view) ? view : undefined;
    this.#view = view;
    this.showState(view.kind);
    this.toggleState(
      'stale',
      filled !== undefined && (filled.stale !== undefined || filled.troubles.length > 0),
    );
    this.toggleState('expired', filled?.expired === true);
    const servers = filled?.servers ?? [];
    if (filled?.servers !== (isFilled(before) ? before.servers : undefined))
      this.#facts.lookups.prepare(servers);
    this.#focus.remember(this.#order.ids);
    this.#order.update({
      servers: filled ? rows : servers,
      query: this._view.query,
      filter: this._view.filter,
      chosen: this.#facts.chosenBy(this._view.facets, this.time.now),
      sort: this._view.sort,
      localizer: this.localizer,
      lookups: this.#facts.lookups,
      placeOf: this.#facts.placeOf,
      creatorOf: this.#facts.creatorOf,
      prices: this.#facts.prices,
      inUse: this.#isInUse(),
    });
    this.#window.arrange(this.#order.ids, this.#focus.rowsInHand(this.#order.ids));
  }

  protected override updated(changed: PropertyValues<this>): void {
    super.updated(changed);
    this.#acting.part?.closeOrphanedMenu(this);
    this.#focus.restore(this.#order.ids);
  }

  /** Takes note of where the rows are from; returns whether that is another place than before. */
  #move(connections: readonly Connection[], all: boolean): boolean {
    const before = this.#connections;
    if (connections.length === before.length && connections.every((each, at) => each === before[at]))
      return false;
    this.#connections = connections;
    this.#differing = differingIn(connections);
    if (all) this.#keepOnly((id) => this.gathered.connectionOf(id) !== undefined);
    else this.#forget();
    return true;
  }

  /** Another project, or nobody: nothing that was chosen in the old one holds. */
  #forget(): void {
    this.#acting.reset();
    this.#vanished.clear();
    this.#window.reset();
    this._open = new Set();
    this._view = { ...this._view, filter: undefined, facets: NO_FACETS };
    if (this._selection.ids.size > 0) this.#select(NOTHING_SELECTED);
  }

  /** Other rows have come: forgets what belonged to those that are gone, and says what is worth saying. */
  #follow(before: Filled, { servers, complete }: Filled): void {
    if (!before.complete || !complete) return;
    const different = differences(before.servers, servers);
    const gone = new Set(different.went.map(({ id }) => id));
    if (gone.size > 0) this.#keepOnly((id) => !gone.has(id));
    this.#vanished.add(different.went, this.time.now);
    const said = changesText(this.localizer, changesBetween(different));
    if (said !== undefined) announce(this, said);
  }

  #keepOnly(exists: (id: string) => boolean): void {
    const kept = keepOnly(this._selection, exists);
    if (kept.ids.size !== this._selection.ids.size) this.#select(kept);
    this.#acting.keepOnly(exists);
  }

  /** Whether somebody has a row in hand. */
  #isInUse(): boolean {
    const root = this.shadowRoot;
    const focused = root?.activeElement?.closest('tbody, dialog, [popover]');
    return focused ? true : root?.querySelector('tbody')?.matches(':hover') === true;
  }

  /** What takes the keyboard when what had it is gone. */
  #substitute(): HTMLElement | null {
    const candidates = ['.run-head button', '#select-all', 'input[type="search"]', '.fallback', '#heading'];
    for (const selector of candidates) {
      const found = this.renderRoot.querySelector<HTMLElement>(selector);
      if (found) return found;
    }
    return null;
  }

  #select(selection: Selection): void {
    this._selection = selection;
    const selected = [...selection.ids].flatMap((row) => {
      const origin = this.gathered.originOf(row);
      return origin ? [{ id: origin.id, connection: origin.connection.id }] : [];
    });
    this.dispatchEvent(new ExoInstanceSelectEvent(selected));
  }

  /** Ids of the rows that can be ticked. */
  get #tickable(): readonly string[] {
    const { ids, rows } = this.#order;
    return this.#vanished.size === 0 ? ids : rows.flatMap((row) => (hasVanished(row) ? [] : row.id));
  }

  #handleSelectAll(): void {
    this.#select(toggleAll(this._selection, this.#tickable));
    announce(this, this.localizer.text(messages, 'selected', { count: this._selection.ids.size }));
  }

  /** @internal */
  openSection(id: string, section: string): void {
    const server = this.gathered.get(id);
    if (server) this.#handleOpen(server, section);
  }

  #handleOpen(server: Server, section?: string): void {
    const { id, name } = server;
    const origin = this.gathered.originOf(id);
    if (!origin) return;
    const detail = { id: origin.id, connection: origin.connection.id, name, section };
    if (!this.dispatchEvent(new ExoInstanceOpenEvent(detail))) return;
    const open = new Set(this._open);
    if (section !== undefined || !open.delete(id)) open.add(id);
    this._open = open;
    if (open.has(id)) this.#acting.showDetails(id);
    // Lists are silent about some faults, and this row is being looked at.
    if (open.has(id) && server.status === 'ERROR' && server.fault === undefined) {
      origin.collection?.read(origin.id).catch(() => undefined); // then the details say that no reason is known
    }
  }

  /** @internal */
  get mayRemember(): boolean | undefined {
    const { settings } = this.currentSession ?? {};
    return settings && settings.persist !== 'none';
  }

  /** @internal */
  applyView(view: ViewSettings): void {
    this.#window.narrow();
    if (view.cards !== this._view.cards || view.compact !== this._view.compact) this.#window.forget();
    this._view = view;
  }

  #setView(view: ViewSettings): void {
    this.applyView(view);
    this.#keeper.changed(view);
  }

  #handleSearch(query: string, filter: StatusWord | undefined, facets = this._view.facets): void {
    this.#setView({ ...this._view, query, filter, facets });
    this.#typing?.abort();
    const typing = new AbortController();
    this.#typing = typing;
    this.time.clock.sleep(TYPING, typing.signal).then(
      () => announce(this, this.localizer.text(messages, 'saidShown', { count: this.#order.rows.length })),
      () => undefined, // there was more to type
    );
  }

  /** Arrows go from row to row, over all that there are: the next one need not be in the tree yet. */
  #handleKey(event: KeyboardEvent): void {
    if (event.defaultPrevented || event.altKey || event.ctrlKey || event.metaKey || event.shiftKey) return;
    const place = this.#focus.current(this.#order.ids);
    const to = place && rowFor(event.key, place.at, this.#order.ids.length);
    if (!place || to === undefined) return;
    event.preventDefault();
    this.#focus.goTo(this.#order.ids, to, place.control);
    this.requestUpdate();
  }

  /** Whoever had a row in hand may only have gone on to the next one. */
  #handleRelease(): void {
    if (this.#order.held && !this.#isInUse()) this.requestUpdate();
  }

  #handleLaunch(): void {
    this.dispatchEvent(new ExoLaunchOpenEvent());
  }

  #handleSignIn(login?: string): void {
    this.dispatchEvent(new ExoSignInOpenEvent({ name: this.sessionName ?? '', ...(login && { login }) }));
  }

  protected override render(): TemplateResult {
    const view = this.#view;
    const filled = isFilled(view) ? view : undefined;
    const hasTools = view.kind === 'ready' || view.kind === 'loading';
    return html`<div class="root ${this._view.compact ? 'compact' : ''}">
      <div class="top">
        <slot name="header"
          >${heading(this, {
            text: this.heading ?? this.localizer.text(messages, 'heading'),
            level: this.headingLevel,
            count:
              view.kind === 'ready'
                ? {
                    all: view.servers.length,
                    shown: this.#tickable.length,
                    complete: view.complete,
                  }
                : undefined,
          })}</slot
        >
        <div class="tool-line">
          ${hasTools ? this.#renderToolbar(filled?.servers) : nothing}
          <slot name="toolbar"
            >${
              hasTools && this.rights.canAct && !this.hideActions
                ? places.launchButton(this.localizer, () => this.#handleLaunch())
                : nothing
            }</slot
          >
        </div>
      </div>
      ${filled && this._panel ? this.#renderPanel(filled, this._panel) : nothing}
      ${this.#launches.view((launchId) => this.dispatchEvent(new ExoLaunchOpenEvent(launchId)))}
      ${filled ? this.#renderNotices(filled) : nothing} ${this.#renderBody(view)}
    </div>`;
  }

  #renderBody(view: ListView): TemplateResult {
    switch (view.kind) {
      case 'no-session':
        return places.noSession(this, view.choosing, () => this.#handleSignIn());
      case 'loading':
        return skeletonTable(this.#context(), this.#label(), SKELETON);
      case 'service-missing':
        return places.serviceMissing(this);
      case 'failed':
      case 'forbidden':
        if ('troubles' in view) return html`${this.#renderTroubles(view.troubles)}`;
        return places.failed(this, view.error, () => void this.refresh());
      case 'empty':
        return places.empty(this, this.rights.canAct ? () => this.#handleLaunch() : undefined);
      case 'ready':
        return html`${this.hideActions ? nothing : this.#renderSelection(view)}${this.#renderRows(view)}`;
    }
  }

  #renderToolbar(servers: readonly Server[] | undefined): TemplateResult {
    return toolbar(this, {
      servers,
      query: this._view.query,
      filter: this._view.filter,
      chosen: facetCount(this._view.facets),
      panel: this._panel,
      onPanel: (panel) => this.#handlePanel(panel),
      refreshing: this._refreshing && this.rights.signedIn,
      onQuery: (query) => this.#handleSearch(query, this._view.filter),
      onFilter: (word) => this.#handleSearch(this._view.query, word),
      onRefresh: () => void this.refresh(),
    });
  }

  #handlePanel(panel: Panel): void {
    this._panel = this._panel === panel ? undefined : panel;
    if (this._panel) void this.#panels.load();
  }

  #renderPanel({ servers }: Filled, panel: Panel): unknown {
    const { module, failed } = this.#panels;
    if (failed) return places.failed(this, unreachable(), () => void this.#panels.load());
    if (!module) return nothing;
    addStyles(this, [module.panelStyles]);
    const { query, filter } = this._view;
    const options: PanelOptions = {
      view: this._view,
      columns: this.#columns(),
      all: servers,
      shown: this.#order.rows,
      candidates: () => servers.filter(shownBy({ query, filter, placeOf: this.#facts.placeOf })),
      words: this.#facts.words(this.time.now),
      me: this.connectionsInScope.flatMap(({ user }) => [user.id, user.name]),
      people: this.currentSession?.settings.people,
      named: this.#keeper.named,
      context: this.#context(),
      onView: (view) => this.#setView(view),
      onSave: (name) => this.#keeper.save(name, this._view),
      onForget: (name) => this.#keeper.forget(name),
      onApply: (name) => this.#keeper.apply(name),
    };
    return panel === 'filters' ? module.filterPanel(this, options) : module.viewPanel(this, options);
  }

  #renderTroubles(troubles: readonly Trouble[]): unknown {
    return troubles.map((trouble) => {
      const { connection } = trouble;
      return places.trouble(this, trouble, this.#whereIs(connection), {
        onRetry: () => void serversOf(connection).refresh(),
        onSignIn: () => this.#handleSignIn(connection.loginId),
      });
    });
  }

  #renderNotices({ stale, expired, updatedAt, troubles }: Filled): unknown {
    if (troubles.length > 0) return this.#renderTroubles(troubles);
    if (expired) return places.expired(this, () => this.#handleSignIn());
    if (!stale) return nothing;
    return places.stale(this, stale, updatedAt, () => void this.refresh());
  }

  #renderSelection({ servers }: Filled): unknown {
    const { ids } = this._selection;
    const acting = this.#acting;
    const { part, run, error } = acting;
    if (!part) {
      if (ids.size === 0) return nothing;
      if (error === undefined) void acting.prepare();
      else return errorNotice(this, error, { onRetry: () => void acting.prepare() });
      return nothing;
    }
    const selected = ids.size === 0 ? [] : servers.filter(({ id }) => ids.has(id));
    const shown = new Set(selected.length === 0 ? [] : this.#order.ids);
    return part.bulkBar(this, {
      selected,
      hidden: selected.filter(({ id }) => !shown.has(id)).length,
      rightsTo: this.rightsTo,
      run,
      onAct: (action) => acting.actOnMany(action, selected),
      menuOf: (servers) => acting.menuOfMany(servers),
      onClear: () => this.#select(NOTHING_SELECTED),
      onRetry: () => acting.retryFailed(),
      onDismiss: () => acting.dismiss(),
    });
  }

  #renderRows({ servers, complete }: Filled): TemplateResult {
    if (this.#order.rows.length === 0 && complete) {
      return places.noMatch(this, servers.length, () => this.#handleSearch('', undefined, NO_FACETS));
    }
    return table(this.#context(), {
      label: this.#label(),
      rows: this.#order.rows,
      items: this.#window.items,
      sort: this._view.sort,
      ticked: extent(this._selection, this.#tickable),
      loading: !complete,
      onSort: (key: ColumnKey) => this.#setView({ ...this._view, sort: nextSort(this._view.sort, key) }),
      onSelectAll: () => this.#handleSelectAll(),
      onExactTimes: () => (this._exactTimes = !this._exactTimes),
      onKey: (event) => this.#handleKey(event),
      onRelease: () => queueMicrotask(() => this.#handleRelease()),
    });
  }

  #label(): string {
    return this.heading ?? this.localizer.text(messages, 'heading');
  }

  #context(): RowContext {
    return {
      host: this,
      columns: this.#columns(),
      rightsTo: this.rightsTo,
      actions: !this.hideActions,
      exactTimes: this._exactTimes,
      cards: this._view.cards,
      now: this.time.now,
      isSelected: (id) => this._selection.ids.has(id),
      isOpen: (id) => this._open.has(id),
      detailed: new Set([...this._open, ...this.#acting.failed]),
      failureOf: (id) => this.#acting.failureOf(id),
      details: this.#acting.part?.renderDetails,
      creatorOf: this.#facts.creatorOf,
      prices: this.#facts.prices,
      costOf: this.#facts.costOf,
      sizeOf: this.#facts.sizeOf,
      imageOf: this.#facts.imageOf,
      rowOf: (id) => this.gathered.get(id),
      idOf: ({ id }) => this.gathered.originOf(id)?.id ?? id,
      placeOf: this.#facts.placeOf,
      onSelect: (id, range) =>
        this.#select(range ? toggleRange(this._selection, id, this.#tickable) : toggle(this._selection, id)),
      onOpen: (server) => this.#handleOpen(server),
      onAct: (action, server) => this.#acting.actOn(action, server),
      onRetry: (server) => this.#acting.retry(server),
      onMenu: (id, place) => this.#acting.openMenu(id, place),
      onDismiss: ({ id }) => this.#acting.dismiss(id),
    };
  }

  #columns(): readonly ColumnKey[] {
    const wanted = this._view.columns?.join(' ') ?? this.columns;
    const priced = this.#facts.prices !== undefined;
    const of = [wanted, ...this.#differing, priced].join(' ');
    if (this.#columnsOf !== of) {
      this.#columnsOf = of;
      this.#columnKeys = columnsFrom(wanted, this.#differing, priced);
    }
    return this.#columnKeys;
  }
}
