import { html, nothing, type TemplateResult } from 'lit';
import { launchRunMessages as messages } from '../../i18n/en/launch-run.js';
import type { Localizer } from '../../i18n/localizer.js';
import type { LaunchStep } from '../../launch/plan.js';
import type { LaunchProgress, LaunchStepState, Leftover } from '../../launch/progress.js';
import { iconBusy, iconFailed, iconSuccess } from '../../ui/icons.js';
import type { OverlayHost } from '../../ui/overlay-host.js';
import { ask, outcomeView } from './outcome-view.js';
import type { LaunchRun } from './launch-run.js';
import { keyHandover } from './key-handover.js';
import type { PrivateKeyKeeper } from './private-key.js';

/** Something that cannot be taken back is about to be done. */
export interface RunQuestion {
  readonly heading: string;
  readonly text: string;
  readonly confirm: string;
  answer(yes: boolean): void;
}

/** What the view of a launch under way needs of its element. */
export interface RunView {
  readonly host: OverlayHost;
  readonly run: LaunchRun;
  readonly key: PrivateKeyKeeper;
  /** The sign-in has run out, and the launch waits for another one. */
  readonly expired: boolean;
  /** The institution's way in to what is reached only from inside, as `ssh -J` takes it. */
  readonly jumpHost: string | undefined;
  retry(): void;
  /** All of it, or one thing. */
  undo(only?: Leftover): void;
  /** What is there stays. */
  keep(): void;
  back(): void;
  another(): void;
  /** The form again, with the same choices; undefined where there is no form. */
  readonly like: (() => void) | undefined;
  done(): void;
  /** A decision that is waited for, in place of the buttons. */
  readonly question: RunQuestion | undefined;
  /** The private key was copied or saved. */
  keyChanged(): void;
}

/** In a word, how it goes or went. */
export function headingOf(
  progress: LaunchProgress | undefined,
): 'launching' | 'launched' | 'launchedUnnamed' | 'launchFailed' {
  if (!progress || progress.outcome === 'running') return 'launching';
  if (progress.outcome === 'complete') return 'launched';
  const { steps } = progress;
  const active = steps.some(({ step, status }) => step.kind === 'active' && status === 'done');
  // An instance does without a name in the DNS.
  const named = steps.every(({ step, status }) => status !== 'failed' || step.kind === 'dns');
  return active && named ? 'launchedUnnamed' : 'launchFailed';
}

/** A launch in place of the form: what happens, and how it ended. */
export function runView(view: RunView): TemplateResult {
  const { run, host } = view;
  const { localizer } = host;
  const { progress } = run;
  const outcome = progress?.outcome ?? 'running';
  const { names } = run.plan;
  const facts = { count: names.length, name: names[0] ?? '' };
  return html`<section class="run" part="progress" aria-labelledby="run-heading">
    <h2 class="heading ${outcome}" id="run-heading" tabindex="-1">
      ${outcome === 'complete' ? iconSuccess() : outcome === 'failed' ? iconFailed() : nothing}
      <span>${localizer.text(messages, headingOf(progress), facts)}</span>
    </h2>
    ${outcome === 'running' ? bar(view) : nothing} ${keyHandover(view)}
    ${
      progress && outcome !== 'running'
        ? outcomeView(view, progress, () => steps(view, progress.steps))
        : steps(view, progress?.steps ?? [])
    }
    ${
      outcome === 'running' && (view.expired || progress?.trouble)
        ? html`<p class="caution" role="status">
            ${localizer.text(messages, view.expired ? 'runExpired' : 'trouble')}
          </p>`
        : nothing
    }
    ${
      outcome === 'running' && progress && allAsked(progress.steps)
        ? html`<p class="quiet-text">${localizer.text(messages, 'leave')}</p>`
        : nothing
    }
    ${
      outcome === 'running'
        ? (ask(view) ??
          html`<div class="actions">
            <button type="button" @click=${() => view.done()}>${localizer.text(messages, 'close')}</button>
            <button type="button" class="quiet" @click=${() => view.another()}>
              ${localizer.text(messages, 'another')}
            </button>
          </div>`)
        : nothing
    }
  </section>`;
}

