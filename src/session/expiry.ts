import type { Clock } from '../openstack/clock.js';
import type { IssuedToken } from '../openstack/identity.js';

type Life = Pick<IssuedToken, 'issuedAt' | 'expiresAt' | 'serverOffset'>;

/** When the token ends, by this computer's clock. */
export function endOf({ expiresAt, serverOffset }: Life): Date {
  return new Date(expiresAt.getTime() - serverOffset);
}

/** Milliseconds until the token ends. */
export function remaining(token: Life, clock: Clock): number {
  return endOf(token).getTime() - clock.now();
}

/** How long before its end a token is about to expire; less for tokens that live shorter than half an hour. */
const NOTICE = 300_000;
const SHARE = 6;
/** Timers stand still while a computer sleeps: look at the clock this often. */
const LOOK = 60_000;

/**
 * Watches the life of a token that the cloud has just given or found good; returns the way to stop. Each callback is
 * called at most once; none where the computer's clock is so wrong that it cannot tell: the cloud's 401 will.
 */
export function watchExpiry(
  token: Life,
  clock: Clock,
  on: { readonly expiring: () => void; readonly expired: () => void },
): () => void {
  const stop = new AbortController();
  const notice = Math.min(NOTICE, (token.expiresAt.getTime() - token.issuedAt.getTime()) / SHARE);
  const watch = async (): Promise<void> => {
    let noticed = false;
    if (remaining(token, clock) <= 0) return;
    for (let left = remaining(token, clock); left > 0; left = remaining(token, clock)) {
      if (left <= notice && !noticed) {
        noticed = true;
        on.expiring();
      }
      await clock.sleep(Math.min(noticed ? left : left - notice, LOOK), stop.signal);
      if (stop.signal.aborted) return;
    }
    on.expired();
  };
  watch().catch(() => undefined); // stopped
  return () => stop.abort();
}
