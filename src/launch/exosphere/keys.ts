/**
 * What Exosphere writes on resources, letter by letter. Instances made there and here look the same in both, so none
 * of these may be changed.
 */

/** Keys of a server's metadata. All values are texts. */
export const EXO_METADATA = {
  /** `"6"` today. Its presence says that Exosphere made the server. */
  version: 'exoServerVersion',
  /** A UUID of the browser that launched it: the one whose duty the floating IP was. */
  clientUuid: 'exoClientUuid',
  /** The Keystone *name* of who launched it. */
  creator: 'exoCreatorUsername',
  /** `{"status":"waiting","epoch":null}`; at first a bare word, later with `exoSetup` in the place of `status`. */
  setup: 'exoSetup',
  /** `{"v":1,"ssh":true,"vnc":false}`; only where Guacamole was chosen. */
  guacamole: 'exoGuac',
  /** One of FLOATING_IP_OPTIONS. */
  floatingIpOption: 'exoFloatingIpOption',
  /** `create`, or the id of the floating IP; with `useFloatingIp` only. */
  floatingIpReuse: 'exoFloatingIpReuseOption',
  /** `{"v":1,"repo":"","ref":"","path":""}`; only where a workflow was chosen. */
  workflow: 'exoCustomWorkflow',
  /** Of version 0: the passphrase itself. */
  password: 'exouserPassword',
  /** Of old versions; never written. */
  createFloatingIp: 'exoCreateFloatingIp',
} as const;

/** The version of what is written today. */
export const EXO_VERSION = '6';

export const FLOATING_IP_OPTIONS = ['automatic', 'useFloatingIp', 'doNotUseFloatingIp'] as const;
export type FloatingIpOption = (typeof FLOATING_IP_OPTIONS)[number];

/** The value of `exoFloatingIpReuseOption` that asks for a new one. */
export const FLOATING_IP_CREATE = 'create';

/** Metadata key of version 5: followed by a volume's id; the value is `{"name":"..."}`. */
export const EXO_VOLUME_METADATA_PREFIX = 'exoVolumes::';
/** Device tag of a volume attachment from version 6 on: followed by `{"name":"..."}`. */
export const EXO_VOLUME_TAG_PREFIX = 'exoVolume::';
/** Server tag from version 1 on: followed by the passphrase of `exouser`. */
export { PASSPHRASE_TAG as EXO_PASSPHRASE_TAG_PREFIX } from '../../openstack/server-secrets.js';

/** Who can sign in on every server of Exosphere's. */
export const EXO_USER = 'exouser';
/** Metadata of an image that was made of a server. */
export const EXO_IMAGE_METADATA = { key: 'from-exosphere', value: 'true' } as const;
/** Property of an image that says what to know before a desktop is chosen. */
export const EXO_DESKTOP_MESSAGE = 'exoDesktopMessage';

/** Where Guacamole listens on the server, plain HTTP. */
export const EXO_GUACAMOLE_PORT = 49528;
/** Where a workflow's Jupyter listens on the server, plain HTTP. */
export const EXO_WORKFLOW_PORT = 8888;
