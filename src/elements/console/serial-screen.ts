import { openTerminal } from './adopted-xterm.js';
import type { ConsoleKeys, OpenScreen } from './screen.js';

const BYTES: Readonly<Partial<Record<ConsoleKeys, string>>> = {
  'ctrl-c': '\u0003',
  'ctrl-d': '\u0004',
  escape: '\u001b',
  tab: '\t',
  enter: '\r',
  up: '\u001b[A',
  down: '\u001b[B',
};

/** A proxy takes the connection first and looks at the token after; who is silent for so long has been let in. */
const LET_IN = 1000;

/** A serial console in xterm.js: bytes both ways. */
export const openScreen: OpenScreen = (box, socket, events, label) => {
  const opened = openTerminal(box, {
    scrollback: 5000,
    cursorBlink: false,
    screenReaderMode: true,
    fontFamily: 'ui-monospace, Menlo, Consolas, "DejaVu Sans Mono", monospace',
  });
  const { terminal } = opened;
  terminal.textarea?.setAttribute('aria-label', label);
  socket.binaryType = 'arraybuffer';
  const encoder = new TextEncoder();
  const send = (bytes: Uint8Array<ArrayBuffer>): void => {
    if (socket.readyState === WebSocket.OPEN) socket.send(bytes);
  };
  const listening = new AbortController();
  const { signal } = listening;
  let waiting: ReturnType<typeof setTimeout> | undefined;
  let isReady = false;
  const ready = (): void => {
    clearTimeout(waiting);
    if (isReady || signal.aborted) return;
    isReady = true;
    events.ready();
  };
  socket.addEventListener(
    'open',
    () => {
      waiting = setTimeout(ready, LET_IN);
      // A login prompt that was written before we came shows again.
      send(encoder.encode('\r'));
    },
    { signal },
  );
  socket.addEventListener(
    'message',
    ({ data }: MessageEvent<unknown>) => {
      ready();
      if (data instanceof ArrayBuffer) terminal.write(new Uint8Array(data));
      else if (typeof data === 'string') terminal.write(data);
    },
    { signal },
  );
  socket.addEventListener(
    'close',
    () => {
      clearTimeout(waiting);
      events.ended();
    },
    { signal },
  );
  terminal.onData((text) => {
    send(encoder.encode(text));
  });
  terminal.onBinary((text) => {
    send(Uint8Array.from(text, (char) => char.charCodeAt(0)));
  });
  return {
    keys: ['ctrl-c', 'ctrl-d', 'escape', 'tab', 'enter', 'up', 'down'],
    focus: () => {
      terminal.focus();
    },
    send: (keys) => {
      const bytes = BYTES[keys];
      if (bytes !== undefined) send(encoder.encode(bytes));
    },
    type: (text) => {
      terminal.paste(text);
    },
    selected: () => terminal.getSelection(),
    close: () => {
      clearTimeout(waiting);
      listening.abort();
      socket.close();
      opened.close();
    },
  };
};
