import { html, type TemplateResult } from 'lit';
import type { Localizer } from '../i18n/localizer.js';
import { field, valueOf, type FieldOptions } from './field-frame.js';

export interface SelectOption {
  value: string;
  label: string;
  disabled?: boolean | undefined;
}

export interface SelectFieldOptions extends FieldOptions {
  value: string;
  options: readonly SelectOption[];
  name?: string | undefined;
  onChange: (value: string) => void;
}

/** A choice from a list. */
export function selectField(localizer: Localizer, options: SelectFieldOptions): TemplateResult {
  // It always has an answer, so that it need not be called optional.
  return field(
    localizer,
    { ...options, optional: false },
    ({ id, describedBy, invalid }) =>
      html`<span class="select"
        ><select
          id=${id}
          name=${options.name ?? id}
          ?required=${!options.optional}
          aria-describedby=${describedBy}
          aria-invalid=${invalid}
          @change=${(event: Event) => {
            options.onChange(valueOf(event));
          }}
        >
          ${options.options.map(
            ({ value, label, disabled }) =>
              html`<option value=${value} ?selected=${value === options.value} ?disabled=${disabled}>
                ${label}
              </option>`,
          )}
        </select></span
      >`,
  );
}

/** A yes or no with its label. */
export function checkField(options: {
  id: string;
  label: string | TemplateResult;
  checked: boolean;
  /** Some of what it stands for is ticked. */
  mixed?: boolean | undefined;
  disabled?: boolean | undefined;
  onChange: (checked: boolean) => void;
}): TemplateResult {
  return html`<label class="check"
    ><input
      type="checkbox"
      id=${options.id}
      name=${options.id}
      .checked=${options.checked}
      .indeterminate=${options.mixed ?? false}
      ?disabled=${options.disabled}
      @change=${(event: Event) => {
        if (event.target instanceof HTMLInputElement) options.onChange(event.target.checked);
      }}
    /><span>${options.label}</span></label
  >`;
}
