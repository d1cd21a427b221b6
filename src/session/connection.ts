import type { Environment } from '../live/environment.js';
import type { NewsChannel } from '../live/sharing.js';
import { Catalog, type ServiceType } from '../openstack/catalog.js';
import { OpenStackError } from '../openstack/errors.js';
import type { IssuedToken } from '../openstack/identity.js';
import type { ServiceClientClass } from '../openstack/service.js';
import type { Transport } from '../openstack/transport.js';
import { endOf } from './expiry.js';
import type { StoredPlace } from './storage.js';
import type { Grant, Login } from './login.js';

/**
 * A cloud, a project and a region: everything that depends on where one is hangs off it. It stays the same object
 * when the token is renewed and when the person signs in again.
 */
export interface Connection {
  /** Tells connections of a page apart. */
  readonly id: string;
  /** The `id` of the {@link LoginInfo} it is of. */
  readonly loginId: string;
  readonly authUrl: string;
  readonly cloudName: string;
  readonly project: { readonly id: string; readonly name: string };
  /** Undefined where the catalog knows none. */
  readonly region: string | undefined;
  readonly regions: readonly string[];
  readonly user: { readonly id: string; readonly name: string; readonly domainName?: string | undefined };
  /** Names of the roles in the project. */
  readonly roles: readonly string[];
  /** Whether the sign-in has ended: requests wait until the person has signed in again. */
  readonly ended: boolean;
  /** When the token ends, by this computer's clock. */
  readonly expiresAt: Date;
  readonly catalog: Catalog;
  readonly transport: Transport;
  /** The surroundings that collections of this connection poll by. */
  readonly environment: Environment;
  /** False for somebody who may only look. */
  readonly canAct: boolean;
  /** Whether the cloud offers a service in this region. */
  has(type: ServiceType): boolean;
  /**
   * The client of a service, the same one each time for a class.
   *
   * @throws OpenStackError kind `not-found`, reason `service-missing`, where the cloud does not offer it
   */
  client<C>(Client: ServiceClientClass<C>): C;
  /** Where tabs of the origin tell each other what they learned; undefined where they share nothing. */
  readonly news: NewsChannel | undefined;
  /** What `make` made when it was first asked for under this key; its `close()` is called at the end. */
  resource<R>(key: string, make: () => R): R;
}

/** Roles that let people look only; every other may act as far as the cloud's policy goes. */
const LOOKS_ONLY = /(?:^|[-_])(?:reader|observer|auditor|viewer)$/i;

export interface ConnectionOptions {
  readonly id: string;
  readonly login: Login;
  readonly grant: Grant;
  readonly region: string | undefined;
  readonly cloudName: () => string;
  readonly environment: Environment;
  readonly news: () => NewsChannel | undefined;
}

/** The Connection a Session makes. */
export class OpenConnection implements Connection {
  readonly id: string;
  readonly authUrl: string;
  readonly region: string | undefined;
  readonly environment: Environment;
  readonly #news: () => NewsChannel | undefined;
  readonly #login: Login;
  readonly #grant: Grant;
  readonly #cloudName: () => string;
  readonly #clients = new Map<unknown, unknown>();
  readonly #resources = new Map<unknown, unknown>();

  constructor(o: ConnectionOptions) {
    this.id = o.id;
    this.authUrl = o.login.authUrl;
    this.region = o.region;
    this.environment = o.environment;
    this.#news = o.news;
    this.#login = o.login;
    this.#grant = o.grant;
    this.#cloudName = o.cloudName;
  }

  get #token(): IssuedToken {
    return this.#grant.issued;
  }

  get loginId(): string {
    return this.#login.id;
  }

  get ended(): boolean {
    return this.#login.ended;
  }

  /** What is to be kept to open it again; undefined where the token is not ours to keep. */
  get place(): StoredPlace | undefined {
    const { own, issued } = this.#grant.owned;
    if (!own || this.ended) return undefined;
    return {
      token: issued.token,
      authUrl: this.authUrl,
      userId: this.user.id,
      projectId: this.project.id,
      region: this.region,
      expiresAt: endOf(issued),
    };
  }

  get login(): Login {
    return this.#login;
  }

  get grant(): Grant {
    return this.#grant;
  }

  get transport(): Transport {
    return this.#login.transport;
  }

  get cloudName(): string {
    return this.#cloudName();
  }

  get project(): { readonly id: string; readonly name: string } {
    return this.#token.project ?? { id: '', name: '' };
  }

  get regions(): readonly string[] {
    return this.catalog.regions();
  }

  get user(): IssuedToken['user'] {
    return this.#token.user;
  }

  get roles(): readonly string[] {
    return this.#token.roles;
  }

  get expiresAt(): Date {
    return endOf(this.#token);
  }

  get catalog(): Catalog {
    return this.#token.catalog ?? new Catalog([]);
  }

  get canAct(): boolean {
    // Without a role to go by, the cloud shall decide.
    return this.roles.length === 0 || this.roles.some((role) => !LOOKS_ONLY.test(role));
  }

  has(type: ServiceType): boolean {
    return this.catalog.has(type, this.region);
  }

  client<C>(Client: ServiceClientClass<C>): C {
    const { type } = Client;
    return remembered(this.#clients, Client, () => {
      const endpoint =
        type === 'identity' ? this.#login.identityUrl : this.catalog.endpoint(type, { region: this.region });
      if (endpoint === undefined) {
        throw new OpenStackError({
          kind: 'not-found',
          attempt: { action: 'discover-cloud', name: this.cloudName },
          service: type,
          reason: 'service-missing',
        });
      }
      return new Client({
        transport: this.transport,
        type,
        endpoint,
        tokens: this.#grant,
        projectId: this.project.id,
      });
    });
  }

  get news(): NewsChannel | undefined {
    return this.#news();
  }

  resource<R>(key: string, make: () => R): R {
    return remembered(this.#resources, key, make);
  }

  /** Ends everything that hangs off the connection. */
  close(): void {
    for (const resource of this.#resources.values()) if (isClosable(resource)) resource.close();
  }
}

function remembered<R>(made: Map<unknown, unknown>, key: unknown, make: () => R): R {
  const known = made.get(key);
  if (isMadeBy(known, make)) return known;
  const fresh = make();
  made.set(key, fresh);
  return fresh;
}

/** A key stands for one type: what was kept under it is what `make` would make. */
function isMadeBy<R>(value: unknown, _make: () => R): value is R {
  return value !== undefined;
}

function isClosable(value: unknown): value is { close(): void } {
  return typeof value === 'object' && value !== null && 'close' in value && typeof value.close === 'function';
}
