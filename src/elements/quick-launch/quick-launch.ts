import { html, nothing, type PropertyDeclarations, type PropertyValues, type TemplateResult } from 'lit';
import { quickLaunchMessages as messages } from '../../i18n/en/quick-launch.js';
import { freeName } from '../../launch/names.js';
import type { LaunchRequest } from '../../launch/plan.js';
import type { Connection } from '../../session/connection.js';
import type { LaunchDefaults } from '../../session/settings.js';
import { announce } from '../../ui/live-region.js';
import { textField } from '../../ui/field.js';
import { LazyPart } from '../../ui/lazy.js';
import { errorNotice } from '../../ui/notice.js';
import { skeletonRows } from '../../ui/skeleton.js';
import { ExoLaunchCloseEvent } from '../launch-wizard/close-event.js';
import { failureOf, type Decision } from '../launch-wizard/launch-wizard.state.js';
import { ComeBack } from '../launch-wizard/come-back.js';
import { Launcher } from '../launch-wizard/launcher.js';
import { Surroundings } from '../launch-wizard/surroundings.js';
import { ExoSignInOpenEvent } from '../session/sign-in-open-event.js';
import { SessionElement } from '../session-element.js';
import type { LookedUp } from './missing-part.js';
import { missingNotice, noSession, notices } from './notices.js';
import { quickState, type QuickState } from './quick-launch.state.js';
import { quickLaunchStyles } from './quick-launch.styles.js';
import { isOf, typeFor, type MissingPart, type Recipe } from './recipe.js';

/**
 * One button and one name for something that the portal has chosen: an image, a size, and how it is prepared. Key,
 * network and address are decided as in the wizard. It says what will exist, follows the launch in place, tells how to
 * connect, and after a failure offers to carry on, to delete what was made, or to keep it. Launches of its own that
 * stopped half-way, in whatever browser, are found by it again.
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
 * @csspart unfinished - Launches of this that somebody can come back to.
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
 * @fires {ExoErrorEvent} exo-error - What the portal wants launched is not there: for the page's own log. Detail: `reason` (`image`, `size`, `type`, `profile`), `message`.
 * @fires {ExoSignInOpenEvent} exo-sign-in-open - Somebody wants to sign in.
 */
export class ExoQuickLaunch extends SessionElement {
  static override readonly tag = 'exo-quick-launch';
  static override styles = quickLaunchStyles;
  static override properties: PropertyDeclarations = {
    type: {},
    image: {},
    size: {},
    profile: {},
    heading: {},
    label: {},
    typed: { state: true },
    keyless: { state: true },
  };

  /**
   * Name of one of `launch.types` in the configuration, in place of an image: the newest image that fits it, and the
   * sizes that are for it. Its name and description stand above the button.
   */
  declare type: string | undefined;
  /**
   * Name or id of the image, of several of a name the newest; a name that ends in `*` stands for the newest that begins
   * so. Without it the one that the wizard would suggest.
   */
  declare image: string | undefined;
  /** Name or id of the size; without it the smallest that fits. */
  declare size: string | undefined;
  /** `plain` (nothing but the image), `kit` (prepared by a small cloud-config) or `exosphere`; the portal's usual one without it. */
  declare profile: string | undefined;
  /** The heading; an empty text shows none. Without it the type's name. */
  declare heading: string | undefined;
  /** What the button says; *Launch* without it. */
  declare label: string | undefined;

  /** @internal The name, once somebody has changed it. */ declare typed: string | undefined;
  /** @internal The browser promised a key and could not make one. */ declare keyless: boolean;

