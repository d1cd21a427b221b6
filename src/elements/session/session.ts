import { ContextProvider } from '@lit/context';
import { css, ReactiveElement, type PropertyDeclarations, type PropertyValues } from 'lit';
import { isAbort, isOpenStackError, type OpenStackError } from '../../openstack/errors.js';
import { sessionContext } from '../../session/context.js';
import { registry } from '../../session/registry.js';
import { Session } from '../../session/session.js';
import { load } from '../../session/load.js';
import { arrive } from '../../session/sso/arrival.js';
import type { Persist, SessionSettings } from '../../session/settings.js';
import { defineElement } from '../../ui/define-element.js';
import { ExoErrorEvent } from '../../ui/error-event.js';
import { VERSION } from '../../ui/version.js';
import {
  ExoSessionChangeEvent,
  ExoSessionExpiredEvent,
  ExoSessionExpiringEvent,
  type ExoSessionChangeDetail,
} from './events.js';
import { describeSession, isNews } from './session.state.js';

/** The settings that have an attribute. */
const FROM_ATTRIBUTES = ['authUrl', 'proxy', 'persist', 'locale'] as const;
const PERSIST: readonly string[] = ['none', 'tab', 'device'] satisfies Persist[];

/**
 * The session that the other elements share. Shows nothing itself; elements inside it use it, and elements anywhere
 * on the page find it by its name, or without one if it is the page's default session.
 *
 * It has no texts: the `message` of its errors is a technical line for the page's owner. What a person needs to read
 * is shown by the elements.
 *
 * @summary Holds who is signed in to which cloud, for all elements of a page.
 * @tag exo-session
 *
 * @slot - The part of the page that uses this session; may be empty.
 *
 * @cssstate signed-out - Nobody is signed in.
 * @cssstate restoring - A sign-in that survived a reload is being checked.
 * @cssstate signing-in - A sign-in is under way.
 * @cssstate second-factor - The password was right, and a one-time code is wanted.
 * @cssstate password-expired - The password was right, and a new one is to be set.
 * @cssstate choosing - Signed in, and no project chosen yet.
 * @cssstate signed-in - Somebody is signed in.
 * @cssstate expired - The sign-in ended by itself.
 *
 * @fires {ExoSessionChangeEvent} exo-session-change - Somebody signed in or out, or stands in another project or region.
 * @fires {ExoSessionExpiringEvent} exo-session-expiring - The sign-in ends soon and only the person can renew it.
 * @fires {ExoSessionExpiredEvent} exo-session-expired - The sign-in has ended by itself or was revoked.
 * @fires {ExoErrorEvent} exo-error - The configuration has a mistake, or something that nobody waits for has failed.
 */
export class ExoSession extends ReactiveElement {
  static readonly tag: string = 'exo-session';
  /** The version of the kit this class came with. */
  static readonly version: string = VERSION;

  /** Registers the element; never throws, and the first definition of a tag stays. */
  static define(tag?: string, registry?: CustomElementRegistry): void {
    defineElement(this, tag ?? this.tag, registry);
  }

  static override styles = css`
    :host {
      display: contents;
    }
  `;
  static override properties: PropertyDeclarations = {
    name: {},
    authUrl: { attribute: 'auth-url' },
    config: {},
    proxy: {},
    persist: {},
    locale: {},
    getToken: { attribute: false },
    session: { attribute: false },
  };

  /** Under which name elements elsewhere on the page find this session. Default: the page's default session. */
  declare name: string | undefined;
  /** URL of the identity service, with any path prefix, with or without `/v3`. */
  declare authUrl: string | undefined;
  /** URL of a JSON file with settings; attributes win over it. */
  declare config: string | undefined;
  /** How to reach clouds without CORS: a path prefix of this origin such as `/openstack`, or `exosphere:` and a URL. */
  declare proxy: string | undefined;
  /** What survives a reload: `none`, `tab` (default) or `device`. */
  declare persist: Persist | undefined;
  /** The language of all elements of this session, BCP 47; without it the page's `lang` counts. */
  declare locale: string | undefined;
  /** For portals that hold a token already: gives it, when needed and again after the cloud has refused it. */
  declare getToken: (() => Promise<string>) | undefined;
  /** The session. Set it to use one of your own making; it is made when the element enters the page otherwise. */
  declare session: Session | undefined;

  readonly #provider = new ContextProvider(this, { context: sessionContext });
  #followed: { readonly session: Session; readonly name: string; readonly stop: () => void } | undefined;
  #loading: AbortController | undefined;
  #told: ExoSessionChangeDetail | undefined;
  readonly #internals: ElementInternals = this.attachInternals();
  #shown: string | undefined;

  protected override createRenderRoot(): HTMLElement | DocumentFragment {
    const root = super.createRenderRoot();
    root.append(this.ownerDocument.createElement('slot'));
    return root;
  }

