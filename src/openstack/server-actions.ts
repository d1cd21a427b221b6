import type { ComputeClient } from './compute.js';
import type { Action } from './errors.js';
import { key, list, member, needed, optional, flag, readRow, rowReader, text } from './schema.js';
import type { Secret } from './secret.js';
import type { CallOptions } from './service.js';

// What a project's member can do to a server. Plain functions, so that a page carries those it uses. All end in an
// OpenStackError: kind `conflict` where the state or a lock forbids it, `forbidden` where the cloud's policy does,
// `quota` where it needs more than is left, `invalid` with reason `microversion` where the cloud is too old.

/** The server that is meant, by the name people know it by. */
export interface Target {
  readonly id: string;
  readonly name: string;
}

type Caller = Pick<ComputeClient, 'act' | 'callServer'>;

function act(
  client: Caller,
  { id, name }: Target,
  action: Action,
  body: unknown,
  { signal, needs }: CallOptions & { readonly needs?: string | undefined },
): Promise<void> {
  return client.act(id, body, { attempt: { action, name }, needs, signal });
}

/** An action that says no more than its name. */
function plain(action: Action, body: unknown) {
  return (client: Caller, target: Target, o: CallOptions = {}): Promise<void> =>
    act(client, target, action, body, o);
}

/** Freezes it in memory. Reference: Compute, POST /servers/{id}/action, `pause`. */
export const pauseServer = plain('pause-instance', { pause: null });

/** Reference: Compute, POST /servers/{id}/action, `unpause`. */
export const unpauseServer = plain('unpause-instance', { unpause: null });

/** Saves its memory to disk and stops it. Reference: Compute, POST /servers/{id}/action, `suspend`. */
export const suspendServer = plain('suspend-instance', { suspend: null });

/** Reference: Compute, POST /servers/{id}/action, `resume`. */
export const resumeServer = plain('resume-instance', { resume: null });

/** Keeps it as an image and frees its place on the host. Reference: Compute, POST /servers/{id}/action, `shelve`. */
export const shelveServer = plain('shelve-instance', { shelve: null });

/** Reference: Compute, POST /servers/{id}/action, `unshelve`. */
export const unshelveServer = plain('unshelve-instance', { unshelve: null });

/** Reference: Compute, POST /servers/{id}/action, `unlock`. */
export const unlockServer = plain('unlock-instance', { unlock: null });

/** Back to its own disk. Reference: Compute, POST /servers/{id}/action, `unrescue`. */
export const unrescueServer = plain('unrescue-instance', { unrescue: null });

/** Keeps the new size. Reference: Compute, POST /servers/{id}/action, `confirmResize`. */
export const confirmResize = plain('confirm-resize', { confirmResize: null });

/** Goes back to the size before. Reference: Compute, POST /servers/{id}/action, `revertResize`. */
export const revertResize = plain('revert-resize', { revertResize: null });

/** Takes back a deletion that the cloud has not carried out yet. Reference: Compute, POST /servers/{id}/action, `restore`. */
export const restoreServer = plain('restore-instance', { restore: null });

/**
 * Nobody but administrators can change it until it is unlocked. Reference: Compute, POST /servers/{id}/action, `lock`.
 *
 * @param reason at most 255 characters; needs microversion 2.73
 */
export function lockServer(client: Caller, target: Target, reason = '', o: CallOptions = {}): Promise<void> {
  const given = reason !== '';
  const body = { lock: given ? { locked_reason: reason } : null };
  return act(client, target, 'lock-instance', body, { ...o, needs: given ? '2.73' : undefined });
}

/** Reads a password that some clouds make, and others leave to the image. */
const passwordReader = rowReader('server.password', { adminPass: optional('adminPass', text) });

/**
 * Starts it from another disk, with its own attached as a second one. Reference: Compute, POST /servers/{id}/action,
 * `rescue`.
 *
 * @param rescue.imageId the cloud's rescue image, or its own, when left out
 * @param rescue.fromVolume it boots from a volume: needs microversion 2.87
 * @returns the password of the rescue system, where the cloud makes one
 */
