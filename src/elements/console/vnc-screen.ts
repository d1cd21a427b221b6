import type RFB from '@novnc/novnc';
import { CHORDS, pressesOf, SHIFT } from './keysyms.js';
import type { ConsoleScreen, OpenScreen, ScreenEvents } from './screen.js';
import { drawWithoutAddresses } from './vnc-policy.js';

/** noVNC tries a video decoder before it is there, and a decoder that never answers must not keep people waiting. */
const PATIENCE = 20_000;

/** noVNC, which needs a page as soon as it is loaded. */
export async function loadVncScreen(): Promise<{ openScreen: OpenScreen }> {
  let waiting: ReturnType<typeof setTimeout> | undefined;
  const late = new Promise<never>((_, reject) => {
    waiting = setTimeout(reject, PATIENCE, new Error('noVNC does not begin'));
  });
  try {
    const { default: Client } = await Promise.race([import('@novnc/novnc'), late]);
    return {
      openScreen: (box, socket, events, label) =>
        screenOf(new Client(box, socket, { shared: true }), box, events, label),
    };
  } finally {
    clearTimeout(waiting);
  }
}

/** A graphical console, drawn by noVNC. It was given the socket, so that it never knows the address. */
function screenOf(rfb: RFB, box: HTMLElement, events: ScreenEvents, label: string): ConsoleScreen {
  const canvas = box.querySelector('canvas');
  drawWithoutAddresses(rfb, canvas);
  rfb.scaleViewport = true;
  rfb.background = '#000';
  canvas?.setAttribute('role', 'application');
  canvas?.setAttribute('aria-label', label);
  // noVNC takes it out of the tab order; here it is entered and left like any other part.
  if (canvas) canvas.tabIndex = 0;
  let copied = '';
  let over = false;
  const end = (): void => {
    if (over) return;
    over = true;
    events.ended();
  };
  rfb.addEventListener('connect', () => {
    if (!over) events.ready();
  });
  let isGone = false;
  rfb.addEventListener('disconnect', () => {
    isGone = true;
    end();
  });
  rfb.addEventListener('securityfailure', end);
  // Its token has let us in. A screen that wants a password as well is left to the cloud's own page.
  rfb.addEventListener('credentialsrequired', end);
  rfb.addEventListener('clipboard', ({ detail }) => {
    copied = detail.text;
    events.copied();
  });
  return {
    keys: [
      'ctrl-alt-del',
      'ctrl-alt-f1',
      'ctrl-alt-f2',
      'alt-tab',
      'super',
      'ctrl-c',
      'ctrl-d',
      'escape',
      'tab',
      'enter',
      'up',
      'down',
    ],
    focus: () => {
      rfb.focus({ preventScroll: true });
    },
    send: (keys) => {
      const chord = CHORDS[keys];
      for (const { keysym, code } of chord) rfb.sendKey(keysym, code, true);
      for (const { keysym, code } of [...chord].reverse()) rfb.sendKey(keysym, code, false);
    },
    type: (text) => {
      for (const { keysym, code, shift } of pressesOf(text)) {
        if (shift) rfb.sendKey(SHIFT.keysym, SHIFT.code, true);
        rfb.sendKey(keysym, code);
        if (shift) rfb.sendKey(SHIFT.keysym, SHIFT.code, false);
      }
    },
    selected: () => copied,
    offer: (text) => {
      rfb.clipboardPasteFrom(text);
    },
    fit: (whole) => {
      rfb.scaleViewport = whole;
      // In its own size a finger moves the picture; a mouse has scroll bars for that.
      const finger = matchMedia('(pointer: coarse)').matches;
      rfb.clipViewport = !whole && finger;
      rfb.dragViewport = !whole && finger;
    },
    close: () => {
      over = true;
      if (!isGone) rfb.disconnect();
      box.replaceChildren();
    },
  };
}
