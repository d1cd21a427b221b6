import { html, type TemplateResult } from 'lit';
import { launchChoicesMessages as texts } from '../../i18n/en/launch-choices.js';
import type { OverlayHost } from '../../ui/overlay-host.js';

/** A button that asks for a file of this computer. */
export function fileButton(
  host: OverlayHost,
  { accept, onFile }: { accept?: string | undefined; onFile: (file: File) => void },
): TemplateResult {
  return html`<span class="file"
    ><button
      type="button"
      class="small"
      @click=${(event: Event) => {
        const input = event.currentTarget instanceof HTMLElement && event.currentTarget.nextElementSibling;
        if (input instanceof HTMLInputElement) input.click();
      }}
    >
      ${host.localizer.text(texts, 'chooseFile')}</button
    ><input
      type="file"
      hidden
      accept=${accept ?? ''}
      tabindex="-1"
      aria-hidden="true"
      @change=${(event: Event) => {
        if (!(event.target instanceof HTMLInputElement)) return;
        const file = event.target.files?.[0];
        // The same file can be chosen again after it was changed.
        event.target.value = '';
        if (file) onFile(file);
      }}
  /></span>`;
}