export async function rescueServer(
  client: Caller,
  { id, name }: Target,
  rescue: { readonly imageId?: string | undefined; readonly fromVolume?: boolean } = {},
  o: CallOptions = {},
): Promise<string | undefined> {
  const { adminPass } = await client.act(
    id,
    { rescue: rescue.imageId === undefined ? null : { rescue_image_ref: rescue.imageId } },
    {
      attempt: { action: 'rescue-instance', name },
      needs: rescue.fromVolume ? '2.87' : undefined,
      signal: o.signal,
      read: (body) => readRow(passwordReader, body, 'server.password'),
    },
  );
  return adminPass;
}

/** Gives it another size; it then waits in `VERIFY_RESIZE`. Reference: Compute, POST /servers/{id}/action, `resize`. */
export function resizeServer(
  client: Caller,
  target: Target,
  flavorId: string,
  o: CallOptions = {},
): Promise<void> {
  return act(client, target, 'resize-instance', { resize: { flavorRef: flavorId } }, o);
}

/**
 * Makes its disk anew from an image: what was on it is lost; id, addresses and attached volumes stay. Reference: Compute,
 * POST /servers/{id}/action, `rebuild`.
 *
 * @param o.fromVolume it boots from a volume, which is made anew: needs microversion 2.93
 */
export function rebuildServer(
  client: Caller,
  target: Target,
  imageId: string,
  { fromVolume, ...o }: CallOptions & { readonly fromVolume?: boolean | undefined } = {},
): Promise<void> {
  const body = { rebuild: { imageRef: imageId } };
  return act(client, target, 'rebuild-instance', body, { ...o, needs: fromVolume ? '2.93' : undefined });
}

/**
 * Makes an image of its disk. Reference: Compute, POST /servers/{id}/action, `createImage`.
 *
 * @param imageName 1 to 255 characters
 */
export function snapshotServer(
  client: Caller,
  target: Target,
  imageName: string,
  o: CallOptions = {},
): Promise<void> {
  return act(client, target, 'create-snapshot', { createImage: { name: imageName, metadata: {} } }, o);
}

/**
 * Sets the administrator's password, where the image has an agent for it. Reference: Compute,
 * POST /servers/{id}/action, `changePassword`.
 */
export function setPassword(
  client: Caller,
  target: Target,
  password: Secret,
  o: CallOptions = {},
): Promise<void> {
  return act(client, target, 'set-password', { changePassword: { adminPass: password } }, o);
}

async function change(
  client: Caller,
  { id, name }: Target,
  call: { readonly method: 'POST' | 'PUT' | 'DELETE'; readonly path: string; readonly body?: unknown },
  o: CallOptions & { readonly needs?: string; readonly action?: Action },
): Promise<void> {
  await client.callServer(id, {
    ...call,
    attempt: { action: o.action ?? 'change-instance', name },
    needs: o.needs,
    signal: o.signal,
  });
}

/**
 * Reference: Compute, PUT /servers/{id}, `name`.
 *
 * @param next 1 to 255 characters, no space at either end
 */
export function renameServer(
  client: Caller,
  target: Target,
  next: string,
  o: CallOptions = {},
): Promise<void> {
  return change(client, target, { method: 'PUT', path: '', body: { server: { name: next } } }, o);
}

/**
 * Reference: Compute, PUT /servers/{id}, `description`, microversion 2.19.
 *
 * @param description at most 255 characters; empty takes it away
 */
export function describeServer(
  client: Caller,
  target: Target,
  description: string,
  o: CallOptions = {},
): Promise<void> {
  const body = { server: { description: description === '' ? null : description } };
  return change(client, target, { method: 'PUT', path: '', body }, { ...o, needs: '2.19' });
}

/**
 * Brings the metadata from one set to another, in one call where nothing is taken away, so that what others write
 * meanwhile stays. Reference: Compute, POST /servers/{id}/metadata, DELETE /servers/{id}/metadata/{key}.
 *
 * @param next keys and values of at most 255 characters
 */
