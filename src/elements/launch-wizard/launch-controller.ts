import type { ReactiveController, TemplateResult } from 'lit';
import { launchRunMessages as messages } from '../../i18n/en/launch-run.js';
import { typicalBuildSeconds } from '../../launch/build-time.js';
import { loginUser } from '../../launch/login-user.js';
import { newLaunchId } from '../../launch/mark.js';
import { generateSshKey } from '../../launch/ssh-key.js';
import type { KeyChoice } from '../../launch/keypairs.js';
import type { LaunchRequest, LaunchStep } from '../../launch/plan.js';
import type { LaunchProgress, Leftover } from '../../launch/progress.js';
import type { Server } from '../../openstack/compute.js';
import type { Connection } from '../../session/connection.js';
import { jumpHostOf } from '../../session/clouds.js';
import { flavorsOf, imagesOf, keypairsOf, networksOf } from '../../session/collections.js';
import { addStyles } from '../../ui/add-styles.js';
import { announce } from '../../ui/live-region.js';
import type { SessionElement } from '../session-element.js';
import { ExoLaunchCompleteEvent, ExoLaunchEvent } from './events.js';
import { launchesOf } from './launch-board.js';
import { LaunchRun, type RunEvents } from './launch-run.js';
import type { Decision } from './launch-wizard.state.js';
import { leftoverText, wantsChange } from './outcome-view.js';
import { PrivateKeyKeeper } from './private-key.js';
import { requestEvent } from './request-event.js';
import { requestOf } from './request-of.js';
import { runStyles } from './run.styles.js';
import { headingOf, runView, stepText, type RunQuestion, type RunView } from './run-view.js';
import { isSetUp } from './setup-view.js';
import type { Surroundings } from './surroundings.js';
import { keepLaunch } from './unfinished-kept.js';

/** What an element that launches says of itself. */
export interface LaunchingElement {
  /**
   * What is to be launched; undefined where something stands against it. `seen`: what was to be launched when it was
   * clicked, since when more has become known.
   */
  decide(connection: Connection, seen?: Decision): Decision | undefined;
  /** Leads to what stands against it. */
  refuse(connection: Connection): void;
  /** Somebody wants the form back, empty. */
  another(): void;
  /** Somebody wants the form back with the same choices; without it that is not offered. */
  like?(): void;
  /** Somebody is done. */
  done(): void;
  /** The browser promised keys and could not make one. */
  noKeys(): void;
}

/** What is launched, where. */
export interface LaunchSubject {
  readonly connection: Connection;
  readonly request: LaunchRequest;
  /** Account to log in with, where it is known. */
  readonly user: string | undefined;
  /** They tell how long it will take. */
  readonly servers: readonly Server[];
}

const STATES: Readonly<Record<LaunchProgress['outcome'], string>> = {
  running: 'launching',
  complete: 'launched',
  failed: 'launch-failed',
};

const nothing = () => undefined;

/** It failed, and something of it is there. */
function isHalf({ progress }: LaunchRun): boolean {
  return progress?.outcome === 'failed' && progress.made.length > 0;
}

/** What was chosen may be gone: who goes back to the form finds what is there. */
function lookAgain({ progress, subject: { connection } }: LaunchRun): void {
  if (!progress?.steps.some(({ failure }) => failure && wantsChange(failure))) return;
  const lists = [imagesOf, flavorsOf, keypairsOf, networksOf];
  for (const list of lists) void list(connection).renew();
}

/** The launch that an element shows in place of its form: begins it, tells of it, and leaves it. */
export class LaunchController implements ReactiveController {
  readonly #host: SessionElement;
  readonly #around: Surroundings;
  readonly #own: LaunchingElement;
  readonly #key: PrivateKeyKeeper;
  #run: LaunchRun | undefined;
  #question: RunQuestion | undefined;
  /** A click that is still making its key: a second one is not another launch. */
  #starting = false;
  /** The kind of step that was said last. */
  #said: LaunchStep['kind'] | undefined;

  constructor(host: SessionElement, around: Surroundings, own: LaunchingElement) {
    this.#host = host;
    this.#around = around;
    this.#own = own;
    this.#key = new PrivateKeyKeeper(host);
    host.addController(this);
    addStyles(host, [runStyles]);
  }

  hostConnected(): void {
    this.#key.guard(true);
  }

  hostDisconnected(): void {
    this.#key.guard(false);
  }

