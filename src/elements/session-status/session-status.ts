import { html, nothing, type PropertyDeclarations, type PropertyValues, type TemplateResult } from 'lit';
import { sessionStatusMessages as words } from '../../i18n/en/session-status.js';
import { isAbort } from '../../openstack/errors.js';
import type { Project } from '../../openstack/identity.js';
import type { Connection } from '../../session/connection.js';
import { iconClock, iconFolder, iconUser } from '../../ui/icons.js';
import { announce } from '../../ui/live-region.js';
import { errorNotice } from '../../ui/notice.js';
import { skeletonLine } from '../../ui/skeleton.js';
import { SessionElement } from '../session-element.js';
import { ExoSignInOpenEvent, ExoSignOutRequestEvent } from '../session/events.js';
import { MinuteController } from './minute-controller.js';
import { statusView, urgency, type StatusView } from './session-status.state.js';
import { sessionStatusStyles } from './session-status.styles.js';

/**
 * Who is signed in and where: user, project, region; switches between projects and signs out. Made to stand in the
 * head of a page.
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
 *
 * @fires {ExoSignOutRequestEvent} exo-sign-out-request - Before signing out. Cancelable.
 * @fires {ExoSignInOpenEvent} exo-sign-in-open - The person wants to sign in; the page shows its form.
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

  readonly #handleSignOut = (): void => {
    const session = this.currentSession;
    if (session && this.dispatchEvent(new ExoSignOutRequestEvent({ name: session.name })))
      void session.signOut();
  };

  readonly #handleSignIn = (): void => {
    this.dispatchEvent(new ExoSignInOpenEvent({ name: this.currentSession?.name ?? '' }));
  };

  async #handleProject(projectId: string, projects: readonly Project[]): Promise<void> {
    const session = this.currentSession;
    const projectName = projects.find(({ id }) => id === projectId)?.name ?? projectId;
    if (!session) return;
    this.failure = undefined;
    this.switching = projectId;
    announce(this, this.localizer.text(words, 'switching', { projectName }));
    try {
      await session.selectProject(projectId);
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
    switch (urgency(seconds)) {
      case 'later':
        return html`<span class="item quiet-text expiry" part="expiry">${exact}</span>`;
      case 'soon':
        return html`<span class="item expiry soon" part="expiry" role="status" title=${exact}
          >${iconClock()} ${localizer.text(words, 'runsOut', { seconds })}</span
        >`;
      case 'now':
        return html`<span class="item expiry soon" part="expiry" role="status" title=${exact}
          >${iconClock()} ${localizer.text(words, 'runsOutNow')}</span
        >`;
    }
  }

  #renderSignOut(): TemplateResult {
    return html`<span class="actions"
      ><slot name="actions"></slot
      ><button type="button" part="sign-out" @click=${this.#handleSignOut}>
        ${this.localizer.text(words, 'signOut')}
      </button></span
    >`;
  }
}
