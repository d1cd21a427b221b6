import type { Localizer } from '../i18n/localizer.js';

/** What dialogs, menus and announcements need of the element they belong to; every BaseElement is one. */
export interface OverlayHost extends HTMLElement {
  /** A box at the end of the shadow root that renderings leave alone. */
  readonly overlays: HTMLElement;
  readonly localizer: Localizer;
}

const open = new WeakMap<OverlayHost, Set<() => void>>();

/**
 * Has `close` called when the element leaves the page, as an open dialog or menu gets no event of its own then.
 *
 * @returns a function to call when it was closed in another way
 */
export function closeWithHost(host: OverlayHost, close: () => void): () => void {
  const closers = open.get(host) ?? new Set();
  open.set(host, closers);
  closers.add(close);
  return () => closers.delete(close);
}

/** Closes whatever the element has open. BaseElement calls it. */
export function closeOverlays(host: OverlayHost): void {
  for (const close of [...(open.get(host) ?? [])]) close();
}
