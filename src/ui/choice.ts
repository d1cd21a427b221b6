import { css, html, nothing, type TemplateResult } from 'lit';

export interface Choice {
  value: string;
  title: string;
  /** A line or two under the title. */
  note?: string | TemplateResult | undefined;
  /** Why it cannot be chosen now. It stays reachable and shows this. */
  reason?: string | undefined;
}

/** Cards of which one is chosen: radio buttons underneath, so arrows, Tab and forms work as everywhere. */
export function choiceCards(options: {
  /** The name of the radio group, unique in the shadow root. */
  name: string;
  label: string;
  value: string;
  choices: readonly Choice[];
  onChange: (value: string) => void;
}): TemplateResult {
  return html`<div class="choices" role="radiogroup" aria-label=${options.label}>
    ${options.choices.map(({ value, title, note, reason }, index) => {
      const noteId = `${options.name}-note-${String(index)}`;
      const titleId = `${options.name}-title-${String(index)}`;
      return html`<label class="choice"
        ><input
          type="radio"
          name=${options.name}
          value=${value}
          .checked=${value === options.value}
          aria-disabled=${reason === undefined ? nothing : 'true'}
          aria-labelledby=${titleId}
          aria-describedby=${note !== undefined || reason !== undefined ? noteId : nothing}
          @click=${(event: Event) => {
            if (reason !== undefined) event.preventDefault();
          }}
          @change=${() => {
            if (reason === undefined) options.onChange(value);
          }}
        /><span
          ><span class="title" id=${titleId}>${title}</span
          ><span id=${noteId}
            >${note === undefined ? nothing : html`<span class="note">${note}</span>`}
            ${reason === undefined ? nothing : html`<span class="reason">${reason}</span>`}</span
          ></span
        ></label
      >`;
    })}
  </div>`;
}

export const choiceStyles = css`
  .choices {
    display: grid;
    grid-template-columns: repeat(auto-fill, minmax(min(100%, 13em), 1fr));
    gap: var(--_space-2);
  }
  .choice {
    position: relative;
    display: flex;
    gap: var(--_space-2);
    align-items: flex-start;
    padding: 0.75em;
    border: 1px solid var(--_color-border);
    border-radius: var(--_radius);
    background: var(--_color-surface);
    cursor: pointer;
    transition-property: background-color, border-color;
    transition-duration: var(--_motion-duration);
  }
  .choice > input {
    margin-block-start: 0.1875em;
  }
  .choice .title {
    display: block;
    font-weight: var(--_font-weight-strong);
    overflow-wrap: anywhere;
  }
  .choice .note {
    display: block;
    color: var(--_color-text-quiet);
    font-size: 0.9375em;
  }
  .choice .reason {
    display: block;
    color: var(--_color-warning-text);
    font-size: 0.9375em;
  }
  .choice:hover {
    border-color: var(--_color-border-strong);
  }
  .choice:has(:checked) {
    border-color: var(--_color-accent);
    background: var(--_color-accent-quiet);
    box-shadow: inset 0 0 0 1px var(--_color-accent);
  }
  .choice:has(:focus-visible) {
    outline: 2px solid var(--_color-focus);
    outline-offset: 2px;
  }
  .choice > input:focus-visible {
    outline: none;
  }
  .choice:has([aria-disabled='true']) {
    background: var(--_color-surface-quiet);
    cursor: not-allowed;
  }
  .choice:has([aria-disabled='true']) .title {
    color: var(--_color-text-quiet);
  }
  @media (forced-colors: active) {
    .choice:has(:checked) {
      border-color: Highlight;
      outline: 1px solid Highlight;
    }
  }
`;
