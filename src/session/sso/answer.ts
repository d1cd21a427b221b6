import { abortion } from '../../openstack/abort.js';
import type { Clock } from '../../openstack/clock.js';
import { channelName, readMessage, type SsoAnswer } from './record.js';

/** The part of a window that was opened which is used here. */
export interface Popup {
  readonly closed: boolean;
}

/** Where messages come from; the page's window and a BroadcastChannel outside of tests. */
export interface Ears {
  /** Of this page. */
  readonly origin: string;
  /** Messages of windows, of whatever origin. */
  readonly window: Pick<EventTarget, 'addEventListener' | 'removeEventListener'>;
  /** A channel to the pages of this origin alone; undefined where there is none. */
  channel(name: string): Pick<EventTarget, 'addEventListener'> & { close(): void };
}

const LOOK_EVERY = 500;
/** A popup that is gone this soon was not closed by a person: the pages were parted (Cross-Origin-Opener-Policy). */
const TOO_SOON = 2_000;

export type Outcome = SsoAnswer | 'closed';

/**
 * Waits until the popup tells how the sign-in has ended, by `postMessage` or, where `window.opener` is cut, by a
 * BroadcastChannel; both are heard only from this origin and with the state of this sign-in. Ends with `closed` when
 * the person closes the popup. Rejects with an AbortError.
 */
export async function answerOf(
  popup: Popup,
  state: string,
  o: { readonly ears: Ears; readonly clock: Clock; readonly signal: AbortSignal },
): Promise<Outcome> {
  const { ears, clock, signal } = o;
  const done = new AbortController();
  const stop = (): void => done.abort();
  signal.addEventListener('abort', stop, { once: true });
  let channel: ReturnType<Ears['channel']> | undefined;
  let hear: ((event: Event) => void) | undefined;
  try {
    const heard = new Promise<Outcome>((resolve, reject) => {
      const take = (data: unknown): void => {
        const answer = readMessage(data, state);
        if (answer) resolve(answer);
      };
      hear = (event) => {
        if (event instanceof MessageEvent && event.origin === ears.origin) take(event.data);
      };
      ears.window.addEventListener('message', hear);
      try {
        channel = ears.channel(channelName(state));
        channel.addEventListener('message', (event) => {
          if (event instanceof MessageEvent) take(event.data);
        });
      } catch {
        // no channels here: then there is the opener
      }
      done.signal.addEventListener('abort', () => reject(abortion()));
    });
    heard.catch(() => undefined);
    return await Promise.race([heard, closing(popup, clock, done.signal)]);
  } finally {
    signal.removeEventListener('abort', stop);
    if (hear) ears.window.removeEventListener('message', hear);
    channel?.close();
    stop();
  }
}

/** Resolves when a person has closed the popup; never when it only seems so. */
async function closing(popup: Popup, clock: Clock, signal: AbortSignal): Promise<'closed'> {
  const start = clock.now();
  while (!popup.closed) await clock.sleep(LOOK_EVERY, signal);
  if (clock.now() - start < TOO_SOON) return new Promise(() => undefined);
  // Its last message may still be under way.
  await clock.sleep(LOOK_EVERY, signal);
  return 'closed';
}
