import { html, type TemplateResult } from 'lit';

/** A shape on a grid of 24, as high as the text beside it. Decorative: the word is beside it. */
export function icon(path: string, name?: string): TemplateResult {
  return html`<svg class="icon ${name ?? ''}" aria-hidden="true" viewBox="0 0 24 24">
    <path d=${path}></path>
  </svg>`;
}
