import { html, nothing, type TemplateResult } from 'lit';
import { launchWizardMessages as messages } from '../../i18n/en/launch-wizard.js';
import type { Localizer } from '../../i18n/localizer.js';
import { hasAccelerator, type SizeOffer, type SizeReason } from '../../launch/sizes.js';
import type { Flavor } from '../../openstack/compute.js';
import { iconCpu, iconDisk, iconMemory } from '../../ui/icons.js';
import { errorNotice, notice } from '../../ui/notice.js';
import { failureOf } from './launch-wizard.state.js';
import { section, type FormView } from './section.js';

/** So many are shown before somebody asks for more. */
const FEW = 8;

/** How large it is. */
export function sizeSection(view: FormView): TemplateResult {
  const { decision, host } = view;
  const flavor = decision.size?.flavor;
  return section(view, {
    part: 'size',
    label: host.localizer.text(messages, 'size'),
    answer: flavor?.name ?? '',
    detail: flavor && host.localizer.text(messages, 'sizeSentence', flavor),
    rows: 7,
    body: () => sizeChoice(view),
  });
}

function sizeChoice(view: FormView): TemplateResult {
  const { decision, host, known, search } = view;
  const { localizer } = host;
  const error = failureOf(known.flavors);
  if (error) return errorNotice(host, error, { onRetry: () => view.retry() });
  const { sizes, size } = decision;
  if (sizes.length === 0) {
    return notice({
      tone: 'warning',
      heading: localizer.text(messages, 'sizesEmptyTitle'),
      text: localizer.text(messages, 'sizesEmpty'),
    });
  }
  const first = sizes.slice(0, FEW);
  const few = !size || first.includes(size) ? first : [...first.slice(0, -1), size];
  const shown = search.allSizes ? sizes : few;
  const label = localizer.text(messages, 'size');
  return html`<fieldset class="sizes">
      <legend class="visually-hidden">${label}</legend>
      <div class="size size-head" aria-hidden="true">
        <span class="size-name">${localizer.text(messages, 'sizeName')}</span>
        <span class="size-figure">${localizer.text(messages, 'sizeVcpus')}</span>
        <span class="size-figure">${localizer.text(messages, 'sizeRam')}</span>
        <span class="size-figure">${localizer.text(messages, 'sizeDisk')}</span>
      </div>
      ${shown.map((offer) => sizeRow(view, offer))}
    </fieldset>
    ${
      sizes.length > FEW
        ? html`<button
            type="button"
            class="quiet small"
            @click=${() => view.look({ allSizes: !search.allSizes })}
          >
            ${
              search.allSizes
                ? localizer.text(messages, 'showFewer')
                : localizer.text(messages, 'showAll', { count: sizes.length })
            }
          </button>`
        : nothing
    }`;
}

/** A row that does not fit stays in reach of the keyboard, so that its reason can be read; it cannot be chosen. */
function sizeRow(view: FormView, { flavor, reasons, diskless }: SizeOffer): TemplateResult {
  const { localizer } = view.host;
  const chosen = view.decision.size?.flavor === flavor;
  const off = reasons.length > 0 && !chosen;
  const notes = [
    ...reasons.map((reason) => reasonText(localizer, reason)),
    ...(diskless ? [localizer.text(messages, 'diskless')] : []),
  ];
  const description = [
    flavor.description,
    hasAccelerator(flavor) ? localizer.text(messages, 'accelerator') : '',
  ]
    .filter(Boolean)
    .join(' · ');
  return html`<label class="size ${off ? 'off' : ''}">
    <span class="size-name"
      ><input
        type="radio"
        name="size-choice"
        value=${flavor.id}
        .checked=${chosen}
        aria-disabled=${off ? 'true' : nothing}
        aria-label="${flavor.name}, ${localizer.text(messages, 'sizeSentence', flavor)}"
        aria-describedby="size-note-${flavor.id}"
        @click=${(event: Event) => {
          if (off) event.preventDefault();
        }}
        @change=${() => {
          if (!off) view.change({ flavorId: flavor.id });
        }}
      /><span class="title">${flavor.name}</span></span
    >
    ${figures(localizer, flavor)}
    <span class="size-note" id="size-note-${flavor.id}"
      >${description ? html`<span class="quiet-text">${description}</span>` : nothing}${notes.map(
        (note) => html`<span class="reason">${note}</span>`,
      )}</span
    >
  </label>`;
}

function figures(localizer: Localizer, { vcpus, ram, disk }: Flavor): TemplateResult {
  return html`<span class="size-figure">${iconCpu()}${localizer.text(messages, 'vcpus', { n: vcpus })}</span>
    <span class="size-figure">${iconMemory()}${localizer.text(messages, 'ram', { n: ram })}</span>
    <span class="size-figure">${iconDisk()}${localizer.text(messages, 'disk', { n: disk })}</span>`;
}

/** Why a size cannot be chosen. */
export function reasonText(localizer: Localizer, reason: SizeReason): string {
  switch (reason.kind) {
    case 'disabled':
      return localizer.text(messages, 'reason-disabled');
    case 'image-ram':
    case 'image-disk':
      return localizer.text(messages, `reason-${reason.kind}`, reason);
    case 'quota':
      return localizer.text(messages, 'reason-quota', reason);
  }
}
