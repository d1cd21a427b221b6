import { html, nothing, type PropertyDeclarations, type PropertyValues, type TemplateResult } from 'lit';
import { projectPickerMessages as words } from '../../i18n/en/project-picker.js';
import { isAbort } from '../../openstack/errors.js';
import type { Connection } from '../../session/connection.js';
import type { Session } from '../../session/session.js';
import { openDialog, type DialogHandle } from '../../ui/dialog.js';
import { iconChevronDown, iconFolder } from '../../ui/icons.js';
import { announce } from '../../ui/live-region.js';
import { skeletonLine, skeletonRows } from '../../ui/skeleton.js';
import { SessionElement } from '../session-element.js';
import { ExoSignInOpenEvent, ExoSignOutRequestEvent } from '../session/events.js';
import { ExoProjectChangeEvent, ExoProjectSwitchRequestEvent, type ProjectPlace } from './events.js';
import { panel } from './panel.js';
import {
  accountsOf,
  countOf,
  pickerView,
  type PickerAccount,
  type PickerProject,
  type PickerView,
} from './project-picker.state.js';
import { projectPickerStyles } from './project-picker.styles.js';

/** How long somebody stops typing before the number of projects found is said. */
const TYPING = 700;

/**
 * Where somebody works: all accounts of the session with their projects and regions. Goes from one project to another,
 * shows several at once in lists with `scope="all"`, adds an account at another cloud and signs out of one.
 *
 * A button that opens a dialog, made for the head of a page; with `inline` it stands open in its place. Whoever has one
 * project on one cloud with one region sees nothing of it.
 *
 * @summary Goes between projects, regions and clouds, one or several at once.
 * @tag exo-project-picker
 *
 * @csspart button - The button that opens the dialog.
 * @csspart panel - The accounts and what one can do with them.
 * @csspart account - One account.
 * @csspart project - The button with a project's or region's name.
 * @csspart add - The button that adds an account.
 * @csspart search - The search box.
 * @csspart notice - What went wrong.
 * @csspart dialog - The dialog.
 *
 * @cssstate no-session - There is no session on this page.
 * @cssstate signed-out - Nobody is signed in. Nothing is shown.
 * @cssstate loading - A sign-in is being made or restored.
 * @cssstate single - There is nothing to choose. Nothing is shown.
 * @cssstate choosing - Signed in, and no project chosen yet.
 * @cssstate ready - There is something to choose.
 * @cssstate busy - Another project is being opened. Beside one of the others.
 * @cssstate failed - A project could not be opened. Beside one of the others.
 *
 * @fires {ExoProjectSwitchRequestEvent} exo-project-switch-request - Somebody wants to work elsewhere, to see one project more or less. Cancelable. Detail: `change`, `to`.
 * @fires {ExoProjectChangeEvent} exo-project-change - That has been done. Detail: `connection`, `connections`.
 * @fires {ExoSignInOpenEvent} exo-sign-in-open - Somebody wants to add an account (`add`), or to sign in again (`login`); the page shows its form.
 * @fires {ExoSignOutRequestEvent} exo-sign-out-request - Before signing out of one account (`login`). Cancelable.
 */
export class ExoProjectPicker extends SessionElement {
  static override readonly tag = 'exo-project-picker';
  static override styles = projectPickerStyles;
  static override properties: PropertyDeclarations = {
    inline: { type: Boolean },
    query: { state: true },
    busy: { state: true },
    failure: { state: true },
  };

  /** Stands open in its place rather than behind a button. */
  declare inline: boolean;

  /** @internal */ declare query: string;
  /** @internal `login project` of what is being opened. */ declare busy: string | undefined;
  /** @internal */ declare failure: unknown;

  #view: PickerView = 'no-session';
  #dialog: DialogHandle | undefined;
  #typing: AbortController | undefined;

  constructor() {
    super();
    this.inline = false;
    this.query = '';
  }

  /** Opens the dialog; nothing with `inline`, and where there is nothing to choose. */
  show(): void {
    if (this.inline || this.#dialog || (this.#view !== 'ready' && this.#view !== 'choosing')) return;
    this.#dialog = openDialog(this, {
      heading: this.localizer.text(words, 'heading'),
      body: () => this.#renderPanel(),
      onClosed: () => {
        this.#dialog = undefined;
        this.query = '';
        this.failure = undefined;
      },
    });
    const { element } = this.#dialog;
    element.querySelector<HTMLElement>('input[type="search"], [aria-current="true"]')?.focus();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#typing?.abort();
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    super.willUpdate(changed);
    this.#view = pickerView(this.currentSession);
    this.showState(this.#view);
    this.toggleState('busy', this.busy !== undefined);
    this.toggleState('failed', this.failure !== undefined);
  }

  protected override updated(changed: PropertyValues<this>): void {
    super.updated(changed);
    if (this.#view === 'ready' || this.#view === 'choosing') this.#dialog?.update();
    else this.#dialog?.close();
  }

  #accounts(query: string): readonly PickerAccount[] {
    const session = this.currentSession;
    return session ? accountsOf(session, query, (a, b) => this.localizer.compare(a, b)) : [];
  }

