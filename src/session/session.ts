import { browserEnvironment, type Environment } from '../live/environment.js';
import { alwaysLeader, type Leadership } from '../live/leader.js';
import { Notifier } from '../live/notifier.js';
import { abortion } from '../openstack/abort.js';
import { isAbort, isOpenStackError, OpenStackError, type Action } from '../openstack/errors.js';
import type { Credential } from '../openstack/identity.js';
import { parseProxy, type Proxy } from '../openstack/proxy.js';
import { RequestLog } from '../openstack/request-log.js';
import { Transport, type TransportOptions } from '../openstack/transport.js';
import { readConfig, type Config } from './config.js';
import { OpenConnection, type Connection } from './connection.js';
import { endOf } from './expiry.js';
import type { EndOfLogin, Grant, Login } from './login.js';
import type { SessionSettings } from './settings.js';
import { lendFrom, resumeWith, signInWith, type Cloud } from './sign-in.js';
import type { SessionEventMap, SessionOptions, SessionState, SignInOptions } from './state.js';
import { SessionStorage, type StoredSession } from './storage.js';

export type { SessionEventMap, SessionOptions, SessionState, SignInOptions } from './state.js';

const BRAND = Symbol.for('exo.session');
const NEW: SessionState = { status: 'signed-out', because: 'new' };

/**
 * Who is signed in, and where. Holds any number of connections, one of them current; tokens are in private fields
 * and appear in no event, error, JSON or key.
 */
export class Session extends EventTarget {
  readonly name: string;
  /** Every request of this session. */
  readonly log = new RequestLog();
  readonly #fetch: TransportOptions['fetch'];
  readonly #environment: Environment;
  readonly #leadership: Leadership;
  readonly #storage: SessionStorage;
  readonly #notifier = new Notifier();
  #settings: SessionSettings = {};
  #state: SessionState = NEW;
  /** What the state returns to when a sign-in fails. */
  #settled: SessionState = NEW;
  #connections: readonly OpenConnection[] = [];
  #current: OpenConnection | undefined;
  /** Somebody who is signed in and has yet to choose a project. */
  #choosing: Login | undefined;
  /** The sign-in under way; a later one, and signing out, overtake it. */
  #attempt: AbortController | undefined;
  #restoring: Promise<void> | undefined;
  #configuring = 0;
  #getToken: (() => Promise<string>) | undefined;

  constructor(o: SessionOptions = {}) {
    super();
    this.name = o.name ?? '';
    this.#fetch = o.fetch;
    this.#environment = o.environment ?? browserEnvironment();
    this.#leadership = o.leadership ?? alwaysLeader;
    this.#storage = new SessionStorage(this.name, o.storage);
    this.#notifier.add(() => this.dispatchEvent(new Event('change')));
    this.configure(o.settings ?? {});
  }

  get [BRAND](): 1 {
    return 1;
  }

  get state(): SessionState {
    return this.#state;
  }

  get settings(): SessionSettings {
    return this.#settings;
  }

  get connections(): readonly Connection[] {
    return this.#connections;
  }

  /** Where one is; also while signing in again in place. */
  get current(): Connection | undefined {
    return this.#current;
  }

  /** Gives the portal's own token; see the setter. */
  get getToken(): (() => Promise<string>) | undefined {
    return this.#getToken;
  }

  /**
   * For portals that hold a token already: called when a token is needed, and again after the cloud has refused it.
   * Setting it signs in as soon as the identity service is known. Signing out does not revoke such a token.
   */
  set getToken(getToken: (() => Promise<string>) | undefined) {
    this.#getToken = getToken;
    this.#signInByItself();
  }

