import { html, nothing, type PropertyDeclarations, type PropertyValues, type TemplateResult } from 'lit';
import { instanceMessages as messages } from '../../i18n/en/instance.js';
import type { CollectionState } from '../../live/collection.js';
import type { Server } from '../../openstack/compute.js';
import { isAbort, isOpenStackError, type OpenStackError } from '../../openstack/errors.js';
import { jumpHostOf, userAppProxiesOf } from '../../session/clouds.js';
import { serversOf } from '../../session/collections.js';
import type { Connection } from '../../session/connection.js';
import { load } from '../../session/load.js';
import { actionButton } from '../../ui/action-button.js';
import { addStyles } from '../../ui/add-styles.js';
import { iconArrowBack, iconLock } from '../../ui/icons.js';
import { LazyPart } from '../../ui/lazy.js';
import { closeOrphanedMenu, menuButton, type MenuItem } from '../../ui/menu.js';
import { errorNotice, notice } from '../../ui/notice.js';
import { skeletonRows } from '../../ui/skeleton.js';
import { status } from '../../ui/status.js';
import { NowController } from '../instance-list/now-controller.js';
import { rightsOf } from '../instance-list/instance-list.state.js';
import { statusOf } from '../instance-list/status.js';
import { nameOf, refusalText, statusDetail, statusWord } from '../instance-list/words.js';
import type { InstanceAction } from '../instances/actions.js';
import { primaryAction, refusal, type Rights } from '../instances/availability.js';
import { actionLabel } from '../instances/labels.js';
import { launchLikeItem } from '../instances/launch-like.js';
import { actionItems } from '../instances/menu.js';
import { SessionElement } from '../session-element.js';
import { ExoSignInOpenEvent } from '../session/events.js';
import { attention } from './attention.js';
import { ExoInstanceCloseEvent, ExoInstanceSectionEvent } from './events.js';
import { instanceStyles } from './instance.styles.js';
import { instanceView, type InstanceView } from './instance.state.js';
import { InstanceHeading } from './heading.js';
import { instanceMessage } from './message.js';
import type { Section, SectionHost, Shown } from './section.js';
import { isSectionName, SECTIONS, type SectionName } from './sections/index.js';
import { tabs } from './tabs.js';

type Ready = Extract<InstanceView, { kind: 'ready' }>;

/**
 * Everything about one instance, in parts behind tabs: each part is loaded, and asks the cloud, when it is looked at.
 * Finds its session as all elements do. Stays fresh by itself while it can be seen.
 *
 * @summary One instance: its state, how to reach it, what belongs to it, and all that can be done to it.
 * @tag exo-instance
 *
 * @slot header - Takes the place of the heading.
 * @slot actions - Beside the menu of actions.
 *
 * @csspart heading - The heading: the instance's name.
 * @csspart status - The status: icon and word.
 * @csspart action - The action shown beside the menu.
 * @csspart tabs - The row of tabs.
 * @csspart tab - A tab.
 * @csspart section - The part that is shown.
 * @csspart message - What stands in the place of the instance: not signed in, none chosen, not found.
 * @csspart notice - A notice.
 * @csspart dialog - A question or a form.
 * @csspart menu - The menu of actions.
 *
 * @cssstate no-session - Nobody is signed in, or no project is chosen.
 * @cssstate empty - The page has chosen no instance.
 * @cssstate loading - The first answer is on its way.
 * @cssstate ready - It is shown.
 * @cssstate not-found - There is none of this id.
 * @cssstate failed - It could not be had.
 * @cssstate forbidden - The cloud does not let this person see it.
 * @cssstate service-missing - This cloud has no compute service.
 * @cssstate gone - It was deleted while it was looked at. Beside `ready`.
 * @cssstate stale - The last attempt to refresh it failed. Beside `ready`.
 * @cssstate expired - The session has run out. Beside `ready`.
 *
 * @fires {ExoInstanceSectionEvent} exo-instance-section - Another part was turned to. Detail: `id`, `section`.
 * @fires {ExoInstanceCloseEvent} exo-instance-close - The button that leads back was pressed. Detail: `id`.
 * @fires {ExoInstanceRequestEvent} exo-start-request - Start was chosen; likewise `exo-<action>-request` for every other action, before the question. Cancelable. Detail: `action`, `ids`, `names`.
 * @fires {ExoInstanceActionEvent} exo-instance-action - The cloud has accepted or refused an action. Detail: `action`, `id`, `name`, `ok`, `kind` of the error.
 * @fires {ExoLaunchLikeEvent} exo-launch-like - Another one like it is wanted, where the page offers it (`launch-like`). Detail: `id`, `connection`, `name`, and `wish` for `launchLike()` of the wizard.
 * @fires {ExoSignInOpenEvent} exo-sign-in-open - The sign-in button was pressed, where nobody is signed in.
 */
