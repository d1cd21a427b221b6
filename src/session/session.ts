import { browserEnvironment, type Environment } from '../live/environment.js';
import { Notifier } from '../live/notifier.js';
import { isAbort, isOpenStackError, OpenStackError } from '../openstack/errors.js';
import type { Credential } from '../openstack/identity.js';
import { RequestLog } from '../openstack/request-log.js';
import type { Secret } from '../openstack/secret.js';
import type { Transport } from '../openstack/transport.js';
import { Clouds } from './clouds.js';
import type { Config } from './config.js';
import type { Connection, OpenConnection } from './connection.js';
import type { Devices } from './devices.js';
import { load } from './load.js';
import type { EndOfLogin, Grant, Login } from './login.js';
import { readPlace } from './place.js';
import { Roster } from './roster.js';
import type { SessionSettings } from './settings.js';
import { lendFrom, resumeWith } from './sign-in.js';
import { SignIns } from './sign-ins.js';
import type {
  LoginInfo,
  SelectOptions,
  SessionEventMap,
  SessionOptions,
  SessionState,
  SignInOptions,
} from './state.js';
import { SessionStorage, type StoredPlace } from './storage.js';
import { openChannel, Tabs, type Channel } from './tabs.js';

export type {
  LoginInfo,
  SelectOptions,
  SessionEventMap,
  SessionOptions,
  SessionState,
  SignInOptions,
} from './state.js';

const BRAND = Symbol.for('exo.session');
const DEVICE_HOURS = 12;
/** Another tab's sign-in that ends so much later, in milliseconds, is a newer one. */
const NEWER = 60_000;
/**
 * Who is signed in, and where. Holds any number of connections, one of them current; tokens are in private fields
 * and appear in no event, error, JSON or key.
 */
