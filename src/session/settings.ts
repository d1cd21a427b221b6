import type { Vocabulary } from '../i18n/vocabulary.js';

/**
 * What of a session survives a reload. `none`: nothing. `tab`: the token, in this tab's sessionStorage. `device`: as
 * `tab`, and the last project also survives signing out and closing the browser.
 */
export type Persist = 'none' | 'tab' | 'device';

/** A way in that a portal can offer; a one-time code is a step of `password`. `file`: an openrc or clouds.yaml. */
export type SignInMethod = 'password' | 'application-credential' | 'file' | 'sso';

/** A cloud that people can choose. */
export interface CloudSettings {
  /** What people call it. */
  readonly name: string;
  /** Its identity service; see {@link SessionSettings.authUrl}. */
  readonly authUrl: string;
  /** Name of the domain people sign in to. */
  readonly domain?: string | undefined;
  /** The region to begin in. */
  readonly region?: string | undefined;
  /** How to reach it where it has no CORS; see `parseProxy`. */
  readonly proxy?: string | undefined;
  /** URL of a small picture. */
  readonly icon?: string | undefined;
  /** See {@link SessionSettings.userAppProxy}. */
  readonly userAppProxy?: readonly UserAppProxy[] | undefined;
  /** See {@link SessionSettings.jumpHost}. */
  readonly jumpHost?: string | undefined;
}

/**
 * A user application proxy, as Exosphere's clouds have one: it gives every address and port in the cloud a name with a
 * certificate, so that browsers reach what instances serve.
 */
export interface UserAppProxy {
  /** The region that it is for; every region that no other is for when left out. */
  readonly region?: string | undefined;
  /** Below which all names are, such as `proxy.example.org`. */
  readonly hostname: string;
}

/** What prepares instances as Exosphere does: a playbook for Ansible, at exactly one state. */
export interface ExosphereProvisioning {
  /** Where git gets it from, `https://`. */
  readonly repository: string;
  /** The full id of a commit: 40 or 64 hexadecimal digits. */
  readonly commit: string;
}

/** An institution's own sign-in, through which Keystone lets people in (federation). */
export interface SsoProvider {
  readonly id: string;
  /** What stands on the button. */
  readonly label: string;
  /** URL of a small picture. */
  readonly icon?: string | undefined;
  /** Keystone's name of the protocol, such as `openid`. */
  readonly protocol: string;
  /** Keystone's name of the identity provider; without it Keystone, or its web server, lets people choose. */
  readonly identityProvider?: string | undefined;
  /** `authUrl` of the cloud it is for; the session's when left out. */
  readonly cloud?: string | undefined;
  /**
   * How the token comes back. `worker` (default): Keystone posts it to `callback`, where a service worker takes it.
   * `redirector`: in the URL of `callback`, as Exosphere's redirector sends it. `pkce`: the page signs in to `issuer`
   * by itself and hands Keystone the access token.
   */
  readonly how?: 'worker' | 'redirector' | 'pkce' | undefined;
  /** Whether the page stays while people sign in in a window of its own (`popup`, the default), or goes and comes back. */
  readonly open?: 'popup' | 'redirect' | undefined;
  /** Path of this origin that people come back to. Default `/auth/websso/`; for `redirector` `/auth/oidc-login`. */
  readonly callback?: string | undefined;
  /** For `redirector`: where Keystone posts the token, a URL or a path of this origin. Default `/oidc-redirector`. */
  readonly redirector?: string | undefined;
  /** For `pkce`: the OpenID provider's URL. */
  readonly issuer?: string | undefined;
  /** For `pkce`: the id this page is known by there. */
  readonly clientId?: string | undefined;
  /** For `pkce`, separated by spaces. Default `openid`. */
  readonly scopes?: string | undefined;
}

/** How people come in. */
export interface SignInSettings {
  /** In the order they are offered. Default: `password`. */
  readonly methods?: readonly SignInMethod[] | undefined;
  readonly providers?: readonly SsoProvider[] | undefined;
  /** Where people get an account. */
  readonly signUpUrl?: string | undefined;
  readonly termsUrl?: string | undefined;
}

/** What instances cost here. */
export interface Prices {
  /** ISO 4217, such as `EUR`. */
  readonly currency: string;
  /** By the name or id of a size, for each hour that it is there. */
  readonly perHour: Readonly<Record<string, number>>;
}

/** Actions that a portal does not offer for some sizes of instances, such as shelving those with a GPU. */
export interface ActionBan {
  /** By the names of the kit: `shelve`, `resize`, `suspend`, ... */
  readonly actions: readonly string[];
  /** Names or ids; one that ends in `*` stands for all that begin so. Without it every size. */
  readonly sizes?: readonly string[] | undefined;
  /** What people are told instead, as a sentence. */
  readonly reason?: string | undefined;
}

