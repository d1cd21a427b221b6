import type { ConsoleKeys } from './screen.js';

/** X11's names of keys, as VNC sends them, with where they are on a keyboard. */
const KEYS = {
  control: [0xffe3, 'ControlLeft'],
  alt: [0xffe9, 'AltLeft'],
  shift: [0xffe1, 'ShiftLeft'],
  super: [0xffeb, 'MetaLeft'],
  delete: [0xffff, 'Delete'],
  enter: [0xff0d, 'Enter'],
  tab: [0xff09, 'Tab'],
  escape: [0xff1b, 'Escape'],
  up: [0xff52, 'ArrowUp'],
  down: [0xff54, 'ArrowDown'],
  f1: [0xffbe, 'F1'],
  f2: [0xffbf, 'F2'],
  c: [0x63, 'KeyC'],
  d: [0x64, 'KeyD'],
} as const;

/** One key: what it means, and where it is, for servers that ask for that. */
export interface Key {
  readonly keysym: number;
  /** As `KeyboardEvent.code`; null where only the meaning is known. */
  readonly code: string | null;
}

const key = (name: keyof typeof KEYS): Key => ({ keysym: KEYS[name][0], code: KEYS[name][1] });

/** Keys that are pressed together, in the order they go down. */
export const CHORDS: Readonly<Record<ConsoleKeys, readonly Key[]>> = {
  'ctrl-alt-del': [key('control'), key('alt'), key('delete')],
  'ctrl-alt-f1': [key('control'), key('alt'), key('f1')],
  'ctrl-alt-f2': [key('control'), key('alt'), key('f2')],
  'alt-tab': [key('alt'), key('tab')],
  super: [key('super')],
  'ctrl-c': [key('control'), key('c')],
  'ctrl-d': [key('control'), key('d')],
  escape: [key('escape')],
  tab: [key('tab')],
  enter: [key('enter')],
  up: [key('up')],
  down: [key('down')],
};

export const SHIFT = key('shift');

/** What is behind Shift on a US keyboard, as which hypervisors take what they are sent. */
const SHIFTED = /[A-Z~!@#$%^&*()_+{}|:"<>?]/;

/** One press of a key. */
export interface Press extends Key {
  readonly shift: boolean;
}

/** The presses that type a text. What no key is for (control characters) is left out. */
export function pressesOf(text: string): Press[] {
  const presses: Press[] = [];
  for (const char of text.replaceAll('\r\n', '\n')) {
    const point = char.codePointAt(0) ?? 0;
    if (char === '\n' || char === '\r') presses.push({ ...key('enter'), shift: false });
    else if (char === '\t') presses.push({ ...key('tab'), shift: false });
    else if (point >= 0x20 && point !== 0x7f && !(point >= 0x80 && point < 0xa0))
      presses.push({
        // Latin 1 stands for itself; the rest of Unicode has a range of its own.
        keysym: point < 0x100 ? point : 0x1000000 + point,
        code: null,
        shift: SHIFTED.test(char),
      });
  }
  return presses;
}
