import type { Clock } from '../openstack/clock.js';
import { isOpenStackError, OpenStackError, type ErrorKind } from '../openstack/errors.js';
import type { Credential, IdentityClient, IssuedToken, Project } from '../openstack/identity.js';
import type { Secret } from '../openstack/secret.js';
import type { TokenSource, Transport } from '../openstack/transport.js';
import { endOf, remaining, watchExpiry } from './expiry.js';
import type { LoginInfo } from './state.js';

/** Why a login has come to its end. */
export type EndOfLogin = 'expired' | 'revoked';

/** A token, and whether it is ours to revoke: what a portal lent us is not. */
export interface OwnedToken {
  readonly issued: IssuedToken;
  readonly own: boolean;
}

/** Gets a new token without asking the person; each method of signing in has its own way, or none. */
export type Renewal = () => Promise<OwnedToken>;

export interface LoginEvents {
  /** New tokens are there. */
  readonly renewed: () => void;
  /** The token ends soon and only the person can sign in again. */
  readonly expiring: () => void;
  readonly ended: (why: EndOfLogin) => void;
  /** A renewal has failed. */
  readonly failed: (error: OpenStackError) => void;
}

export interface LoginOptions {
  readonly authUrl: string;
  readonly transport: Transport;
  readonly identity: IdentityClient;
  readonly clock: Clock;
  readonly first: OwnedToken;
  readonly projects: readonly Project[];
  readonly renewal?: Renewal | undefined;
}

/** Refusals; Keystone knows an application credential no more (404) when it was deleted. */
const FINAL: ReadonlySet<ErrorKind> = new Set(['auth', 'forbidden', 'not-found', 'invalid']);

/** A renewed token that is refused this soon is not worth renewing again. */
const JUST_RENEWED = 30_000;

/**
 * One person at one cloud: the token they signed in with, one token for each project they have opened, and their
 * renewal. The password is not here: it was dropped when the first token came.
 */
export class Login {
  readonly authUrl: string;
  readonly transport: Transport;
  readonly #identity: IdentityClient;
  readonly #clock: Clock;
  readonly #grants = new Map<string, Grant>();
  #projects: readonly Project[];
  #first: OwnedToken;
  #renewal: Renewal | undefined;
  /** Another way to renew, which gives tokens of one project only. */
  #spare: { readonly renewal: Renewal; readonly projectId: string } | undefined;
  #events: LoginEvents | undefined;
  #renewing: Promise<void> | undefined;
  #renewedAt = -Infinity;
  #unwatch: (() => void) | undefined;
  /** While it has ended: what the requests wait for. */
  #pause: Pause | undefined;
  #why: EndOfLogin = 'expired';
  #closed = false;

  constructor(o: LoginOptions) {
    this.authUrl = o.authUrl;
    this.transport = o.transport;
    this.#identity = o.identity;
    this.#clock = o.clock;
    this.#first = o.first;
    this.#projects = o.projects;
    this.#renewal = o.renewal;
  }

  /** Tells the logins of a page apart. */
  get id(): string {
    return `${this.authUrl} ${this.user.id}`;
  }

  /** Where the identity service was found. */
  get identityUrl(): string {
    return this.#identity.url;
  }

