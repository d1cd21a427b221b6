import type { ComputeClient } from './compute.js';
import { member, isRecord } from './schema.js';
import { Secret } from './secret.js';
import { isPassphraseTag, PASSPHRASE_TAG } from './server-secrets.js';
import type { Target } from './server-actions.js';
import type { CallOptions } from './service.js';

// The passphrase of an instance, which its guest makes at its first start and leaves with Nova, and Exosphere's clients
// then keep in a tag. Never in a URL: those are logged on the way.

type Caller = Pick<ComputeClient, 'callServer'>;

function textsOf(value: unknown): string[] {
  if (!Array.isArray(value)) throw new TypeError('no list of tags');
  return value.filter((tag: unknown) => typeof tag === 'string');
}

/** The tags of a server, those that hold a passphrase apart. */
export interface ServerTags {
  readonly tags: readonly string[];
  readonly passphrases: readonly Secret[];
}

/** Reference: Compute, GET /servers/{id}/tags, microversion 2.26. */
export async function serverTags(
  client: Caller,
  { id, name }: Target,
  { signal }: CallOptions = {},
): Promise<ServerTags> {
  const all = await client.callServer(id, {
    attempt: { action: 'read-instance', name },
    method: 'GET',
    path: '/tags',
    needs: '2.26',
    signal,
    read: (body) => textsOf(member(body, 'tags')),
  });
  const tags = all ?? [];
  return {
    tags: tags.filter((tag) => !isPassphraseTag(tag)),
    passphrases: tags.filter(isPassphraseTag).map((tag) => new Secret(tag.slice(PASSPHRASE_TAG.length))),
  };
}

/** Reference: Compute, PUT /servers/{id}/tags, microversion 2.26. */
export async function writeServerTags(
  client: Caller,
  { id, name }: Target,
  { tags, passphrases }: ServerTags,
  { signal }: CallOptions = {},
): Promise<void> {
  const hidden = passphrases.map((passphrase) => new Secret(PASSPHRASE_TAG + passphrase.reveal()));
  await client.callServer(id, {
    attempt: { action: 'change-instance', name },
    method: 'PUT',
    path: '/tags',
    needs: '2.26',
    body: { tags: [...tags, ...hidden] },
    signal,
  });
}

/**
 * Gives a server other tags; a passphrase among them stays.
 *
 * @param tags at most 50 of at most 60 characters, without comma and slash
 */
export async function replaceTags(
  client: Caller,
  target: Target,
  tags: readonly string[],
  o: CallOptions = {},
): Promise<void> {
  const { passphrases } = await serverTags(client, target, o);
  await writeServerTags(client, target, { tags, passphrases }, o);
}

/**
 * What the guest has left with Nova; undefined where that is nothing. Reference: Compute,
 * GET /servers/{id}/os-server-password.
 */
export function guestPassword(
  client: Caller,
  { id, name }: Target,
  { signal }: CallOptions = {},
): Promise<Secret | undefined> {
  return client.callServer(id, {
    attempt: { action: 'read-instance', name },
    method: 'GET',
    path: '/os-server-password',
    signal,
    read: (body) => {
      const password = isRecord(body) ? body['password'] : undefined;
      if (typeof password !== 'string') throw new TypeError('no password in the answer');
      return password === '' ? undefined : new Secret(password);
    },
  });
}

/**
 * Makes Nova forget it, so that the guest may leave another one. Reference: Compute,
 * DELETE /servers/{id}/os-server-password.
 */
export async function forgetGuestPassword(
  client: Caller,
  { id, name }: Target,
  { signal }: CallOptions = {},
): Promise<void> {
  await client.callServer(id, {
    attempt: { action: 'change-instance', name },
    method: 'DELETE',
    path: '/os-server-password',
    signal,
  });
}

/**
 * The passphrase that the oldest of Exosphere's instances have in their metadata. Reference: Compute,
 * GET /servers/{id}/metadata/{key}.
 */
export function metadataPassword(
  client: Caller,
  { id, name }: Target,
  key: string,
  { signal }: CallOptions = {},
): Promise<Secret | undefined> {
  return client.callServer(id, {
    attempt: { action: 'read-instance', name },
    method: 'GET',
    path: `/metadata/${encodeURIComponent(key)}`,
    signal,
    read: (body) => {
      const value = isRecord(body) && isRecord(body['meta']) ? body['meta'][key] : undefined;
      return typeof value === 'string' && value !== '' ? new Secret(value) : undefined;
    },
  });
}

/** Writes one entry of the metadata. Reference: Compute, PUT /servers/{id}/metadata/{key}. */
export async function writeMetadata(
  client: Caller,
  { id, name }: Target,
  key: string,
  value: string,
  { signal }: CallOptions = {},
): Promise<void> {
  await client.callServer(id, {
    attempt: { action: 'change-instance', name },
    method: 'PUT',
    path: `/metadata/${encodeURIComponent(key)}`,
    body: { meta: { [key]: value } },
    signal,
  });
}
