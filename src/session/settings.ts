import type { Vocabulary } from '../i18n/vocabulary.js';

/**
 * What of a session survives a reload. `none`: nothing. `tab`: the token, in this tab's sessionStorage. `device`: as
 * `tab`, and the last project also survives signing out and closing the browser.
 */
export type Persist = 'none' | 'tab' | 'device';

/** What a launch starts from when the person chooses nothing. */
export interface LaunchDefaults {
  /** Names or ids of the images to offer first, in this order. */
  readonly images?: readonly string[] | undefined;
  /** Names or ids of the sizes to offer first, in this order. */
  readonly sizes?: readonly string[] | undefined;
  /** Name or id. */
  readonly defaultImage?: string | undefined;
  /** Name or id. */
  readonly defaultSize?: string | undefined;
  /** Name or id of the network to attach; chosen by the kit when left out. */
  readonly network?: string | undefined;
  /** Name or id of the security group; the project's `default` when left out. */
  readonly securityGroup?: string | undefined;
}

/** What a portal can set; every key is optional. The configuration file has the same keys. */
export interface SessionSettings {
  /** The identity service, with any path prefix, with or without `/v3`; an absolute URL or a path of this origin. */
  readonly authUrl?: string | undefined;
  /** What people call the cloud; its host name when left out. */
  readonly cloudName?: string | undefined;
  /** Name of the domain people sign in to. */
  readonly domain?: string | undefined;
  /** The region to begin in. */
  readonly region?: string | undefined;
  /** How to reach a cloud without CORS; see `parseProxy`. */
  readonly proxy?: string | undefined;
  /** Default: `tab`. */
  readonly persist?: Persist | undefined;
  /** BCP 47; the page's language when left out. */
  readonly locale?: string | undefined;
  readonly vocabulary?: Partial<Vocabulary> | undefined;
  /** Where people find the institution's own help. */
  readonly docsUrl?: string | undefined;
  readonly launch?: LaunchDefaults | undefined;
}
