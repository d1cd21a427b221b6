import type { Environment } from '../live/environment.js';
import { OpenStackError, type Action } from '../openstack/errors.js';
import { parseProxy } from '../openstack/proxy.js';
import type { RequestLog } from '../openstack/request-log.js';
import { Transport, type TransportOptions } from '../openstack/transport.js';
import type { CloudSettings, SessionSettings } from './settings.js';
import type { Cloud } from './sign-in.js';

/** The user application proxies of a cloud. */
export function userAppProxiesOf(
  settings: SessionSettings,
  authUrl: string,
): SessionSettings['userAppProxy'] {
  return cloudAt(settings, authUrl)?.userAppProxy ?? settings.userAppProxy;
}

/** The way in to what is reached only from inside a cloud. */
export function jumpHostOf(settings: SessionSettings, authUrl: string): string | undefined {
  return cloudAt(settings, authUrl)?.jumpHost ?? settings.jumpHost;
}

function cloudAt({ clouds }: SessionSettings, authUrl: string): CloudSettings | undefined {
  return clouds?.find((cloud) => resolve(cloud.authUrl) === authUrl);
}

/** The clouds of the settings: how each is reached, and what people call it. */
export class Clouds {
  settings: SessionSettings = {};
  readonly #log: RequestLog;
  readonly #fetch: TransportOptions['fetch'];
  readonly #environment: Environment;

  constructor(log: RequestLog, fetch: TransportOptions['fetch'], environment: Environment) {
    this.#log = log;
    this.#fetch = fetch;
    this.#environment = environment;
  }

  /**
   * The cloud of an identity service, by default that of the settings.
   *
   * @throws OpenStackError kind `invalid`, reason `no-auth-url`
   */
  at(given: string | undefined, action: Action): Cloud {
    const url = given ?? this.settings.authUrl;
    if (!url) throw new OpenStackError({ kind: 'invalid', attempt: { action }, reason: 'no-auth-url' });
    const authUrl = resolve(url);
    const transport = this.transport(this.#known(authUrl)?.proxy ?? this.settings.proxy);
    return { authUrl, transport, clock: this.#environment.clock };
  }

  transport(proxy?: string): Transport {
    const { clock } = this.#environment;
    return new Transport({
      fetch: this.#fetch,
      proxy: parseProxy(proxy),
      log: this.#log,
      clock,
      online: () => this.#environment.online(),
    });
  }

  /** What people call a cloud. */
  nameOf(authUrl: string): string {
    const { authUrl: own, cloudName } = this.settings;
    const isOwn = own === undefined || resolve(own) === authUrl;
    return this.#known(authUrl)?.name ?? (isOwn ? cloudName : undefined) ?? new URL(authUrl).host;
  }

  /** Whether the page is for a cloud. */
  welcomes(authUrl: string): boolean {
    const { authUrl: fixed, clouds = [] } = this.settings;
    return (
      (fixed === undefined && clouds.length === 0) ||
      (fixed !== undefined && resolve(fixed) === authUrl) ||
      this.#known(authUrl) !== undefined
    );
  }

  #known(authUrl: string): NonNullable<SessionSettings['clouds']>[number] | undefined {
    return this.settings.clouds?.find((cloud) => resolve(cloud.authUrl) === authUrl);
  }
}

/** A path is one of the page's own origin. */
function resolve(authUrl: string): string {
  const url = authUrl.trim().replace(/\/+$/, '');
  if (url.startsWith('/')) return (globalThis.location?.origin ?? '') + url;
  return /^[a-z]+:\/\//i.test(url) ? url : `https://${url}`;
}
