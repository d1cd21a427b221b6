import { KeptSet } from './kept-set.js';

const unsaved = new KeptSet('exo.keys.unsaved', 20);

/** The part of a public key by which it is known, whatever it is called. */
const bodyOf = (publicKey: string): string => publicKey.split(' ')[1] ?? '';

/** Nobody has the private half of this key yet, and without it the key opens nothing. */
export const isUnsaved = (publicKey: string): boolean => unsaved.all.has(bodyOf(publicKey));

export const noteUnsaved = (publicKey: string): void => unsaved.add(bodyOf(publicKey));

export const noteSaved = (publicKey: string): void => unsaved.delete(bodyOf(publicKey));
