import { html, nothing, type TemplateResult } from 'lit';
import { commonMessages } from '../i18n/en/common.js';
import type { Localizer } from '../i18n/localizer.js';
import { iconError, iconEye, iconEyeOff } from './icons.js';

/** What a control takes over from its field. */
export interface FieldControl {
  readonly id: string;
  /** For `aria-describedby`: the ids of hint and problem. */
  readonly describedBy: string | typeof nothing;
  /** For `aria-invalid`. */
  readonly invalid: 'true' | typeof nothing;
}

export interface FieldOptions {
  /** Unique in the shadow root. */
  id: string;
  label: string;
  /** What to put in, or what it is for. */
  hint?: string | TemplateResult | undefined;
  /** What is wrong with what was put in; announced when it appears. */
  problem?: string | undefined;
  /** Fields are required unless marked so: the rarer case carries the word. */
  optional?: boolean | undefined;
}

/** Label, control, hint and problem, tied together. */
export function field(
  localizer: Localizer,
  options: FieldOptions,
  control: (control: FieldControl) => TemplateResult,
): TemplateResult {
  const { id, label, hint, problem, optional } = options;
  const ids = [hint ? `${id}-hint` : '', problem ? `${id}-problem` : ''].filter(Boolean).join(' ');
  return html`<div class="field">
    <label class="label" for=${id}
      >${label}${optional ? html` <span class="mark">(${localizer.text(commonMessages, 'optional')})</span>` : nothing}</label
    >
    ${control({ id, describedBy: ids || nothing, invalid: problem ? 'true' : nothing })}
    ${hint ? html`<p class="hint" id="${id}-hint">${hint}</p>` : nothing}
    <div aria-live="polite" class="problem" id="${id}-problem">
      ${problem ? html`${iconError()} <span>${problem}</span>` : nothing}
    </div>
  </div>`;
}

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

function valueOf(event: Event): string {
  const { target } = event;
  return target instanceof HTMLInputElement ||
    target instanceof HTMLSelectElement ||
    target instanceof HTMLTextAreaElement
    ? target.value
    : '';
}