export class Session extends EventTarget {
  readonly name: string;
  /** Every request of this session. */
  readonly log = new RequestLog();
  readonly #environment: Environment;
  readonly #storage: SessionStorage;
  readonly #notifier = new Notifier();
  readonly #clouds: Clouds;
  readonly #roster: Roster;
  readonly #signIns = new SignIns({
    changed: () => this.#notifier.notify(),
    current: () => this.#roster.current,
    arrive: (login, o, signal) => this.#arrive(login, o, signal),
  });
  /** Where a link wants people to stand; once. */
  #link: () => string;
  readonly #tabs: Tabs;
  #news: Channel | undefined;
  #devices: Promise<Devices> | undefined;
  #restoring: Promise<void> | undefined;
  #configuring = 0;
  #getToken: (() => Promise<string>) | undefined;

  constructor(o: SessionOptions = {}) {
    super();
    this.name = o.name ?? '';
    this.#environment = o.environment ?? browserEnvironment();
    this.#clouds = new Clouds(this.log, o.fetch, this.#environment);
    this.#roster = new Roster({
      environment: this.#environment,
      cloudName: (authUrl) => this.#clouds.nameOf(authUrl),
      region: () => this.settings.region,
      news: () =>
        this.#shares ? (this.#news ??= openChannel(`exo.live.${this.name}`, o.channel)) : undefined,
    });
    this.#storage = new SessionStorage(this.name, o.storage);
    this.#link = o.link ?? ((): string => globalThis.location?.hash ?? '');
    this.#tabs = new Tabs(this.name, o.channel, {
      asked: () => this.#shared(),
      told: (places) => this.#join(places),
      signedOut: (logins) => this.#follow(logins),
    });
    this.#notifier.add(() => this.dispatchEvent(new Event('change')));
    this.configure(o.settings ?? {});
  }

  get [BRAND](): 1 {
    return 1;
  }

  get state(): SessionState {
    return this.#signIns.state;
  }

  get settings(): SessionSettings {
    return this.#clouds.settings;
  }

  /** All that are open, the current one among them. */
  get connections(): readonly Connection[] {
    return this.#roster.connections;
  }

  /** Everybody who is signed in: one person at two clouds, two accounts at one. */
  get logins(): readonly LoginInfo[] {
    return this.#roster.logins.map((login) => login.describe(this.#clouds.nameOf(login.authUrl)));
  }

  /** Where one is; also while signing in again in place. */
  get current(): Connection | undefined {
    return this.#roster.current;
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
    this.#clouds.settings = Object.freeze({ ...this.settings, ...settings });
    this.#storage.persist = this.settings.persist ?? 'tab';
    if (this.#signIns.isNew) this.#signInByItself();
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
    const attempt = { action: 'read-config' } as const;
    const reader = load(() => import('./config.js'), attempt);
    reader.catch(() => undefined); // told below
    try {
      const { data } = await this.#clouds.transport().request({
        attempt,
        service: 'identity',
        method: 'GET',
        url: new URL(url, globalThis.document?.baseURI).href,
        read: (body) => body,
        signal: o.signal,
      });
      const { settings, problems } = (await reader).readConfig(data);
      this.configure(settings);
      return problems;
    } finally {
      this.#configuring--;
      this.configure({});
    }
  }

  /** Whether a configuration is being read: what it says may change what people are asked. */
  get configuring(): boolean {
    return this.#configuring > 0;
  }

  /**
   * The way to a cloud before anybody has signed in there: by its proxy, with this session's log.
   *
   * @param authUrl the identity service
   */
  transportTo(authUrl: string): Transport {
    return this.#clouds.at(authUrl, 'discover-cloud').transport;
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
    await this.#signIns.signIn(this.#clouds.at(o.authUrl, 'sign-in'), credential, o);
  }

  /**
   * Gives the one-time code that the state `second-factor` waits for.
   *
   * @throws OpenStackError reason `wrong-passcode` among others; the state stays, with `failed`
   */
  answer(passcode: Secret, o: Pick<SignInOptions, 'signal'> = {}): Promise<void> {
    return this.#signIns.take('second-factor', passcode, o);
  }

  /**
   * Sets a new password where the state is `password-expired`, and signs in with it.
   *
   * @throws OpenStackError kind `invalid` where the cloud does not like it; the state stays, with `failed`
   */
  changePassword(password: Secret, o: Pick<SignInOptions, 'signal'> = {}): Promise<void> {
    return this.#signIns.take('password-expired', password, o);
  }

  /** Leaves a sign-in that has begun or waits for its next step; the state is what it was before. */
  cancelSignIn(): void {
    this.#signIns.cancel();
  }

  /**
   * Opens a project of somebody who is signed in and makes it the current one, in place of the one that is current
   * or, with `add`, beside it.
   *
   * @throws OpenStackError; what was current stays so
   */
  async selectProject(projectId: string, o: SelectOptions = {}): Promise<void> {
    const login =
      o.login === undefined
        ? (this.#roster.choosing ?? this.#roster.current?.login)
        : this.#roster.logins.find(({ id }) => id === o.login);
    if (!login)
      throw new OpenStackError({ kind: 'auth', attempt: { action: 'select-project' }, reason: 'signed-out' });
    const attempt = this.#signIns.begin();
    try {
      const grant = await login.open(projectId, attempt.signal);
      attempt.signal.throwIfAborted();
      this.#connect(login, grant, o.region, o.add);
    } catch (error) {
      const { state } = this.#signIns;
      if (state.status === 'choosing' && isOpenStackError(error))
        this.#signIns.settle({ ...state, failed: error });
      throw error;
    } finally {
      this.#signIns.end(attempt);
    }
  }

  /** Goes to another region of the current project. One that the catalog does not know is ignored. */
  selectRegion(region: string): void {
    const current = this.#roster.current;
    if (current?.regions.includes(region)) this.#connect(current.login, current.grant, region);
  }

  /** Makes an open connection the current one. */
  use(connection: Connection): void {
    const own = this.#roster.connections.find((each) => each === connection);
    if (own) this.#connect(own.login, own.grant, own.region, true);
  }

  /** Closes one of several connections; the account stays signed in. The last one stays open. */
  close(connection: Connection): void {
    const rest = this.#roster.connections.filter((each) => each !== connection);
    const next = rest.at(-1);
    if (!next || rest.length === this.#roster.connections.length) return;
    this.#roster.park(connection);
    if (this.#roster.current === connection) this.use(next);
    else this.#changed();
  }

  /** Signs out of one account alone; of the last one as {@link signOut} does. */
  async leave(loginId: string): Promise<void> {
    const login = this.#roster.logins.find(({ id }) => id === loginId);
    if (!login) return;
    if (this.#roster.logins.length === 1) {
      await this.signOut();
      return;
    }
    this.#tabs.signedOut([loginId]);
    await this.#drop(login);
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
    this.#tabs.signedOut(this.#roster.logins.map(({ id }) => id));
    await this.#signOut();
  }

  /** Nothing of what a session holds is fit for a log. */
  toJSON(): object {
    return { name: this.name, status: this.state.status };
  }

  async #restore(): Promise<void> {
    const { status } = this.state;
    const getToken = this.#getToken;
    const kept = getToken ? [] : this.#stored();
    const [stored, ...others] = kept;
    if (status !== 'signed-out' && status !== 'expired') return;
    if (!getToken && !stored) {
      if (!(await this.#restoreDevices()) && this.#shares) this.#tabs.ask();
      return;
    }
    try {
      await this.#signIns.enter(
        'restoring',
        { projectId: stored?.projectId, region: stored?.region },
        (signal) => {
          const cloud = this.#clouds.at(stored?.authUrl, 'renew-session');
          if (stored) return resumeWith(cloud, stored, signal);
          return lendFrom(cloud, () => getToken?.() ?? Promise.resolve(''), signal);
        },
      );
      for (const other of others) await this.#reopen(other);
    } catch (error) {
      if (isAbort(error)) return;
      if (!isOpenStackError(error)) throw error;
      if (!stored || error.kind !== 'auth') {
        this.#tell('error', { error });
        return;
      }
      // The others may be good still.
      this.#storage.save(others);
      if (others.length > 0) {
        await this.#restore();
        return;
      }
      this.#storage.clear();
      if (await this.#restoreDevices()) return;
      this.#signIns.settle({ status: 'signed-out', because: this.#isOver(stored) ? 'expired' : 'revoked' });
    }
  }

  /** Goes on with what was kept on this device; whether anybody is signed in by that. */
  async #restoreDevices(): Promise<boolean> {
    if (!this.#storage.keepsDevices) return false;
    this.#signIns.show({ status: 'restoring', connection: this.#roster.current });
    try {
      const devices = await this.#device();
      await devices.restore(this.#environment.clock.now(), async (place, make) => {
        const add = this.#roster.current !== undefined;
        if (this.#clouds.welcomes(place.authUrl))
          await this.#signIns.enter('restoring', { ...place, add }, make);
      });
    } catch (error) {
      if (isOpenStackError(error)) this.#tell('error', { error });
      else if (!isAbort(error)) throw error;
    }
    this.#signIns.unwind();
    return this.#roster.current !== undefined;
  }

  /** Opens another connection that was open, beside the current one; one that is no more is left out. */
  async #reopen(place: StoredPlace): Promise<void> {
    if (this.#isOver(place)) return;
    const signal = this.#signIns.join();
    try {
      const own = this.#roster.logins.find(
        ({ authUrl, user }) => authUrl === place.authUrl && user.id === place.userId,
      );
      const login = own ?? (await resumeWith(this.#clouds.at(place.authUrl, 'renew-session'), place, signal));
      const grant = await login.open(place.projectId, signal);
      signal.throwIfAborted();
      if (!own) this.#watch(login);
      this.#roster.open(login, grant, place.region);
      this.#changed();
    } catch (error) {
      if (!isOpenStackError(error)) throw error;
      if (error.kind !== 'auth') this.#tell('error', { error });
    }
  }

  /** What was kept, the current place first, if it is for this cloud; what has run out is forgotten. */
  #stored(): readonly StoredPlace[] {
    const [stored, ...others] = this.#storage.load();
    if (!stored || !this.#clouds.welcomes(stored.authUrl)) return [];
    if (!this.#isOver(stored)) return [stored, ...others];
    this.#storage.clear();
    this.#signIns.settle({ status: 'signed-out', because: 'expired' });
    return [];
  }

  #isOver({ expiresAt }: StoredPlace): boolean {
    return expiresAt.getTime() <= this.#environment.clock.now();
  }

  /** With a portal's token nobody has to ask. */
  #signInByItself(): void {
    if (this.configuring || !this.#getToken || this.settings.authUrl === undefined) return;
    queueMicrotask(() => {
      const underWay = this.#restoring;
      if (!underWay) void this.restore();
      // It may have begun before there was such a token, and have found nothing.
      else void underWay.then(() => (this.#signIns.isNew ? this.restore() : undefined));
    });
  }

  /** Somebody is signed in: opens the project there is no doubt about, or lets them choose. */
  async #arrive(login: Login, o: SignInOptions, signal: AbortSignal): Promise<void> {
    const before = this.#roster.logins.find(({ id }) => id === login.id);
    const enabled = login.projects.filter((project) => project.enabled);
    const known = (id: string | undefined): string | undefined =>
      enabled.find((project) => project.id === id)?.id;
    const link = this.#linked(login);
    const projectId =
      link?.projectId ??
      o.projectId ??
      login.ownProject ??
      (this.#roster.current?.login === before ? known(this.#roster.current?.project.id) : undefined) ??
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
    // Whoever signs in again finds everything as it was; somebody else finds nothing of it.
    if (!o.add && stays === login) void this.#dismiss((each) => each !== login);
    if (stays === login) this.#watch(login);
    if (grant) {
      this.#connect(stays, grant, link?.region ?? o.region, o.add);
      this.#share();
      return;
    }
    this.#roster.choosing = login;
    this.#roster.current = undefined;
    this.#signIns.settle({ status: 'choosing', projects: login.projects, user: login.user.name, failed });
  }

  #connect(login: Login, grant: Grant, wanted: string | undefined, add = false): void {
    const before = this.#roster.current;
    const count = this.#roster.connections.length;
    const connection = this.#roster.open(login, grant, wanted);
    if (!add && before && before !== connection && this.#roster.connections.length > count)
      this.#roster.park(before);
    this.#roster.choosing = undefined;
    this.#roster.current = connection;
    this.#save();
    this.#storage.rememberProject(login.authUrl, connection.project.id);
    const { projects, because } = login;
    // Whoever turns to an account that has ended is to sign in again.
    this.#signIns.settle(
      because
        ? { status: 'expired', because, connection, projects }
        : { status: 'signed-in', connection, projects },
    );
    if (this.#storage.persist === 'device') void this.#keep(connection);
  }

  /** Sees to it that an account stays signed in on this device. */
  async #keep(connection: OpenConnection): Promise<void> {
    try {
      await (await this.#device()).keep(connection, this.settings.deviceHours ?? DEVICE_HOURS);
    } catch (error) {
      if (!isOpenStackError(error)) throw error;
      this.#tell('error', { error });
    }
  }

  #device(): Promise<Devices> {
    const action = 'renew-session';
    this.#devices ??= load(() => import('./devices.js'), { action }).then(
      ({ Devices }) => new Devices(this.#storage, (authUrl) => this.#clouds.at(authUrl, action)),
    );
    this.#devices.catch(() => (this.#devices = undefined));
    return this.#devices;
  }

  /** Where a link wants to go in a cloud; the next time it is forgotten. */
  #linked(login: Login): ReturnType<typeof readPlace> {
    const place = readPlace(this.#link());
    if (place?.cloud !== new URL(login.authUrl).host) return undefined;
    this.#link = (): string => '';
    return place;
  }

  #watch(login: Login): void {
    login.watch({
      renewed: () => {
        const current = this.#roster.current;
        if (current?.login !== login) {
          this.#changed();
          return;
        }
        this.#save();
        this.#signIns.settle({ status: 'signed-in', connection: current, projects: login.projects });
        this.#share();
      },
      expiring: () => {
        if (this.#roster.current?.login === login)
          this.#tell('expiring', { expiresAt: this.#roster.current.expiresAt });
      },
      ended: (because) => this.#ended(login, because),
      failed: (error) => this.#tell('error', { error }),
    });
  }

  #ended(login: Login, because: EndOfLogin): void {
    const connection = this.#roster.current;
    if (this.#roster.choosing === login) {
      this.#roster.choosing = undefined;
      this.#signIns.settle({ status: 'signed-out', because });
    } else if (connection?.login === login) {
      this.#storage.clear();
      this.#signIns.settle({ status: 'expired', because, connection, projects: login.projects });
    } else {
      this.#changed();
      return;
    }
    this.#tell('expired', { because });
    // Another tab may have signed in again.
    if (this.#shares) this.#tabs.ask();
    if (!this.#getToken) return;
    // The portal may have a new token by the time somebody looks at the page again.
    const stop = this.#environment.onChange(() => {
      if (!this.#environment.visible()) return;
      stop();
      void this.restore();
    });
  }

  async #signOut(): Promise<void> {
    this.#signIns.stop();
    this.#storage.signOut();
    const revoked = this.#dismiss(() => true, true);
    this.#signIns.settle({ status: 'signed-out', because: 'signed-out' });
    await revoked;
  }

  /** One account goes; where it was current another takes its place. */
  async #drop(login: Login): Promise<void> {
    const gone = this.#dismiss((each) => each === login);
    const next = this.#roster.current ?? this.#roster.connections.at(-1);
    const choice = this.#roster.logins[0];
    if (next) this.#connect(next.login, next.grant, next.region, true);
    else if (choice) {
      this.#roster.choosing = choice;
      this.#signIns.settle({ status: 'choosing', projects: choice.projects, user: choice.user.name });
    } else await this.#signOut();
    await gone;
  }

  /** Ends some logins, with what hangs off them; resolves when their tokens are revoked. */
  async #dismiss(goes: (login: Login) => boolean, forAll = false): Promise<void> {
    const logins = this.#roster.remove(goes);
    const tokens = new Map(logins.map((login) => [login.id, login.close()]));
    // What is kept on the device is deleted with a token, which is good until then.
    const kept = this.#storage.takeDevices(forAll ? undefined : [...tokens.keys()]);
    if (Object.keys(kept).length > 0)
      await this.#device().then(
        (devices) => devices.delete(kept, tokens),
        () => undefined,
      );
    await Promise.all(
      logins.flatMap((login) => (tokens.get(login.id) ?? []).map((token) => login.revoke(token))),
    );
  }

  /** Something about the connections has changed beside where one stands. */
  #changed(): void {
    this.#save();
    this.#notifier.notify();
  }

  /** Keeps what survives a reload. */
  #save(): void {
    this.#storage.save(this.#roster.places);
  }

  get #shares(): boolean {
    return this.settings.sessionShare !== false && this.#storage.persist !== 'none';
  }

  /** What another tab of this origin needs to follow; nothing where people do not want that. */
  #shared(): readonly StoredPlace[] {
    return this.#shares && this.state.status === 'signed-in' ? this.#roster.places : [];
  }

  #share(): void {
    const places = this.#shared();
    if (places.length > 0) this.#tabs.tell(places);
  }

  /** Another tab is signed in. */
  #join(places: readonly StoredPlace[]): void {
    const { status } = this.state;
    const [place] = places;
    if (
      !this.#shares ||
      this.#getToken ||
      !place ||
      !this.#clouds.welcomes(place.authUrl) ||
      this.#isOver(place)
    )
      return;
    const mine = this.#roster.current?.login;
    const same = mine?.authUrl === place.authUrl && mine.user.id === place.userId;
    const later = place.expiresAt.getTime() - (this.#roster.current?.expiresAt.getTime() ?? 0);
    const waits = same
      ? status === 'expired' || (status === 'signed-in' && later > NEWER)
      : status === 'signed-out';
    if (!waits) return;
    // In another project, where one was in it already.
    const projectId = this.#roster.current?.project.id ?? place.projectId;
    this.#signIns
      .enter('restoring', { projectId, region: this.#roster.current?.region ?? place.region }, (signal) =>
        resumeWith(this.#clouds.at(place.authUrl, 'renew-session'), place, signal),
      )
      .catch((error: unknown) => {
        if (isOpenStackError(error) && error.kind !== 'auth') this.#tell('error', { error });
      });
  }

  /** Another tab, or another copy of the kit, has signed out. */
  #follow(ids: readonly string[]): void {
    const gone = this.#roster.logins.filter(({ id }) => ids.includes(id));
    if (gone.length === 0) return;
    if (gone.length === this.#roster.logins.length) void this.#signOut();
    else for (const login of gone) void this.#drop(login);
  }

  #tell<K extends 'expiring' | 'expired' | 'error'>(type: K, detail: SessionEventMap[K]['detail']): void {
    this.dispatchEvent(new CustomEvent(type, { detail }));
  }
}