  readonly #around = new Surroundings(this);
  readonly #launcher = new Launcher(this, this.#around, {
    decide: (connection) => {
      const state = this.#state(connection);
      return state.kind === 'ready' ? state.decision : undefined;
    },
    refuse: (connection) => this.#refuse(connection),
    another: () => this.reset(),
    done: () => {
      this.reset();
      this.dispatchEvent(new ExoLaunchCloseEvent());
    },
    noKeys: () => {
      this.keyless = true;
      this.#around.cannotGenerate();
    },
  });
  /** Launches of this recipe that somebody can come back to. */
  readonly #comeBack = new ComeBack(this, this.#around, {
    launch: () => this.#launcher.load(),
    underHeading: true,
    belongs: (request) => request !== undefined && this.#isOwn(request),
  });
  readonly #telling = new LazyPart(this, () => import('../launch-wizard/review-sentences.js'));
  readonly #owner = new LazyPart(this, () => import('./missing-part.js'));
  #missing: (MissingPart & { readonly connection: Connection }) | undefined;
  /** What its owner was told of. */
  #told = '';

  constructor() {
    super();
    this.keyless = false;
  }

  /** A launch happens in one place: with `all` where the person is. */
  override get connectionsInScope(): readonly Connection[] {
    return super.connectionsInScope.filter((each) => each === this.connection);
  }

  /** Moves the keyboard to the name, or to the heading of a launch under way. */
  override focus(options?: FocusOptions): void {
    this.renderRoot.querySelector<HTMLElement>('#name, #run-heading')?.focus(options);
  }

  /**
   * Shows a launch of this page again, that was left while it was under way or after it failed: `launchId` comes with
   * `exo-launch-open` of `<exo-instance-list>`. False where there is no such launch, or another one waits for somebody to
   * save its private key.
   */
  showLaunch(launchId: string): Promise<boolean> {
    return this.#launcher.show(launchId);
  }

  /** Forgets the name that was typed, and shows the button. A launch under way goes on, unseen. */
  reset(): void {
    this.#launcher.drop();
    this.typed = undefined;
    this.#around.renew();
  }

  protected override handleSessionChange(): void {
    super.handleSessionChange();
    this.#around.follow();
    this.#launcher.follow();
  }

  get #recipe(): Recipe {
    const { type, image, size, profile } = this;
    const given = (text: string | undefined) => text || undefined;
    return { type: given(type), image: given(image), size: given(size), profile: given(profile) };
  }

  get #preferences(): LaunchDefaults {
    return this.currentSession?.settings.launch ?? {};
  }

  #state(connection: Connection): QuickState {
    return quickState(this.#recipe, this.typed, this.#around.known, this.#around.setting(connection));
  }

  readonly #handleSubmit = (event: SubmitEvent): void => {
    event.preventDefault();
    const { connection } = this;
    if (!connection?.canAct || this.currentSession?.state.status === 'expired') return;
    this.keyless = false;
    void this.#launcher.submit(connection);
  };

  #refuse(connection: Connection): void {
    const state = this.#state(connection);
    if (state.kind !== 'blocked') return;
    if (state.why !== 'name') announce(this, this.localizer.text(messages, `why-${state.why}`));
    else {
      this.typed ??= '';
      this.focus();
    }
  }

  protected override updated(changed: PropertyValues<this>): void {
    super.updated(changed);
    if (this.connection && !this.#telling.failed) void this.#telling.load();
    void this.#comeBack.look();
    void this.#tellOwner();
  }

  readonly #signIn = (): void => {
    this.dispatchEvent(new ExoSignInOpenEvent({ name: this.currentSession?.name ?? '' }));
  };

  protected override render(): TemplateResult {
    const { connection } = this;
    this.#missing = undefined;
    const { shown } = this.#launcher;
    if (shown) {
      this.showState(shown.state);
      this.toggleState('blocked', false);
      return shown.view;
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

  #isOwn(request: LaunchRequest): boolean {
    return isOf(request, this.#recipe, this.#around.known, this.#preferences);
  }

  #heading(): TemplateResult {
    const type = typeFor(this.#recipe, this.#preferences);
    const text = this.heading ?? type?.name ?? this.localizer.text(messages, 'heading');
    return html`<slot name="header">
        ${text === '' ? nothing : html`<h2 class="heading" part="heading">${text}</h2>`}
      </slot>
      ${type?.description ? html`<p>${type.description}</p>` : nothing}`;
  }

  #panel(content: unknown): TemplateResult {
    return html`<div class="panel">${this.#heading()} ${content} <slot></slot></div>`;
  }

  #renderNoSession(): TemplateResult {
    this.toggleState('blocked', false);
    const status = this.currentSession?.state.status;
    if (status === 'restoring' || status === 'signing-in') {
      this.showState('loading');
      return this.#panel(skeletonRows(this.localizer.text(messages, 'loading'), 2, 1));
    }
    this.showState('no-session');
    return this.#panel(noSession(this.localizer, status === 'choosing', this.#signIn));
  }

  /** A sentence for everybody, and one for those who wrote the recipe. */
  #renderMissing(connection: Connection, missing: MissingPart): TemplateResult {
    this.#missing = { ...missing, connection };
    const owner = this.#owner.module;
    const note = owner?.ownerNote(this, missing, this.#lookedUp(connection)) ?? nothing;
    return this.#panel(missingNotice(this.localizer, missing, note));
  }

  #lookedUp(connection: Connection): LookedUp {
    const { known } = this.#around;
    return { known, preferences: this.#preferences, projectName: connection.project.name };
  }

  /** Once for each part that is missing, and place. */
  async #tellOwner(): Promise<void> {
    const missing = this.#missing;
    if (!missing || this.#owner.failed) return;
    const told = `${missing.connection.id} ${missing.what} ${missing.name}`;
    const part = await this.#owner.load();
    if (!part || this.#told === told) return;
    this.#told = told;
    part.tellOwner(this, missing, this.#lookedUp(missing.connection));
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
    if (state.kind === 'missing') return this.#renderMissing(connection, state.missing);
    const decision = state.kind === 'loading' ? undefined : state.decision;
    return html`<form part="form" novalidate autocomplete="off" @submit=${this.#handleSubmit}>
      ${this.#heading()}
      ${notices(localizer, {
        reader: connection.canAct ? undefined : connection.project.name,
        expired,
        cannotLaunch: this.#launcher.failed,
        keyless: this.keyless,
        why: state.kind === 'blocked' ? state.why : undefined,
        signIn: this.#signIn,
      })}
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
          aria-busy=${this.#launcher.loading ? 'true' : nothing}
          aria-disabled=${blocked ? 'true' : nothing}
          aria-describedby="summary"
        >
          ${this.label || localizer.text(messages, 'launch')}
        </button>
      </div>
      <div aria-live="polite">${decision ? this.#nameTaken(decision) : nothing}</div>
      <div class="summary" part="summary" id="summary">${this.#summary(decision)}</div>
      ${this.#comeBack.view()}
      <slot></slot>
    </form>`;
  }

  /** What will exist; its words are no part of the first paint. */
  #summary(decision: Decision | undefined): TemplateResult {
    const { localizer } = this;
    const { module, failed } = this.#telling;
    if (decision && module)
      return html`<p>${module.reviewSentences(localizer, decision, this.#around.known).join(' ')}</p>`;
    if (!failed) return skeletonRows(localizer.text(messages, 'loading'), 2, 1);
    return html`<p>
      ${localizer.text(messages, 'summaryMissing')}
      <button type="button" class="quiet small" @click=${() => void this.#telling.load()}>
        ${localizer.text(messages, 'retry')}
      </button>
    </p>`;
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
}
