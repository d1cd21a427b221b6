import { readPublicKey } from '../../launch/public-key.js';

/** How public keys begin; `#` is a comment before one. */
const STARTS = ['ssh-', 'ecdsa-', 'sk-', '---- BEGIN SSH2 PUBLIC KEY', '#'];

/** What stands in a field for public keys after somebody has put something in. */
export interface Guarded {
  readonly text: string;
  /** A private key was put in, and thrown away. */
  readonly refused: boolean;
}

export function isPrivate(text: string): boolean {
  const reading = readPublicKey(text);
  return !reading.ok && reading.problem === 'private-key';
}

/**
 * What of a field stays once a private key was thrown away: its first line says what it is, but it may come line by line
 * or letter by letter, and none of its other lines says so. Nothing but a public key comes in after it.
 *
 * @param before what stood there, without the private key
 * @returns `refused` until what follows begins as a public key does
 */
export function afterPrivate(before: string, typed: string): Guarded {
  if (isPrivate(typed)) return { text: before, refused: true };
  // Somebody takes something away.
  if (before.startsWith(typed)) return { text: typed, refused: true };
  if (!typed.startsWith(before)) return { text: before, refused: true };
  const added = typed.slice(before.length).trimStart();
  // On a line of its own: else it would become part of the key before it.
  const isApart = before === '' || before.endsWith('\n') || /^\s*\n/.test(typed.slice(before.length));
  if (isApart && STARTS.some((start) => added.startsWith(start))) return { text: typed, refused: false };
  const isOpen = added === '' || (isApart && STARTS.some((start) => start.startsWith(added)));
  return { text: isOpen ? typed : before, refused: true };
}

/** Areas that a private key came into, with what stands there without it. */
const guarded = new WeakMap<HTMLTextAreaElement, string>();

/**
 * What a field for public keys holds after an event of it. A private key goes no further than this: it is taken out of
 * the field, with all that comes of it afterwards, until somebody leaves the field or pastes something else.
 *
 * @param before what stood there before the event
 */
export function guard(area: HTMLTextAreaElement, before: string, event: Event): Guarded {
  const isPasted = event instanceof InputEvent && /^insertFrom(?:Paste|Drop)$/.test(event.inputType);
  const base = isPasted ? undefined : guarded.get(area);
  if (base === undefined && !isPrivate(area.value)) {
    guarded.delete(area);
    return { text: area.value, refused: false };
  }
  const kept = base ?? before;
  const { text, refused } = afterPrivate(kept, area.value);
  if (area.value !== text) area.value = text;
  if (!refused) {
    guarded.delete(area);
    return { text, refused };
  }
  // Half a beginning is measured from where it began.
  const isSettled = kept.startsWith(text) || text.trimEnd() === kept.trimEnd();
  guarded.set(area, isSettled ? text : kept);
  if (base === undefined) area.addEventListener('blur', () => guarded.delete(area), { once: true });
  return { text, refused };
}
