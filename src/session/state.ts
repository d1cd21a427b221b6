import type { Environment } from '../live/environment.js';
import type { OpenStackError } from '../openstack/errors.js';
import type { Project } from '../openstack/identity.js';
import type { TransportOptions } from '../openstack/transport.js';
import type { Connection } from './connection.js';
import type { EndOfLogin } from './login.js';
import type { SessionSettings } from './settings.js';
import type { StorageAreas } from './storage.js';
import type { ChannelFactory } from './tabs.js';

/** Who is signed in, where, and what is going on about it. */
export type SessionState =
  | { readonly status: 'signed-out'; readonly because: 'new' | 'signed-out' | EndOfLogin }
  /** A token that survived a reload, or that the portal gives, is being looked at. */
  | { readonly status: 'restoring'; readonly connection?: Connection | undefined }
  /** `connection`: while somebody signs in again in place, what they had stays shown. */
  | { readonly status: 'signing-in'; readonly connection?: Connection | undefined }
  /** The password was right, and a one-time code is wanted: `answer()`. */
  | {
      readonly status: 'second-factor';
      /** The user's name. */
      readonly user: string;
      readonly connection?: Connection | undefined;
      /** Why the last code was not taken. */
      readonly failed?: OpenStackError | undefined;
    }
  /** The password was right and is too old: `changePassword()`. */
  | {
      readonly status: 'password-expired';
      /** The user's name. */
      readonly user: string;
      readonly connection?: Connection | undefined;
      /** Why the new password was not taken. */
      readonly failed?: OpenStackError | undefined;
    }
  /** Signed in, and a project is to be chosen; `projects` are all, those that are not enabled included. */
  | {
      readonly status: 'choosing';
      readonly projects: readonly Project[];
      /** The user's name. */
      readonly user: string;
      /** Why the project chosen last could not be opened. */
      readonly failed?: OpenStackError | undefined;
    }
  | { readonly status: 'signed-in'; readonly connection: Connection; readonly projects: readonly Project[] }
  /** What was there stays shown; signing in again goes on with the same connection. */
  | {
      readonly status: 'expired';
      readonly because: EndOfLogin;
      readonly connection: Connection;
      readonly projects: readonly Project[];
    };

export interface SignInOptions {
  /** The identity service, if it is not the one in the settings. */
  readonly authUrl?: string | undefined;
  /** The project to open; without it the only one, or the one opened last, else the person chooses. */
  readonly projectId?: string | undefined;
  readonly region?: string | undefined;
  /** Keeps the connections that are there, for a session over two clouds. */
  readonly add?: boolean | undefined;
  /** For the method `token`: whether the token is the session's to revoke when somebody signs out. Default: false. */
  readonly own?: boolean | undefined;
  readonly signal?: AbortSignal | undefined;
}

/** Which project to open, and of whom. */
export interface SelectOptions {
  /** The `id` of a {@link LoginInfo}; the account at hand when left out. */
  readonly login?: string | undefined;
  readonly region?: string | undefined;
  /** Keeps the connection that is current open beside it. */
  readonly add?: boolean | undefined;
}

/** Somebody who is signed in at one cloud. */
export interface LoginInfo {
  readonly id: string;
  readonly authUrl: string;
  readonly cloudName: string;
  readonly user: { readonly id: string; readonly name: string; readonly domainName?: string | undefined };
  /** All, those that are not enabled included. */
  readonly projects: readonly Project[];
  /** How they proved who they are, in Keystone's words. */
  readonly methods: readonly string[];
  /** When the sign-in ends, by this computer's clock. */
  readonly expiresAt: Date;
  /** Whether it has ended: they are to sign in again. */
  readonly ended: boolean;
}

/** Everything is optional; tests and stories hand in a simulated cloud's `fetch`. */
export interface SessionOptions {
  /** Under which the page knows the session; the default session has none. */
  readonly name?: string | undefined;
  readonly settings?: SessionSettings | undefined;
  readonly fetch?: TransportOptions['fetch'];
  readonly environment?: Environment | undefined;
  readonly storage?: StorageAreas | undefined;
  /** The fragment of the page's URL, which may name a place. */
  readonly link?: (() => string) | undefined;
  /** How tabs of an origin speak to each other; null where they shall not. A BroadcastChannel when left out. */
  readonly channel?: ChannelFactory | null | undefined;
}

/** Events of a Session; the element around it makes DOM events of them. */
export interface SessionEventMap {
  /** The state has changed; told once for all changes of a moment. */
  change: Event;
  /** The token ends soon and only the person can sign in again. */
  expiring: CustomEvent<{ readonly expiresAt: Date }>;
  /** The token has ended or was revoked. */
  expired: CustomEvent<{ readonly because: EndOfLogin }>;
  /** Something that nobody waits for has failed: restoring, renewing. */
  error: CustomEvent<{ readonly error: OpenStackError }>;
}
