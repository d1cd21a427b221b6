import { html, nothing, type PropertyDeclarations, type PropertyValues, type TemplateResult } from 'lit';
import { sessionStatusMessages as words } from '../../i18n/en/session-status.js';
import { isAbort } from '../../openstack/errors.js';
import type { Project } from '../../openstack/identity.js';
import type { Connection } from '../../session/connection.js';
import type { LoginInfo } from '../../session/session.js';
import { openDialog, type DialogHandle } from '../../ui/dialog.js';
import { iconClock, iconFolder, iconInfo, iconUser } from '../../ui/icons.js';
import { announce } from '../../ui/live-region.js';
import { errorNotice } from '../../ui/notice.js';
import { skeletonLine } from '../../ui/skeleton.js';
import { SessionElement } from '../session-element.js';
import { ExoDiagnoseOpenEvent, ExoSignInOpenEvent, ExoSignOutRequestEvent } from '../session/events.js';
import { accounts } from './accounts.js';
import { endText } from './end-text.js';
import { MinuteController } from './minute-controller.js';
import { statusView, urgency, type StatusView } from './session-status.state.js';
import { sessionStatusStyles } from './session-status.styles.js';

/**
 * Who is signed in and where: user, project, region; switches between projects and signs out. Made to stand in the
 * head of a page. In detail, in a dialog: every account with its cloud, projects, roles and end, to sign out of one
 * alone, to sign in again, and to see what of a cloud works.
 *
 * @summary Shows who is signed in and where, switches project, signs out.
 * @tag exo-session-status
 *
 * @slot signed-out - In place of *Not signed in* and its button.
 * @slot actions - Beside *Sign out*.
 *
 * @csspart bar - The bar.
 * @csspart user - Who is signed in.
 * @csspart project - The choice of project.
 * @csspart region - The choice of region.
 * @csspart expiry - When the sign-in ends.
 * @csspart sign-out - The button that signs out.
 * @csspart about - The button that shows everything in detail.
 * @csspart dialog - The details.
 * @csspart account - One account in the details.
 * @csspart notice - What went wrong.
 *
 * @cssstate no-session - There is no session on this page.
 * @cssstate signed-out - Nobody is signed in.
 * @cssstate loading - A sign-in is being made or restored.
 * @cssstate choosing - Signed in, and no project chosen yet.
 * @cssstate ready - Somebody is signed in.
 * @cssstate expired - The sign-in ended by itself.
 * @cssstate expiring - The sign-in ends within ten minutes.
 * @cssstate failed - Switching did not work.
 * @cssstate other-expired - Of several accounts one that is not in use has run out.
 *
 * @fires {ExoSignOutRequestEvent} exo-sign-out-request - Before signing out. Cancelable.
 * @fires {ExoSignInOpenEvent} exo-sign-in-open - The person wants to sign in, or in again (`login`); the page shows its form.
 * @fires {ExoDiagnoseOpenEvent} exo-diagnose-open - The person wants to know what works; the page shows its diagnosis. Detail: `connection`.
 */
export class ExoSessionStatus extends SessionElement {
  static override readonly tag = 'exo-session-status';
  static override styles = sessionStatusStyles;
  static override properties: PropertyDeclarations = {
    failure: { state: true },
    switching: { state: true },
  };

  /** @internal */ declare failure: unknown;
  /** @internal The id of the project that is being opened. */ declare switching: string | undefined;

  readonly #minute = new MinuteController(this, () => this.connection?.expiresAt.getTime());

