import { html, nothing, type TemplateResult } from 'lit';
import { commonMessages } from '../../i18n/en/common.js';
import { launchWizardMessages as messages } from '../../i18n/en/launch-wizard.js';
import type { QuotaUse } from '../../launch/quota.js';
import { meter } from '../../ui/meter.js';
import { notice } from '../../ui/notice.js';
import { failureOf, rowsOf } from './launch-wizard.state.js';
import { networkValue } from './answers.js';
import { why, type FormView } from './section.js';

/** What will exist, what it uses, and the button. */
export function review(view: FormView, actions: TemplateResult): TemplateResult {
  const { decision, host, known } = view;
  const { localizer } = host;
  const failed = failureOf(known.limits);
  return html`<aside class="review" part="review" aria-label=${localizer.text(messages, 'review')}>
    <h3>${localizer.text(messages, 'review')}</h3>
    ${
      decision.image && decision.size && decision.pending.size === 0
        ? html`<ul class="sentences">
            ${sentences(view).map((sentence) => html`<li>${sentence}</li>`)}
          </ul>`
        : nothing
    }
    ${
      decision.uses.length > 0
        ? html`<h4>${localizer.text(messages, 'uses')}</h4>
            <div class="meters">
              ${decision.uses.filter(isWorthShowing).map(({ resource, used, added, limit }) =>
                meter(localizer, {
                  label: localizer.text(messages, 'quota', { resource }),
                  used,
                  adds: added,
                  limit,
                  format:
                    resource === 'ram'
                      ? (n) => localizer.wording.mebibytes(n)
                      : resource.startsWith('gigabytes')
                        ? (n) => localizer.wording.gibibytes(n)
                        : undefined,
                }),
              )}
            </div>`
        : nothing
    }
    ${
      failed
        ? html`<p class="quiet-text">
            ${localizer.text(messages, 'usesUnknown')}
            <button type="button" class="quiet small" @click=${() => view.retry()}>
              ${localizer.text(commonMessages, 'retry')}
            </button>
          </p>`
        : nothing
    }
    ${actions}
  </aside>`;
}

/** What people ask for. Everything else is rarely what runs out, so it shows only when it may. */
const ALWAYS = /^(?:instances|cores|ram|volumes|gigabytes|floatingip)$/;

function isWorthShowing({ resource, used, added, limit }: QuotaUse): boolean {
  return ALWAYS.test(resource) || used + added > limit * 0.7;
}

/** Every sentence that holds for what is chosen. */
function sentences({ decision, draft, host: { localizer }, known, setting }: FormView): readonly string[] {
  const { image, size, key, networkChoice, names, count } = decision;
  if (!image || !size) return [];
  const groups = rowsOf(known.groups)
    .filter(({ id }) => decision.groups.includes(id))
    .map(({ name }) => name);
  const keyText = () => {
    switch (key.kind) {
      case 'none':
        return localizer.text(messages, 'review-key-none');
      case 'existing':
        return localizer.text(messages, 'review-key-existing', { name: key.name });
      case 'generate':
        return localizer.text(messages, 'review-key-new', { name: key.name });
      case 'import':
        return localizer.text(messages, 'review-key-import', { name: key.name });
    }
  };
  return [
    localizer.text(messages, 'review-what', {
      count,
      name: names.length > 1 ? `${names[0] ?? ''}”–“${names.at(-1) ?? ''}` : (names[0] ?? ''),
      image: image.name,
      size: size.flavor.name,
    }),
    keyText(),
    ...(networkChoice === undefined
      ? []
      : networkChoice.kind === 'network' && networkValue({ draft, decision }, networkChoice) !== 'automatic'
        ? [localizer.text(messages, 'review-network', networkChoice)]
        : [localizer.text(messages, 'review-network-auto')]),
    ...(setting.hasNetworkService && groups.length > 0
      ? [localizer.text(messages, 'review-groups', { names: groups })]
      : []),
    ...(draft.script && decision.userData !== undefined ? [localizer.text(messages, 'review-script')] : []),
  ];
}

/** What stands in the way and can be helped in the form, beside the button that waits for it. */
export function obstacleNotice(view: FormView): TemplateResult | typeof nothing {
  const { localizer } = view.host;
  const found = view.decision.obstacles.filter(({ part }) => part !== undefined);
  if (found.length === 0) return nothing;
  const [first, ...others] = found.map((obstacle) => why(view, obstacle.why));
  const quota = found.some((obstacle) => obstacle.why === 'quota');
  return notice({
    tone: 'warning',
    heading: first ?? '',
    helps: quota ? localizer.text(messages, 'why-quota-helps') : undefined,
    more: others.map((text) => html`<p>${text}</p>`),
  });
}
