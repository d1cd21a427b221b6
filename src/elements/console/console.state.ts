import type { ConsoleKind } from '../../openstack/remote-console.js';

/** What people can ask for. */
export type ConsoleType = ConsoleKind | 'auto';

export type ConsoleState =
  | { readonly kind: 'idle' }
  | { readonly kind: 'asking' }
  | { readonly kind: 'connecting' | 'open' | 'closed' | 'frame'; readonly console: ConsoleKind }
  /** The proxy does not let this page in, or the browser does not let it out. */
  | { readonly kind: 'refused'; readonly console: ConsoleKind }
  /** The cloud offers none of what was asked for. */
  | { readonly kind: 'none' }
  /** The server has none in the state it is in. */
  | { readonly kind: 'not-now' }
  /** The part of the kit that shows it could not be loaded. */
  | { readonly kind: 'missing'; readonly console: ConsoleKind }
  | { readonly kind: 'failed'; readonly error: unknown };

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
