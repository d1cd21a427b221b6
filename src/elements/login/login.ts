import { html, nothing, type PropertyDeclarations, type PropertyValues, type TemplateResult } from 'lit';
import { loginMessages } from '../../i18n/en/login.js';
import { isAbort } from '../../openstack/errors.js';
import type { Session } from '../../session/session.js';
import type { CloudSettings, SignInMethod, SsoProvider } from '../../session/settings.js';
import { LazyPart } from '../../ui/lazy.js';
import { announce } from '../../ui/live-region.js';
import { errorNotice, notice } from '../../ui/notice.js';
import { skeletonRows } from '../../ui/skeleton.js';
import { SessionElement } from '../session-element.js';
import { ExoSignOutRequestEvent } from '../session/events.js';
import type * as moreForms from './more-forms.js';
import type { LoginForm } from './login-form.js';
import { loginStyles } from './login.styles.js';
import { loginView, methodsOffered, readAuthUrl, type LoginView } from './login.state.js';
import { passwordForm } from './password-form.js';
import { projectChoice } from './project-choice.js';
import { signedIn } from './signed-in.js';
import { links, otherWays } from './ways.js';

type MoreForms = typeof moreForms;

/**
 * The way in: identity service, domain, user name and password; then the project, where there are several.
 * Once somebody is signed in it says who, and lets them choose the region where a cloud has several.
 *
 * It signs in to the session it finds on the page, so the page has an `<exo-session>`.
 *
 * @summary Signs a person in to an OpenStack cloud.
 * @tag exo-login
 *
 * @slot header - In place of the heading.
 * @slot footer - Under the form: help, sign-up, terms.
 * @slot signed-in - In place of what is shown once somebody is signed in.
 *
 * @csspart form - The form of user name and password.
 * @csspart heading - The heading.
 * @csspart submit - The button that signs in.
 * @csspart projects - The list of projects.
 * @csspart notice - What went wrong, or what to know.
 *
 * @cssstate no-session - There is no such session on this page.
 * @cssstate loading - The session is being restored or configured.
 * @cssstate ready - The form is there.
 * @cssstate busy - A sign-in is under way.
 * @cssstate choosing - A project is to be chosen.
 * @cssstate signed-in - Somebody is signed in.
 * @cssstate expired - The sign-in ended by itself.
 * @cssstate failed - The last attempt failed.
 *
 * @fires {ExoSignOutRequestEvent} exo-sign-out-request - Before signing out, from the account shown. Cancelable.
 */
export class ExoLogin extends SessionElement {
  static override readonly tag = 'exo-login';
  static override styles = loginStyles;
  static override properties: PropertyDeclarations = {
    authUrl: { attribute: 'auth-url' },
    domain: {},
    heading: {},
    methods: {},
    add: { type: Boolean },
    view: { state: true },
    method: { state: true },
    provider: { state: true },
    problems: { state: true },
    failure: { state: true },
    search: { state: true },
    pendingProject: { state: true },
    pageRead: { state: true },
  };

  /** The identity service, if it is fixed by the page; hides its field. The session's own setting does the same. */
  declare authUrl: string | undefined;
  /** The domain to begin with. Default: the session's setting, else `Default`. */
  declare domain: string | undefined;
  /** The heading; an empty text shows none. */
  declare heading: string | undefined;

  /**
   * The ways in, in this order and separated by spaces: `password`, `application-credential`, `file` (openrc,
   * clouds.yaml), `sso`. Default: the session's setting `signIn.methods`, else the password and what providers there are.
   */
  declare methods: string | undefined;
  /** Signs in another account beside those that are there, for a page over several clouds. */
  declare add: boolean;

  /** @internal */ declare view: LoginView | undefined;
  /** @internal The way in that was chosen. */ declare method: SignInMethod | undefined;
  /** @internal The provider that people are signing in at. */ declare provider: SsoProvider | undefined;
  /** @internal */ declare problems: ReadonlyMap<string, string>;
  /** @internal */ declare failure: unknown;
  /** @internal */ declare search: string;
  /** @internal */ declare pendingProject: string | undefined;
  /** @internal The page has been read to its end, so what is not there is missing. */
  declare pageRead: boolean;