  get #view(): StatusView {
    return statusView(this.currentSession?.state);
  }

  #dialog: DialogHandle | undefined;

  /** Shows every account in detail; nothing while nobody is signed in. */
  showDetails(): void {
    const session = this.currentSession;
    if (this.#dialog || !session || session.logins.length === 0) return;
    this.#dialog = openDialog(this, {
      heading: this.localizer.text(words, 'about'),
      body: () =>
        accounts(this, session, {
          onSignIn: (login) => {
            this.#dialog?.close();
            this.#signIn(login);
          },
          onSignOut: (login) => this.#signOut(login),
          onDiagnose: ({ id }) => {
            this.#dialog?.close();
            this.dispatchEvent(new ExoDiagnoseOpenEvent({ name: session.name, connection: id }));
          },
        }),
      onClosed: () => {
        this.#dialog = undefined;
      },
    });
  }

  #signOut(login?: LoginInfo): void {
    const session = this.currentSession;
    const detail = { name: session?.name ?? '', ...(login && { login: login.id }) };
    if (!session || !this.dispatchEvent(new ExoSignOutRequestEvent(detail))) return;
    void (login ? session.leave(login.id) : session.signOut());
  }

  #signIn(login?: LoginInfo): void {
    const name = this.currentSession?.name ?? '';
    this.dispatchEvent(new ExoSignInOpenEvent({ name, ...(login && { login: login.id }) }));
  }

  readonly #handleSignOut = (): void => this.#signOut();

  readonly #handleSignIn = (): void => this.#signIn();

  async #handleProject(projectId: string, projects: readonly Project[]): Promise<void> {
    const session = this.currentSession;
    const projectName = projects.find(({ id }) => id === projectId)?.name ?? projectId;
    if (!session) return;
    this.failure = undefined;
    this.switching = projectId;
    announce(this, this.localizer.text(words, 'switching', { projectName }));
    try {
      const login = this.connection?.loginId;
      await session.selectProject(projectId, { login });
      announce(this, this.localizer.text(words, 'switched', { projectName }));
    } catch (error) {
      if (!isAbort(error)) this.failure = error;
    } finally {
      this.switching = undefined;
    }
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    super.willUpdate(changed);
    const view = this.#view;
    const { connection } = this;
    this.showState(
      view === 'none' ? 'no-session' : view === 'waiting' ? 'loading' : view === 'signed-in' ? 'ready' : view,
    );
    this.toggleState(
      'expiring',
      view === 'signed-in' && !!connection && urgency(this.#minute.secondsLeft) !== 'later',
    );
    this.toggleState('failed', this.failure !== undefined);
    this.toggleState('other-expired', this.#othersEnded > 0);
  }

  protected override updated(changed: PropertyValues<this>): void {
    super.updated(changed);
    if ((this.currentSession?.logins.length ?? 0) > 0) this.#dialog?.update();
    else this.#dialog?.close();
  }

  /** How many accounts beside the one in use have run out. */
  get #othersEnded(): number {
    const { logins = [], current } = this.currentSession ?? {};
    return logins.filter(({ id, ended }) => ended && id !== current?.loginId).length;
  }

  protected override render(): TemplateResult {
    return html`<div class="bar" part="bar" role="group" aria-label=${this.localizer.text(words, 'label')}>
        ${this.#renderBar()}
      </div>
      ${this.failure === undefined ? nothing : errorNotice(this, this.failure, { urgent: true })}`;
  }

  #renderBar(): TemplateResult {
    const view = this.#view;
    const { connection } = this;
    switch (view) {
      case 'none':
      case 'signed-out':
        return html`<slot name="signed-out"
          ><span class="quiet-text">${this.localizer.text(words, 'signedOut')}</span> ${
            view === 'none'
              ? nothing
              : html`<button type="button" @click=${this.#handleSignIn}>
                  ${this.localizer.text(words, 'signIn')}
                </button>`
          }</slot
        >`;
      case 'waiting':
        return html`<span class="visually-hidden" role="status"
            >${this.localizer.text(words, 'restoring')}</span
          >
          <span class="waiting" aria-hidden="true">${skeletonLine('10em')}</span>`;
      case 'choosing':
        return html`<span class="item quiet-text">${this.localizer.text(words, 'choosing')}</span>
          ${this.#renderSignOut()}`;
      case 'signed-in':
        return html`${connection ? this.#renderWhere(connection) : nothing} ${this.#renderSignOut()}`;
      case 'expired':
        return html`<span class="item"
            >${iconClock()} <strong>${this.localizer.text(words, 'expired')}</strong></span
          >
          <button type="button" class="primary" @click=${this.#handleSignIn}>
            ${this.localizer.text(words, 'signInAgain')}
          </button>
          ${this.#renderSignOut()}`;
    }
  }

  #renderWhere(connection: Connection): TemplateResult {
    const { localizer } = this;
    const { user, canAct } = connection;
    const about = `${localizer.text(words, 'user')}: ${user.name}\n${this.#until(connection)}`;
    return html`<span class="item user" part="user" title=${about}
        >${iconUser()}<span class="visually-hidden">${localizer.text(words, 'user')}: </span
        ><span class="name">${user.name}</span></span
      >
      ${this.#renderProject(connection)} ${this.#renderRegion(connection)}
      ${
        canAct
          ? nothing
          : html`<span class="badge" title=${localizer.text(words, 'readOnlyHint')}
              >${localizer.text(words, 'readOnly')}<span class="visually-hidden"
                >. ${localizer.text(words, 'readOnlyHint')}</span
              ></span
            >`
      }
      ${this.#renderExpiry(connection)}`;
  }

  #renderProject(connection: Connection): TemplateResult {
    const { localizer } = this;
    const state = this.currentSession?.state;
    const projects = state && 'projects' in state ? state.projects : [];
    const { project } = connection;
    const label = localizer.text(words, 'project');
    if (projects.length < 2) {
      return html`<span class="item" part="project" title="${label}: ${project.name}"
        >${iconFolder()}<span class="visually-hidden">${label}: </span
        ><span class="name">${project.name}</span></span
      >`;
    }
    const shown = this.switching ?? project.id;
    return html`<span class="select item" part="project"
      ><select
        aria-label=${label}
        title=${label}
        aria-busy=${this.switching === undefined ? nothing : 'true'}
        @change=${(event: Event) => {
          if (event.target instanceof HTMLSelectElement)
            void this.#handleProject(event.target.value, projects);
        }}
      >
        ${[...projects]
          .sort((a, b) => localizer.compare(a.name, b.name))
          .map(
            ({ id, name, enabled }) =>
              html`<option value=${id} .selected=${id === shown} ?disabled=${!enabled}>
                ${enabled ? name : localizer.text(words, 'disabledProject', { projectName: name })}
              </option>`,
          )}
      </select></span
    >`;
  }

  #renderRegion(connection: Connection): TemplateResult | typeof nothing {
    const { regions, region } = connection;
    if (regions.length < 2) return nothing;
    const label = this.localizer.text(words, 'region');
    return html`<span class="select item" part="region"
      ><select
        aria-label=${label}
        title=${label}
        @change=${(event: Event) => {
          if (event.target instanceof HTMLSelectElement)
            this.currentSession?.selectRegion(event.target.value);
        }}
      >
        ${regions.map((name) => html`<option value=${name} .selected=${name === region}>${name}</option>`)}
      </select></span
    >`;
  }

  #until({ expiresAt }: Connection): string {
    return this.localizer.text(words, 'until', { at: expiresAt.getTime(), now: Date.now() });
  }

  #renderExpiry(connection: Connection): TemplateResult {
    const seconds = this.#minute.secondsLeft;
    const { localizer } = this;
    const exact = this.#until(connection);
    if (urgency(seconds) === 'later')
      return html`<span class="item quiet-text expiry" part="expiry">${exact}</span>`;
    return html`<span class="item expiry soon" part="expiry" role="status" title=${exact}
        >${iconClock()} ${endText(localizer, seconds, connection.expiresAt)}</span
      >
      <button type="button" class="small" @click=${this.#handleSignIn}>
        ${localizer.text(words, 'signInAgain')}
      </button>`;
  }

  #renderDetailsButton(): TemplateResult {
    const count = this.#othersEnded;
    const about = this.localizer.text(words, 'about');
    const others = count === 0 ? '' : this.localizer.text(words, 'others', { count });
    return html`<button
      type="button"
      class="quiet icon-only ${count > 0 ? 'soon' : ''}"
      part="about"
      aria-haspopup="dialog"
      aria-label=${[about, others].filter(Boolean).join('. ')}
      title=${others || about}
      @click=${() => this.showDetails()}
    >
      ${count > 0 ? iconClock() : iconInfo()}
    </button>`;
  }

  #renderSignOut(): TemplateResult {
    return html`<span class="actions"
      ><slot name="actions"></slot
      >${(this.currentSession?.logins.length ?? 0) > 0 ? this.#renderDetailsButton() : nothing}<button
        type="button"
        part="sign-out"
        @click=${this.#handleSignOut}
      >
        ${this.localizer.text(words, 'signOut')}
      </button></span
    >`;
  }
}
