import type { PropertyDeclarations, PropertyValues } from 'lit';
import type { Vocabulary } from '../i18n/vocabulary.js';
import type { Collection } from '../live/collection.js';
import type { Connection } from '../session/connection.js';
import type { Session } from '../session/session.js';
import { BaseElement } from '../ui/base-element.js';
import { CollectionController, type CollectionOptions } from './collection-controller.js';
import { SessionController } from './session-controller.js';

/** An element that shows something of a session. It finds the session by itself, wherever it stands in the page. */
export abstract class SessionElement extends BaseElement {
  static override properties: PropertyDeclarations = {
    session: { attribute: false },
    sessionName: { attribute: 'session' },
  };

  readonly #finder = new SessionController(this, () => {
    this.handleSessionChange();
  });
  readonly #watched: { follow(): void }[] = [];
  #language: { locale: string | undefined; vocabulary: Partial<Vocabulary> | undefined } | undefined;

  /** The session to use, as an object. Without it the element looks for one: see the `session` attribute. */
  declare session: Session | undefined;

  /**
   * The name of the session to use, where a page has several. Without it: the session of the `<exo-session>` around
   * the element, else the page's unnamed one.
   */
  declare sessionName: string | undefined;

  /** The session in use. */
  get currentSession(): Session | undefined {
    return this.#finder.session;
  }

  /** The cloud, project and region in use; undefined while nobody is signed in. */
  get connection(): Connection | undefined {
    return this.currentSession?.current;
  }

  protected override get wantedLocale(): string | undefined {
    return this.currentSession?.settings.locale;
  }

  protected override get wantedVocabulary(): Partial<Vocabulary> | undefined {
    return this.currentSession?.settings.vocabulary;
  }

  /** Shows a collection of whatever connection is current: `readonly servers = this.watch(serversOf)`. */
  protected watch<Row extends { id: string }>(
    of: (connection: Connection) => Collection<Row>,
    options?: CollectionOptions<Row>,
  ): CollectionController<Row> {
    const controller = new CollectionController(this, of, options);
    this.#watched.push(controller);
    return controller;
  }

  /** Called when the session is another one or has changed its state. Overriders call super. */
  protected handleSessionChange(): void {
    const settings = this.currentSession?.settings;
    const locale = settings?.locale;
    const vocabulary = settings?.vocabulary;
    if (locale !== this.#language?.locale || vocabulary !== this.#language?.vocabulary) {
      this.#language = { locale, vocabulary };
      this.forgetLocalizer();
    }
    for (const controller of this.#watched) controller.follow();
    this.requestUpdate();
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (changed.has('session') || changed.has('sessionName')) this.#finder.resolve();
    super.willUpdate(changed);
  }
}