  /** What was typed, except secrets, which stay in their inputs and nowhere else. */
  #typed: Readonly<Record<string, string>> = {};
  readonly #more = new LazyPart<MoreForms>(this, () => import('./more-forms.js'));
  #file: LoginForm | undefined;
  #sent = false;
  /** The sign-in at a provider, in a window of its own. */
  #elsewhere: AbortController | undefined;
  #heard: { readonly session: Session; readonly stop: () => void } | undefined;

  constructor() {
    super();
    this.problems = new Map();
    this.search = '';
    this.pageRead = false;
    this.add = false;
  }

  override connectedCallback(): void {
    super.connectedCallback();
    const { defaultView, readyState } = this.ownerDocument;
    // The `<exo-session>` may stand further down in a page that is still being read.
    if (readyState === 'complete') this.pageRead = true;
    else defaultView?.addEventListener('load', () => (this.pageRead = true), { once: true });
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#heard?.stop();
    this.#heard = undefined;
  }

  /** A sign-in that came back from elsewhere was begun by a page that is gone: nobody else can say how it ended. */
  #hear(): void {
    const session = this.currentSession;
    if (this.#heard?.session === session) return;
    this.#heard?.stop();
    const stop = session?.on('error', ({ detail: { error } }) => {
      if (error.attempt.action === 'sign-in') this.failure = error;
    });
    this.#heard = session && stop && { session, stop };
  }

  protected override handleSessionChange(): void {
    super.handleSessionChange();
    this.#hear();
    const before = this.view;
    const view = loginView(this.currentSession?.state, before);
    const arrived =
      view.step === 'done' &&
      before !== undefined &&
      (this.add ? 'busy' in before && before.busy : before.step !== 'done');
    this.view =
      this.add && view.step === 'done' ? { step: 'credentials', because: 'new', busy: false } : view;
    if (this.view.step !== before?.step) {
      this.failure = undefined;
      this.problems = new Map();
      if (this.view.step === 'second-factor' || this.view.step === 'password-expired') void this.#focusStep();
    }
    if (arrived) this.#arrive();
  }

