import type { OpenSocket } from '../src/elements/console/console-view.js';

/** The far end of a WebSocket that leads nowhere. */
export interface FarEnd {
  /** What the page has sent, a piece each. */
  readonly received: Uint8Array[];
  onreceive: ((bytes: Uint8Array) => void) | undefined;
  opens(): void;
  says(bytes: ArrayLike<number> | string): void;
  ends(): void;
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
      handlers[event.type]?.(event);
      target.dispatchEvent(event);
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
        dispatch(new MessageEvent('message', { data: data.buffer }));
      },
      ends: () => {
        end(1000);
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

/** A login prompt that writes back what is typed. */
export function serialConsole(socket: FarEnd): void {
  socket.onreceive = (bytes) => {
    socket.says(bytes);
  };
  socket.opens();
  socket.says('Debian GNU/Linux 12 web-1 ttyS0\r\n\r\n\u001b[1;32mweb-1\u001b[0m login: ');
}
