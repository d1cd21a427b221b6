import { isOpenStackError, refine } from './errors.js';
import type { IdentityClient } from './identity.js';
import type { Secret } from './secret.js';
import type { Transport } from './transport.js';

/**
 * Sets a new password; the old one may have expired. Tokens of the user end. Reference: Identity, POST
 * /v3/users/{user_id}/password.
 *
 * @throws OpenStackError kind `invalid` where the new password breaks the cloud's rules; kind `auth`, reason
 *   `wrong-credentials`, where the old one is wrong
 */
export async function changePassword(
  { transport, identity }: { readonly transport: Transport; readonly identity: IdentityClient },
  userId: string,
  o: { readonly from: Secret; readonly to: Secret; readonly signal?: AbortSignal | undefined },
): Promise<void> {
  try {
    await transport.request({
      attempt: { action: 'change-password' },
      service: 'identity',
      method: 'POST',
      url: `${await identity.discover(o.signal)}/users/${encodeURIComponent(userId)}/password`,
      body: { user: { original_password: o.from, password: o.to } },
      signal: o.signal,
      expect: 'nothing',
      read: () => undefined,
    });
  } catch (error) {
    if (!isOpenStackError(error) || error.kind !== 'auth' || error.reason) throw error;
    throw refine(error, { reason: 'wrong-credentials' });
  }
}