export class ExoInstance extends SessionElement {
  static override readonly tag = 'exo-instance';
  static override styles = instanceStyles;
  static override properties: PropertyDeclarations = {
    instanceId: { attribute: 'instance-id' },
    section: {},
    headingLevel: { attribute: 'heading-level', type: Number },
    closable: { type: Boolean },
    launchLike: { attribute: 'launch-like', type: Boolean },
    _read: { state: true },
    _failure: { state: true },
  };

  /** The id of the instance, as its cloud knows it. */
  declare instanceId: string | undefined;
  /**
   * The part that is shown: `overview` (default), `connect`, `addresses`, `volumes`, `security`, `interfaces`, `log`,
   * `console`, `history`, `graphs`, `raw`.
   */
  declare section: string | undefined;
  /** The level of the heading in the page's outline, 1 to 6. Default 2. */
  declare headingLevel: number;
  /** Shows a button that leads back: the page hears `exo-instance-close`. */
  declare closable: boolean;
  /** Offers *Launch another like this* in the menu: for a page that hears `exo-launch-like` and shows its wizard then. */
  declare launchLike: boolean;

  declare protected _read: 'done' | OpenStackError | undefined;
  /** Why the last action was refused. */
  declare protected _failure: unknown;

  readonly #servers = this.watch(serversOf, { select: (state) => this.#select(state) });
  #asked = '';
  #last: Server | undefined;
  /** Whether it was among the project's servers when it was last looked. */
  #there = false;
  #view: InstanceView = { kind: 'empty' };
  #shown: Shown | undefined;
  #open: { readonly name: SectionName; readonly of: string; readonly section: Section } | undefined;
  readonly #parts = new Map<SectionName, LazyPart<{ create(host: SectionHost): Section }>>();
  #acting = false;
  readonly #heading = new InstanceHeading(this, () => this.#shown?.server.id);

  /** The time by which it is told for how long something goes on. */
  protected readonly time = new NowController(
    this,
    () => this.#view.kind === 'ready' && statusOf(this.#view.server).moving,
  );

  constructor() {
    super();
    this.headingLevel = 2;
    this.closable = false;
    this.launchLike = false;
  }

  /** @internal */
  get shown(): Shown {
    if (!this.#shown) throw new RangeError('no instance is shown');
    return this.#shown;
  }

  /** The part that is shown; the first for a name that no part has. */
  get #current(): SectionName {
    return isSectionName(this.section) ? this.section : 'overview';
  }