/** Which images are meant: every part that is given has to fit. */
export interface ImageMatch {
  readonly id?: string | undefined;
  /** One that ends in `*` stands for all that begin so. */
  readonly name?: string | undefined;
  readonly visibility?: 'public' | 'private' | 'shared' | 'community' | undefined;
  /** Values of the image's properties `os_distro` and `os_version`. */
  readonly osDistro?: string | undefined;
  readonly osVersion?: string | undefined;
  /** Further properties, by name. */
  readonly properties?: Readonly<Record<string, string>> | undefined;
}

/** A version of a {@link LaunchType}; the newest image that fits is taken. */
export interface LaunchVersion {
  readonly name: string;
  readonly image: ImageMatch;
  /** The one to begin with; else the first that has an image. */
  readonly primary?: boolean | undefined;
  /** Names or ids of the only sizes for it; one that ends in `*` stands for all that begin so. */
  readonly sizes?: readonly string[] | undefined;
}

/** Something to launch, as people call it: "Ubuntu", "RStudio". */
export interface LaunchType {
  readonly name: string;
  readonly description?: string | undefined;
  /** URL of a small picture. */
  readonly logo?: string | undefined;
  readonly versions: readonly LaunchVersion[];
}

/** Sizes that stand together under a title. */
export interface SizeGroup {
  readonly title: string;
  readonly description?: string | undefined;
  /** Names or ids; one that ends in `*` stands for all that begin so. A size is in the first group that names it. */
  readonly sizes: readonly string[];
}

/** Something that may come in from outside. */
export interface Opening {
  readonly protocol: 'tcp' | 'udp' | 'icmp';
  /** A port or a range (`8000-8010`); empty for `icmp`. */
  readonly ports: string;
  /** CIDR; from anywhere without it. */
  readonly from?: string | undefined;
}

/** What a launch starts from when the person chooses nothing, and what it offers. */
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
  /**
   * Name or id of the security group; when left out the project's `default`, and one that lets in `openings` where that
   * does not.
   */
  readonly securityGroup?: string | undefined;
  /** What may come in; SSH and ping when left out. */
  readonly openings?: readonly Opening[] | undefined;
  /** Whether an instance gets a floating IP. When left out it does where one can be had and the network is the project's own. */
  readonly address?: 'new' | 'none' | undefined;
  /** Name or id of the external network that floating IPs come from; the cloud's default when left out. */
  readonly externalNetwork?: string | undefined;
  /** Starts from a new volume; GiB and the name of a volume type. When left out, only where a size has no disk. */
  readonly bootVolume?:
    { readonly size?: number | undefined; readonly type?: string | undefined } | undefined;
  readonly availabilityZone?: string | undefined;
  /** Name of the DNS zone, with the dot at its end, in which instances get names. `{project}` stands for the project's. */
  readonly zone?: string | undefined;
  /** What can prepare an instance: `plain` (nothing), `kit`; the usual one first. Default: both. */
  readonly profiles?: readonly string[] | undefined;
  /** Without it no instance is prepared as Exosphere does. */
  readonly exosphere?: ExosphereProvisioning | undefined;
  /** Curated things to launch; they are offered before single images. */
  readonly types?: readonly LaunchType[] | undefined;
  /** Sizes that no group names come last, without a title. */
  readonly sizeGroups?: readonly SizeGroup[] | undefined;
  /**
   * What the institution has decided, so that it is shown and cannot be changed: `image`, `size`, `key`, `network`,
   * `address`, `groups`, `count`, `script`, `storage`, `placement`, `profile`.
   */
  readonly locked?: readonly string[] | undefined;
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
  /** What is not offered, and why; the cloud's own policy is found out by itself. */
  readonly bans?: readonly ActionBan[] | undefined;
  /** Shown with instances; without it nothing is said of costs. */
  readonly prices?: Prices | undefined;
  /** Names of people by the ids of their accounts in the cloud, for whoever made an instance: the cloud tells members ids only. */
  readonly people?: Readonly<Record<string, string>> | undefined;
  /** The clouds that people can choose, where it is more than the one of `authUrl`. */
  readonly clouds?: readonly CloudSettings[] | undefined;
  readonly signIn?: SignInSettings | undefined;
  /** Where browsers reach what instances serve; without one there is neither web shell nor web desktop. */
  readonly userAppProxy?: readonly UserAppProxy[] | undefined;
  /**
   * The institution's way in to instances that are reached only from inside, as `ssh -J` takes it: `[user@]host[:port]`.
   * Without one it is another instance on the same network that is reached from outside.
   */
  readonly jumpHost?: string | undefined;
  /** Whether the tabs of an origin sign in and out together, unless `persist` is `none`. Default: true. */
  readonly sessionShare?: boolean | undefined;
  /** For `persist: device`, how many hours somebody stays signed in. Default: 12. */
  readonly deviceHours?: number | undefined;
}
