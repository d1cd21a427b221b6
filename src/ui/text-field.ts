import { html, nothing, type TemplateResult } from 'lit';
import { commonMessages } from '../i18n/en/common.js';
import type { Localizer } from '../i18n/localizer.js';
import { field, valueOf, type FieldOptions } from './field-frame.js';
import { iconEye, iconEyeOff } from './icons.js';

export interface TextFieldOptions extends FieldOptions {
  value: string;
  name?: string | undefined;
  type?: 'text' | 'email' | 'url' | 'number' | undefined;
  autocomplete?: AutoFill | undefined;
  placeholder?: string | undefined;
  maxLength?: number | undefined;
  readOnly?: boolean | undefined;
  /** Names, addresses and keys are no prose: no spelling marks, no capitals put in by a phone. */
  technical?: boolean | undefined;
  onInput?: ((value: string) => void) | undefined;
  onChange?: ((value: string) => void) | undefined;
}

/** A line of text. */
export function textField(localizer: Localizer, options: TextFieldOptions): TemplateResult {
  return field(
    localizer,
    options,
    ({ id, describedBy, invalid }) =>
      html`<input
        id=${id}
        type=${options.type ?? 'text'}
        dir="auto"
        name=${options.name ?? id}
        autocomplete=${options.autocomplete ?? 'off'}
        placeholder=${options.placeholder ?? nothing}
        maxlength=${options.maxLength ?? nothing}
        autocapitalize=${options.technical ? 'none' : nothing}
        spellcheck=${options.technical ? 'false' : nothing}
        ?required=${!options.optional}
        ?readonly=${options.readOnly}
        .value=${options.value}
        aria-describedby=${describedBy}
        aria-invalid=${invalid}
        @input=${(event: Event) => options.onInput?.(valueOf(event))}
        @change=${(event: Event) => options.onChange?.(valueOf(event))}
      />`,
  );
}

export interface PasswordFieldOptions extends Omit<TextFieldOptions, 'value' | 'type'> {
  autocomplete: 'current-password' | 'new-password' | 'off';
}

/**
 * A password. It has no `value`: the element reads it from the input when it is needed and keeps it nowhere.
 * The eye shows it for as long as the person wants.
 */
export function passwordField(localizer: Localizer, options: PasswordFieldOptions): TemplateResult {
  const label = (shown: boolean) => localizer.text(commonMessages, shown ? 'hidePassword' : 'showPassword');
  const toggle = (event: Event) => {
    const button = event.currentTarget;
    if (!(button instanceof HTMLElement)) return;
    const input = button.parentElement?.querySelector('input');
    if (!input) return;
    const shown = input.type === 'password';
    input.type = shown ? 'text' : 'password';
    button.setAttribute('aria-label', label(shown));
    button.setAttribute('title', label(shown));
    button.classList.toggle('shown', shown);
  };
  return field(
    localizer,
    options,
    ({ id, describedBy, invalid }) =>
      html`<span class="with-button password"
        ><input
          id=${id}
          type="password"
          name=${options.name ?? id}
          autocomplete=${options.autocomplete}
          autocapitalize="none"
          spellcheck="false"
          ?required=${!options.optional}
          aria-describedby=${describedBy}
          aria-invalid=${invalid}
          @input=${(event: Event) => options.onInput?.(valueOf(event))}
        /><button
          type="button"
          class="quiet icon-only"
          aria-label=${label(false)}
          title=${label(false)}
          @click=${toggle}
        >
          <span class="eye">${iconEye()}</span><span class="eye-off">${iconEyeOff()}</span>
        </button></span
      >`,
  );
}