export async function setMetadata(
  client: Caller,
  target: Target,
  before: Readonly<Record<string, string>>,
  next: Readonly<Record<string, string>>,
  o: CallOptions = {},
): Promise<void> {
  const changed = Object.entries(next).filter(([name, value]) => before[name] !== value);
  if (changed.length > 0) {
    const body = { metadata: Object.fromEntries(changed) };
    await change(client, target, { method: 'POST', path: '/metadata', body }, o);
  }
  for (const name of Object.keys(before)) {
    if (Object.hasOwn(next, name)) continue;
    await change(client, target, { method: 'DELETE', path: `/metadata/${encodeURIComponent(name)}` }, o);
  }
}

/**
 * Reference: Compute, PUT /servers/{id}/tags, microversion 2.26.
 *
 * @param tags at most 50 of at most 60 characters, without comma and slash
 */
export function setTags(
  client: Caller,
  target: Target,
  tags: readonly string[],
  o: CallOptions = {},
): Promise<void> {
  return change(client, target, { method: 'PUT', path: '/tags', body: { tags } }, { ...o, needs: '2.26' });
}

/** A volume that is attached. Reference: Compute, GET /servers/{id}/os-volume_attachments. */
export interface VolumeAttachment {
  readonly id: string;
  /** Where the cloud says it appears, such as `/dev/vdb`; the system inside may name it otherwise. */
  readonly device: string | undefined;
  /** Whether it is deleted with the server; from microversion 2.79 on. */
  readonly deletedWithServer: boolean | undefined;
  /** What the guest is told about it; from microversion 2.70 on. */
  readonly tag: string | undefined;
}

const attachmentsReader = list(
  rowReader(
    'volume-attachment',
    {
      id: key('volumeId'),
      device: optional('device', text),
      deletedWithServer: optional('delete_on_termination', flag),
      tag: optional('tag', text),
    },
    ['id', 'serverId', 'attachment_id', 'bdm_uuid'],
  ),
);

/** Reference: Compute, GET /servers/{id}/os-volume_attachments. */
export async function volumeAttachments(
  client: Caller,
  { id, name }: Target,
  o: CallOptions = {},
): Promise<readonly VolumeAttachment[]> {
  const found = await client.callServer(id, {
    attempt: { action: 'read-instance', name },
    method: 'GET',
    path: '/os-volume_attachments',
    signal: o.signal,
    read: (body) => readRow(attachmentsReader, member(body, 'volumeAttachments'), 'volume-attachment'),
  });
  return found ?? [];
}

/** Reference: Compute, POST /servers/{id}/os-volume_attachments. */
export function attachVolume(
  client: Caller,
  target: Target,
  volumeId: string,
  o: CallOptions = {},
): Promise<void> {
  const body = { volumeAttachment: { volumeId } };
  return change(
    client,
    target,
    { method: 'POST', path: '/os-volume_attachments', body },
    // Before 2.20 none can be attached to a shelved server; before 2.60 none of those that several share.
    { ...o, action: 'attach-volume' },
  );
}

/** Reference: Compute, DELETE /servers/{id}/os-volume_attachments/{volume}. */
export function detachVolume(
  client: Caller,
  target: Target,
  volumeId: string,
  o: CallOptions = {},
): Promise<void> {
  const path = `/os-volume_attachments/${encodeURIComponent(volumeId)}`;
  return change(client, target, { method: 'DELETE', path }, { ...o, action: 'detach-volume' });
}

/**
 * Decides whether an attached volume is deleted with the server. Reference: Compute,
 * PUT /servers/{id}/os-volume_attachments/{volume}, microversion 2.85.
 */
