import type { PropertyDeclarations, PropertyValues } from 'lit';
import type { Vocabulary } from '../i18n/vocabulary.js';
import type { Collection } from '../live/collection.js';
import type { Connection } from '../session/connection.js';
import type { Session } from '../session/session.js';
import { BaseElement } from '../ui/base-element.js';
import { CollectionController, type CollectionOptions } from './collection-controller.js';
import { connectionsIn } from './scope.js';
import { SessionController } from './session-controller.js';

/** An element that shows something of a session. It finds the session by itself, wherever it stands in the page. */
export abstract class SessionElement extends BaseElement {
  static override properties: PropertyDeclarations = {
    session: { attribute: false },
    sessionName: { attribute: 'session' },
    scope: {},
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

  /**
   * Where the element looks: `current` (default), the connection that is current; `all`, every open connection of the
   * session, in elements that show lists; or one connection, by its id or as `cloud host/project[/region]` with the
   * name or id of the project, whatever is current.
   */
  declare scope: string | undefined;

  /** The session in use. */
  get currentSession(): Session | undefined {
    return this.#finder.session;
  }

  /**
   * The cloud, project and region in use: the one that `scope` names, the current one with `all`; undefined while
   * nobody is signed in there.
   */
  get connection(): Connection | undefined {
    const session = this.currentSession;
    return this.scope === 'all' ? session?.current : connectionsIn(session, this.scope)[0];
  }

  /** Every connection that `scope` means. */
  get connectionsInScope(): readonly Connection[] {
    return connectionsIn(this.currentSession, this.scope);
  }

  protected override get wantedLocale(): string | undefined {
    return this.currentSession?.settings.locale;
  }

  protected override get wantedVocabulary(): Partial<Vocabulary> | undefined {
    return this.currentSession?.settings.vocabulary;
  }

  /** Shows a collection of the connections in scope: `readonly servers = this.watch(serversOf)`. */
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
    if (changed.has('scope')) this.handleSessionChange();
    super.willUpdate(changed);
  }
}
