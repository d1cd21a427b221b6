import type { ComputeClient } from '../../openstack/compute.js';
import type { Transport } from '../../openstack/transport.js';
import { Secret } from '../../openstack/secret.js';
import {
  forgetGuestPassword,
  guestPassword,
  metadataPassword,
  serverTags,
  writeServerTags,
} from '../../openstack/server-passphrase.js';
import { EXO_METADATA, EXO_USER } from './keys.js';
import { findPassphrase, type PassphrasePlaces } from './passphrase.js';
import { guacamoleToken, guacamoleTokensUrl } from './web.js';

interface Target {
  readonly id: string;
  readonly name: string;
}

/** The places of one server's passphrase. */
export function placesOf(client: ComputeClient, target: Target, signal?: AbortSignal): PassphrasePlaces {
  const o = { signal };
  return {
    tags: () => serverTags(client, target, o),
    writeTags: (all) => writeServerTags(client, target, all, o),
    left: () => guestPassword(client, target, o),
    forgetLeft: () => forgetGuestPassword(client, target, o),
  };
}

/** The passphrase of an instance of Exosphere's, wherever its version keeps it. Rejects with an OpenStackError. */
export function passphraseOf(
  client: ComputeClient,
  target: Target,
  version: number,
  signal?: AbortSignal,
): Promise<Secret | undefined> {
  return version === 0
    ? metadataPassword(client, target, EXO_METADATA.password, { signal })
    : findPassphrase(placesOf(client, target, signal));
}

/** How long Guacamole may take, ms. */
const DEADLINE = 10_000;

/**
 * Signs in to an instance's Guacamole. Reference: Guacamole, POST /api/tokens.
 *
 * @throws OpenStackError; kind `forbidden` or `auth` where it does not take the passphrase
 */
export async function guacamoleSignIn(
  transport: Transport,
  place: { readonly host: string; readonly address: string },
  { name }: Target,
  passphrase: Secret,
  signal?: AbortSignal,
): Promise<Secret> {
  const { data } = await transport.request({
    service: 'compute',
    attempt: { action: 'open-console', name },
    method: 'POST',
    url: guacamoleTokensUrl(place),
    form: { username: EXO_USER, password: passphrase },
    direct: true,
    deadline: DEADLINE,
    signal,
    read: (body) => {
      const token = guacamoleToken(body);
      if (token === undefined) throw new TypeError('no token in the answer');
      return new Secret(token);
    },
  });
  return data;
}