export function deleteVolumeWithServer(
  client: Caller,
  target: Target,
  volumeId: string,
  deleted: boolean,
  o: CallOptions = {},
): Promise<void> {
  const path = `/os-volume_attachments/${encodeURIComponent(volumeId)}`;
  const body = { volumeAttachment: { volumeId, delete_on_termination: deleted } };
  return change(client, target, { method: 'PUT', path, body }, { ...o, needs: '2.85' });
}

/** How a server is connected. Reference: Compute, GET /servers/{id}/os-interface. */
export interface ServerInterface {
  /** Of the port. */
  readonly id: string;
  readonly networkId: string;
  readonly mac: string;
  readonly addresses: readonly string[];
}

const interfacesReader = list(
  rowReader(
    'interface',
    {
      id: key('port_id'),
      networkId: needed('net_id', text, ''),
      mac: needed('mac_addr', text, ''),
      addresses: needed<readonly string[]>(
        'fixed_ips',
        (...at) =>
          list(rowReader('interface.address', { id: key('ip_address') }, ['subnet_id']))(...at)?.map(
            ({ id }) => id,
          ),
        [],
      ),
    },
    ['port_state', 'tag'],
  ),
);

/** Reference: Compute, GET /servers/{id}/os-interface. */
export async function serverInterfaces(
  client: Caller,
  { id, name }: Target,
  o: CallOptions = {},
): Promise<readonly ServerInterface[]> {
  const found = await client.callServer(id, {
    attempt: { action: 'read-instance', name },
    method: 'GET',
    path: '/os-interface',
    signal: o.signal,
    read: (body) => readRow(interfacesReader, member(body, 'interfaceAttachments'), 'interface'),
  });
  return found ?? [];
}

/** Connects it to one more network, or by a port that is there. Reference: Compute, POST /servers/{id}/os-interface. */
export function attachInterface(
  client: Caller,
  target: Target,
  to: { readonly networkId: string } | { readonly portId: string },
  o: CallOptions = {},
): Promise<void> {
  const interfaceAttachment = 'portId' in to ? { port_id: to.portId } : { net_id: to.networkId };
  const call = { method: 'POST', path: '/os-interface', body: { interfaceAttachment } } as const;
  return change(client, target, call, { ...o, action: 'attach-interface' });
}

/** Reference: Compute, DELETE /servers/{id}/os-interface/{port}. */
export function detachInterface(
  client: Caller,
  target: Target,
  portId: string,
  o: CallOptions = {},
): Promise<void> {
  const path = `/os-interface/${encodeURIComponent(portId)}`;
  return change(client, target, { method: 'DELETE', path }, { ...o, action: 'detach-interface' });
}

/**
 * Puts all its ports into a security group. Reference: Compute, POST /servers/{id}/action, `addSecurityGroup`.
 *
 * @param group its id, as names need not be unique
 */
export function addSecurityGroup(
  client: Caller,
  target: Target,
  group: string,
  o: CallOptions = {},
): Promise<void> {
  return act(client, target, 'change-security-groups', { addSecurityGroup: { name: group } }, o);
}

/** Reference: Compute, POST /servers/{id}/action, `removeSecurityGroup`. */
export function removeSecurityGroup(
  client: Caller,
  target: Target,
  group: string,
  o: CallOptions = {},
): Promise<void> {
  return act(client, target, 'change-security-groups', { removeSecurityGroup: { name: group } }, o);
}

const groupsReader = list(
  rowReader('server.group', { id: key('id'), name: needed('name', text, '') }, [
    'description',
    'tenant_id',
    'rules',
  ]),
);

/** The security groups of all its ports. Reference: Compute, GET /servers/{id}/os-security-groups. */
export async function serverSecurityGroups(
  client: Caller,
  { id, name }: Target,
  o: CallOptions = {},
): Promise<readonly { readonly id: string; readonly name: string }[]> {
  const found = await client.callServer(id, {
    attempt: { action: 'read-instance', name },
    method: 'GET',
    path: '/os-security-groups',
    signal: o.signal,
    read: (body) => readRow(groupsReader, member(body, 'security_groups'), 'server.group'),
  });
  return found ?? [];
}