  /** What to show in place of the form, and the state of the element that goes with it. */
  get shown(): { readonly state: string; readonly view: TemplateResult } | undefined {
    const run = this.#run;
    return run && { state: STATES[run.progress?.outcome ?? 'running'], view: runView(this.#view(run)) };
  }

  get busy(): boolean {
    return this.#starting || this.#run !== undefined;
  }

  /** A private key waits to be saved; leaving would lose its only copy. */
  get holdsKey(): boolean {
    return this.#key.state === 'waiting';
  }

  /** Launches what was seen to be decided, once everything it depends on is known; a page may say no. */
  async submit(connection: Connection, seen: Decision): Promise<void> {
    if (!this.#around.isSettled) await this.#around.settle();
    if (connection !== this.#host.connection) return;
    const decision = this.#own.decide(connection, seen);
    if (!decision) this.#own.refuse(connection);
    else if (this.#host.dispatchEvent(requestEvent(decision))) await this.#start(connection, decision);
  }

  async #start(connection: Connection, decision: Decision): Promise<void> {
    if (this.busy) return;
    this.#starting = true;
    try {
      const request = requestOf(decision, newLaunchId(), await this.#makeKey(decision.key.choice));
      if (!request) return;
      const user = decision.image && loginUser(decision.image);
      this.#begin({ connection, request, user, servers: this.#around.servers }, false);
    } catch {
      this.#own.noKeys();
    } finally {
      this.#starting = false;
    }
  }

  /**
   * Goes on with a launch that ended half-way, wherever it was begun; it is followed like a new one. `key` takes the
   * place of its own where that is none of the person's.
   */
  async carryOn(subject: LaunchSubject, key?: KeyChoice): Promise<void> {
    if (this.busy) return;
    this.#starting = true;
    try {
      const publicKey = await this.#makeKey(key);
      const own: LaunchRequest['key'] | undefined =
        key?.kind !== 'generate'
          ? key
          : publicKey === undefined
            ? undefined
            : { kind: 'import', name: key.name, publicKey };
      this.#begin(own ? { ...subject, request: { ...subject.request, key: own } } : subject, true);
    } catch {
      this.#own.noKeys();
    } finally {
      this.#starting = false;
    }
  }

  /** Shows a launch of this page that was left; false where it is none, or a private key waits to be saved. */
  async showAgain(launchId: string): Promise<boolean> {
    const { connection } = this.#host;
    const run = connection && launchesOf(connection).find(launchId);
    if (!run) return false;
    if (this.#run === run) return true;
    if (this.holdsKey) return false;
    this.drop();
    await this.show(run);
    return true;
  }

  async show(run: LaunchRun): Promise<void> {
    if (this.busy) return;
    this.#run = run;
    run.join(this.#eventsOf(run));
    await this.#show('#run-heading');
  }

  #begin({ connection, request, user, servers }: LaunchSubject, again: boolean): void {
    const buildSeconds = typicalBuildSeconds(servers);
    const run: LaunchRun = new LaunchRun(
      { connection, request, user, buildSeconds },
      { changed: nothing, step: nothing, created: nothing, ended: nothing },
    );
    run.join(this.#eventsOf(run));
    this.#run = run;
    launchesOf(connection).add(run);
    void this.#follow(run, again);
  }

  #eventsOf(run: LaunchRun): RunEvents {
    return {
      changed: () => this.#host.requestUpdate(),
      step: () => this.#sayStep(run),
      created: (instances) => this.#host.dispatchEvent(new ExoLaunchEvent(instances)),
      ended: (instances, ok) => {
        const { names } = run.plan;
        if (run === this.#run)
          this.#say(headingOf(run.progress), { count: names.length, name: names[0] ?? '' });
        const board = launchesOf(run.subject.connection);
        // What is complete is in the list of servers; a failure waits for somebody to decide.
        if (ok) board.remove(run);
        else {
          board.tell();
          lookAgain(run);
        }
        this.#host.dispatchEvent(new ExoLaunchCompleteEvent(instances, ok));
      },
    };
  }

  /** Ends what is shown. The launch goes on to its end, a private key does not stay. */
  drop(): void {
    const run = this.#run;
    run?.leave();
    this.#run = undefined;
    // Under way, and while it has left something behind, it can be found again.
    if (run && (run.isRunning || isHalf(run))) launchesOf(run.subject.connection).tell();
    else if (run) launchesOf(run.subject.connection).remove(run);
    this.#question = undefined;
    this.#key.forget();
    this.#host.requestUpdate();
  }

  /** Ends what is shown when the connection it runs on is no more. */
  keepOnlyOn(connections: readonly Connection[]): void {
    if (!this.#run || connections.includes(this.#run.subject.connection)) return;
    this.#run.abort();
    this.drop();
  }

  #view(run: LaunchRun): RunView {
    const settings = this.#host.currentSession?.settings ?? {};
    return {
      host: this.#host,
      run,
      jumpHost: jumpHostOf(settings, run.subject.connection.authUrl),
      key: this.#key,
      expired: this.#host.currentSession?.state.status === 'expired',
      question: this.#question,
      retry: () => void this.#follow(run, true),
      undo: (only) => void this.#undo(run, only),
      keep: () => void this.#leave(() => this.#keep(run)),
      back: () => void this.#leave(() => this.drop()),
      another: () => void this.#leave(() => this.#own.another()),
      like: this.#own.like && (() => void this.#leave(() => this.#own.like?.())),
      done: () => void this.#leave(() => this.#own.done()),
      keyChanged: () => void this.#show('#run-heading'),
    };
  }

  /** The public half; the private one is kept until somebody has saved it. */
  async #makeKey(choice: KeyChoice | undefined): Promise<string | undefined> {
    if (choice?.kind !== 'generate') return undefined;
    const key = await generateSshKey(choice.name);
    this.#key.keep(key, choice.name);
    return key.publicKey;
  }

  async #follow(run: LaunchRun, again = false): Promise<void> {
    const ended = run.run(again);
    // The button that was clicked is gone, so the keyboard needs a place to go on from.
    await this.#show('#run-heading');
    await ended;
  }

  /** Says what begins. Of ten alike only the first is said: nobody wants to hear of every one. */
  #sayStep({ progress }: LaunchRun): void {
    const step = progress?.steps.find(({ status }) => status === 'running')?.step;
    const { localizer } = this.#host;
    if (step && step.kind !== this.#said) announce(this.#host, stepText(localizer, step));
    this.#said = step?.kind;
    if (isSetUp(progress)) announce(this.#host, localizer.text(messages, 'setupDone'));
  }

  #say(key: ReturnType<typeof headingOf>, facts: { count: number; name: string }): void {
    announce(this.#host, this.#host.localizer.text(messages, key, facts));
  }

  async #undo(run: LaunchRun, only?: Leftover): Promise<void> {
    const made = only ? [only] : (run.progress?.made ?? []);
    const names = made.map((left) => leftoverText(this.#host.localizer, left));
    if (!(await this.#ask('undoTitle', this.#host.localizer.text(messages, 'undoBody', { names }), 'undo')))
      return;
    await run.undo(only);
    // A key whose public half is gone opens nothing.
    if (run.undoing?.status === 'done' || (!run.undoing && only?.kind === 'keypair')) this.#key.forget();
    launchesOf(run.subject.connection).tell();
    this.#host.focus();
  }

  /** What is there stays, and is not spoken of again. */
  #keep(run: LaunchRun): void {
    keepLaunch(run.plan.launchId);
    this.drop();
    launchesOf(run.subject.connection).remove(run);
  }

  /** Asks when leaving would lose the only copy of a private key. */
  async #leave(then: () => void): Promise<void> {
    const text = this.#host.localizer.text(messages, 'unsaved');
    if (this.#key.state === 'waiting' && !(await this.#ask('unsavedTitle', text, 'unsavedConfirm'))) return;
    then();
    await this.#host.updateComplete;
    this.#host.focus();
  }

  async #ask(
    heading: 'undoTitle' | 'unsavedTitle',
    text: string,
    confirm: 'undo' | 'unsavedConfirm',
  ): Promise<boolean> {
    const { localizer } = this.#host;
    const answer = new Promise<boolean>((resolve) => {
      this.#question = {
        heading: localizer.text(messages, heading),
        text,
        confirm: localizer.text(messages, confirm),
        answer: resolve,
      };
    });
    await this.#show('#ask-no');
    const yes = await answer;
    this.#question = undefined;
    await this.#show('#run-heading');
    return yes;
  }

  async #show(focus: string): Promise<void> {
    this.#host.requestUpdate();
    await this.#host.updateComplete;
    this.#host.renderRoot.querySelector<HTMLElement>(focus)?.focus();
  }
}
