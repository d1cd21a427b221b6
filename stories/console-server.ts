import type { OpenSocket } from '../src/elements/console/console-view.js';
import { CONSOLE_ENDS } from '../src/simulator/console-end.js';

/** The far end of a WebSocket that leads nowhere. */
export interface FarEnd {
  /** What the page has sent, a piece each. */
  readonly received: Uint8Array[];
  onreceive: ((bytes: Uint8Array) => void) | undefined;
  opens(): void;
  says(bytes: ArrayLike<number> | string): void;
  /** Closes the connection. */
  ends(): void;
  /** Is gone. */
  drops(): void;
}

/** Makes WebSockets of this page's own; the far end is played by `talk`, or refuses without it. */
export function fakeSocket(talk?: (socket: FarEnd) => void): OpenSocket {
  return (url) => {
    const target = new EventTarget();
    let state: number = WebSocket.CONNECTING;
    const end = (code: number): void => {
      if (state === WebSocket.CLOSED) return;
      state = WebSocket.CLOSED;
      dispatch(new CloseEvent('close', { code, wasClean: code === 1000 }));
    };
    const handlers: Record<string, ((event: Event) => void) | null> = {};
    const dispatch = (event: Event): void => {
      target.dispatchEvent(event);
      handlers[event.type]?.(event);
    };
    const far: FarEnd = {
      received: [],
      onreceive: undefined,
      opens: () => {
        state = WebSocket.OPEN;
        dispatch(new Event('open'));
      },
      says: (bytes) => {
        const data = typeof bytes === 'string' ? new TextEncoder().encode(bytes) : Uint8Array.from(bytes);
        // Later, as from a network: libraries are not made to be answered before they have finished asking.
        queueMicrotask(() => {
          if (state === WebSocket.OPEN) dispatch(new MessageEvent('message', { data: data.buffer }));
        });
      },
      ends: () => {
        end(1000);
      },
      drops: () => {
        end(1006);
      },
    };
    const socket = {
      get readyState() {
        return state;
      },
      url,
      protocol: 'binary',
      binaryType: 'arraybuffer',
      send: (data: ArrayBuffer | ArrayBufferView) => {
        const bytes = ArrayBuffer.isView(data)
          ? new Uint8Array(data.buffer, data.byteOffset, data.byteLength).slice()
          : new Uint8Array(data);
        far.received.push(bytes);
        far.onreceive?.(bytes);
      },
      close: () => {
        end(1000);
      },
      addEventListener: target.addEventListener.bind(target),
      removeEventListener: target.removeEventListener.bind(target),
    };
    for (const type of ['open', 'message', 'close', 'error'])
      Object.defineProperty(socket, `on${type}`, {
        enumerable: true,
        get: () => handlers[type] ?? null,
        set: (handler: (event: Event) => void) => {
          handlers[type] = handler;
        },
      });
    setTimeout(() => {
      if (talk) talk(far);
      else end(1006);
    });
    // It has all of a WebSocket that is used here.
    return socket as unknown as WebSocket;
  };
}

/** A machine that does not exist, and says so. */
const simulated =
  (kind: 'vnc' | 'serial') =>
  (far: FarEnd): void => {
    far.opens();
    const wire = {
      say: (bytes: Uint8Array) => {
        far.says(bytes);
      },
      end: () => {
        far.ends();
      },
    };
    far.onreceive = CONSOLE_ENDS[kind](wire, { name: 'web-1' });
  };

/** A login prompt, and a shell of a few words. */
export const serialConsole = simulated('serial');

/** A VNC server that draws a test picture and what is typed. */
export const vncConsole = simulated('vnc');

/** As Nova's proxies treat a page they do not know: taken, and dropped without a word. */
export function unwelcome(far: FarEnd): void {
  far.opens();
  far.drops();
}
