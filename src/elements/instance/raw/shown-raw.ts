import { isRecord } from '../../../openstack/schema.js';
import {
  HIDDEN,
  isPassphraseTag,
  PASSPHRASE_METADATA,
  PASSPHRASE_TAG,
} from '../../../openstack/server-secrets.js';

/** Fields that hold a password; a start-up script may hold any. */
const SECRETS = new Set(['adminPass', 'OS-EXT-SRV-ATTR:user_data', 'user_data', PASSPHRASE_METADATA]);

/**
 * A server as it is shown and copied: without what opens something. Exosphere keeps the passphrase of its instances in a
 * tag.
 */
export function withoutSecrets(value: unknown): unknown {
  if (typeof value === 'string') return isPassphraseTag(value) ? PASSPHRASE_TAG + HIDDEN : value;
  if (Array.isArray(value)) return value.map((each: unknown) => withoutSecrets(each));
  if (!isRecord(value)) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, each]) => [
      key,
      SECRETS.has(key) && each !== null && each !== '' ? HIDDEN : withoutSecrets(each),
    ]),
  );
}
