import { openTerminal } from './adopted-xterm.js';
import type { ConsoleKeys, OpenScreen } from './screen.js';

const BYTES: Readonly<Record<ConsoleKeys, string>> = {
  'ctrl-c': '\u0003',
  'ctrl-d': '\u0004',
  escape: '\u001b',
  tab: '\t',
};

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
  socket.addEventListener(
    'open',
    () => {
      events.ready();
      // A login prompt that was written before we came shows again.
      send(encoder.encode('\r'));
    },
    { signal },
  );
  socket.addEventListener(
    'message',
    ({ data }: MessageEvent<unknown>) => {
      if (data instanceof ArrayBuffer) terminal.write(new Uint8Array(data));
      else if (typeof data === 'string') terminal.write(data);
    },
    { signal },
  );
  socket.addEventListener(
    'close',
    () => {
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
    keys: ['ctrl-c', 'ctrl-d', 'escape', 'tab'],
    focus: () => {
      terminal.focus();
    },
    send: (keys) => {
      send(encoder.encode(BYTES[keys]));
    },
    type: (text) => {
      terminal.paste(text);
    },
    selected: () => terminal.getSelection(),
    close: () => {
      listening.abort();
      socket.close();
      opened.close();
    },
  };
};