/** Whether the cloud has been asked for every instance: from then on it goes on without this page. */
function allAsked(all: readonly LaunchStepState[]): boolean {
  return all.every(({ step, status }) => /^(?:active|setup)$/.test(step.kind) || status === 'done');
}

/** How far it is, as far as experience tells: it never claims to be done before it is. */
function bar({ run, host: { localizer } }: RunView): TemplateResult {
  const steps = run.progress?.steps ?? [];
  const started = steps.find(({ startedAt }) => startedAt !== undefined)?.startedAt ?? run.now;
  const seconds = Math.max(0, (run.now - started) / 1000);
  const typical = run.plan.steps.reduce(
    (sum, { kind, seconds: usual }) => sum + (kind === 'setup' ? 0 : usual),
    0,
  );
  const text = localizer.text(messages, 'elapsedOf', { seconds, typical });
  return html`<div class="elapsed">
    <progress max="1" .value=${1 - Math.exp((-1.6 * seconds) / typical)} aria-label=${text}></progress>
    <p class="quiet-text">${text}</p>
  </div>`;
}

function steps({ host: { localizer }, run }: RunView, all: readonly LaunchStepState[]): TemplateResult {
  return html`<ol class="steps" aria-label=${localizer.text(messages, 'steps')}>
    ${all.map((state) => {
      const { status, step } = state;
      const took =
        state.startedAt === undefined ? undefined : ((state.endedAt ?? run.now) - state.startedAt) / 1000;
      const doing = status === 'running' ? doingText(localizer, state) : undefined;
      return html`<li class="step ${status}">
        ${marks[status]()}
        <span class="step-what">
          <span>${stepText(localizer, step)}</span>
          ${doing ? html`<span class="quiet-text">${doing}</span>` : nothing}
          ${status === 'running' ? nothing : html`<span class="visually-hidden">${localizer.text(messages, `step-${status}`)}</span>`}
        </span>
        ${
          took !== undefined && took >= 1
            ? html`<span class="step-time">${localizer.text(messages, 'elapsed', { seconds: took })}</span>`
            : nothing
        }
      </li>`;
    })}
  </ol>`;
}

const dot = () => html`<span class="dot" aria-hidden="true"></span>`;
const marks: Readonly<Record<LaunchStepState['status'], () => TemplateResult>> = {
  waiting: dot,
  skipped: dot,
  running: iconBusy,
  done: iconSuccess,
  failed: iconFailed,
};

/** A step as the person reads it. */
export function stepText(localizer: Localizer, step: LaunchStep): string {
  switch (step.kind) {
    case 'network':
    case 'subnet':
    case 'router':
    case 'way-out':
    case 'active':
    case 'setup':
      return localizer.text(messages, `step-${step.kind}`);
    case 'volume':
      return localizer.text(messages, step.index === 0 ? 'step-boot-volume' : 'step-volume', {
        name: step.name,
      });
    case 'dns':
      return localizer.text(messages, 'step-dns', { name: step.name, zone: step.zone.replace(/\.$/, '') });
    default:
      return localizer.text(messages, `step-${step.kind}`, { name: step.name });
  }
}

/** What happens now, beyond the name of the step. */
export function doingText(localizer: Localizer, { doing }: LaunchStepState): string | undefined {
  switch (doing?.kind) {
    case undefined:
      return undefined;
    case 'looking':
    case 'replacing':
      return localizer.text(messages, `doing-${doing.kind}`);
    case 'pausing':
      return localizer.text(messages, 'doing-pausing', doing);
    case 'setup':
      return localizer.text(messages, doing.status === 'running' ? 'doing-setup' : 'doing-setup-waiting');
    case 'task':
      switch (doing.task) {
        case 'scheduling':
        case 'networking':
        case 'block_device_mapping':
        case 'spawning':
          return localizer.text(messages, `task-${doing.task}`);
        default:
          return localizer.text(messages, 'task-other');
      }
  }
}
