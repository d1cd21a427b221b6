import { html, type TemplateResult } from 'lit';
import { instanceMessages as messages } from '../../i18n/en/instance.js';
import type { SectionHost } from './section.js';
import { SECTION_NAMES, type SectionName } from './sections/index.js';

export interface TabsOptions {
  /** Of the instance, for the name of the row of tabs. */
  readonly name: string;
  readonly current: SectionName;
  readonly onChoose: (name: SectionName) => void;
}

/** The row of tabs, which is one stop of the keyboard: arrows, Home and End turn to another. */
export function tabs(host: SectionHost, o: TabsOptions): TemplateResult {
  const { localizer } = host;
  return html`<div
    class="tabs"
    part="tabs"
    role="tablist"
    aria-label=${localizer.text(messages, 'sections', { name: o.name })}
  >
    ${SECTION_NAMES.map((each, at) => {
      const chosen = each === o.current;
      return html`<button
        type="button"
        class="tab"
        part="tab"
        id="tab-${each}"
        role="tab"
        aria-selected=${String(chosen)}
        aria-controls="panel"
        tabindex=${chosen ? 0 : -1}
        @click=${() => o.onChoose(each)}
        @keydown=${(event: KeyboardEvent) => handleKey(host, o, event, at)}
      >
        ${localizer.text(messages, `section-${each}`)}
      </button>`;
    })}
  </div>`;
}

function handleKey(host: SectionHost, { onChoose }: TabsOptions, event: KeyboardEvent, at: number): void {
  const name = SECTION_NAMES[nextOf(event.key, at, host.localizer.dir === 'rtl') ?? -1];
  if (name === undefined) return;
  event.preventDefault();
  onChoose(name);
  void host.updateComplete.then(() => {
    const tab = host.shadowRoot?.querySelector<HTMLElement>(`#tab-${name}`);
    tab?.focus();
    tab?.scrollIntoView({ block: 'nearest', inline: 'nearest' });
  });
}

function nextOf(key: string, at: number, rtl: boolean): number | undefined {
  const count = SECTION_NAMES.length;
  switch (key) {
    case 'ArrowRight':
    case 'ArrowLeft':
      return (at + ((key === 'ArrowRight') === rtl ? -1 : 1) + count) % count;
    case 'Home':
      return 0;
    case 'End':
      return count - 1;
    default:
      return undefined;
  }
}