  /** Asks the page, does it, tells the page; what fails is shown. */
  async #change(
    change: 'switch' | 'add' | 'close',
    { login }: PickerAccount,
    { project }: PickerProject,
    region: string | undefined,
    work: (session: Session) => Promise<void> | void,
  ): Promise<void> {
    const session = this.currentSession;
    if (!session || this.busy !== undefined) return;
    const { id, name } = project;
    const to: ProjectPlace = { cloud: login.cloudName, login: login.id, project: { id, name }, region };
    if (!this.dispatchEvent(new ExoProjectSwitchRequestEvent({ name: session.name, change, to }))) return;
    this.failure = undefined;
    this.busy = `${login.id} ${id}`;
    const projectName = region === undefined ? name : `${name} · ${region}`;
    if (change === 'switch') announce(this, this.localizer.text(words, 'switching', { projectName }));
    try {
      await work(session);
      const said = { switch: 'switched', add: 'added', close: 'closed' } as const;
      announce(this, this.localizer.text(words, said[change], { projectName }));
      this.dispatchEvent(
        new ExoProjectChangeEvent({
          name: session.name,
          connection: session.current?.id,
          connections: session.connections.map((each) => each.id),
        }),
      );
      if (change === 'switch') this.#dialog?.close();
    } catch (error) {
      if (!isAbort(error)) this.failure = error;
    } finally {
      this.busy = undefined;
    }
  }

  readonly #handleGo = (account: PickerAccount, shown: PickerProject, to?: Connection | string): void => {
    const open = typeof to === 'object' ? to : undefined;
    const region = typeof to === 'object' ? to.region : to;
    if (open && open === this.currentSession?.current) {
      this.#dialog?.close();
      return;
    }
    void this.#change('switch', account, shown, region, async (session) => {
      if (open) session.use(open);
      else await session.selectProject(shown.project.id, { login: account.login.id, region });
    });
  };

  readonly #handleToggle = (account: PickerAccount, shown: PickerProject, region?: string): void => {
    const open = shown.open.filter((each) => region === undefined || each.region === region);
    if (open.length > 0) {
      void this.#change('close', account, shown, region, (session) => {
        for (const connection of open) session.close(connection);
      });
      return;
    }
    void this.#change('add', account, shown, region, async (session) => {
      const before = session.current;
      await session.selectProject(shown.project.id, { login: account.login.id, region, add: true });
      // To see more is not to go elsewhere.
      if (before && session.connections.includes(before)) session.use(before);
    });
  };

  readonly #handleLeave = ({ login }: PickerAccount): void => {
    const session = this.currentSession;
    if (session && this.dispatchEvent(new ExoSignOutRequestEvent({ name: session.name, login: login.id })))
      void session.leave(login.id);
  };

  readonly #handleSignIn = (account?: PickerAccount): void => {
    this.#dialog?.close();
    const name = this.currentSession?.name ?? '';
    this.dispatchEvent(
      new ExoSignInOpenEvent(account ? { name, login: account.login.id } : { name, add: true }),
    );
  };

  readonly #handleSearch = (query: string): void => {
    this.query = query;
    this.#typing?.abort();
    const typing = new AbortController();
    this.#typing = typing;
    this.connection?.environment.clock.sleep(TYPING, typing.signal).then(
      () => announce(this, this.localizer.text(words, 'found', { count: countOf(this.#accounts(query)) })),
      () => undefined, // there was more to type
    );
  };

  protected override render(): TemplateResult | typeof nothing {
    switch (this.#view) {
      case 'no-session':
      case 'signed-out':
      case 'single':
        return nothing;
      case 'loading':
        return this.inline
          ? html`${skeletonRows(this.localizer.text(words, 'label'), 3, 1)}`
          : html`<span class="waiting" aria-hidden="true">${skeletonLine('9em')}</span>`;
      case 'choosing':
      case 'ready':
        return this.inline
          ? html`<section aria-label=${this.localizer.text(words, 'label')}>${this.#renderPanel()}</section>`
          : this.#renderButton();
    }
  }

  #renderButton(): TemplateResult {
    const { localizer, currentSession: session } = this;
    const { current } = session ?? {};
    const others = (session?.connections.length ?? 1) - 1;
    const severalClouds = new Set(session?.logins.map(({ authUrl }) => authUrl)).size > 1;
    const place = current
      ? [
          severalClouds ? current.cloudName : undefined,
          current.regions.length > 1 ? current.region : undefined,
        ].filter((part) => part !== undefined)
      : [];
    const name = current?.project.name ?? localizer.text(words, 'choose');
    return html`<button
      type="button"
      class="compact"
      part="button"
      aria-haspopup="dialog"
      aria-busy=${this.busy === undefined ? nothing : 'true'}
      title=${localizer.text(words, 'heading')}
      @click=${() => this.show()}
    >
      ${iconFolder()}
      <span class="compact-text"
        ><span class="visually-hidden">${localizer.text(words, 'label')}: </span
        ><bdi class="name">${name}</bdi>${
          others > 0
            ? html`<span class="more"
                ><span aria-hidden="true">+${localizer.wording.number(others)}</span
                ><span class="visually-hidden"
                  >${localizer.text(words, 'others', { count: others })}</span
                ></span
              >`
            : nothing
        }${
          place.length === 0 ? nothing : html`<span class="place"><bdi>${place.join(' · ')}</bdi></span>`
        }</span
      >
      ${iconChevronDown()}
    </button>`;
  }

  #renderPanel(): TemplateResult {
    return panel(this, {
      accounts: this.#accounts(this.query),
      total: countOf(this.#accounts('')),
      query: this.query,
      open: this.currentSession?.connections.length ?? 0,
      busy: this.busy,
      failure: this.failure,
      onSearch: this.#handleSearch,
      onGo: this.#handleGo,
      onToggle: this.#handleToggle,
      onLeave: this.#handleLeave,
      onSignIn: this.#handleSignIn,
    });
  }
}
