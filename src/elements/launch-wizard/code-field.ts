import { html, nothing, type TemplateResult } from 'lit';
import type { Localizer } from '../../i18n/localizer.js';
import { field, type FieldOptions } from '../../ui/field.js';

export interface CodeFieldOptions extends FieldOptions {
  value: string;
  rows: number;
  /** The area is for who has to take something out of it at once; the event tells how it came in. */
  onInput: (text: string, area: HTMLTextAreaElement, event: Event) => void;
  /** A file that was dropped on it; without it the browser puts its text in. */
  onFile?: ((file: File) => void) | undefined;
}

/** Several lines of keys or scripts: kept as they are typed, from left to right, and in no history of the browser. */
export function codeField(localizer: Localizer, options: CodeFieldOptions): TemplateResult {
  const { value, rows, onInput, onFile } = options;
  return field(
    localizer,
    options,
    ({ id, describedBy, invalid }) =>
      html`<textarea
        class="mono"
        id=${id}
        rows=${rows}
        .value=${value}
        autocomplete="off"
        autocapitalize="none"
        spellcheck="false"
        dir="ltr"
        aria-describedby=${describedBy}
        aria-invalid=${invalid}
        @input=${(event: Event) => {
          const { target } = event;
          if (target instanceof HTMLTextAreaElement) onInput(target.value, target, event);
        }}
        @dragover=${onFile ? (event: DragEvent) => event.preventDefault() : nothing}
        @drop=${
          onFile
            ? (event: DragEvent) => {
                const file = event.dataTransfer?.files[0];
                if (!file) return;
                event.preventDefault();
                onFile(file);
              }
            : nothing
        }
      ></textarea>`,
  );
}
