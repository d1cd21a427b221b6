import type { CSSResult } from 'lit';

/** Adds the styles of a part that was loaded later to an element's shadow root, each once. */
export function addStyles({ shadowRoot }: HTMLElement, styles: readonly CSSResult[]): void {
  for (const { styleSheet } of styles) {
    if (!shadowRoot || !styleSheet || shadowRoot.adoptedStyleSheets.includes(styleSheet)) continue;
    shadowRoot.adoptedStyleSheets = [...shadowRoot.adoptedStyleSheets, styleSheet];
  }
}
