import type { Localizer } from '../i18n/localizer.js';

/** What dialogs, menus and announcements need of the element they belong to; every BaseElement is one. */
export interface OverlayHost extends HTMLElement {
  /** A box at the end of the shadow root that renderings leave alone. */
  readonly overlays: HTMLElement;
  readonly localizer: Localizer;
}