  override connectedCallback(): void {
    super.connectedCallback();
    // First of all: a token may stand in the URL.
    arrive();
    this.session ??= new Session({ name: this.name ?? '', settings: this.#settings() });
    this.#follow();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    // A framework may be moving it: only what is still out of the page after that has left.
    queueMicrotask(() => {
      if (!this.isConnected) this.#unfollow();
    });
  }

  /** What the attributes say; an attribute that is not there says nothing. */
  #settings(): SessionSettings {
    const persist = this.persist && PERSIST.includes(this.persist) ? this.persist : undefined;
    const said = { authUrl: this.authUrl, proxy: this.proxy, persist, locale: this.locale };
    return Object.fromEntries(Object.entries(said).filter(([, value]) => value !== undefined));
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    super.willUpdate(changed);
    this.#follow();
    const { session } = this;
    if (!session) return;
    if (FROM_ATTRIBUTES.some((key) => changed.has(key))) session.configure(this.#settings());
    if (changed.has('config') || (changed.has('session') && this.config !== undefined))
      void this.#loadConfig(session);
    if (changed.has('getToken') && session.getToken !== this.getToken) session.getToken = this.getToken;
  }

  #follow(): void {
    const { session } = this;
    if (!session || !this.isConnected) return;
    const name = this.name ?? '';
    if (this.#followed?.session === session && this.#followed.name === name) return;
    this.#unfollow();
    const tell = (): void => {
      this.#tell(session);
    };
    const expiring = (event: CustomEvent<{ readonly expiresAt: Date }>): void => {
      this.dispatchEvent(
        new ExoSessionExpiringEvent({ name, expiresAt: event.detail.expiresAt.toISOString() }),
      );
    };
    const expired = (event: CustomEvent<{ readonly because: 'expired' | 'revoked' }>): void => {
      this.dispatchEvent(new ExoSessionExpiredEvent({ name, because: event.detail.because }));
    };
    const failed = (event: CustomEvent<{ readonly error: OpenStackError }>): void => {
      this.#tellError(event.detail.error);
    };
    const stops = [
      session.subscribe(tell),
      session.on('expiring', expiring),
      session.on('expired', expired),
      session.on('error', failed),
    ];
    this.#followed = {
      session,
      name,
      stop: () => {
        for (const stop of stops) stop();
      },
    };
    registry.set(name, session);
    this.#provider.setValue(session);
    tell();
    if (this.config === undefined) void this.#begin(session);
  }

  #unfollow(): void {
    const followed = this.#followed;
    if (!followed) return;
    followed.stop();
    if (registry.get(followed.name) === followed.session) registry.set(followed.name, undefined);
    this.#loading?.abort();
    this.#followed = undefined;
  }

  async #loadConfig(session: Session): Promise<void> {
    this.#loading?.abort();
    if (this.config === undefined) return;
    const { signal } = (this.#loading = new AbortController());
    try {
      const problems = await session.loadConfig(this.config, { signal });
      for (const { kind, row, field } of problems) {
        const key = [...row.split('.').slice(1), field].join('.');
        this.dispatchEvent(
          new ExoErrorEvent({
            kind: 'protocol',
            reason: 'config-key',
            action: 'read-config',
            message: `${this.config}: ${key}: ${kind}`,
            status: undefined,
            requestId: undefined,
          }),
        );
      }
    } catch (error) {
      if (isAbort(error)) return;
      this.#tellError(error);
    }
    if (signal.aborted) return;
    session.configure(this.#settings());
    await this.#begin(session);
  }

  /** Goes on with a sign-in that has come back from elsewhere, or where the page was before it was loaded again. */
  async #begin(session: Session): Promise<void> {
    if (!arrive()) return session.restore();
    try {
      const { finishSso, land } = await load(() => import('../../session/sso/start.js'), {
        action: 'sign-in',
      });
      if (land()) await finishSso(session);
      else await session.restore();
    } catch (error) {
      if (isOpenStackError(error)) {
        // A task later: by then the elements know that the session is where it was, and can say why.
        setTimeout(() => session.dispatchEvent(new CustomEvent('error', { detail: { error } })));
      } else if (!isAbort(error)) this.#tellError(error);
    }
  }

  #tell(session: Session): void {
    const now = describeSession(session);
    this.#show(now.status);
    if (!isNews(this.#told, now)) return;
    this.#told = now;
    this.dispatchEvent(new ExoSessionChangeEvent(now));
  }

  #show(status: string): void {
    const { states } = this.#internals;
    if (this.#shown !== undefined) states.delete(this.#shown);
    states.add((this.#shown = status));
  }

  #tellError(error: unknown): void {
    const cloud = isOpenStackError(error) ? error : undefined;
    this.dispatchEvent(
      new ExoErrorEvent({
        kind: cloud?.kind ?? 'internal',
        reason: cloud?.reason,
        action: cloud?.attempt.action,
        message: error instanceof Error ? error.message : String(error),
        status: cloud?.status,
        requestId: cloud?.requestId,
      }),
    );
  }
}
