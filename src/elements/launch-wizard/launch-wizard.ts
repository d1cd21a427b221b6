import { html, type PropertyDeclarations, type PropertyValues, type TemplateResult } from 'lit';
import { suggestName } from '../../launch/names.js';
import type { Connection } from '../../session/connection.js';
import { addStyles } from '../../ui/add-styles.js';
import { LazyPart } from '../../ui/lazy.js';
import { errorNotice } from '../../ui/notice.js';
import { ExoSignInOpenEvent } from '../session/sign-in-open-event.js';
import { SessionElement } from '../session-element.js';
import { ExoLaunchCloseEvent } from './close-event.js';
import { ComeBack } from './come-back.js';
import type { Drafts } from './drafts.js';
import type { ExtraFacts } from './extra-facts.js';
import { formView } from './form-view.js';
import {
  decide,
  extrasFor,
  failureOf,
  type Decision,
  type Draft,
  type Known,
  type Part,
  type Setting,
} from './launch-wizard.state.js';
import { launchWizardStyles } from './launch-wizard.styles.js';
import { Launcher } from './launcher.js';
import { isSigningIn, noSessionView } from './no-session-view.js';
import type { ReviewBody } from './review-body.js';
import type { Looks } from './section.js';
import { Surroundings } from './surroundings.js';
import type { LaunchWish } from './wish.js';

/** From this width on (px) the image and the size are open from the beginning. */
const WIDE = 720;

/**
 * Launches one or several instances. It opens with answers: a name, an image, a size, a key and a network that fit
 * are chosen, and *Launch* can be clicked at once. Everything else is one level down. After the click it follows the
 * launch, in place, until the instances are active and tells how to connect.
 *
 * @summary Launches instances, and follows them until they run.
 * @tag exo-launch-wizard
 *
 * @slot - Under the questions: notes of the institution, links to help.
 * @slot header - In place of the heading.
 *
 * @csspart form - The form.
 * @csspart heading - The heading.
 * @csspart section - One question, open or closed.
 * @csspart review - What will exist and what it uses.
 * @csspart submit - The button that launches.
 * @csspart progress - The launch under way, and how it ended.
 * @csspart connect - How to connect.
 * @csspart unfinished - Launches that somebody can come back to.
 * @csspart notice - What went wrong, or what to know.
 *
 * @cssstate no-session - Nobody is signed in.
 * @cssstate loading - The session is being restored.
 * @cssstate ready - The form is there.
 * @cssstate blocked - The form is there, but something stands in the way of a launch.
 * @cssstate expired - The sign-in ended by itself; the form is kept.
 * @cssstate failed - What can be launched could not be loaded.
 * @cssstate forbidden - The project's role does not even let it be read.
 * @cssstate service-missing - This cloud has no compute service here.
 * @cssstate launching - A launch is under way.
 * @cssstate launched - Every instance is active.
 * @cssstate launch-failed - The launch failed; it says what is left.
 *
 * @fires {ExoLaunchRequestEvent} exo-launch-request - Before anything is made. Cancelable.
 * @fires {ExoLaunchEvent} exo-launch - The cloud has taken the instances on.
 * @fires {ExoLaunchCompleteEvent} exo-launch-complete - The launch has ended; `ok` when every instance is active.
 * @fires {ExoLaunchCloseEvent} exo-launch-close - Somebody is done with it, or gave it up.
 * @fires {ExoSignInOpenEvent} exo-sign-in-open - Somebody wants to sign in.
 */
export class ExoLaunchWizard extends SessionElement {
  static override readonly tag = 'exo-launch-wizard';
  static override styles = launchWizardStyles;
  static override properties: PropertyDeclarations = {
    closable: { type: Boolean },
    fragment: {},
    draft: { state: true },
    openParts: { state: true },
    search: { state: true },
  };

  /** Shows *Cancel*, for a page that opens and closes the wizard; it fires `exo-launch-close`. */
  declare closable: boolean;

  /**
   * Takes links with choices in the page's fragment, under this name: with `launch`, `#launch?image=…&size=…`. Without
   * it the page's address is left alone. docs/launch-links.md
   */
  declare fragment: string | undefined;

  /** @internal What was changed; it survives the end of a sign-in. */ declare draft: Draft;
  /** @internal */ declare openParts: ReadonlySet<Part>;
  /** @internal */ declare search: Looks;

