import type { ReactiveController } from 'lit';
import { launchWizardMessages as messages } from '../../i18n/en/launch-wizard.js';
import { typicalBuildSeconds } from '../../launch/history.js';
import { loginUser } from '../../launch/images.js';
import { newLaunchId } from '../../launch/mark.js';
import { generateSshKey } from '../../launch/ssh-key.js';
import type { Server } from '../../openstack/compute.js';
import type { Connection } from '../../session/connection.js';
import type { BaseElement } from '../../ui/base-element.js';
import { confirmDialog } from '../../ui/dialog.js';
import { announce } from '../../ui/live-region.js';
import { ExoLaunchCompleteEvent, ExoLaunchEvent, ExoLaunchRequestEvent } from './events.js';
import { LaunchRun } from './launch-run.js';
import { requestOf, type Decision } from './launch-wizard.state.js';
import { leftoverText } from './outcome-view.js';
import { PrivateKeyKeeper } from './private-key.js';
import { stepText, type RunView } from './run-view.js';

export interface LaunchControllerEvents {
  /** Somebody wants the form back, empty. */
  another(): void;
  /** Somebody is done. */
  done(): void;
  /** The browser promised keys and could not make one. */
  noKeys(): void;
}

/** The launch that an element shows in place of its form: begins it, tells of it, and leaves it. */
export class LaunchController implements ReactiveController {
  readonly #host: BaseElement;
  readonly #events: LaunchControllerEvents;
  readonly #key: PrivateKeyKeeper;
  #run: LaunchRun | undefined;
  /** A click that is still making its key: a second one is not another launch. */
  #starting = false;

  constructor(host: BaseElement, events: LaunchControllerEvents) {
    this.#host = host;
    this.#events = events;
    this.#key = new PrivateKeyKeeper(host);
    host.addController(this);
  }

  hostConnected(): void {
    this.#key.guard(true);
  }

  hostDisconnected(): void {
    this.#key.guard(false);
  }

  /** The launch under way, or the last one until somebody leaves it. */
  get run(): LaunchRun | undefined {
    return this.#run;
  }

  get busy(): boolean {
    return this.#starting || this.#run !== undefined;
  }

  /** Launches what was decided, unless the page forbids it. `servers` tell how long it will take. */
  async start(connection: Connection, decision: Decision, servers: readonly Server[]): Promise<void> {
    if (this.busy || !this.#host.dispatchEvent(requestEvent(decision))) return;
    this.#starting = true;
    try {
      const request = requestOf(decision, newLaunchId(), await this.#makeKey(decision));
      if (!request) return;
      const user = decision.image && loginUser(decision.image);
      const run: LaunchRun = new LaunchRun(
        { connection, request, user, buildSeconds: typicalBuildSeconds(servers) },
        {
          changed: () => this.#host.requestUpdate(),
          step: () => this.#sayStep(run),
          created: (instances) => this.#host.dispatchEvent(new ExoLaunchEvent(instances)),
          ended: (instances, ok) => {
            const { names } = run.plan;
            if (run === this.#run)
              this.#say(ok ? 'launched' : 'launchFailed', { count: names.length, name: names[0] ?? '' });
            this.#host.dispatchEvent(new ExoLaunchCompleteEvent(instances, ok));
          },
        },
      );
      this.#run = run;
      void this.#follow(run);
    } catch {
      this.#events.noKeys();
    } finally {
      this.#starting = false;
    }
  }

  /** Ends what is shown. The launch goes on to its end, a private key does not stay. */
  drop(): void {
    this.#run?.leave();
    this.#run = undefined;
    this.#key.forget();
    this.#host.requestUpdate();
  }

  /** Ends what is shown when the connection it runs on is no more. */
  keepOnlyOn(connections: readonly Connection[]): void {
    if (!this.#run || connections.includes(this.#run.subject.connection)) return;
    this.#run.abort();
    this.drop();
  }

  view(run: LaunchRun): RunView {
    return {
      host: this.#host,
      run,
      key: this.#key,
      retry: () => void this.#follow(run, true),
      undo: () => void this.#undo(run),
      back: () => void this.#leave(() => this.drop()),
      another: () => void this.#leave(() => this.#events.another()),
      done: () => void this.#leave(() => this.#events.done()),
      keyChanged: () => this.#host.requestUpdate(),
    };
  }

  /** The public half; the private one is kept until somebody has saved it. */
  async #makeKey({ key: { choice } }: Decision): Promise<string | undefined> {
    if (choice?.kind !== 'generate') return undefined;
    const key = await generateSshKey(choice.name);
    this.#key.keep(key, choice.name);
    return key.publicKey;
  }

  async #follow(run: LaunchRun, again = false): Promise<void> {
    const ended = run.run(again);
    this.#host.requestUpdate();
    await this.#host.updateComplete;
    // The button that was clicked is gone, so the keyboard needs a place to go on from.
    this.#host.focus();
    await ended;
  }

  #sayStep({ progress }: LaunchRun): void {
    const step = progress?.steps.find(({ status }) => status === 'running')?.step;
    if (step) announce(this.#host, stepText(this.#host.localizer, step));
  }

  #say(key: 'launched' | 'launchFailed', facts: { count: number; name: string }): void {
    announce(this.#host, this.#host.localizer.text(messages, key, facts));
  }

  async #undo(run: LaunchRun): Promise<void> {
    const { localizer } = this.#host;
    const names = (run.progress?.made ?? []).map((left) => leftoverText(localizer, left));
    const sure = await confirmDialog(this.#host, {
      heading: localizer.text(messages, 'undoTitle'),
      body: localizer.text(messages, 'undoBody', { names }),
      confirmLabel: localizer.text(messages, 'undo'),
      danger: true,
    });
    if (!sure) return;
    await run.undo();
    // A key whose public half is gone opens nothing.
    if (run.undoing?.status === 'done') this.#key.forget();
    this.#host.focus();
  }

  /** Asks when leaving would lose the only copy of a private key. */
  async #leave(then: () => void): Promise<void> {
    const { localizer } = this.#host;
    if (this.#key.state === 'waiting') {
      const sure = await confirmDialog(this.#host, {
        heading: localizer.text(messages, 'unsavedTitle'),
        body: localizer.text(messages, 'unsaved'),
        confirmLabel: localizer.text(messages, 'unsavedConfirm'),
        danger: true,
      });
      if (!sure) return;
    }
    then();
    await this.#host.updateComplete;
    this.#host.focus();
  }
}

function requestEvent({
  name,
  count,
  image,
  size,
  key,
  networkChoice,
  groups,
  userData,
}: Decision): ExoLaunchRequestEvent {
  return new ExoLaunchRequestEvent({
    name: name.trim(),
    count,
    imageId: image?.id ?? '',
    flavorId: size?.flavor.id ?? '',
    keyName: key.choice && key.choice.kind !== 'none' ? key.choice.name : undefined,
    networkId: networkChoice?.kind === 'network' ? networkChoice.id : undefined,
    securityGroups: groups,
    hasUserData: userData !== undefined,
  });
}
