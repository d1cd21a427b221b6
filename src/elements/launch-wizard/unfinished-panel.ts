import { html, nothing, type ReactiveController, type TemplateResult } from 'lit';
import { launchUnfinishedMessages as messages } from '../../i18n/en/launch-unfinished.js';
import { loginUser } from '../../launch/login-user.js';
import type { KeyChoice } from '../../launch/keypairs.js';
import { mayBeUnfinished } from '../../launch/glance.js';
import type { LaunchRequest } from '../../launch/plan.js';
import type { Leftover } from '../../launch/progress.js';
import { servicesOf } from '../../launch/services.js';
import { undoLaunch } from '../../launch/undo.js';
import { unfinishedLaunches, type UnfinishedLaunch } from '../../launch/unfinished.js';
import { isOpenStackError, type OpenStackError } from '../../openstack/errors.js';
import type { Image } from '../../openstack/image.js';
import type { Server } from '../../openstack/compute.js';
import type { Connection } from '../../session/connection.js';
import { addStyles } from '../../ui/add-styles.js';
import type { BaseElement } from '../../ui/base-element.js';
import { iconWarning } from '../../ui/icons.js';
import { announce } from '../../ui/live-region.js';
import { errorNotice } from '../../ui/notice.js';
import { runLine } from './launch-line.js';
import { launchesOf, type LaunchBoard } from './launch-board.js';
import type { LaunchController } from './launch-controller.js';
import type { LaunchRun } from './launch-run.js';
import { leftoverText } from './outcome-view.js';
import { keepLaunch, keptLaunches } from './unfinished-kept.js';
import { unfinishedStyles } from './unfinished.styles.js';
import { isUnsaved } from './unsaved-keys.js';

export { keyInPlace } from './key-in-place.js';

/** What the panel takes of its element. */
export interface UnfinishedSurroundings {
  /** What shows a launch; undefined where it could not be loaded. */
  launch(): Promise<LaunchController | undefined>;
  images(): readonly Image[];
  servers(): readonly Server[];
  /** The key in the place of one that is somebody else's. */
  key(launch: UnfinishedLaunch, connection: Connection): Exclude<KeyChoice, { kind: 'import' }> | undefined;
  /** It stands right under the heading of its element, with no section in between. */
  readonly underHeading?: boolean;
  /** Whether a launch belongs here; all do without it. Undefined: what is there does not tell what it was to be. */
  belongs?(request: LaunchRequest | undefined): boolean;
}

interface Undoing {
  readonly status: 'asking' | 'running' | 'failed';
  readonly errors: readonly OpenStackError[];
}

/** Launches to come back to, in an element: looks for them once, shows them, and undoes or keeps one. */
export class UnfinishedPanel implements ReactiveController {
  readonly #host: BaseElement;
  readonly #around: UnfinishedSurroundings;
  readonly #undoing = new Map<string, Undoing>();
  #connection: Connection | undefined;
  #stop: (() => void) | undefined;

  constructor(host: BaseElement, around: UnfinishedSurroundings) {
    this.#host = host;
    this.#around = around;
    addStyles(host, [unfinishedStyles]);
    host.addController(this);
  }

  hostDisconnected(): void {
    this.#stop?.();
    this.#stop = undefined;
    this.#connection = undefined;
  }

