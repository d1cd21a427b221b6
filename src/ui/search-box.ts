import { css, html, nothing, type TemplateResult } from 'lit';
import { commonMessages } from '../i18n/en/common.js';
import type { Localizer } from '../i18n/localizer.js';
import { iconClose, iconSearch } from './icons.js';

/** A box that narrows a list. Its keys do not reach the page, whose shortcuts would fire while somebody types. */
export function searchBox(
  localizer: Localizer,
  options: { value: string; label?: string | undefined; onInput: (value: string) => void },
): TemplateResult {
  const label = options.label ?? localizer.text(commonMessages, 'search');
  const clear = localizer.text(commonMessages, 'clearSearch');
  return html`<span class="search with-button" part="search"
    >${iconSearch()}<input
      type="search"
      .value=${options.value}
      aria-label=${label}
      placeholder=${label}
      autocomplete="off"
      spellcheck="false"
      @keydown=${(event: KeyboardEvent) => {
        if (event.key.length === 1 && !event.ctrlKey && !event.metaKey) event.stopPropagation();
        if (event.key !== 'Escape' || options.value === '') return;
        event.stopPropagation();
        options.onInput('');
      }}
      @input=${(event: Event) => {
        if (event.target instanceof HTMLInputElement) options.onInput(event.target.value);
      }}
    />${
      options.value === ''
        ? nothing
        : html`<button
            type="button"
            class="quiet icon-only"
            aria-label=${clear}
            title=${clear}
            @click=${(event: Event) => {
              if (event.currentTarget instanceof HTMLElement)
                event.currentTarget.parentElement?.querySelector('input')?.focus();
              options.onInput('');
            }}
          >
            ${iconClose()}
          </button>`
    }</span
  >`;
}

/** Beside `fieldStyles`. */
export const searchStyles = css`
  .search {
    position: relative;
    display: block;
    inline-size: 100%;
    max-inline-size: 20em;
  }
  .search > .icon {
    position: absolute;
    inset-block-start: calc(50% - 0.625em);
    inset-inline-start: 0.7em;
    color: var(--_color-text-quiet);
    pointer-events: none;
  }
  .search > input {
    padding-inline: 2.4em calc(var(--_control-height)) !important;
  }
  input[type='search']::-webkit-search-cancel-button {
    appearance: none;
  }
`;
