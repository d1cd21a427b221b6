import { html, nothing, type TemplateResult } from 'lit';
import { launchChoicesMessages as texts } from '../../i18n/en/launch-choices.js';
import { launchWizardMessages as messages } from '../../i18n/en/launch-wizard.js';
import type { Localizer } from '../../i18n/localizer.js';
import { hasAccelerator, type SizeOffer, type SizeReason } from '../../launch/sizes.js';
import { groupSizes } from '../../launch/size-groups.js';
import type { Flavor } from '../../openstack/compute.js';
import { iconArrowDown, iconArrowUp, iconCpu, iconDisk, iconMemory } from '../../ui/icons.js';
import { errorNotice, notice } from '../../ui/notice.js';
import { failureOf } from './launch-wizard.state.js';
import type { FormView } from './section.js';

/** So many are shown before somebody asks for more. */
const FEW = 8;

/** How large it is. */
export function sizeChoice(view: FormView): TemplateResult {
  const { decision, host, known, search } = view;
  const { localizer } = host;
  const error = failureOf(known.flavors);
  if (error) return errorNotice(host, error, { onRetry: () => view.retry() });
  const { sizes, size } = decision;
  if (sizes.length === 0) {
    return notice({
      tone: 'warning',
      heading: localizer.text(texts, 'sizesEmptyTitle'),
      text: localizer.text(texts, 'sizesEmpty'),
    });
  }
  const sorted = sortSizes(sizes, search.sort);
  const first = sorted.slice(0, FEW);
  const few = !size || first.includes(size) ? first : [...first.slice(0, -1), size];
  const shown = search.allSizes ? sorted : few;
  const label = localizer.text(messages, 'size');
  const groups = groupSizes(shown, view.setting.preferences.sizeGroups ?? []);
  return html`<fieldset class="sizes">
      <legend class="visually-hidden">${label}</legend>
      <div class="size size-head">
        <span class="size-sort" aria-hidden="true">${localizer.text(texts, 'sort')}</span>
        ${head(view, 'name', 'sizeName')} ${head(view, 'vcpus', 'sizeVcpus')} ${head(view, 'ram', 'sizeRam')}
        ${head(view, 'disk', 'sizeDisk')}
      </div>
      ${groups.map(
        ({ group, offers }) =>
          html`${
            groups.length < 2 && !group
              ? nothing
              : html`<div class="size-group">
                  <h4 class="minor">${group?.title ?? localizer.text(texts, 'sizeOthers')}</h4>
                  ${group?.description ? html`<p class="quiet-text">${group.description}</p>` : nothing}
                </div>`
          }${offers.map((offer) => sizeRow(view, offer))}`,
      )}
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
                ? localizer.text(texts, 'showFewer')
                : localizer.text(texts, 'showAll', { count: sizes.length })
            }
          </button>`
        : nothing
    }`;
}

const COLUMNS = ['name', 'vcpus', 'ram', 'disk'] as const;
type Column = (typeof COLUMNS)[number];

/** The sizes by a column; with a minus before it from large to small; as they are offered without one. */
function sortSizes(sizes: readonly SizeOffer[], sort = ''): readonly SizeOffer[] {
  const column = COLUMNS.find((each) => each === sort.replace('-', ''));
  if (!column) return sizes;
  const sign = sort.startsWith('-') ? -1 : 1;
  const compare = (a: Flavor, b: Flavor) =>
    column === 'name' ? a.name.localeCompare(b.name, undefined, { numeric: true }) : a[column] - b[column];
  return [...sizes].sort((a, b) => sign * compare(a.flavor, b.flavor));
}

/** A heading that sorts. The rows are no table, so it says itself what it does. */
function head(
  view: FormView,
  column: Column,
  text: 'sizeName' | 'sizeVcpus' | 'sizeRam' | 'sizeDisk',
): TemplateResult {
  const { host, search } = view;
  const { localizer } = host;
  const label = localizer.text(texts, text);
  const up = search.sort === column;
  const down = search.sort === `-${column}`;
  const icon = up ? iconArrowUp() : down ? iconArrowDown() : nothing;
  return html`<span class=${column === 'name' ? 'size-name' : 'size-figure'}
    ><button
      type="button"
      class="quiet small"
      aria-label=${localizer.text(texts, 'sortBy', { column: label })}
      aria-description=${up || down ? localizer.text(texts, up ? 'sortedUp' : 'sortedDown') : nothing}
      aria-pressed=${String(up || down)}
      @click=${() => view.look({ sort: up ? `-${column}` : down ? undefined : column })}
    >
      ${column === 'name' ? nothing : icon}${label}${column === 'name' ? icon : nothing}
    </button></span
  >`;
}

/** A row that does not fit stays in reach of the keyboard, so that its reason can be read; it cannot be chosen. */
function sizeRow(view: FormView, { flavor, reasons, diskless }: SizeOffer): TemplateResult {
  const { localizer } = view.host;
  const chosen = view.decision.size?.flavor === flavor;
  const off = reasons.length > 0 && !chosen;
  const notes = [
    ...reasons.map((reason) => reasonText(localizer, reason)),
    ...(diskless ? [localizer.text(texts, 'diskless')] : []),
  ];
  const description = [flavor.description, hasAccelerator(flavor) ? localizer.text(texts, 'accelerator') : '']
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
  return html`<span class="size-figure">${iconCpu()}${localizer.text(texts, 'vcpus', { n: vcpus })}</span>
    <span class="size-figure">${iconMemory()}${localizer.text(texts, 'ram', { n: ram })}</span>
    <span class="size-figure">${iconDisk()}${localizer.text(texts, 'disk', { n: disk })}</span>`;
}

/** Why a size cannot be chosen. */
export function reasonText(localizer: Localizer, reason: SizeReason): string {
  switch (reason.kind) {
    case 'disabled':
      return localizer.text(texts, 'reason-disabled');
    case 'not-for-this':
      return localizer.text(texts, 'reason-not-for-this');
    case 'image-ram':
    case 'image-disk':
      return localizer.text(texts, `reason-${reason.kind}`, reason);
    case 'quota':
      return localizer.text(texts, 'reason-quota', reason);
  }
}
