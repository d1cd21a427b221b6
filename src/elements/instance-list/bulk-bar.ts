import { html, nothing, type TemplateResult } from 'lit';
import { commonMessages } from '../../i18n/en/common.js';
import { instanceListMessages as messages } from '../../i18n/en/instance-list.js';
import { instanceListMoreMessages as moreMessages } from '../../i18n/en/instance-list-more.js';
import { describeError } from '../../i18n/errors.js';
import type { Localizer } from '../../i18n/localizer.js';
import type { Server } from '../../openstack/compute.js';
import { actionButton } from '../../ui/action-button.js';
import { iconBusy, iconClock, iconClose, iconFailed, iconSuccess } from '../../ui/icons.js';
import { menuButton, type MenuItem } from '../../ui/menu.js';
import type { OverlayHost } from '../../ui/overlay-host.js';
import { INSTANCE_ACTIONS, type InstanceAction } from './actions.js';
import { failedIds, isOver, planFor, type RightsTo, type Run, type RunItem } from './bulk.js';
import { actionIcon } from './row.js';
import { leftOut, planRefusal } from './plan-words.js';
import { actionWord, nameOf } from './words.js';

export interface BulkBarOptions {
  readonly selected: readonly Server[];
  /** How many of them the search or the filter hides. */
  readonly hidden: number;
  readonly rightsTo: RightsTo;
  readonly run: Run<unknown> | undefined;
  readonly onAct: (action: InstanceAction) => void;
  /** What else can be done to them. */
  readonly menuOf: (selected: readonly Server[]) => readonly MenuItem[] | Promise<readonly MenuItem[]>;
  readonly onClear: () => void;
  readonly onRetry: () => void;
  readonly onDismiss: () => void;
}

const BUTTONS: readonly InstanceAction[] = ['start', 'stop', 'reboot', 'delete'];

/** What can be done to the rows that are ticked, and how the last such action went. */
export function bulkBar(host: OverlayHost, options: BulkBarOptions): TemplateResult {
  const { localizer } = host;
  const { selected, run } = options;
  return html`<section
    class="bulk ${selected.length === 0 && !run ? 'away' : ''}"
    part="selection"
    aria-label=${localizer.text(moreMessages, 'bulkLabel')}
    ?hidden=${selected.length === 0 && !run}
  >
    ${run ? renderRun(localizer, run, options) : nothing}
    ${selected.length > 0 ? renderButtons(host, options) : nothing}
  </section>`;
}

function renderButtons(host: OverlayHost, options: BulkBarOptions): TemplateResult {
  const { localizer } = host;
  const { selected, hidden } = options;
  const clear = localizer.text(moreMessages, 'clearSelection');
  return html`<div class="bulk-line">
    <p class="bulk-count">
      <strong>${localizer.text(messages, 'selected', { count: selected.length })}</strong>
      ${
        hidden > 0
          ? html`<span class="minor"
              >${localizer.text(moreMessages, 'selectedHidden', { count: hidden })}</span
            >`
          : nothing
      }
      <button
        type="button"
        class="quiet icon-only small"
        aria-label=${clear}
        title=${clear}
        @click=${() => options.onClear()}
      >
        ${iconClose()}
      </button>
    </p>
    <div class="actions">
      ${BUTTONS.map((action) => renderButton(localizer, action, options))}
      ${menuButton(host, {
        label: localizer.text(moreMessages, 'moreActions'),
        class: 'quiet icon-only small',
        items: () => options.menuOf(selected),
      })}
    </div>
  </div>`;
}

function renderButton(
  localizer: Localizer,
  action: InstanceAction,
  { selected, rightsTo, onAct }: BulkBarOptions,
): TemplateResult {
  const plan = planFor(action, selected, rightsTo);
  const share =
    plan.refused.length === 0 || plan.applies.length === 0
      ? undefined
      : localizer.text(moreMessages, 'share', { applies: plan.applies.length, count: selected.length });
  return html`<span class="bulk-action"
    >${actionButton({
      id: `bulk-${action}`,
      label: actionWord(localizer, action),
      icon: actionIcon(action),
      class: action === 'delete' ? 'small quiet danger' : 'small',
      reason: planRefusal(localizer, plan),
      onClick: () => onAct(action),
    })}${
      share === undefined
        ? nothing
        : html`<span class="share" title=${leftOut(localizer, plan.refused).join('\n')}>${share}</span>`
    }</span
  >`;
}

function renderRun(
  localizer: Localizer,
  run: Run<unknown>,
  { onRetry, onDismiss }: BulkBarOptions,
): TemplateResult {
  const failed = failedIds(run).length;
  const over = isOver(run);
  return html`<div class="run" part="results">
    <div class="run-head">
      <p role="status"><strong>${runWord(localizer, run.action)}</strong> ${runText(localizer, run)}</p>
      ${
        over
          ? html`<button
              type="button"
              class="quiet icon-only small"
              aria-label=${localizer.text(moreMessages, 'dismiss')}
              title=${localizer.text(moreMessages, 'dismiss')}
              @click=${() => onDismiss()}
            >
              ${iconClose()}
            </button>`
          : nothing
      }
    </div>
    <ul class="items" tabindex="0" aria-label=${localizer.text(moreMessages, 'results')}>
      ${run.items.map((item) => renderItem(localizer, item))}
      ${leftOut(localizer, run.refused).map((line) => html`<li class="minor"><span></span><span>${line}</span></li>`)}
    </ul>
    ${
      over && failed > 0
        ? html`<div class="actions">
            <button type="button" class="small" @click=${() => onRetry()}>
              ${localizer.text(moreMessages, 'retryFailed', { count: failed })}
            </button>
          </div>`
        : nothing
    }
  </div>`;
}

function runWord(localizer: Localizer, action: InstanceAction): string {
  const own = INSTANCE_ACTIONS.find((each) => each === action);
  return own ? localizer.text(moreMessages, `run-${own}`) : actionWord(localizer, action);
}

function runText(localizer: Localizer, run: Run<unknown>): string {
  const failed = failedIds(run).length;
  const count = run.items.length;
  const done = run.items.filter(({ outcome }) => outcome === 'done' || outcome === 'failed').length;
  if (!isOver(run)) return localizer.text(moreMessages, 'runProgress', { done, count });
  return failed === 0
    ? localizer.text(moreMessages, 'runDone', { count })
    : localizer.text(moreMessages, 'runFailed', { failed, count });
}

const ICONS = { waiting: iconClock, running: iconBusy, done: iconSuccess, failed: iconFailed };

function renderItem(localizer: Localizer, { id, name, outcome, error }: RunItem<unknown>): TemplateResult {
  const { happened, helps, requestId } =
    outcome === 'failed'
      ? describeError(localizer, error)
      : { happened: '', helps: '', requestId: undefined };
  return html`<li class=${outcome}>
    ${ICONS[outcome]()}
    <span
      ><bdi>${nameOf(localizer, { id, name })}</bdi>
      <span class="minor">${localizer.text(moreMessages, `item-${outcome}`)}</span>
      ${
        outcome === 'failed'
          ? html`<span class="why"
              >${happened} ${helps}
              ${requestId ? html`${localizer.text(commonMessages, 'requestId')}: <code>${requestId}</code>` : nothing}</span
            >`
          : nothing
      }</span
    >
  </li>`;
}
