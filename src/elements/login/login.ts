import { html, nothing, type PropertyDeclarations, type PropertyValues, type TemplateResult } from 'lit';
import { loginMessages } from '../../i18n/en/login.js';
import { isAbort } from '../../openstack/errors.js';
import { Secret } from '../../openstack/secret.js';
import { passwordField, textField } from '../../ui/field.js';
import { announce } from '../../ui/live-region.js';
import { errorNotice, notice } from '../../ui/notice.js';
import { skeletonRows } from '../../ui/skeleton.js';
import { SessionElement } from '../session-element.js';
import { ExoSignOutRequestEvent } from '../session/events.js';
import { loginStyles } from './login.styles.js';
import {
  checkLogin,
  loginView,
  readAuthUrl,
  type LoginField,
  type LoginValues,
  type LoginView,
} from './login.state.js';
import { projectChoice } from './project-choice.js';
import { signedIn } from './signed-in.js';

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
    view: { state: true },
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

  /** @internal */ declare view: LoginView | undefined;
  /** @internal */ declare problems: ReadonlyMap<LoginField, string>;
  /** @internal */ declare failure: unknown;
  /** @internal */ declare search: string;
  /** @internal */ declare pendingProject: string | undefined;
  /** @internal The page has been read to its end, so what is not there is missing. */
  declare pageRead: boolean;

  /** What was typed, except the password, which stays in its input and nowhere else. */
  #typed: Partial<Record<Exclude<LoginField, 'password'>, string>> = {};

  constructor() {
    super();
    this.problems = new Map();
    this.search = '';
    this.pageRead = false;
  }

  override connectedCallback(): void {
    super.connectedCallback();
    const { defaultView, readyState } = this.ownerDocument;
    // The `<exo-session>` may stand further down in a page that is still being read.
    if (readyState === 'complete') this.pageRead = true;
    else defaultView?.addEventListener('load', () => (this.pageRead = true), { once: true });
  }

  protected override handleSessionChange(): void {
    super.handleSessionChange();
    const before = this.view;
    this.view = loginView(this.currentSession?.state, before);
    if (this.view.step !== before?.step) this.failure = undefined;
    if (this.view.step === 'done' && before && before.step !== 'done') this.#arrive();
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

  /** The identity service in force, unless the person types one. */
  get #fixedAuthUrl(): string | undefined {
    return this.authUrl ?? this.currentSession?.current?.authUrl ?? this.currentSession?.settings.authUrl;
  }

  get #values(): LoginValues {
    const settings = this.currentSession?.settings;
    const current = this.connection;
    return {
      authUrl: this.#typed.authUrl ?? this.#fixedAuthUrl ?? '',
      domain: this.#typed.domain ?? current?.user.domainName ?? this.domain ?? settings?.domain ?? 'Default',
      userName: this.#typed.userName ?? current?.user.name ?? '',
      password: this.renderRoot.querySelector<HTMLInputElement>('#password')?.value ?? '',
    };
  }

  /** Moves the keyboard to the first field that waits for something. */
  override focus(options?: FocusOptions): void {
    const fields = [...this.renderRoot.querySelectorAll<HTMLInputElement>('form input')];
    (fields.find((field) => field.value === '') ?? fields.at(0))?.focus(options);
  }

  async #handleSubmit(event: SubmitEvent): Promise<void> {
    event.preventDefault();
    const session = this.currentSession;
    if (!session || (this.view?.step === 'credentials' && this.view.busy)) return;
    const values = this.#values;
    const password = this.renderRoot.querySelector<HTMLInputElement>('#password');
    const found = checkLogin(values, { authUrl: this.#fixedAuthUrl !== undefined });
    this.problems = new Map(
      [...found].map(([field, problem]) => [field, this.localizer.text(loginMessages, problem)]),
    );
    this.failure = undefined;
    const [first] = found.keys();
    if (first) {
      await this.updateComplete;
      this.renderRoot.querySelector<HTMLInputElement>(`#${first}`)?.focus();
      return;
    }
    try {
      await session.signIn(
        {
          method: 'password',
          user: { name: values.userName.trim(), domain: { name: values.domain.trim() } },
          password: new Secret(values.password),
        },
        { authUrl: this.#fixedAuthUrl ?? readAuthUrl(values.authUrl) },
      );
      // The form may be gone from the page by now, but not from memory.
      if (password) password.value = '';
    } catch (error) {
      if (isAbort(error)) return;
      this.failure = error;
      await this.updateComplete;
      password?.select();
    }
  }

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

  #handleInput(field: Exclude<LoginField, 'password'>, value: string): void {
    this.#typed = { ...this.#typed, [field]: value };
    this.#forgetProblem(field);
  }

  #forgetProblem(field: LoginField): void {
    if (!this.problems.has(field)) return;
    this.problems = new Map([...this.problems].filter(([name]) => name !== field));
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    super.willUpdate(changed);
    const { view } = this;
    const missing = this.currentSession === undefined && this.pageRead;
    const loading =
      !missing &&
      (this.currentSession === undefined || this.currentSession.configuring || view?.step === 'restoring');
    const step = view?.step === 'project' ? 'choosing' : view?.step === 'done' ? 'signed-in' : 'ready';
    this.showState(missing ? 'no-session' : loading ? 'loading' : step);
    this.toggleState('busy', view !== undefined && 'busy' in view && view.busy);
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
        return this.#renderForm(view);
      case 'project':
        return this.#renderProjects(view);
      case 'done':
        return html`<slot name="signed-in">${signedIn(this, session, this.#handleSignOut)}</slot>`;
    }
  }

  #renderHeading(text: string): TemplateResult {
    const heading = this.heading ?? text;
    return html`<slot name="header"
      >${heading === '' ? nothing : html`<h2 class="heading" part="heading">${heading}</h2>`}</slot
    >`;
  }

  #renderForm(view: Extract<LoginView, { step: 'credentials' }>): TemplateResult {
    const { localizer } = this;
    const values = this.#values;
    const cloudName = this.currentSession?.settings.cloudName;
    const ended = view.because === 'expired' || view.because === 'revoked';
    const heading = ended
      ? localizer.text(loginMessages, 'expiredHeading')
      : cloudName
        ? localizer.text(loginMessages, 'headingCloud', { cloudName })
        : localizer.text(loginMessages, 'heading');
    return html`<form
      class="panel"
      part="form"
      novalidate
      aria-busy=${String(view.busy)}
      @submit=${this.#handleSubmit}
    >
      ${this.#renderHeading(heading)}
      ${
        ended
          ? notice({ tone: 'info', heading: localizer.text(loginMessages, view.because) })
          : view.because === 'signed-out'
            ? html`<p class="quiet-text" role="status">${localizer.text(loginMessages, 'signedOut')}</p>`
            : nothing
      }
      ${this.failure === undefined ? nothing : errorNotice(this, this.failure, { urgent: true })}
      ${
        this.#fixedAuthUrl === undefined
          ? textField(localizer, {
              id: 'authUrl',
              label: localizer.text(loginMessages, 'identityUrl'),
              hint: localizer.text(loginMessages, 'identityUrlHint'),
              value: values.authUrl,
              autocomplete: 'on',
              technical: true,
              readOnly: view.busy,
              problem: this.problems.get('authUrl'),
              onInput: (value) => {
                this.#handleInput('authUrl', value);
              },
            })
          : nothing
      }
      ${textField(localizer, {
        id: 'domain',
        label: localizer.text(loginMessages, 'domain'),
        hint: localizer.text(loginMessages, 'domainHint'),
        value: values.domain,
        technical: true,
        readOnly: view.busy,
        problem: this.problems.get('domain'),
        onInput: (value) => {
          this.#handleInput('domain', value);
        },
      })}
      ${textField(localizer, {
        id: 'userName',
        name: 'username',
        label: localizer.text(loginMessages, 'userName'),
        value: values.userName,
        autocomplete: 'username',
        technical: true,
        readOnly: view.busy,
        problem: this.problems.get('userName'),
        onInput: (value) => {
          this.#handleInput('userName', value);
        },
      })}
      ${passwordField(localizer, {
        id: 'password',
        label: localizer.text(loginMessages, 'password'),
        autocomplete: 'current-password',
        problem: this.problems.get('password'),
        onInput: () => {
          this.#forgetProblem('password');
        },
      })}
      <button type="submit" class="primary" part="submit" aria-disabled=${view.busy ? 'true' : nothing}>
        ${localizer.text(loginMessages, view.busy ? 'signingIn' : 'signIn')}
      </button>
      <slot name="footer"></slot>
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
