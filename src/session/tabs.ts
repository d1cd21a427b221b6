import { isRecord } from '../openstack/schema.js';
import { readPlaces, writePlaces, type StoredPlace } from './storage.js';

/** The part of the browser's BroadcastChannel that is used here. */
export type Channel = Pick<BroadcastChannel, 'postMessage' | 'addEventListener'>;
/** Gives a channel of a name, or undefined where there is none; may throw, as sandboxed frames do. */
export type ChannelFactory = (name: string) => Channel | undefined;

export interface TabsEvents {
  /** Another tab asks; what it gets is empty where nobody is signed in, or nothing is shared. */
  readonly asked: () => readonly StoredPlace[];
  /** Somebody has signed in elsewhere, or has new tokens there. */
  readonly told: (places: readonly StoredPlace[]) => void;
  /** Some logins were ended on purpose, told by their ids. */
  readonly signedOut: (logins: readonly string[]) => void;
}

// Node has channels too, which keep it running: only pages have tabs.
const browserChannel: ChannelFactory = (name) =>
  globalThis.document && 'BroadcastChannel' in globalThis ? new BroadcastChannel(name) : undefined;

/** Opens a channel; undefined where it is refused: every tab for itself. */
export function openChannel(name: string, open: ChannelFactory | null = browserChannel): Channel | undefined {
  try {
    return open?.(name);
  } catch {
    return undefined;
  }
}

/**
 * The sessions of one name in all tabs of an origin, and in all copies of the kit on a page. What they say to each
 * other reaches pages of this origin only, and is kept nowhere.
 */
export class Tabs {
  readonly #channel: Channel | undefined;

  constructor(name: string, open: ChannelFactory | null | undefined, on: TabsEvents) {
    this.#channel = openChannel(`exo.session.${name}`, open);
    this.#channel?.addEventListener('message', ({ data }: MessageEvent<unknown>) => {
      if (!isRecord(data)) return;
      const { type, places, logins } = data;
      if (type === 'hello') {
        const mine = on.asked();
        if (mine.length > 0) this.tell(mine);
      } else if (type === 'here') on.told(readPlaces(places));
      else if (type === 'signed-out' && Array.isArray(logins)) on.signedOut(logins.map(String));
    });
  }

  /** Asks whether somebody is signed in elsewhere. */
  ask(): void {
    this.#channel?.postMessage({ type: 'hello' });
  }

  tell(places: readonly StoredPlace[]): void {
    this.#channel?.postMessage({ type: 'here', places: writePlaces(places) });
  }

  signedOut(logins: readonly string[]): void {
    if (logins.length > 0) this.#channel?.postMessage({ type: 'signed-out', logins });
  }
}