  /** What people may see of it. */
  describe(cloudName: string): LoginInfo {
    const { id, authUrl, user, projects, ended } = this;
    const { methods } = this.#first.issued;
    return { id, authUrl, cloudName, user, projects, methods, ended, expiresAt: endOf(this.#first.issued) };
  }

  get projects(): readonly Project[] {
    return this.#projects;
  }

  get user(): IssuedToken['user'] {
    return this.#first.issued.user;
  }

  /** The project that the first token is for, if it is for one. */
  get ownProject(): string | undefined {
    return this.#first.issued.project?.id;
  }

  /** Why it has ended, while it has. */
  get because(): EndOfLogin | undefined {
    return this.#pause && this.#why;
  }

  get closed(): boolean {
    return this.#closed;
  }

  get ended(): boolean {
    return this.#pause !== undefined;
  }

  /** Begins to watch the token's life. */
  watch(events: LoginEvents): void {
    this.#events = events;
    this.#watchAgain();
  }

  /** Renews the tokens in this way as long as no other project is open. */
  renewBy(renewal: Renewal, projectId: string): void {
    this.#spare = { renewal, projectId };
  }

  get #way(): Renewal | undefined {
    const spare = this.#spare;
    const fits = [...this.#grants.keys()].every((id) => id === spare?.projectId);
    return this.#renewal ?? (fits ? spare?.renewal : undefined);
  }

  /** The token for a project, asked for when it is opened first. Rejects with an OpenStackError. */
  async open(projectId: string, signal?: AbortSignal): Promise<Grant> {
    const known = this.#grants.get(projectId);
    if (known?.good) return known;
    const token = await this.#scope(projectId, signal);
    const grant = this.#grants.get(projectId) ?? new Grant(this, token);
    grant.replace(token);
    this.#grants.set(projectId, grant);
    return grant;
  }

  /** Takes over from a new login of the same person, and lets the requests that waited for it go on. */
  async resume(by: Login): Promise<void> {
    const old = this.#pause ? [] : this.#owned;
    this.#first = by.#first;
    this.#projects = by.#projects;
    this.#renewal = by.#renewal;
    for (const [id, grant] of by.#grants) {
      const mine = this.#grants.get(id);
      if (mine) mine.replace(grant.owned);
      else this.#grants.set(id, new Grant(this, grant.owned));
    }
    await this.#reopen(new Set(by.#grants.keys()));
    this.#goOn();
    const kept = new Set(this.#owned.map((token) => token.reveal()));
    for (const token of old) if (!kept.has(token.reveal())) void this.revoke(token);
  }

  /** Resolves as soon as the tokens are good: at once, or when the person has signed in again. */
  async ready(): Promise<void> {
    if (this.#closed) throw signedOut();
    await this.#pause?.over;
  }

  /** The cloud has refused a token: gets new ones, once for whoever asks meanwhile, or ends. */
  async renew(): Promise<void> {
    if (!this.#way || this.#justRenewed) this.end();
    else await this.#renew();
  }

  /** Tokens are no good any more: requests wait until the person has signed in again. */
  end(): void {
    if (this.#pause || this.#closed) return;
    this.#pause = new Pause();
    this.#unwatch?.();
    this.#why = remaining(this.#first.issued, this.#clock) > 0 ? 'revoked' : 'expired';
    this.#events?.ended(this.#why);
  }

  /** Ends for good; whoever waits gets an error. Returns the tokens that are to be revoked. */
  close(): readonly Secret[] {
    this.#closed = true;
    this.#unwatch?.();
    this.#pause?.end(signedOut());
    return this.#pause ? [] : this.#owned;
  }

  /** The tokens that are ours. */
  get #owned(): readonly Secret[] {
    const all = [...this.#grants.values()].map((grant) => grant.owned);
    return [...new Set([...all, this.#first])].filter(({ own }) => own).map(({ issued }) => issued.token);
  }

  /** Revokes a token; a failure is nobody's concern: the token ends by itself. */
  async revoke(token: Secret): Promise<void> {
    await this.#identity.revoke(token).catch(() => undefined);
  }

  get #justRenewed(): boolean {
    return this.#clock.now() - this.#renewedAt < JUST_RENEWED;
  }

  async #scope(projectId: string, signal?: AbortSignal): Promise<OwnedToken> {
    if (this.#first.issued.project?.id === projectId) return this.#first;
    const credential: Credential = { method: 'token', token: this.#first.issued.token };
    const attempt = {
      action: 'select-project',
      name: this.#projects.find(({ id }) => id === projectId)?.name,
    } as const;
    const issued = await this.#identity.authenticate(
      credential,
      { projectId },
      { attempt, ...(signal && { signal }) },
    );
    return { issued, own: true };
  }

  #renew(): Promise<void> {
    return (this.#renewing ??= this.#renewNow().finally(() => {
      this.#renewing = undefined;
    }));
  }

  async #renewNow(): Promise<void> {
    try {
      const fresh = await this.#way?.();
      if (!fresh || this.#closed) return;
      this.#first = fresh;
      await this.#reopen(new Set());
      this.#renewedAt = this.#clock.now();
      this.#goOn();
    } catch (error) {
      if (this.#closed || !isOpenStackError(error)) throw error;
      this.#events?.failed(error);
      // A network or a service that is down for a moment does not end a token that may still be good.
      if (!FINAL.has(error.kind) && remaining(this.#first.issued, this.#clock) > 0) throw error;
      this.end();
    }
  }

  /** New tokens for the projects opened so far; one that is not to be had does not keep the others from it. */
  async #reopen(but: ReadonlySet<string>): Promise<void> {
    await Promise.all(
      [...this.#grants]
        .filter(([id]) => !but.has(id))
        .map(async ([id, grant]) => {
          try {
            grant.replace(await this.#scope(id));
          } catch (error) {
            grant.lose(error);
          }
        }),
    );
  }

  #goOn(): void {
    this.#pause?.end();
    this.#pause = undefined;
    this.#watchAgain();
    this.#events?.renewed();
  }

  #watchAgain(): void {
    this.#unwatch?.();
    this.#unwatch = watchExpiry(this.#first.issued, this.#clock, {
      expiring: () => {
        if (!this.#way) this.#events?.expiring();
        // A failure is told of by `failed`; it is tried again when the token has expired.
        else if (!this.#justRenewed) this.#renew().catch(() => undefined);
      },
      expired: () => {
        if (!this.#way || this.#justRenewed) this.end();
        else this.#renew().catch(() => this.end());
      },
    });
  }
}

function signedOut(): OpenStackError {
  return new OpenStackError({ kind: 'auth', attempt: { action: 'renew-session' }, reason: 'token-expired' });
}

/** The token of one project, as the clients of its services see it. */
export class Grant implements TokenSource {
  readonly #login: Login;
  #owned: OwnedToken;
  #lost: { readonly why: unknown } | undefined;

  constructor(login: Login, owned: OwnedToken) {
    this.#login = login;
    this.#owned = owned;
  }

  get owned(): OwnedToken {
    return this.#owned;
  }

  get issued(): IssuedToken {
    return this.#owned.issued;
  }

  get good(): boolean {
    return !this.#lost;
  }

  replace(owned: OwnedToken): void {
    this.#owned = owned;
    this.#lost = undefined;
  }

  /** The project is not open to the person any more; the login may be good for others. */
  lose(why: unknown): void {
    this.#lost = { why };
  }

  async token(): Promise<Secret> {
    await this.#login.ready();
    if (this.#lost) throw this.#lost.why;
    return this.issued.token;
  }

  async renew(stale: Secret): Promise<Secret> {
    if (this.issued.token.reveal() === stale.reveal()) await this.#login.renew();
    return this.token();
  }
}

/** Something to wait for that may never come. */
class Pause {
  readonly over: Promise<void>;
  #settle: ((error?: OpenStackError) => void) | undefined;

  constructor() {
    this.over = new Promise((resolve, reject) => {
      this.#settle = (error) => (error ? reject(error) : resolve());
    });
    this.over.catch(() => undefined); // nobody may be waiting
  }

  end(error?: OpenStackError): void {
    this.#settle?.(error);
  }
}