  /** Shows the launches of a connection that are known already; nothing is asked. */
  follow(connection: Connection): void {
    if (connection === this.#connection) return;
    this.#stop?.();
    this.#connection = connection;
    const board = launchesOf(connection);
    const stop = board.subscribe(() => this.#host.requestUpdate());
    this.#stop = stop;
    this.#host.requestUpdate();
    if (this.#around.belongs) return;
    const lists = listsOf(connection);
    lists.add(this.#host);
    this.#stop = () => {
      stop();
      lists.delete(this.#host);
      board.tell();
    };
    board.tell();
  }

  /** Looks once for launches that ended half-way, when there is time. */
  async look(connection: Connection): Promise<void> {
    this.follow(connection);
    const board = launchesOf(connection);
    if (board.looked) return;
    board.looked = true;
    await idle();
    try {
      if (!(await mayBeUnfinished(connection, this.#around.servers()))) return;
      const running = board.runs.map(({ plan }) => plan.launchId);
      board.unfinished = await unfinishedLaunches(connection, new Set([...running, ...keptLaunches()]));
    } catch (error) {
      // Nobody has asked to see this; it is looked for again the next time.
      board.looked = false;
      if (!isOpenStackError(error)) throw error;
    }
    const count = this.#unfinished(connection).length;
    if (count > 0 && connection === this.#connection)
      announce(this.#host, this.#host.localizer.text(messages, 'found', { count }));
  }

  /** Nothing where there is nothing to come back to. */
  view(): TemplateResult | typeof nothing {
    const connection = this.#connection;
    if (!connection) return nothing;
    const board = launchesOf(connection);
    const runs = board.runs.filter(({ subject }) => this.#belongs(subject.request));
    const unfinished = this.#unfinished(connection);
    if (runs.length === 0 && unfinished.length === 0) return nothing;
    const { localizer } = this.#host;
    return html`<section class="unfinished" part="unfinished" aria-labelledby="unfinished-title">
      ${
        this.#around.underHeading
          ? html`<h3 id="unfinished-title" tabindex="-1">${localizer.text(messages, 'title')}</h3>`
          : html`<h4 id="unfinished-title" tabindex="-1">${localizer.text(messages, 'title')}</h4>`
      }
      <ul>
        ${runs.map((run) => runLine(this.#host, run, () => void this.#show(run)))}
        ${unfinished.map((launch) => this.#launch(launch, connection, board))}
      </ul>
    </section>`;
  }

  #belongs(request: LaunchRequest | undefined): boolean {
    return this.#around.belongs?.(request) ?? true;
  }

  /** Where an element on the page shows all of them, one that shows its own leaves them to that. */
  #unfinished(connection: Connection): readonly UnfinishedLaunch[] {
    const isLeft = this.#around.belongs && [...listsOf(connection)].some((each) => each.checkVisibility());
    if (isLeft) return [];
    return launchesOf(connection).unfinished.filter(({ request }) => this.#belongs(request));
  }

  #launch(launch: UnfinishedLaunch, connection: Connection, board: LaunchBoard): TemplateResult {
    const { localizer } = this.#host;
    const { name, touchedAt, launchId, request } = launch;
    const undoing = this.#undoing.get(launchId);
    const busy = undoing?.status === 'running';
    const now = connection.environment.clock.now();
    const theirs = request?.key.kind === 'existing' ? request.key.name : '';
    const key = this.#around.key(launch, connection);
    return html`<li class="unfinished-launch" data-launch=${launchId}>
      <p class="icon-line">
        ${iconWarning()}
        <span>${localizer.text(messages, 'stopped', { name, at: touchedAt, now })}</span>
      </p>
      ${
        launch.made.length > 0
          ? html`<p>
              ${localizer.text(messages, 'there', { parts: [...launch.made].sort(byWorth).map((left) => leftoverText(localizer, left)) })}
            </p>`
          : nothing
      }
      ${launch.maybeUnderWay && !busy ? html`<p class="quiet-text">${localizer.text(messages, 'underWay')}</p>` : nothing}
      ${request ? nothing : html`<p class="quiet-text">${localizer.text(messages, 'untold')}</p>`}
      ${
        key && !busy
          ? html`<p class="quiet-text">
              ${localizer.text(messages, `key-${key.kind}`, { theirs, mine: 'name' in key ? key.name : '' })}
            </p>`
          : nothing
      }
      ${
        launch.otherKey && !busy
          ? html`<p class="quiet-text">${localizer.text(messages, 'key-other', launch.otherKey)}</p>`
          : nothing
      }
      ${
        request?.key.kind === 'import' && isUnsaved(request.key.publicKey) && !busy
          ? html`<p class="caution">
              ${localizer.text(messages, 'key-unsaved', { name: request.key.name })}
            </p>`
          : nothing
      }
      ${undoing?.errors.map((error) => errorNotice(this.#host, error, { urgent: true })) ?? nothing}
      ${
        undoing?.status === 'asking'
          ? html`<p class="caution" role="alert">${localizer.text(messages, 'ask')}</p>
              <div class="actions">
                <button type="button" class="small" data-focus="no" @click=${() => this.#answer(launch)}>
                  ${localizer.text(messages, 'askNo')}
                </button>
                <button
                  type="button"
                  class="small danger"
                  @click=${() => this.#undo(launch, connection, board)}
                >
                  ${localizer.text(messages, 'askYes')}
                </button>
              </div>`
          : html`<div class="actions">
              ${
                request && !busy && key?.kind !== 'none'
                  ? html`<button
                      type="button"
                      class="small"
                      @click=${() => void this.#carryOn(launch, connection)}
                    >
                      ${localizer.text(messages, 'carryOn')}
                    </button>`
                  : nothing
              }
              <button
                type="button"
                class="quiet small danger"
                data-focus="undo"
                aria-busy=${busy}
                aria-disabled=${busy}
                @click=${() => busy || this.#ask(launch)}
              >
                ${localizer.text(messages, busy ? 'undoing' : 'undo')}
              </button>
              ${
                busy
                  ? nothing
                  : html`<button
                      type="button"
                      class="quiet small"
                      title=${localizer.text(messages, 'keepHint')}
                      @click=${() => this.#keep(launch, board)}
                    >
                      ${localizer.text(messages, 'keep')}
                    </button>`
              }
            </div>`
      }
    </li>`;
  }

  async #show(run: LaunchRun): Promise<void> {
    await (await this.#around.launch())?.show(run);
  }

  async #carryOn(unfinished: UnfinishedLaunch, connection: Connection): Promise<void> {
    const { request } = unfinished;
    const launch = await this.#around.launch();
    if (!launch || !request || connection !== this.#connection) return;
    const image = this.#around.images().find(({ id }) => id === request.imageId);
    const user = image && loginUser(image);
    const key = this.#around.key(unfinished, connection);
    await launch.carryOn({ connection, request, user, servers: this.#around.servers() }, key);
  }

  #ask(launch: UnfinishedLaunch): void {
    this.#set(launch, { status: 'asking', errors: [] });
    void this.#focus(launch, 'no');
  }

  #answer(launch: UnfinishedLaunch): void {
    this.#set(launch, undefined);
    void this.#focus(launch, 'undo');
  }

  async #undo(launch: UnfinishedLaunch, connection: Connection, board: LaunchBoard): Promise<void> {
    this.#set(launch, { status: 'running', errors: [] });
    void this.#focus(launch, 'undo');
    const failed = await undoLaunch(launch.made, servicesOf(connection));
    servicesOf(connection).settled();
    if (failed.length > 0) {
      const made: readonly Leftover[] = failed.map(({ left }) => left);
      board.unfinished = board.unfinished.map((each) =>
        each.launchId === launch.launchId ? { ...each, made, request: undefined } : each,
      );
      this.#set(launch, { status: 'failed', errors: failed.map(({ error }) => error) });
      return;
    }
    this.#set(launch, undefined);
    board.forget(launch.launchId);
    await this.#left('undone', launch);
  }

  #keep(launch: UnfinishedLaunch, board: LaunchBoard): void {
    keepLaunch(launch.launchId);
    board.forget(launch.launchId);
    void this.#left('kept', launch);
  }

  /** The button that was clicked is gone: the keyboard goes on nearby. */
  async #left(text: 'undone' | 'kept', { name }: UnfinishedLaunch): Promise<void> {
    announce(this.#host, this.#host.localizer.text(messages, text, { name }));
    await this.#host.updateComplete;
    const title = this.#host.renderRoot.querySelector<HTMLElement>('#unfinished-title');
    if (title) title.focus();
    else this.#host.focus();
  }

  async #focus({ launchId }: UnfinishedLaunch, what: 'no' | 'undo'): Promise<void> {
    await this.#host.updateComplete;
    const place = `[data-launch="${CSS.escape(launchId)}"] [data-focus=${what}]`;
    this.#host.renderRoot.querySelector<HTMLElement>(place)?.focus();
  }

  #set({ launchId }: UnfinishedLaunch, undoing: Undoing | undefined): void {
    if (undoing) this.#undoing.set(launchId, undoing);
    else this.#undoing.delete(launchId);
    this.#host.requestUpdate();
  }
}

/** The elements of a page that show whatever is unfinished on a connection. */
function listsOf(connection: Connection): Set<BaseElement> {
  return connection.resource('launch-lists', () => new Set<BaseElement>());
}

/** The page has had time to be painted, and has nothing else to do; a busy one is not waited for for long. */
function idle(): Promise<void> {
  return new Promise((resolve) => {
    if ('requestIdleCallback' in globalThis) requestIdleCallback(() => resolve(), { timeout: 1000 });
    else setTimeout(resolve, 200);
  });
}

/** What people know, and what costs, first. */
const WORTH: readonly Leftover['kind'][] = ['server', 'floating-ip', 'volume'];
const byWorth = (a: Leftover, b: Leftover) => rank(a) - rank(b);
const rank = ({ kind }: Leftover) => (WORTH.indexOf(kind) + WORTH.length + 1) % (WORTH.length + 1);
