import { screenEnd } from './console-screen.js';
import { serialEnd } from './console-serial.js';

/** The way back to who looks at a console. */
export interface Wire {
  say(bytes: Uint8Array): void;
  end(): void;
}

/** The machine's side of a console: it may speak at once, and is given what comes in. */
export type ConsoleEnd = (wire: Wire, machine: { readonly name: string }) => (bytes: Uint8Array) => void;

/** What answers at the consoles of servers that do not exist; it says so. */
export const CONSOLE_ENDS: Readonly<Record<'vnc' | 'serial', ConsoleEnd>> = {
  vnc: screenEnd,
  serial: serialEnd,
};
