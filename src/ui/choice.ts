import { html, nothing, type TemplateResult } from 'lit';

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
      return html`<label class="choice"
        ><input
          type="radio"
          name=${options.name}
          value=${value}
          .checked=${value === options.value}
          aria-disabled=${reason === undefined ? nothing : 'true'}
          aria-describedby=${note !== undefined || reason !== undefined ? noteId : nothing}
          @click=${(event: Event) => {
            if (reason !== undefined) event.preventDefault();
          }}
          @change=${() => {
            if (reason === undefined) options.onChange(value);
          }}
        /><span
          ><span class="title">${title}</span
          ><span id=${noteId}
            >${note === undefined ? nothing : html`<span class="note">${note}</span>`}
            ${reason === undefined ? nothing : html`<span class="reason">${reason}</span>`}</span
          ></span
        ></label
      >`;
    })}
  </div>`;
}
