import { nothing, type ReactiveController } from 'lit';
import type { Connection } from '../../session/connection.js';
import { addStyles } from '../../ui/add-styles.js';
import type { BaseElement } from '../../ui/base-element.js';
import { LazyPart } from '../../ui/lazy.js';
import type * as Panel from './launches-panel.js';
import { launchesOf } from '../launch-wizard/launch-board.js';

/** What shows launches, in an element that shows several connections. */
export interface LaunchesHost extends BaseElement {
  readonly connectionsInScope: readonly Connection[];
}

/** Launches of this page that are under way or failed, and those that a wizard has found half-way: asks for nothing. */
export class Launches implements ReactiveController {
  readonly #host: LaunchesHost;
  readonly #part: LazyPart<typeof Panel>;
  readonly #stops = new Map<Connection, () => void>();

  constructor(host: LaunchesHost) {
    this.#host = host;
    this.#part = new LazyPart(host, () => import('./launches-panel.js'));
    host.addController(this);
  }

  hostUpdate(): void {
    const { connectionsInScope: wanted } = this.#host;
    for (const [connection, stop] of this.#stops) {
      if (wanted.includes(connection)) continue;
      stop();
      this.#stops.delete(connection);
    }
    for (const connection of wanted) {
      if (this.#stops.has(connection)) continue;
      this.#stops.set(
        connection,
        launchesOf(connection).subscribe(() => this.#host.requestUpdate()),
      );
    }
  }

  hostDisconnected(): void {
    for (const stop of this.#stops.values()) stop();
    this.#stops.clear();
  }

  /** Nothing where there are none. `show`: somebody wants to see one; with its id where this page runs it. */
  view(show: (launchId: string | undefined) => void): unknown {
    const boards = [...this.#stops.keys()]
      .map((connection) => ({ board: launchesOf(connection), now: connection.environment.clock.now() }))
      .filter(({ board }) => board.runs.length + board.unfinished.length > 0);
    if (boards.length === 0) return nothing;
    const { module, failed } = this.#part;
    if (module) {
      addStyles(this.#host, module.launchesPanelStyles);
      return module.launchesPanel(this.#host, boards, show);
    }
    if (!failed) void this.#part.load();
    return nothing;
  }
}