  readonly #around = new Surroundings(this);
  readonly #choices = new LazyPart(this, () => import('./choices.js'));
  #extras: ExtraFacts | undefined;
  readonly #launcher = new Launcher(this, this.#around, {
    decide: (connection, seen) => {
      const decision = this.#decide(connection);
      const isOther =
        seen &&
        (seen.address.kind !== decision.address.kind ||
          // What lets SSH in was said before the groups were known.
          seen.safety.openings.length > decision.safety.openings.length);
      return isOther || decision.obstacles.length > 0 ? undefined : decision;
    },
    refuse: (connection) => {
      const [obstacle] = this.#decide(connection).obstacles;
      void this.#showObstacle(obstacle ? obstacle.part : 'network');
    },
    another: () => this.reset(),
    like: () => this.#like(),
    done: () => {
      this.reset();
      this.#close();
    },
    noKeys: () => {
      // The section says so, and offers what is left.
      this.#around.cannotGenerate();
      void this.#showObstacle('key');
    },
  });
  readonly #reviewing = new LazyPart(this, () => import('./review-body.js'));
  #review: ReviewBody | undefined;
  readonly #drafting = new LazyPart(this, () => import('./drafts.js'));
  #drafts: Drafts | undefined;
  readonly #comeBack = new ComeBack(this, this.#around, { launch: () => this.#launcher.load() });

  constructor() {
    super();
    this.closable = false;
    this.draft = {};
    this.openParts = new Set();
    this.search = { images: '', allImages: false, allSizes: false };
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

  /**
   * Chooses what is wished, by names or ids, in place of what was chosen, as soon as the lists are there; what is not
   * there is said. Nothing is launched. Somebody has to be signed in.
   */
  async launchLike(wish: LaunchWish): Promise<void> {
    (await this.#followDrafts())?.wish(wish);
  }

  /** @internal */
  leaveLaunch(): void {
    this.#launcher.leave();
  }

  /** @internal Asks at once for what is asked otherwise when somebody turns to it. */
  lookCloser(): void {
    this.#around.turn();
  }

  /** @internal Resolves once everything has been answered that is asked when somebody turns to it. */
  settled(): Promise<void> {
    return this.#around.settle();
  }

  /** Forgets what was typed and chosen, and shows the form. A launch under way goes on, unseen. */
  reset(): void {
    this.#launcher.drop();
    this.draft = {};
    this.search = { images: '', allImages: false, allSizes: false };
    this.#around.renew();
  }

  protected override handleSessionChange(): void {
    super.handleSessionChange();
    this.#around.follow();
    this.#launcher.follow();
  }

  get #known(): Known {
    return { ...this.#around.known, extras: this.#extras?.all };
  }

  readonly #handleSubmit = (event: SubmitEvent): void => {
    event.preventDefault();
    if (this.connection) void this.#launcher.submit(this.connection);
  };

  #decide(connection: Connection): Decision {
    return decide(this.draft, this.#known, this.#around.setting(connection));
  }

  /** The same choices under another name. A new key was made for that launch, and is there now. */
  #like(): void {
    const { key, ...draft } = this.draft;
    this.#launcher.drop();
    this.#around.renew();
    this.draft = {
      ...draft,
      name: undefined,
      ...(key?.kind === 'existing' || key?.kind === 'none' ? { key } : {}),
    };
  }

  async #showObstacle(part: Part | undefined): Promise<void> {
    if (part === undefined) return;
    if (part === 'name') this.draft = { ...this.draft, name: this.draft.name ?? '' };
    else this.openParts = new Set([...this.openParts, part]);
    await this.updateComplete;
    const place = part === 'name' ? '#name' : `#${part} summary`;
    this.renderRoot.querySelector<HTMLElement>(place)?.focus();
  }

  readonly #signIn = (): void => {
    this.dispatchEvent(new ExoSignInOpenEvent({ name: this.currentSession?.name ?? '' }));
  };

  /** What is chosen and typed stays, for the next time. */
  readonly #close = (): void => {
    this.dispatchEvent(new ExoLaunchCloseEvent());
  };

  readonly #retry = (): void => {
    this.#extras?.retry();
    this.#around.retry();
  };

  protected override willUpdate(changed: PropertyValues<this>): void {
    super.willUpdate(changed);
    if (this.connection) this.#drafts?.update(this.#known);
  }

  protected override updated(changed: PropertyValues<this>): void {
    super.updated(changed);
    if (this.connection && !this.#review && !this.#reviewing.failed) void this.#loadReview();
    void this.#followDrafts();
    void this.#comeBack.look();
  }

  /** The draft of this place comes back, and is kept from now on. */
  async #followDrafts(): Promise<Drafts | undefined> {
    if (!this.connection || (this.#drafting.failed && !this.#drafts)) return undefined;
    const part = await this.#drafting.load();
    const { connection, currentSession } = this;
    if (!part || !connection) return undefined;
    this.#drafts ??= new part.Drafts(this);
    this.#drafts.follow(connection, currentSession?.settings.persist);
    return this.#drafts;
  }

  async #loadReview(): Promise<void> {
    const part = await this.#reviewing.load();
    if (part) this.#review ??= new part.ReviewBody(this);
    this.requestUpdate();
  }

  protected override firstUpdated(changed: PropertyValues<this>): void {
    super.firstUpdated(changed);
    this.#measure();
  }

  /** Once, as soon as it has a width: where there is room, what most people look at is open. */
  #measure(): void {
    const observer = new ResizeObserver(() => {
      if (this.clientWidth === 0) return;
      observer.disconnect();
      if (this.clientWidth >= WIDE) this.openParts = new Set([...this.openParts, 'image', 'size']);
    });
    observer.observe(this);
  }

  protected override render(): TemplateResult {
    const { connection } = this;
    const { shown } = this.#launcher;
    if (shown) {
      this.showState(shown.state);
      this.toggleState('blocked', false);
      return shown.view;
    }
    const status = this.currentSession?.state.status;
    if (!connection) {
      this.showState(isSigningIn(status) ? 'loading' : 'no-session');
      return noSessionView(this, status, this.#signIn);
    }
    const error = failureOf(this.#around.known.flavors);
    if (error && (error.reason === 'service-missing' || error.kind === 'forbidden')) {
      this.showState(error.kind === 'forbidden' ? 'forbidden' : 'service-missing');
      return html`<div class="panel">${errorNotice(this, error, { onRetry: this.#retry })}</div>`;
    }
    return this.#renderForm(connection);
  }

  #renderForm(connection: Connection): TemplateResult {
    const known = this.#known;
    const setting = this.#around.setting(connection);
    const decision = decide(this.draft, known, setting);
    this.#around.want(decision);
    this.#wantExtras(setting);
    const failed = failureOf(known.images) ?? failureOf(known.flavors);
    this.showState(failed ? 'failed' : setting.expired ? 'expired' : 'ready');
    this.toggleState('blocked', decision.obstacles.length > 0);
    return formView(
      {
        host: this,
        draft: this.draft,
        known,
        setting,
        decision,
        open: this.openParts,
        search: this.search,
        choices: this.#choices.module,
        choicesFailed: this.#choices.failed,
        loadChoices: () => void this.#loadChoices(),
        change: (draft) => {
          this.draft = { ...this.draft, ...draft };
        },
        toggle: (part, open) => {
          if (open === this.openParts.has(part)) return;
          const parts = new Set(this.openParts);
          if (open) parts.add(part);
          else parts.delete(part);
          this.openParts = parts;
        },
        lead: (part) => void this.#showObstacle(part),
        look: (search) => {
          this.search = { ...this.search, ...search };
        },
        suggest: () => {
          const random = () => connection.environment.clock.random();
          this.draft = { ...this.draft, name: suggestName(decision.taken, random) };
        },
        retry: this.#retry,
      },
      {
        closable: this.closable,
        projectName: connection.project.name,
        submit: this.#handleSubmit,
        busy: this.#launcher.loading,
        close: this.#close,
        signIn: this.#signIn,
        cannotLaunch: this.#launcher.failed,
        notes: this.#drafts?.notes(decision, setting),
        aside: html`${this.#drafts?.view()}${this.#comeBack.view()}`,
        reviewBody: this.#review,
        reviewFailed: this.#reviewing.failed,
        prices: this.currentSession?.settings.prices,
        retryReview: () => void this.#loadReview(),
      },
    );
  }

  /** Asks for what the open parts and the draft want to know; what asks is loaded with the choices. */
  #wantExtras(setting: Setting): void {
    const wanted = extrasFor(this.draft, this.openParts, setting);
    if (this.#extras) this.#extras.want(wanted);
    else if ((wanted.size > 0 || this.openParts.size > 0) && !this.#choices.failed) void this.#loadChoices();
  }

  async #loadChoices(): Promise<void> {
    if (this.#extras) return;
    const part = await this.#choices.load();
    if (!part || this.#extras) return;
    addStyles(this, part.choicesStyles);
    this.#extras = new part.ExtraFacts(this);
    this.requestUpdate();
  }
}
