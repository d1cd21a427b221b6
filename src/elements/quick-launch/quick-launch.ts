import { html, nothing, type PropertyDeclarations, type TemplateResult } from 'lit';
import { quickLaunchMessages as messages } from '../../i18n/en/quick-launch.js';
import { freeName } from '../../launch/names.js';
import type { Connection } from '../../session/connection.js';
import { textField } from '../../ui/field.js';
import { LazyPart } from '../../ui/lazy.js';
import { errorNotice, notice } from '../../ui/notice.js';
import { skeletonRows } from '../../ui/skeleton.js';
import { ExoLaunchCloseEvent } from '../launch-wizard/events.js';
import type { LaunchController } from '../launch-wizard/launch-controller.js';
import { failureOf, type Decision } from '../launch-wizard/launch-wizard.state.js';
import { requestEvent } from '../launch-wizard/request-event.js';
import { reviewSentences } from '../launch-wizard/review-sentences.js';
import { Surroundings } from '../launch-wizard/surroundings.js';
import type { LaunchWish } from '../launch-wizard/wish.js';
import { ExoSignInOpenEvent } from '../session/events.js';
import { SessionElement } from '../session-element.js';
import { quickState, type QuickState } from './quick-launch.state.js';
import { quickLaunchStyles } from './quick-launch.styles.js';

/**
 * One button and one name for something that the portal has chosen: an image, a size, and how it is prepared. Key,
 * network and address are decided as in the wizard. It says what will exist, follows the launch in place, tells how to
 * connect, and after a failure offers to carry on, to delete what was made, or to keep it.
 *
 * @summary Launches one instance of a recipe that the portal has chosen.
 * @tag exo-quick-launch
 *
 * @slot - Under the button: notes of the institution, links to help.
 * @slot header - In place of the heading.
 *
 * @csspart form - The form.
 * @csspart heading - The heading.
 * @csspart submit - The button that launches.
 * @csspart summary - What will exist.
 * @csspart progress - The launch under way, and how it ended.
 * @csspart connect - How to connect.
 * @csspart notice - What went wrong, or what to know.
 *
 * @cssstate no-session - Nobody is signed in.
 * @cssstate loading - What is launched here is still being looked up.
 * @cssstate ready - It can be launched.
 * @cssstate blocked - Something stands in the way of a launch.
 * @cssstate empty - What the portal wants launched is not there.
 * @cssstate expired - The sign-in ended by itself; the name is kept.
 * @cssstate failed - What can be launched could not be loaded.
 * @cssstate forbidden - The project's role does not let it be read, or launched.
 * @cssstate service-missing - This cloud has no compute service here.
 * @cssstate launching - A launch is under way.
 * @cssstate launched - The instance is active.
 * @cssstate launch-failed - The launch failed; it says what is left.
 *
 * @fires {ExoLaunchRequestEvent} exo-launch-request - Before anything is made. Cancelable.
 * @fires {ExoLaunchEvent} exo-launch - The cloud has taken the instance on.
 * @fires {ExoLaunchCompleteEvent} exo-launch-complete - The launch has ended; `ok` when the instance is active.
 * @fires {ExoLaunchCloseEvent} exo-launch-close - Somebody is done with it.
 * @fires {ExoSignInOpenEvent} exo-sign-in-open - Somebody wants to sign in.
 */
export class ExoQuickLaunch extends SessionElement {
  static override readonly tag = 'exo-quick-launch';
  static override styles = quickLaunchStyles;
  static override properties: PropertyDeclarations = {
    image: {},
    size: {},
    profile: {},
    heading: {},
    label: {},
    typed: { state: true },
  };

  /** Name or id of the image, of several of a name the newest; without it the one that the wizard would suggest. */
  declare image: string | undefined;
  /** Name or id of the size; without it the smallest that fits. */
  declare size: string | undefined;
  /** `plain` (nothing but the image) or `kit` (prepared by a small cloud-config); the portal's usual one without it. */
  declare profile: string | undefined;
  /** The heading; an empty text shows none. */
  declare heading: string | undefined;
  /** What the button says; *Launch* without it. */
  declare label: string | undefined;

  /** @internal The name, once somebody has changed it. */ declare typed: string | undefined;

  readonly #around = new Surroundings(this);
  readonly #launching = new LazyPart(this, () => import('./launching.js'));
  #launch: LaunchController | undefined;
  #loading = false;

