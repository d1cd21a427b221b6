import { css, html, nothing, type TemplateResult } from 'lit';
import { launchReviewMessages as messages } from '../../i18n/en/launch-review.js';
import type { QuotaUse } from '../../launch/quota.js';
import type { Prices } from '../../session/settings.js';
import { addStyles } from '../../ui/add-styles.js';
import type { BaseElement } from '../../ui/base-element.js';
import { copyButton } from '../../ui/copy-button.js';
import { LazyPart } from '../../ui/lazy.js';
import { meter, meterStyles } from '../../ui/meter.js';
import { costText } from '../instances/prices.js';
import { obstacleNotice } from './obstacle-notice.js';
import type * as Commands from './review-commands.js';
import { reviewSentences } from './review-sentences.js';
import type { FormView } from './section.js';

/** What of the review is more than its button: what will exist, what it uses and costs, how to do it by commands. */
export class ReviewBody {
  readonly #host: BaseElement;
  readonly #commands: LazyPart<typeof Commands>;
  #open = false;

  constructor(host: BaseElement) {
    this.#host = host;
    this.#commands = new LazyPart(host, () => import('./review-commands.js'));
    addStyles(host, [meterStyles, styles]);
  }

  view({ decision, known }: FormView, prices: Prices | undefined): TemplateResult | typeof nothing {
    const { localizer } = this.#host;
    if (decision.pending.size > 0) return nothing;
    const sentences = reviewSentences(localizer, decision, known);
    if (sentences.length === 0) return nothing;
    return html`<ul class="sentences">
      ${sentences.map((sentence) => html`<li>${sentence}</li>`)} ${this.#cost(decision, prices)}
    </ul>`;
  }

  /** What stands in the way and can be helped in the form. */
  obstacles(view: FormView): TemplateResult | typeof nothing {
    return obstacleNotice(view);
  }

  /** What stands behind the sentences, for who wants to know. */
  more({ decision, known }: FormView): TemplateResult | typeof nothing {
    const { localizer } = this.#host;
    if (decision.pending.size > 0 || reviewSentences(localizer, decision, known).length === 0) return nothing;
    const uses = decision.uses.filter(isWorthShowing);
    return html`${
      uses.length > 0
        ? html`<div class="uses">
              <h4>${localizer.text(messages, 'uses')}</h4>
              <p class="quiet-text">${localizer.text(messages, 'usesHint')}</p>
            </div>
            <div class="meters">${uses.map((use) => this.#meter(use))}</div>`
        : nothing
    }
    ${this.#commandLines(decision, known)}`;
  }

  #cost({ size, count }: FormView['decision'], prices: Prices | undefined): unknown {
    if (!size || !prices) return nothing;
    const { localizer } = this.#host;
    const price = [size.flavor.name, size.flavor.id]
      .map((name) => (Object.hasOwn(prices.perHour, name) ? prices.perHour[name] : undefined))
      .find((each) => each !== undefined);
    if (price === undefined) return nothing;
    const cost = costText(localizer.locale, prices.currency, price * count);
    return html`<li class="cost">
      ${price === 0 ? localizer.text(messages, 'free') : localizer.text(messages, 'cost', cost)}
    </li>`;
  }

  #meter({ resource, used, added, limit }: QuotaUse): TemplateResult {
    const { localizer } = this.#host;
    const format = (n: number) => localizer.text(messages, 'amount', { resource, n });
    const left = limit - used - added;
    return meter(localizer, {
      label: localizer.text(messages, 'quota', { resource }),
      used,
      adds: added,
      limit,
      format,
      note: Number.isFinite(left)
        ? localizer.text(messages, left < 0 ? 'over' : 'left', { resource, n: Math.abs(left) })
        : undefined,
    });
  }

  #commandLines(decision: FormView['decision'], known: FormView['known']): unknown {
    const { localizer } = this.#host;
    const module = this.#commands.module;
    const lines = this.#open ? module?.commandsFor(decision, known) : undefined;
    const text = lines?.join('\n') ?? '';
    return html`<div class="commands">
      <button
        type="button"
        class="quiet small"
        aria-expanded=${this.#open ? 'true' : 'false'}
        @click=${() => this.#toggle()}
      >
        ${localizer.text(messages, 'commands')}
      </button>
      ${
        this.#open && this.#commands.failed
          ? html`<p class="caution" role="alert">${localizer.text(messages, 'missing')}</p>`
          : nothing
      }
      ${
        lines
          ? html`<p class="quiet-text">
                ${localizer.text(messages, 'commandsHint')}
                ${decision.userData === undefined ? nothing : localizer.text(messages, 'commandsScript')}
              </p>
              <div class="command-lines">
                <pre tabindex="0" dir="ltr" aria-label=${localizer.text(messages, 'commandsWhat')}>
${text}</pre>
                ${copyButton(this.#host, { value: text, what: localizer.text(messages, 'commandsWhat') })}
              </div>`
          : nothing
      }
    </div>`;
  }

  #toggle(): void {
    // Where it could not be loaded, the next click tries again.
    this.#open = !this.#open || this.#commands.failed;
    if (this.#open) void this.#commands.load();
    this.#host.requestUpdate();
  }
}

/** Network connections are rarely what runs out, so they show only when they may. */
function isWorthShowing({ resource, used, added, limit }: QuotaUse): boolean {
  const usual = /^(?:instances|cores|ram|volumes|gigabytes|floatingip|keypairs|serverGroup)/.test(resource);
  return usual || used + added > limit * 0.7;
}

const styles = css`
  .uses {
    padding-block-start: var(--_space-3);
    border-block-start: 1px solid var(--_color-border);
  }
  .uses > p {
    font-size: 0.9375em;
  }
  .cost {
    font-weight: var(--_font-weight-strong);
  }
  .commands > .quiet {
    margin-inline-start: calc(-1 * var(--_space-2));
  }
  .commands {
    display: grid;
    grid-template-columns: minmax(0, 1fr);
    justify-items: start;
    gap: var(--_space-2);
  }
  .command-lines {
    display: flex;
    align-items: start;
    gap: var(--_space-1);
    inline-size: 100%;
  }
  .command-lines pre {
    flex: 1;
    min-inline-size: 0;
    max-block-size: 16em;
    overflow: auto;
    margin: 0;
    padding: var(--_space-2);
    border: 1px solid var(--_color-border);
    border-radius: calc(var(--_radius) / 2);
    background: var(--_color-surface);
    font-size: 0.875em;
    white-space: pre-wrap;
    overflow-wrap: anywhere;
  }
`;
