import { ContextRoot, createContext } from '@lit/context';
import type { Session } from './session.js';

/** How a provider hands its session to the elements inside it. The same key in every copy of the kit on a page. */
export const sessionContext = createContext<Session>(Symbol.for('exo/session/1'));

const ROOT = Symbol.for('exo.contextRoot');

// Attached before any element can ask: consumers that came before their provider are served when it comes. On the
// root element, since a script in the head runs before there is a body.
const root = globalThis.document?.documentElement;
if (root && !Reflect.has(globalThis, ROOT)) {
  Reflect.set(globalThis, ROOT, true);
  new ContextRoot().attach(root);
}
