import { html, nothing, type TemplateResult } from 'lit';
import { commonMessages } from '../i18n/en/common.js';
import type { Localizer } from '../i18n/localizer.js';
import { iconError } from './icons.js';

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

/** What was typed or chosen, from the event of its control. */
export function valueOf(event: Event): string {
  const { target } = event;
  return target instanceof HTMLInputElement ||
    target instanceof HTMLSelectElement ||
    target instanceof HTMLTextAreaElement
    ? target.value
    : '';
}