  /** A launch happens in one place: with `all` where the person is. */
  override get connectionsInScope(): readonly Connection[] {
    return super.connectionsInScope.filter((each) => each === this.connection);
  }

  /** Moves the keyboard to the name, or to the heading of a launch under way. */
  override focus(options?: FocusOptions): void {
    this.renderRoot.querySelector<HTMLElement>('#name, #run-heading')?.focus(options);
  }

  /** Forgets the name that was typed, and shows the button. A launch under way goes on, unseen. */
  reset(): void {
    this.#launch?.drop();
    this.typed = undefined;
    this.#around.renew();
  }

  protected override handleSessionChange(): void {
    super.handleSessionChange();
    this.#around.follow();
    if (this.currentSession) this.#launch?.keepOnlyOn(this.currentSession.connections);
  }

  #state(connection: Connection): QuickState {
    const { image, size, profile } = this;
    const kind: LaunchWish['profile'] = profile === 'plain' || profile === 'kit' ? profile : undefined;
    const wish: LaunchWish = { image: image || undefined, size: size || undefined, profile: kind };
    return quickState(wish, this.typed, this.#around.known, this.#around.setting(connection));
  }

  readonly #handleSubmit = (event: SubmitEvent): void => {
    event.preventDefault();
    const { connection } = this;
    if (!connection?.canAct || this.#loading || this.#launch?.busy) return;
    if (this.currentSession?.state.status === 'expired') return;
    void this.#submit(connection);
  };

