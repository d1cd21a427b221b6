import type { Clock } from '../openstack/clock.js';
import type { IssuedToken } from '../openstack/identity.js';

/** Milliseconds until the token ends, by the server's clock. */
export function remaining(
  { expiresAt, serverOffset }: Pick<IssuedToken, 'expiresAt' | 'serverOffset'>,
  clock: Clock,
): number {
  return expiresAt.getTime() - serverOffset - clock.now();
}

/** How long before its end a token is about to expire; less for tokens that live shorter than half an hour. */
const NOTICE = 300_000;
const SHARE = 6;
/** Timers stand still while a computer sleeps: look at the clock this often. */
const LOOK = 60_000;

/** Watches a token's life; returns the way to stop. Each callback is called at most once. */
export function watchExpiry(
  token: Pick<IssuedToken, 'issuedAt' | 'expiresAt' | 'serverOffset'>,
  clock: Clock,
  on: { readonly expiring: () => void; readonly expired: () => void },
): () => void {
  const stop = new AbortController();
  const notice = Math.min(NOTICE, (token.expiresAt.getTime() - token.issuedAt.getTime()) / SHARE);
  const watch = async (): Promise<void> => {
    let noticed = false;
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
