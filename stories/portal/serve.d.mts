import type { IncomingMessage, ServerResponse } from 'node:http';

export interface PortalOptions {
  /** 0 (the default) takes a free one. */
  port?: number;
  /** The interface to listen on; `localhost` by default. */
  host?: string;
  /** The identity service to sign in to, `http://localhost:5000/v3` by default. */
  authUrl?: string;
  cloudName?: string;
  /** Origins for the `connect-src` of the page beside the identity service's; every port of its host by default. */
  connect?: readonly string[];
  /** A path prefix such as `/openstack` under which the server passes requests on to the cloud. */
  proxy?: string;
  /** Further keys of the session's configuration file. */
  config?: Readonly<Record<string, unknown>>;
  /** Paths answered by the caller instead of from a file. */
  files?: ReadonlyMap<string, (request: IncomingMessage, response: ServerResponse) => unknown>;
}

export interface Portal {
  /** `http://localhost:8080`, without a slash at the end. */
  readonly url: string;
  close(): Promise<void>;
}

/** The Content Security Policy of the portal's page. */
export function contentSecurityPolicy(connect: readonly string[]): string;

/** Serves the demo portal with the kit of `dist/cdn`. */
export function servePortal(options?: PortalOptions): Promise<Portal>;
