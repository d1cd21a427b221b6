import type { ConsoleKind } from '../../openstack/remote-console.js';

/** What people can ask for. */
export type ConsoleType = ConsoleKind | 'auto';

/** How a console ended: closed at the other end, lost on the way, or left by the person. */
export type Ending = 'over' | 'lost' | 'left';

export type ConsoleState =
  | { readonly kind: 'idle' }
  | { readonly kind: 'asking' }
  | { readonly kind: 'connecting' | 'open' | 'frame'; readonly console: ConsoleKind }
  | { readonly kind: 'closed'; readonly console: ConsoleKind; readonly how: Ending }
  | Refused
  /** The cloud offers none of what was asked for. */
  | { readonly kind: 'none' }
  /** The server has none in the state it is in. */
  | { readonly kind: 'not-now' }
  /** The part of the kit that shows it could not be loaded. */
  | { readonly kind: 'missing'; readonly console: ConsoleKind }
  | { readonly kind: 'failed'; readonly error: unknown };

/**
 * The proxy does not let this page in (`cloud`), the page's own policy does not let it out (`page`), or the browser does
 * not let an encrypted page reach what is not encrypted (`browser`).
 */
export interface Refused {
  readonly kind: 'refused';
  readonly console: ConsoleKind;
  readonly by: 'cloud' | 'page' | 'browser';
  /** Where the console is, as a policy would name it: no path, no token. */
  readonly source: string;
}

export function isConsoleType(type: string | undefined): type is ConsoleType {
  return type === 'auto' || type === 'vnc' || type === 'spice' || type === 'serial';
}

/** The consoles to try, the best first. */
export function kindsOf(type: ConsoleType): readonly ConsoleKind[] {
  return type === 'auto' ? ['vnc', 'spice', 'serial'] : [type];
}

/**
 * Whether a page can reach an address from where it is: one that came over https opens nothing that is not encrypted,
 * but on its own computer.
 */
export function reachable(page: string, url: URL): boolean {
  const plain = url.protocol === 'http:' || url.protocol === 'ws:';
  return page !== 'https:' || !plain || /^(localhost|127\.[\d.]+|\[::1\])$/.test(url.hostname);
}

/** `wss://console.example:6080`, as a Content Security Policy names it. */
export function sourceOf(url: URL): string {
  return `${url.protocol}//${url.host}`;
}

/**
 * How a connection has ended that could be used. A proxy says 1000 or 1001 when the other end has closed; a network that
 * is gone says nothing.
 *
 * @param code of the WebSocket's `close` event
 */
export function endingOf(code: number): Ending {
  return code === 1000 || code === 1001 ? 'over' : 'lost';
}

/**
 * What a frame may do. A console page needs its scripts and its own origin; where that is the page's own origin the two
 * together would let it out of the frame, so it is left without.
 */
export function sandboxOf(pageOrigin: string, url: URL): string {
  return url.origin === pageOrigin
    ? 'allow-scripts allow-forms'
    : 'allow-scripts allow-forms allow-same-origin';
}

/** The keys that leave the console: few programs know them, and no browser keeps them. */
export function leaves(event: Pick<KeyboardEvent, 'ctrlKey' | 'shiftKey' | 'altKey' | 'code'>): boolean {
  return event.ctrlKey && event.shiftKey && !event.altKey && event.code === 'F9';
}