  get #server(): Server | undefined {
    return this.instanceId === undefined ? undefined : this.#servers.collection?.get(this.instanceId);
  }

  /** What of the project's servers is shown here: this one, and how the list is. */
  #select(state: CollectionState<Server>): unknown {
    if (state.status !== 'ready') return state;
    return state.lastError ?? this.#server ?? (state.complete ? 'none' : 'some');
  }

  /** Asks the cloud for the instance now. Never rejects: how it went is shown. */
  async refresh(): Promise<void> {
    const { connection, instanceId } = this;
    const collection = connection && this.#collection(connection);
    if (!collection || !instanceId) return;
    const asked = this.#asked;
    try {
      await collection.read(instanceId);
      if (asked === this.#asked) this._read = 'done';
    } catch (error) {
      if (isAbort(error) || asked !== this.#asked) return;
      if (!isOpenStackError(error)) throw error;
      this._read = error;
    }
  }

  #collection(connection: Connection): ReturnType<typeof serversOf> | undefined {
    return connection.has('compute') ? serversOf(connection) : undefined;
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#leave();
    this.#asked = '';
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    super.willUpdate(changed);
    const { connection, instanceId } = this;
    const asked = connection && instanceId ? `${connection.id} ${instanceId}` : '';
    if (asked !== this.#asked) {
      this.#asked = asked;
      this.#leave();
      this.#last = undefined;
      this.#there = false;
      this._read = undefined;
      this._failure = undefined;
      this.#heading.reset();
      if (asked !== '') void this.refresh();
    }
    const server = this.#server;
    // Whether it can be brought back is known of single servers only.
    if (!server && this.#there) void this.refresh();
    this.#there = server !== undefined;
    if (server) this.#last = server;
    this.#view = instanceView({
      session: this.currentSession?.state.status,
      connected: connection !== undefined,
      id: instanceId,
      servers: this.#servers.state,
      server,
      last: this.#last,
      read: this._read,
    });
    this.#show(this.#view, connection);
    this.showState(this.#view.kind);
    const ready = this.#view.kind === 'ready' ? this.#view : undefined;
    this.toggleState('gone', ready?.gone === true);
    this.toggleState('stale', ready?.stale !== undefined);
    this.toggleState('expired', ready?.expired === true);
  }

  /** What the sections are about. */
  #show(view: InstanceView, connection: Connection | undefined): void {
    const collection = connection && this.#collection(connection);
    if (view.kind !== 'ready' || !connection || !collection) {
      this.#shown = undefined;
      this.#leave();
      return;
    }
    const { server, gone } = view;
    const settings = this.currentSession?.settings ?? {};
    const { bans, prices, people } = settings;
    const userAppProxies = userAppProxiesOf(settings, connection.authUrl);
    const jumpHost = jumpHostOf(settings, connection.authUrl);
    const rights: Rights = rightsOf(connection, bans);
    const before = this.#shown;
    const same =
      before?.server === server &&
      before.connection === connection &&
      before.gone === gone &&
      before.prices === prices &&
      before.people === people &&
      before.userAppProxies === userAppProxies &&
      before.jumpHost === jumpHost &&
      before.rights.signedIn === rights.signedIn &&
      before.rights.canAct === rights.canAct;
    if (!same)
      this.#shown = {
        connection,
        server,
        servers: collection,
        rights,
        prices,
        people,
        userAppProxies,
        jumpHost,
        gone,
        act: (action) => this.#act(action),
      };
    this.#turnTo(this.#current);
  }

  #turnTo(name: SectionName): void {
    if (this.#open?.name === name && this.#open.of === this.#asked) return;
    const part = this.#partOf(name);
    const module = part.module;
    if (!module) {
      this.#leave();
      if (!part.failed) void part.load();
      return;
    }
    this.#leave();
    const section = module.create(this);
    addStyles(this, section.styles ?? []);
    this.#open = { name, of: this.#asked, section };
    section.show();
  }

  #leave(): void {
    this.#open?.section.hide();
    this.#open = undefined;
  }

  #partOf(name: SectionName): LazyPart<{ create(host: SectionHost): Section }> {
    const part = this.#parts.get(name) ?? new LazyPart(this, SECTIONS[name]);
    this.#parts.set(name, part);
    return part;
  }

  async #act(action: InstanceAction): Promise<void> {
    const shown = this.#shown;
    // A second click while the first is under way does nothing.
    if (!shown || this.#acting) return;
    const { connection, servers, server, rights } = shown;
    this.#acting = true;
    this._failure = undefined;
    try {
      const { performAction } = await load(() => import('../instances/act.js'), {
        action: 'change-instance',
        name: server.name,
      });
      const done = await performAction(
        this,
        action,
        { connection, servers, id: server.id },
        {
          rights,
          returnFocus: () => this.renderRoot.querySelector<HTMLElement>('.do button, .heading'),
        },
      );
      if (done.kind === 'failed') this._failure = done.error;
    } catch (error) {
      this._failure = error;
    } finally {
      this.#acting = false;
    }
  }

  #choose(name: SectionName): void {
    if (name === this.#current) return;
    this.section = name;
    this.dispatchEvent(new ExoInstanceSectionEvent({ id: this.instanceId ?? '', section: name }));
  }

  protected override updated(changed: PropertyValues<this>): void {
    super.updated(changed);
    closeOrphanedMenu(this);
  }

  protected override render(): TemplateResult {
    const view = this.#view;
    return html`<div class="root">
      ${
        this.closable
          ? html`<button
              type="button"
              class="quiet back"
              @click=${() => this.dispatchEvent(new ExoInstanceCloseEvent({ id: this.instanceId ?? '' }))}
            >
              ${iconArrowBack()} ${this.localizer.text(messages, 'close')}
            </button>`
          : nothing
      }
      ${
        view.kind === 'ready'
          ? this.#renderReady(view)
          : instanceMessage(this, view, {
              projectName: this.connection?.project.name ?? '',
              onSignIn: () => {
                this.dispatchEvent(new ExoSignInOpenEvent({ name: this.currentSession?.name ?? '' }));
              },
              onRetry: () => {
                this._read = undefined;
                void this.refresh();
              },
            })
      }
    </div>`;
  }

  #renderReady(view: Ready): TemplateResult {
    const { localizer } = this;
    const { server } = view;
    return html`${this.#renderTop(view)}
    ${
      view.gone
        ? notice({
            tone: 'warning',
            heading: localizer.text(messages, 'gone'),
            helps: localizer.text(messages, 'goneHelps'),
          })
        : nothing
    }
    ${
      view.expired
        ? notice({
            tone: 'warning',
            heading: localizer.text(messages, 'expired'),
            helps: localizer.text(messages, 'expiredHelps'),
          })
        : view.stale
          ? errorNotice(this, view.stale, { tone: 'warning', onRetry: () => void this.refresh() })
          : nothing
    }
    ${
      this._failure
        ? errorNotice(this, this._failure, {
            urgent: true,
            actions: html`<button
              type="button"
              class="quiet"
              @click=${() => {
                this._failure = undefined;
              }}
            >
              ${localizer.text(messages, 'dismiss')}
            </button>`,
          })
        : nothing
    }
    ${attention(this)}
    ${tabs(this, {
      name: nameOf(localizer, server),
      current: this.#current,
      onChoose: (name) => this.#choose(name),
    })}
    ${this.#renderSection()}`;
  }

  #renderTop({ server, gone }: Ready): TemplateResult {
    const { localizer } = this;
    const name = nameOf(localizer, server);
    const state = statusOf(server);
    const detail = statusDetail(localizer, state, this.time.now);
    return html`<div class="top">
      <div class="title">
        <slot name="header">${this.#heading.render(this.headingLevel)}</slot>
        <div class="under">
          ${status(state.tone, statusWord(localizer, state.word))}
          ${detail === '' ? nothing : html`<span class="about">${detail}</span>`}
          ${
            server.locked
              ? html`<span class="lock"
                  >${iconLock()}
                  ${
                    server.lockedReason
                      ? localizer.text(messages, 'lockedBecause', { reason: server.lockedReason })
                      : localizer.text(messages, 'locked')
                  }</span
                >`
              : nothing
          }
        </div>
      </div>
      ${
        gone
          ? nothing
          : html`<div class="do">
              <slot name="actions"></slot>
              ${this.#renderActions(server, name)}
            </div>`
      }
    </div>`;
  }

  #renderActions(server: Server, name: string): TemplateResult {
    const { localizer } = this;
    const { rights } = this.shown;
    const action = primaryAction(server);
    const no = refusal(action, server, rights);
    return html`${actionButton({
      id: 'primary',
      label: actionLabel(localizer, action),
      part: 'action',
      class: action === 'delete' ? 'danger' : '',
      reason: no && refusalText(localizer, no),
      onClick: () => void this.#act(action),
    })}
    ${menuButton(this, {
      label: localizer.text(messages, 'actionsOf', { name }),
      text: localizer.text(messages, 'actions'),
      class: '',
      items: () => this.#menu(server),
    })}`;
  }

  #menu(server: Server): readonly MenuItem[] {
    const { rights, connection } = this.shown;
    const place = { id: server.id, connection: connection.id };
    return [
      ...(this.launchLike ? [launchLikeItem(this, server, rights, place)] : []),
      ...actionItems(this.localizer, server, rights, (chosen) => void this.#act(chosen)),
    ];
  }

  #renderSection(): TemplateResult {
    const { localizer } = this;
    const current = this.#current;
    const part = this.#partOf(current);
    const content = this.#open
      ? this.#open.section.render()
      : part.failed
        ? notice({
            tone: 'error',
            heading: localizer.text(messages, 'sectionMissing'),
            helps: localizer.text(messages, 'sectionMissingHelps'),
            actions: html`<button type="button" @click=${() => void part.load()}>
              ${localizer.text(messages, 'retry')}
            </button>`,
            urgent: true,
          })
        : skeletonRows(localizer.text(messages, 'loadingSection'), 4, 2);
    return html`<div
      id="panel"
      class="section"
      part="section"
      role="tabpanel"
      tabindex="0"
      aria-labelledby="tab-${current}"
    >
      ${content}
    </div>`;
  }
}
