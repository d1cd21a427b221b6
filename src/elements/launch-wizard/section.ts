import { html, nothing, type TemplateResult } from 'lit';
import { commonMessages } from '../../i18n/en/common.js';
import { launchWizardMessages as messages } from '../../i18n/en/launch-wizard.js';
import { iconChevronDown, iconLock, iconWarning } from '../../ui/icons.js';
import { notice } from '../../ui/notice.js';
import type { OverlayHost } from '../../ui/overlay-host.js';
import { skeletonLine, skeletonRows } from '../../ui/skeleton.js';
import type { Decision, Draft, Known, Part, Setting } from './launch-wizard.state.js';
import type { Lock } from './wishes.js';

/** What is one level down; loaded when the first of it is opened. */
export interface Choices {
  imageChoice(view: FormView): TemplateResult;
  sizeChoice(view: FormView): TemplateResult;
  countChoice(view: FormView): TemplateResult;
  keyChoice(view: FormView): TemplateResult;
  networkChoice(view: FormView): TemplateResult;
  storageChoice(view: FormView): TemplateResult;
  advancedChoice(view: FormView): TemplateResult;
}

/** How the lists of images and sizes are looked at; nothing of it is launched. */
export interface Looks {
  /** What is typed in the search of images. */
  readonly images: string;
  readonly allImages: boolean;
  readonly allSizes: boolean;
  /** Single images are shown where there are curated types; undefined: as what is chosen. */
  readonly byImage?: boolean | undefined;
  readonly facets?: Readonly<Record<string, string>> | undefined;
  /** Column of the sizes; with a minus before it from large to small. */
  readonly sort?: string | undefined;
}

/** What the sections of the form show and do. */
export interface FormView {
  readonly host: OverlayHost;
  readonly draft: Draft;
  readonly known: Known;
  readonly setting: Setting;
  readonly decision: Decision;
  /** Parts whose details are open. */
  readonly open: ReadonlySet<Part>;
  readonly search: Looks;
  readonly choices: Choices | undefined;
  /** The choices could not be loaded. */
  readonly choicesFailed: boolean;
  /** Loads the choices, again. */
  loadChoices(): void;
  change(draft: Partial<Draft>): void;
  toggle(part: Part, open: boolean): void;
  /** Opens a part and moves the keyboard there. */
  lead(part: Part): void;
  look(search: Partial<Looks>): void;
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
  /** What a portal may have decided all of it with. */
  lock?: Lock | undefined;
  /** Why there is nothing to choose. */
  fixed?: string | undefined;
  body: (choices: Choices) => TemplateResult;
}

/** Whether the institution has decided it. */
export function isLocked({ setting }: FormView, lock: Lock): boolean {
  return setting.preferences.locked?.includes(lock) ?? false;
}

/** Says that the institution has decided something. */
export function lockedNote({ host }: FormView): TemplateResult {
  return html`<span class="locked">${iconLock()} ${host.localizer.text(messages, 'locked')}</span>`;
}

/** One question of the form: its answer in a line, and everything else one level down. */
export function section(view: FormView, options: SectionOptions): TemplateResult {
  const { part, label, lock, fixed } = options;
  const expanded = view.open.has(part);
  const locked = lock !== undefined && isLocked(view, lock);
  const line = html`<span class="section-label" role="heading" aria-level="3">${label}</span
    >${answerLine(view, options)}`;
  const still = locked ? lockedNote(view) : nothing;
  if (locked || fixed !== undefined) {
    return html`<div class="section still" part="section" id=${part}>
      <div class="summary">${line}${still}</div>
    </div>`;
  }
  const trouble = view.decision.obstacles.some((obstacle) => obstacle.part === part);
  return html`<details
    class="section ${trouble ? 'trouble' : ''}"
    part="section"
    id=${part}
    ?open=${expanded}
    @toggle=${(event: ToggleEvent) => view.toggle(part, event.newState === 'open')}
    @pointerenter=${() => view.loadChoices()}
  >
    <summary>${line} ${iconChevronDown()}</summary>
    <div class="section-body">${expanded ? sectionBody(view, options) : nothing}</div>
  </details>`;
}

function answerLine(view: FormView, { part, answer, detail, fixed }: SectionOptions): TemplateResult {
  const { decision } = view;
  const trouble = decision.obstacles.find((obstacle) => obstacle.part === part);
  return html`<span class="section-answer"
    >${
      decision.pending.has(part)
        ? html`${skeletonLine('9em')}<span class="visually-hidden"
              >${view.host.localizer.text(commonMessages, 'loading')}</span
            >`
        : html`${trouble ? iconWarning() : nothing}<span
              ><span class="section-value">${trouble && !answer ? why(view, trouble.why) : answer}</span
              >${detail || fixed ? html` <span class="section-detail">${fixed ?? detail}</span>` : nothing}</span
            >`
    }</span
  >`;
}

function sectionBody(view: FormView, { part, rows = 2, body }: SectionOptions): TemplateResult {
  const { localizer } = view.host;
  if (view.choicesFailed && !view.choices) {
    return notice({
      tone: 'warning',
      heading: localizer.text(messages, 'partMissing'),
      helps: localizer.text(messages, 'partMissingHelps'),
      actions: html`<button type="button" @click=${() => view.loadChoices()}>
        ${localizer.text(commonMessages, 'retry')}
      </button>`,
    });
  }
  return view.choices && !view.decision.pending.has(part)
    ? body(view.choices)
    : skeletonRows(localizer.text(commonMessages, 'loading'), rows, 3);
}

/** Why it cannot be launched now. */
export function why(view: Pick<FormView, 'host'>, obstacle: Decision['obstacles'][number]['why']): string {
  return view.host.localizer.text(messages, `why-${obstacle}`);
}
