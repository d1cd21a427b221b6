import { ConsoleView } from '../../console/console-view.js';
import { consoleViewStyles } from '../../console/console.styles.js';
import type { Section, SectionHost } from '../section.js';

/** The console, opened when it is looked at. */
class ConsoleSection implements Section {
  readonly styles = [...consoleViewStyles].flat();
  readonly #host: SectionHost;
  readonly #view: ConsoleView;

  constructor(host: SectionHost) {
    this.#host = host;
    this.#view = new ConsoleView(host);
  }

  show(): void {
    const { connection, server } = this.#host.shown;
    void this.#view.open({ connection, id: server.id, name: server.name, type: 'auto' });
  }

  hide(): void {
    this.#view.close();
  }

  render(): unknown {
    return this.#view.render();
  }
}

export const create = (host: SectionHost): Section => new ConsoleSection(host);
