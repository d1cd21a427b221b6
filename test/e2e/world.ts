import type { CloudDescription } from '../functional/cloud.js';

/** A server as somebody sees it who does not use the kit. */
export interface ServerElsewhere {
  readonly status: string;
  /** Names. */
  readonly image: string;
  readonly flavor: string;
  readonly key: string | undefined;
  readonly networks: readonly string[];
  /** As text; empty when there is none, undefined where the client is not shown it. */
  readonly userData: string | undefined;
}

/** What is there of a launch. */
export interface MadeElsewhere {
  readonly servers: number;
  readonly ports: number;
  /** Public addresses that lead to its ports. */
  readonly addresses: number;
  /** GiB. */
  readonly volumes: readonly number[];
}

/** Somebody at work in the same project with another client. */
export interface Elsewhere {
  /** Makes a server, and waits until it is active. */
  createServer(name: string): Promise<{ image: string; flavor: string }>;
  server(name: string): Promise<ServerElsewhere | undefined>;
  /** Names of the networks a server of the project can be put in. */
  networks(): Promise<string[]>;
  /** What is named so, or begins so. */
  made(name: string): Promise<MadeElsewhere>;
  deleteServer(name: string): Promise<void>;
  importKey(name: string, publicKey: string): Promise<void>;
  /** Makes a token worthless, as an administrator does. */
  revoke(token: string): Promise<void>;
  /** Leaves the project without servers, and without key pairs and what launches of the tests have made; false where it may not. */
  clear(): Promise<boolean>;
}

/** What a story plays in: the simulator or real services, the portal, and the other client. */
export interface World {
  readonly cloud: CloudDescription;
  readonly portalUrl: string;
  /** How long the list may take to show what happened elsewhere, in milliseconds. */
  readonly onePoll: number;
  /** Whether the page has a clock of its own, which can be put forward by one poll in place of waiting for it. */
  readonly clock: boolean;
  readonly elsewhere: Elsewhere;
  /** Whether the other client is shown user data: services show it to administrators only. */
  readonly seesUserData: boolean;
  /** Ends a service until the function given back is called; undefined where that is not ours to do. */
  readonly stopImages: (() => Promise<() => Promise<void>>) | undefined;
}

/** Every server and key of a test begins with this, so that they are known for what they are. */
export const PREFIX = 'exo-story-';

let named = 0;

/** A name that no other test has given. */
export const unique = (what: string): string => `${PREFIX}${what}-${Date.now().toString(36)}${(named += 1)}`;
