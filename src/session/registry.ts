import { callSafely } from '../live/notifier.js';
import type { Session } from './session.js';

/** The sessions of a page by name; the default session's name is the empty text. Shared by all copies of the kit. */
export interface SessionRegistry {
  get(name?: string): Session | undefined;
  /** Makes a session known under its name in place of another; `undefined` forgets it. */
  set(name: string, session: Session | undefined): void;
  /** Calls back with the name when another session, or none, stands behind it; returns the way to stop that. */
  onChange(listener: (name: string) => void): () => void;
}

const KEY = Symbol.for('exo.sessions.1');

function createRegistry(): SessionRegistry {
  const sessions = new Map<string, Session>();
  const listeners = new Set<(name: string) => void>();
  return {
    get: (name = '') => sessions.get(name),
    set(name, session) {
      if (sessions.get(name) === session) return;
      if (session) sessions.set(name, session);
      else sessions.delete(name);
      for (const listener of [...listeners]) callSafely(() => listener(name));
    },
    onChange(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}

function isRegistry(value: unknown): value is SessionRegistry {
  return typeof value === 'object' && value !== null && 'onChange' in value;
}

function shared(): SessionRegistry {
  const known: unknown = Reflect.get(globalThis, KEY);
  if (isRegistry(known)) return known;
  const made = createRegistry();
  Reflect.set(globalThis, KEY, made);
  return made;
}

/** The page's sessions, under `Symbol.for('exo.sessions.1')` on globalThis. */
export const registry: SessionRegistry = shared();

const BRAND = Symbol.for('exo.session');

/** Whether a value is a Session, of this copy of the kit or another one on the page. */
export function isSession(value: unknown): value is Session {
  return typeof value === 'object' && value !== null && BRAND in value;
}