  async #submit(connection: Connection): Promise<void> {
    if (!this.#around.isSettled && this.#state(connection).kind === 'ready') {
      this.#loading = true;
      this.requestUpdate();
      await this.#around.settle();
      this.#loading = false;
      this.requestUpdate();
      if (connection !== this.connection) return;
    }
    const state = this.#state(connection);
    if (state.kind === 'ready') {
      if (this.dispatchEvent(requestEvent(state.decision))) void this.#start(connection, state.decision);
    } else if (state.kind === 'blocked' && state.why === 'name') {
      this.typed ??= '';
      this.focus();
    }
  }

  async #start(connection: Connection, decision: Decision): Promise<void> {
    this.#loading = true;
    const part = await this.#launching.load();
    this.#loading = false;
    if (!part || connection !== this.connection) return;
    this.#launch ??= part.launchIn(this, {
      another: () => this.reset(),
      done: () => {
        this.reset();
        this.dispatchEvent(new ExoLaunchCloseEvent());
      },
      noKeys: () => this.#around.cannotGenerate(),
    });
    await this.#launch.start(connection, decision, this.#around.servers);
  }

  readonly #signIn = (): void => {
    this.dispatchEvent(new ExoSignInOpenEvent({ name: this.currentSession?.name ?? '' }));
  };

  protected override render(): TemplateResult {
    const { connection } = this;
    const launch = this.#launch;
    const run = launch?.run;
    if (launch && run && this.#launching.module) {
      const outcome = run.progress?.outcome ?? 'running';
      this.showState(
        outcome === 'running' ? 'launching' : outcome === 'complete' ? 'launched' : 'launch-failed',
      );
      this.toggleState('blocked', false);
      return this.#launching.module.runView(launch.view(run));
    }
    if (!connection) return this.#renderNoSession();
    const error = failureOf(this.#around.known.flavors) ?? failureOf(this.#around.known.images);
    if (error) {
      this.toggleState('blocked', false);
      this.showState(
        error.reason === 'service-missing'
          ? 'service-missing'
          : error.kind === 'forbidden'
            ? 'forbidden'
            : 'failed',
      );
      return this.#panel(errorNotice(this, error, { onRetry: this.#around.retry }));
    }
    return this.#renderForm(connection);
  }

  #heading(): TemplateResult {
    const text = this.heading ?? this.localizer.text(messages, 'heading');
    return html`<slot name="header">
      ${text === '' ? nothing : html`<h2 class="heading" part="heading">${text}</h2>`}
    </slot>`;
  }

  #panel(content: unknown): TemplateResult {
    return html`<div class="panel">${this.#heading()} ${content} <slot></slot></div>`;
  }

  #renderNoSession(): TemplateResult {
    const { localizer } = this;
    this.toggleState('blocked', false);
    const status = this.currentSession?.state.status;
    if (status === 'restoring' || status === 'signing-in') {
      this.showState('loading');
      return this.#panel(skeletonRows(localizer.text(messages, 'loading'), 2, 1));
    }
    this.showState('no-session');
    const choosing = status === 'choosing';
    return this.#panel(
      notice({
        tone: 'info',
        heading: localizer.text(messages, choosing ? 'choosingTitle' : 'noSessionTitle'),
        text: localizer.text(messages, choosing ? 'choosing' : 'noSession'),
        actions: choosing
          ? undefined
          : html`<button type="button" @click=${this.#signIn}>${localizer.text(messages, 'signIn')}</button>`,
      }),
    );
  }

  #renderForm(connection: Connection): TemplateResult {
    const { localizer } = this;
    const state = this.#state(connection);
    if ('decision' in state) this.#around.want(state.decision);
    const expired = this.currentSession?.state.status === 'expired';
    const blocked = state.kind !== 'ready' || expired || !connection.canAct;
    this.toggleState('blocked', blocked && state.kind !== 'loading');
    this.showState(
      expired
        ? 'expired'
        : !connection.canAct
          ? 'forbidden'
          : state.kind === 'missing'
            ? 'empty'
            : state.kind === 'loading'
              ? 'loading'
              : 'ready',
    );
    if (state.kind === 'missing') {
      return this.#panel(
        notice({
          tone: 'warning',
          heading: localizer.text(messages, 'missingTitle'),
          text: localizer.text(messages, 'missing', state),
          helps: localizer.text(messages, 'missingHelps'),
        }),
      );
    }
    const decision = state.kind === 'loading' ? undefined : state.decision;
    return html`<form part="form" novalidate autocomplete="off" @submit=${this.#handleSubmit}>
      ${this.#heading()} ${this.#notices(connection, state, expired)}
      <div class="line">
        ${textField(localizer, {
          id: 'name',
          label: localizer.text(messages, 'name'),
          value: this.typed ?? this.#around.setting(connection).suggestedName,
          maxLength: 510,
          technical: true,
          problem:
            decision?.nameProblem && this.typed !== undefined
              ? localizer.text(messages, `name-${decision.nameProblem}`)
              : undefined,
          onInput: (value) => {
            this.typed = value;
          },
        })}
        <button
          type="submit"
          class="primary launch"
          part="submit"
          id="launch"
          aria-busy=${this.#loading ? 'true' : nothing}
          aria-disabled=${blocked ? 'true' : nothing}
          aria-describedby="summary"
        >
          ${this.label || localizer.text(messages, 'launch')}
        </button>
      </div>
      <div aria-live="polite">${decision ? this.#nameTaken(decision) : nothing}</div>
      <div class="summary" part="summary" id="summary">
        ${
          decision
            ? html`<p>${reviewSentences(localizer, decision, this.#around.known).join(' ')}</p>`
            : skeletonRows(localizer.text(messages, 'loading'), 2, 1)
        }
      </div>
      <slot></slot>
    </form>`;
  }

  #nameTaken({ duplicates, name, taken }: Decision): unknown {
    if (duplicates.length === 0) return nothing;
    const free = freeName(name, taken, 1);
    return html`<p class="caution">
      ${this.localizer.text(messages, 'nameTaken', { name })}
      <button type="button" class="quiet small" @click=${() => (this.typed = free)}>
        ${this.localizer.text(messages, 'useName', { name: free })}
      </button>
    </p>`;
  }

  #notices(connection: Connection, state: QuickState, expired: boolean): unknown {
    const { localizer } = this;
    if (!connection.canAct) {
      const projectName = connection.project.name;
      return notice({
        tone: 'info',
        heading: localizer.text(messages, 'readerTitle'),
        text: localizer.text(messages, 'reader', { projectName }),
      });
    }
    if (expired) {
      return notice({
        tone: 'warning',
        heading: localizer.text(messages, 'expiredTitle'),
        text: localizer.text(messages, 'expired'),
        actions: html`<button type="button" @click=${this.#signIn}>
          ${localizer.text(messages, 'signInAgain')}
        </button>`,
      });
    }
    if (this.#launching.failed) {
      return notice({
        tone: 'error',
        urgent: true,
        heading: localizer.text(messages, 'runMissing'),
        helps: localizer.text(messages, 'runMissingHelps'),
      });
    }
    if (state.kind !== 'blocked' || state.why === 'name') return nothing;
    const help = state.why === 'quota' ? 'why-quota-helps' : 'why-otherHelps';
    return notice({
      tone: 'warning',
      heading: localizer.text(messages, `why-${state.why}`),
      helps: localizer.text(messages, help),
    });
  }
}