  /** The next step has taken the place of the form: the keyboard goes on there. */
  async #focusStep(): Promise<void> {
    await this.#more.load();
    await this.updateComplete;
    this.focus();
  }

  #arrive(): void {
    this.#typed = {};
    this.search = '';
    this.pendingProject = undefined;
    const { connection } = this;
    if (!connection) return;
    announce(
      this,
      this.localizer.text(loginMessages, 'signedInSay', {
        user: connection.user.name,
        projectName: connection.project.name,
      }),
    );
  }

  /** @internal */
  get busy(): boolean {
    return this.view !== undefined && 'busy' in this.view && this.view.busy;
  }

  /** @internal */
  get clouds(): readonly CloudSettings[] {
    const returning = this.connection && !this.add;
    return (returning || this.authUrl !== undefined ? undefined : this.currentSession?.settings.clouds) ?? [];
  }

  /** @internal */
  get fixedAuthUrl(): string | undefined {
    const { settings } = this.currentSession ?? {};
    const current = this.add ? undefined : this.connection?.authUrl;
    const only = this.clouds.length === 1 ? this.clouds[0]?.authUrl : undefined;
    return this.authUrl ?? current ?? (this.add ? only : (settings?.authUrl ?? only));
  }

  /** @internal */
  get currentAuthUrl(): string | undefined {
    return this.clouds.length > 1
      ? this.value('cloud')
      : (this.fixedAuthUrl ?? readAuthUrl(this.input('authUrl')));
  }

  /** @internal */
  value(field: string): string {
    const typed = this.#typed[field];
    if (typed !== undefined) return typed;
    const settings = this.currentSession?.settings;
    const user = this.add ? undefined : this.connection?.user;
    switch (field) {
      case 'authUrl':
        return this.fixedAuthUrl ?? '';
      case 'cloud':
        return this.clouds[0]?.authUrl ?? '';
      case 'domain': {
        const chosen = this.clouds.find(({ authUrl }) => authUrl === this.value('cloud'))?.domain;
        return user?.domainName ?? chosen ?? this.domain ?? settings?.domain ?? 'Default';
      }
      case 'userName':
        return user?.name ?? '';
      case 'stepUser':
        return this.view && 'user' in this.view ? this.view.user : '';
      default:
        return '';
    }
  }

  /** @internal */
  type(field: string, value: string): void {
    this.#typed = { ...this.#typed, [field]: value };
    if (this.problems.has(field))
      this.problems = new Map([...this.problems].filter(([name]) => name !== field));
    if (field === 'cloud') this.requestUpdate();
  }

  /** @internal */
  input(field: string): string {
    return this.#control(field)?.value ?? this.value(field);
  }

  #control(field: string): HTMLInputElement | HTMLTextAreaElement | HTMLSelectElement | null {
    return this.renderRoot.querySelector(`#${field}`);
  }

  /** Moves the keyboard to the first field that waits for something. */
  override focus(options?: FocusOptions): void {
    const fields = [
      ...this.renderRoot.querySelectorAll<HTMLInputElement>('form input:not([tabindex="-1"]), form textarea'),
    ];
    (fields.find((field) => field.value === '') ?? fields.at(0))?.focus(options);
  }

  /** The form at hand; undefined while it is being loaded. */
  get #form(): LoginForm | undefined {
    const { view } = this;
    const more = this.#more.module;
    if (view?.step === 'second-factor') return more?.codeForm;
    if (view?.step === 'password-expired') return more?.newPasswordForm;
    switch (this.#method) {
      case 'application-credential':
        return more?.credentialForm;
      case 'file':
        return more && (this.#file ??= new more.FileForm());
      default:
        return passwordForm;
    }
  }

  get #methods(): readonly SignInMethod[] {
    return methodsOffered(this.methods, this.currentSession?.settings.signIn);
  }

  /** The method whose form is shown. */
  get #method(): SignInMethod | undefined {
    const forms = this.#methods.filter((method) => method !== 'sso');
    return forms.find((method) => method === this.method) ?? forms[0];
  }

  readonly #handleSubmit = (event: SubmitEvent): void => {
    event.preventDefault();
    this.#sent = true;
    void this.#send();
  };

  /** In a sandboxed frame without `allow-forms` no form is ever submitted: the button does it by itself. */
  readonly #handleButton = (): void => {
    this.#sent = false;
    setTimeout(() => {
      if (!this.#sent) void this.#send();
    });
  };

  async #send(): Promise<void> {
    const session = this.currentSession;
    const form = this.#form;
    if (!session || !form || this.busy) return;
    this.problems = form.check(this);
    this.failure = undefined;
    const [first] = this.problems.keys();
    if (first) {
      await this.updateComplete;
      this.#control(first)?.focus();
      return;
    }
    const secrets = this.renderRoot.querySelectorAll<HTMLInputElement>(
      'input[type=password], .with-button input, #passcode',
    );
    const typed = [...secrets];
    try {
      await form.send(this, session, { add: this.add });
      // The form may be gone from the page by now, but not from memory.
      for (const input of typed) input.value = '';
    } catch (error) {
      if (isAbort(error)) return;
      this.failure = error;
      await this.updateComplete;
      typed[0]?.select();
    }
  }

  readonly #handleCancel = (): void => {
    this.#elsewhere?.abort();
  };

  async #handleProvider(provider: SsoProvider): Promise<void> {
    const session = this.currentSession;
    if (!session || this.provider) return;
    this.provider = provider;
    this.failure = undefined;
    const { signal } = (this.#elsewhere = new AbortController());
    try {
      const { startSso } = await import('../../session/sso/start.js');
      await startSso(session, provider, { mode: provider.open ?? 'popup', add: this.add, signal });
    } catch (error) {
      if (!isAbort(error)) this.failure = error;
    } finally {
      this.provider = undefined;
    }
  }

  async #handleMethod(method: SignInMethod): Promise<void> {
    this.method = method;
    this.failure = undefined;
    this.problems = new Map();
    if (method !== 'password') await this.#more.load();
    await this.updateComplete;
    this.focus();
  }

  readonly #handleBack = (): void => {
    this.currentSession?.cancelSignIn();
  };

  async #handleProject(projectId: string): Promise<void> {
    this.failure = undefined;
    this.pendingProject = projectId;
    try {
      await this.currentSession?.selectProject(projectId);
    } catch (error) {
      if (!isAbort(error)) this.failure = error;
    } finally {
      this.pendingProject = undefined;
    }
  }

  readonly #handleSignOut = (): void => {
    const event = new ExoSignOutRequestEvent({ name: this.currentSession?.name ?? '' });
    if (this.dispatchEvent(event)) void this.currentSession?.signOut();
  };

  protected override willUpdate(changed: PropertyValues<this>): void {
    super.willUpdate(changed);
    const { view } = this;
    const missing = this.currentSession === undefined && this.pageRead;
    const loading =
      !missing &&
      (this.currentSession === undefined || this.currentSession.configuring || view?.step === 'restoring');
    const { failed } = this.#more;
    const second = view?.step === 'second-factor' || view?.step === 'password-expired';
    const opens = view?.step === 'credentials' && !loading && ![undefined, 'password'].includes(this.#method);
    if (second || (opens && !failed)) void this.#more.load();
    const step = view?.step === 'project' ? 'choosing' : view?.step === 'done' ? 'signed-in' : 'ready';
    this.showState(missing ? 'no-session' : loading ? 'loading' : step);
    this.toggleState('busy', this.busy || this.provider !== undefined);
    this.toggleState('failed', this.failure !== undefined);
    this.toggleState(
      'expired',
      view?.step === 'credentials' && ['expired', 'revoked'].includes(view.because),
    );
  }

  protected override render(): TemplateResult {
    const session = this.currentSession;
    if (!session && this.pageRead) {
      const name = this.sessionName;
      return notice({
        tone: 'warning',
        heading: name
          ? this.localizer.text(loginMessages, 'noSessionNamed', { name })
          : this.localizer.text(loginMessages, 'noSession'),
        helps: this.localizer.text(loginMessages, 'noSessionHelps'),
      });
    }
    const { view } = this;
    if (!session || session.configuring || !view || view.step === 'restoring') {
      return html`<div class="panel">
        ${skeletonRows(this.localizer.text(loginMessages, 'restoring'), 4, 1)}
      </div>`;
    }
    switch (view.step) {
      case 'credentials':
      case 'second-factor':
      case 'password-expired':
        return this.#renderPanel(session, view);
      case 'project':
        return this.#renderProjects(view);
      case 'done':
        // Of several ways in that a file has, one may have failed.
        return html`${this.failure === undefined ? nothing : errorNotice(this, this.failure, { urgent: true })}<slot
            name="signed-in"
            >${signedIn(this, session, this.#handleSignOut)}</slot
          >`;
    }
  }

  #renderHeading(text: string): TemplateResult {
    const heading = this.heading ?? text;
    return html`<slot name="header"
      >${heading === '' ? nothing : html`<h2 class="heading" part="heading">${heading}</h2>`}</slot
    >`;
  }

  #heading(view: Exclude<LoginView, { step: 'done' | 'restoring' | 'project' }>): string {
    const { localizer } = this;
    const more = this.#more.module?.stepHeading;
    if (view.step !== 'credentials')
      return more?.(localizer, view.step) ?? localizer.text(loginMessages, 'heading');
    if (view.because === 'expired' || view.because === 'revoked')
      return localizer.text(loginMessages, 'expiredHeading');
    const cloudName = this.currentSession?.settings.cloudName;
    return cloudName && !this.add && this.clouds.length < 2
      ? localizer.text(loginMessages, 'headingCloud', { cloudName })
      : localizer.text(loginMessages, 'heading');
  }

  #renderPanel(
    session: Session,
    view: Extract<LoginView, { step: 'credentials' | 'second-factor' | 'password-expired' }>,
  ): TemplateResult {
    const { localizer } = this;
    const because = view.step === 'credentials' ? view.because : undefined;
    const failure = this.failure ?? ('failed' in view ? view.failed : undefined);
    const methods = this.#methods;
    const first = view.step === 'credentials' && methods[0] === 'sso';
    const ways = (): unknown =>
      view.step === 'credentials'
        ? otherWays(this, {
            methods: methods.filter((method) => method !== this.#method),
            providers: session.settings.signIn?.providers ?? [],
            pending: this.provider,
            onMethod: (method) => void this.#handleMethod(method),
            onProvider: (provider) => void this.#handleProvider(provider),
            onCancel: this.#handleCancel,
          })
        : nothing;
    return html`<div class="panel" part="form">
      ${this.#renderHeading(this.#heading(view))}
      ${
        because === 'expired' || because === 'revoked'
          ? notice({ tone: 'info', heading: localizer.text(loginMessages, because) })
          : because === 'signed-out'
            ? html`<p class="quiet-text" role="status">${localizer.text(loginMessages, 'signedOut')}</p>`
            : nothing
      }
      ${failure === undefined ? nothing : errorNotice(this, failure, { urgent: true })}
      ${first ? ways() : nothing} ${this.#method === undefined ? nothing : this.#renderForm(view.step)}
      ${first ? nothing : ways()}
      ${
        view.step === 'credentials'
          ? links(this, session.settings.signIn)
          : html`<div class="actions">
              <button type="button" class="quiet" @click=${this.#handleBack}>
                ${localizer.text(loginMessages, 'back')}
              </button>
            </div>`
      }
      <slot name="footer"></slot>
    </div>`;
  }

  #renderForm(step: LoginView['step']): TemplateResult {
    const { localizer } = this;
    const form = this.#form;
    if (!form) {
      if (!this.#more.failed) return skeletonRows(localizer.text(loginMessages, 'loadingForm'), 3, 1);
      return notice({
        tone: 'error',
        heading: localizer.text(loginMessages, 'formMissing'),
        helps: localizer.text(loginMessages, 'formMissingHelps'),
        actions: html`<button type="button" @click=${() => void this.#more.load()}>
          ${localizer.text(loginMessages, 'retry')}
        </button>`,
        urgent: true,
      });
    }
    const busy = this.busy;
    return html`<form
      class="panel"
      data-form=${step === 'credentials' ? (this.#method ?? '') : step}
      novalidate
      aria-busy=${String(busy)}
      @submit=${this.#handleSubmit}
    >
      ${form.fields(this)}
      <button
        type="submit"
        class="primary"
        part="submit"
        aria-disabled=${busy ? 'true' : nothing}
        @click=${this.#handleButton}
      >
        ${busy ? localizer.text(loginMessages, 'signingIn') : (form.button?.(this) ?? localizer.text(loginMessages, 'signIn'))}
      </button>
    </form>`;
  }

  #renderProjects(view: Extract<LoginView, { step: 'project' }>): TemplateResult {
    return html`<div class="panel">
      ${this.#renderHeading(this.localizer.text(loginMessages, 'chooseProject'))}
      ${projectChoice(this, {
        view,
        search: this.search,
        pending: this.pendingProject,
        failure: this.failure ?? view.failed,
        onSearch: (search) => {
          this.search = search;
        },
        onChoose: (id) => void this.#handleProject(id),
        onLeave: this.#handleSignOut,
      })}
      <slot name="footer"></slot>
    </div>`;
  }
}