  /** Changes some settings, the others stay. `proxy` takes effect with the next sign-in. */
  configure(settings: Partial<SessionSettings>): void {
    this.#settings = Object.freeze({ ...this.#settings, ...settings });
    this.#storage.persist = this.#settings.persist ?? 'tab';
    if (this.#state === NEW) this.#signInByItself();
    this.#notifier.notify();
  }

  /**
   * Reads a portal's configuration (a JSON file with the keys of SessionSettings) and applies what is right in it.
   *
   * @returns the keys that are unknown or wrong; they were skipped
   * @throws OpenStackError when the file cannot be read
   */
  async loadConfig(
    url: string,
    o: { readonly signal?: AbortSignal | undefined } = {},
  ): Promise<Config['problems']> {
    this.#configuring++;
    this.#notifier.notify();
    try {
      const { data } = await this.#transport(undefined).request({
        attempt: { action: 'read-config' },
        service: 'identity',
        method: 'GET',
        url: new URL(url, globalThis.document?.baseURI).href,
        read: readConfig,
        signal: o.signal,
      });
      this.configure(data.settings);
      return data.problems;
    } finally {
      this.#configuring--;
      this.configure({});
    }
  }

  /** Whether a configuration is being read: what it says may change what people are asked. */
  get configuring(): boolean {
    return this.#configuring > 0;
  }

  /** Calls back after each change of state or settings, once per microtask; returns the way to stop that. */
  subscribe(listener: () => void): () => void {
    return this.#notifier.add(listener);
  }

  /** Listens to one of the events of SessionEventMap; returns the way to stop that. */
  on<K extends keyof SessionEventMap>(type: K, listener: (event: SessionEventMap[K]) => void): () => void {
    // The type of an event is tied to its name only here, where they are dispatched.
    const heard = (event: Event): void => listener(event as SessionEventMap[K]);
    this.addEventListener(type, heard);
    return () => this.removeEventListener(type, heard);
  }

  /**
   * Signs in. Ends in `signed-in`, or in `choosing` when there is more than one project, or none.
   *
   * @throws OpenStackError, the state being again what it was; an AbortError when `signal` was aborted or another
   *   sign-in or sign-out has come in between
   */
  async signIn(credential: Credential, o: SignInOptions = {}): Promise<void> {
    const during: SessionState = { status: 'signing-in', connection: this.#current };
    await this.#enter(during, o, (signal) =>
      signInWith(this.#cloud(o.authUrl, 'sign-in'), credential, signal),
    );
  }

  /**
   * Opens a project of the person who is signed in and makes it the current one.
   *
   * @throws OpenStackError; what was current stays so
   */
  async selectProject(projectId: string, o: { readonly region?: string | undefined } = {}): Promise<void> {
    const login = this.#choosing ?? this.#current?.login;
    if (!login)
      throw new OpenStackError({ kind: 'auth', attempt: { action: 'select-project' }, reason: 'signed-out' });
    const attempt = this.#begin();
    try {
      const grant = await login.open(projectId, attempt.signal);
      attempt.signal.throwIfAborted();
      this.#connect(login, grant, o.region);
    } catch (error) {
      if (this.#state.status === 'choosing' && isOpenStackError(error))
        this.#settle({ ...this.#state, failed: error });
      throw error;
    } finally {
      this.#end(attempt);
    }
  }

  /** Goes to another region of the current project. One that the catalog does not know is ignored. */
  selectRegion(region: string): void {
    const current = this.#current;
    if (current?.regions.includes(region)) this.#connect(current.login, current.grant, region);
  }

  /** Makes a connection of this session the current one. */
  use(connection: Connection): void {
    const own = this.#connections.find((each) => each === connection);
    if (own) this.#connect(own.login, own.grant, own.region);
  }

  /**
   * Goes on where the page was before it was loaded again, or with the token the portal gives. Never rejects: ends
   * signed in, or signed out with an `error` event where there is something to tell.
   */
  restore(): Promise<void> {
    return (this.#restoring ??= this.#restore().finally(() => {
      this.#restoring = undefined;
    }));
  }

  /** Signs out everywhere: revokes our tokens, forgets what was kept. The state changes at once. */
  async signOut(): Promise<void> {
    this.#attempt?.abort();
    this.#attempt = undefined;
    this.#storage.signOut();
    const revoked = this.#dismiss();
    this.#settle({ status: 'signed-out', because: 'signed-out' });
    await revoked;
  }

  /** Nothing of what a session holds is fit for a log. */
  toJSON(): object {
    return { name: this.name, status: this.#state.status };
  }

  async #restore(): Promise<void> {
    const { status } = this.#state;
    const getToken = this.#getToken;
    const stored = getToken ? undefined : this.#stored();
    if ((status !== 'signed-out' && status !== 'expired') || (!getToken && !stored)) return;
    const during: SessionState = { status: 'restoring', connection: this.#current };
    try {
      await this.#enter(during, { projectId: stored?.projectId, region: stored?.region }, (signal) => {
        const cloud = this.#cloud(stored?.authUrl, 'renew-session');
        if (stored) return resumeWith(cloud, stored.token, signal);
        return lendFrom(cloud, () => getToken?.() ?? Promise.resolve(''), signal);
      });
    } catch (error) {
      if (isAbort(error)) return;
      if (!isOpenStackError(error)) throw error;
      if (!stored || error.kind !== 'auth') {
        this.#tell('error', { error });
        return;
      }
      this.#storage.clear();
      this.#settle({ status: 'signed-out', because: this.#isOver(stored) ? 'expired' : 'revoked' });
    }
  }

  /** What was kept, if it is for this cloud; what has run out is forgotten. */
  #stored(): StoredSession | undefined {
    const stored = this.#storage.load();
    const { authUrl } = this.#settings;
    if (!stored || (authUrl !== undefined && resolve(authUrl) !== stored.authUrl)) return undefined;
    if (!this.#isOver(stored)) return stored;
    this.#storage.clear();
    this.#settle({ status: 'signed-out', because: 'expired' });
    return undefined;
  }

  #isOver({ expiresAt }: StoredSession): boolean {
    return expiresAt.getTime() <= this.#environment.clock.now();
  }

  /** With a portal's token nobody has to ask. */
  #signInByItself(): void {
    if (this.configuring || !this.#getToken || this.#settings.authUrl === undefined) return;
    queueMicrotask(() => void this.restore());
  }

  #begin(signal?: AbortSignal): AbortController {
    if (signal?.aborted) throw abortion();
    this.#attempt?.abort();
    const attempt = new AbortController();
    this.#attempt = attempt;
    signal?.addEventListener('abort', () => attempt.abort(), { signal: attempt.signal });
    return attempt;
  }

  #end(attempt: AbortController): void {
    if (this.#attempt === attempt) this.#attempt = undefined;
  }

  async #enter(
    during: SessionState,
    o: SignInOptions,
    make: (signal: AbortSignal) => Promise<Login>,
  ): Promise<void> {
    const attempt = this.#begin(o.signal);
    this.#show(during);
    try {
      const login = await make(attempt.signal);
      await this.#arrive(login, o, attempt.signal);
    } catch (error) {
      if (this.#attempt === attempt) this.#show(this.#settled);
      throw error;
    } finally {
      this.#end(attempt);
    }
  }

  /** Somebody is signed in: opens the project there is no doubt about, or lets them choose. */
  async #arrive(login: Login, o: SignInOptions, signal: AbortSignal): Promise<void> {
    const before = this.#connections.find(
      (each) => each.login.authUrl === login.authUrl && each.login.user.id === login.user.id,
    )?.login;
    const enabled = login.projects.filter((project) => project.enabled);
    const known = (id: string | undefined): string | undefined =>
      enabled.find((project) => project.id === id)?.id;
    const projectId =
      o.projectId ??
      login.ownProject ??
      (this.#current?.login === before ? known(this.#current?.project.id) : undefined) ??
      (enabled.length === 1 ? enabled[0]?.id : known(this.#storage.lastProject(login.authUrl)));
    let grant: Grant | undefined;
    let failed: OpenStackError | undefined;
    try {
      grant = projectId === undefined ? undefined : await login.open(projectId, signal);
      signal.throwIfAborted();
    } catch (error) {
      if (!isOpenStackError(error) || signal.aborted) {
        for (const token of login.close()) void login.revoke(token);
        throw error;
      }
      failed = error;
    }
    if (grant && before) {
      await before.resume(login);
      signal.throwIfAborted();
      grant = await before.open(grant.issued.project?.id ?? '');
    }
    const stays = grant && before ? before : login;
    if (!o.add) void this.#dismiss(stays);
    if (stays === login) this.#watch(login);
    if (grant) {
      this.#connect(stays, grant, o.region);
      return;
    }
    this.#choosing = login;
    this.#current = undefined;
    this.#settle({ status: 'choosing', projects: login.projects, user: login.user.name, failed });
  }

  #connect(login: Login, grant: Grant, wanted: string | undefined): void {
    const { project, catalog, user } = grant.issued;
    const regions = catalog?.regions() ?? [];
    const region =
      [wanted, this.#current?.region, this.#settings.region].find((name) =>
        regions.some((each) => each === name),
      ) ?? regions[0];
    const id = [login.authUrl, user.id, project?.id, region].join(' ');
    let connection = this.#connections.find((each) => each.id === id);
    if (!connection) {
      connection = new OpenConnection({
        id,
        login,
        grant,
        region,
        cloudName: () => this.#settings.cloudName ?? new URL(login.authUrl).host,
        environment: this.#environment,
        leadership: this.#leadership,
      });
      this.#connections = [...this.#connections, connection];
    }
    this.#choosing = undefined;
    this.#current = connection;
    this.#save();
    this.#storage.rememberProject(login.authUrl, connection.project.id);
    this.#settle({ status: 'signed-in', connection, projects: login.projects });
  }

  #watch(login: Login): void {
    login.watch({
      renewed: () => {
        const current = this.#current;
        if (current?.login !== login) return;
        this.#save();
        this.#settle({ status: 'signed-in', connection: current, projects: login.projects });
      },
      expiring: () => {
        if (this.#current?.login === login) this.#tell('expiring', { expiresAt: this.#current.expiresAt });
      },
      ended: (because) => this.#ended(login, because),
      failed: (error) => this.#tell('error', { error }),
    });
  }

  #ended(login: Login, because: EndOfLogin): void {
    const connection = this.#current;
    if (this.#choosing === login) {
      this.#choosing = undefined;
      this.#settle({ status: 'signed-out', because });
    } else if (connection?.login === login) {
      this.#storage.clear();
      this.#settle({ status: 'expired', because, connection, projects: login.projects });
    } else {
      return;
    }
    this.#tell('expired', { because });
    if (!this.#getToken) return;
    // The portal may have a new token by the time somebody looks at the page again.
    const stop = this.#environment.onChange(() => {
      if (!this.#environment.visible()) return;
      stop();
      void this.restore();
    });
  }

  /** Ends all logins but one, with what hangs off them; resolves when their tokens are revoked. */
  async #dismiss(but?: Login): Promise<void> {
    const goes = ({ login }: OpenConnection): boolean => login !== but;
    const logins = new Set(this.#connections.filter(goes).map(({ login }) => login));
    if (this.#choosing && this.#choosing !== but) logins.add(this.#choosing);
    for (const connection of this.#connections.filter(goes)) connection.close();
    this.#connections = this.#connections.filter((connection) => !goes(connection));
    if (this.#current && goes(this.#current)) this.#current = undefined;
    this.#choosing = undefined;
    await Promise.all([...logins].flatMap((login) => login.close().map((token) => login.revoke(token))));
  }

  /** Keeps what survives a reload. A token that the portal has lent is the portal's to keep. */
  #save(): void {
    const { login, grant, project, region } = this.#current ?? {};
    if (!login || !project || !grant?.owned.own) return;
    const { token } = grant.issued;
    const expiresAt = endOf(grant.issued);
    this.#storage.save({ token, authUrl: login.authUrl, projectId: project.id, region, expiresAt });
  }

  #cloud(authUrl: string | undefined, action: Action): Cloud {
    const url = authUrl ?? this.#settings.authUrl;
    if (!url) throw new OpenStackError({ kind: 'invalid', attempt: { action }, reason: 'no-auth-url' });
    const transport = this.#transport(parseProxy(this.#settings.proxy));
    return { authUrl: resolve(url), transport, clock: this.#environment.clock };
  }

  #transport(proxy: Proxy | undefined): Transport {
    const { clock } = this.#environment;
    return new Transport({
      fetch: this.#fetch,
      proxy,
      log: this.log,
      clock,
      online: () => this.#environment.online(),
    });
  }

  /** A state to stay in: what a sign-in that fails returns to. */
  #settle(state: SessionState): void {
    this.#settled = state;
    const passing = this.#state.status === 'signing-in' || this.#state.status === 'restoring';
    // While somebody signs in, only what ends that is shown.
    if (!passing || !this.#attempt || state.status !== 'expired') this.#show(state);
  }

  #show(state: SessionState): void {
    if (state === this.#state) return;
    this.#state = state;
    this.#notifier.notify();
  }

  #tell<K extends 'expiring' | 'expired' | 'error'>(type: K, detail: SessionEventMap[K]['detail']): void {
    this.dispatchEvent(new CustomEvent(type, { detail }));
  }
}

/** A path is one of the page's own origin. */
function resolve(authUrl: string): string {
  const url = authUrl.trim().replace(/\/+$/, '');
  if (url.startsWith('/')) return (globalThis.location?.origin ?? '') + url;
  return /^[a-z]+:\/\//i.test(url) ? url : `https://${url}`;
}
