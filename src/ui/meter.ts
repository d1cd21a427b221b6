import { css, html, nothing, type TemplateResult } from 'lit';
import { commonMessages } from '../i18n/en/common.js';
import type { Localizer } from '../i18n/localizer.js';
import { styleProps } from './style-props.js';

export interface MeterOptions {
  label: string;
  used: number;
  /** `Infinity` for no limit: there is no bar then. */
  limit: number;
  /** What the thing being planned would add. */
  adds?: number | undefined;
  /** Beside the label, before the figures, such as what is left. */
  note?: string | undefined;
  /** How a number is written, such as `wording.mebibytes`; plain numbers without it. */
  format?: ((n: number) => string) | undefined;
}

/** How much of a quota is used: a bar and the figures. Red where it does not fit, amber from nine tenths. */
export function meter(localizer: Localizer, options: MeterOptions): TemplateResult {
  const { label, used, limit, adds = 0 } = options;
  const write = options.format ?? ((n: number) => localizer.wording.number(n));
  if (!Number.isFinite(limit)) {
    return html`<div class="meter">
      <span class="meter-label">${label}</span>
      <span class="meter-text"
        >${localizer.text(commonMessages, 'quotaUnlimited', { used: write(used) })}</span
      >
    </div>`;
  }
  const figures =
    adds > 0
      ? localizer.text(commonMessages, 'quotaPlan', {
          used: write(used),
          adds: write(adds),
          limit: write(limit),
        })
      : localizer.text(commonMessages, 'quotaOf', { used: write(used), limit: write(limit) });
  const { note } = options;
  const text = note === undefined ? figures : `${note} · ${figures}`;
  const share = (n: number) => `${String(limit <= 0 ? 100 : Math.min(100, Math.max(0, (n / limit) * 100)))}%`;
  const total = used + adds;
  const tone = total > limit ? 'over' : total >= limit * 0.9 ? 'near' : '';
  return html`<div class="meter ${tone}">
    <span class="meter-label">${label}</span>
    <span class="meter-text">${note ?? figures}</span>
    <div
      class="meter-bar"
      role="meter"
      aria-label=${label}
      aria-valuemin="0"
      aria-valuemax=${limit}
      aria-valuenow=${Math.min(total, limit)}
      aria-valuetext=${text}
    >
      ${adds > 0 ? html`<span class="meter-adds" ${styleProps({ 'inline-size': share(total) })}></span>` : nothing}
      <span class="meter-used" ${styleProps({ 'inline-size': share(used) })}></span>
    </div>
    ${note === undefined ? nothing : html`<span class="meter-figures">${figures}</span>`}
  </div>`;
}

export const meterStyles = css`
  .meter {
    --_fill: var(--_color-accent);
    display: grid;
    grid-template-columns: 1fr auto;
    gap: var(--_space-1) var(--_space-2);
    align-items: baseline;
  }
  .meter.near {
    --_fill: var(--_color-warning-text);
  }
  .meter.over {
    --_fill: var(--_color-danger);
  }
  .meter-text {
    text-align: end;
    color: var(--_color-text-quiet);
    font-variant-numeric: tabular-nums;
  }
  .meter-figures {
    grid-column: 1 / -1;
    color: var(--_color-text-quiet);
    font-size: 0.9375em;
    font-variant-numeric: tabular-nums;
  }
  .meter.over .meter-text {
    color: var(--_color-danger-text);
  }
  .meter-bar {
    position: relative;
    grid-column: 1 / -1;
    block-size: 0.5em;
    border-radius: 0.25em;
    overflow: hidden;
    background: color-mix(in srgb, var(--_color-surface-quiet), var(--_color-text) 10%);
  }
  .meter-bar > span {
    position: absolute;
    inset-block: 0;
    inset-inline-start: 0;
    border-radius: inherit;
    background: var(--_fill);
    transition: inline-size var(--_motion-duration);
  }
  .meter-bar > .meter-adds {
    opacity: 0.45;
  }
  @media (forced-colors: active) {
    .meter-bar {
      border: 1px solid CanvasText;
    }
    .meter-bar > span {
      background: Highlight;
      forced-color-adjust: none;
    }
  }
`;
