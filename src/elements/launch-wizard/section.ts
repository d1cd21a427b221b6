import { html, nothing, type TemplateResult } from 'lit';
import { launchWizardMessages as messages } from '../../i18n/en/launch-wizard.js';
import { iconChevronDown, iconWarning } from '../../ui/icons.js';
import type { OverlayHost } from '../../ui/overlay-host.js';
import { skeletonLine, skeletonRows } from '../../ui/skeleton.js';
import type { Decision, Draft, Known, Part, Setting } from './launch-wizard.state.js';

/** What the sections of the form show and do. */
export interface FormView {
  readonly host: OverlayHost;
  readonly draft: Draft;
  readonly known: Known;
  readonly setting: Setting;
  readonly decision: Decision;
  /** Parts whose details are open. */
  readonly open: ReadonlySet<Part>;
  /** What is typed in the search of images, and whether all are shown. */
  readonly search: { readonly images: string; readonly allImages: boolean; readonly allSizes: boolean };
  change(draft: Partial<Draft>): void;
  toggle(part: Part, open: boolean): void;
  look(search: Partial<FormView['search']>): void;
  /** Another suggestion for the name. */
  suggest(): void;
  retry(): void;
}

export interface SectionOptions {
  part: Part;
  label: string;
  /** What is chosen, in a few words. */
  answer: string;
  /** A line more about it. */
  detail?: string | undefined;
  /** How many rows the details will probably have. */
  rows?: number | undefined;
  body: () => TemplateResult;
}

/** One question of the form: its answer in a line, and everything else one level down. */
export function section(
  view: FormView,
  { part, label, answer, detail, rows = 2, body }: SectionOptions,
): TemplateResult {
  const { decision, open } = view;
  const pending = decision.pending.has(part);
  const trouble = decision.obstacles.find((obstacle) => obstacle.part === part);
  const expanded = open.has(part);
  return html`<details
    class="section ${trouble ? 'trouble' : ''}"
    part="section"
    id=${part}
    ?open=${expanded}
    @toggle=${(event: ToggleEvent) => view.toggle(part, event.newState === 'open')}
  >
    <summary>
      <span class="section-label">${label}</span>
      <span class="section-answer"
        >${
          pending
            ? html`${skeletonLine('9em')}<span class="visually-hidden"
                  >${view.host.localizer.text(messages, 'loadingPart')}</span
                >`
            : html`${trouble ? iconWarning() : nothing}<span
                  ><span class="section-value">${trouble && !answer ? why(view, trouble.why) : answer}</span
                  >${detail ? html` <span class="section-detail">${detail}</span>` : nothing}</span
                >`
        }</span
      >
      ${iconChevronDown()}
    </summary>
    <div class="section-body">
      ${
        expanded
          ? pending
            ? skeletonRows(view.host.localizer.text(messages, 'loadingPart'), rows, 3)
            : body()
          : nothing
      }
    </div>
  </details>`;
}

/** Why it cannot be launched now. */
export function why(view: Pick<FormView, 'host'>, obstacle: Decision['obstacles'][number]['why']): string {
  return view.host.localizer.text(messages, `why-${obstacle}`);
}
