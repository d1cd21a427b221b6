import { html, nothing, type TemplateResult } from 'lit';
import { launchChoicesMessages as texts } from '../../i18n/en/launch-choices.js';
import { launchWizardMessages as messages } from '../../i18n/en/launch-wizard.js';
import { facetsOf, searchImages, type Facets } from '../../launch/image-search.js';
import type { ImageOffer } from '../../launch/images.js';
import { choiceCards } from '../../ui/choice.js';
import { selectField } from '../../ui/field.js';
import { errorNotice, notice } from '../../ui/notice.js';
import { failureOf } from './launch-wizard.state.js';
import type { FormView } from './section.js';

/** So many are shown before somebody asks for more. */
const FEW = 6;

/** What it starts with, among single images. */
export function imageList(view: FormView): TemplateResult {
  const { decision, host, known, search } = view;
  const { localizer } = host;
  const error = failureOf(known.images);
  if (error) return errorNotice(host, error, { onRetry: () => view.retry() });
  const { images } = decision;
  if (images.length === 0) {
    return notice({
      tone: 'warning',
      heading: localizer.text(texts, 'imagesEmptyTitle'),
      text: localizer.text(texts, 'imagesEmpty'),
    });
  }
  const current = images.filter(({ superseded }) => !superseded);
  const faceted = Object.values(search.facets ?? {}).some((value) => value !== '');
  const searched = search.images === '' ? images : searchImages(images, search.images);
  const found = faceted ? searched.filter((offer) => hasFacets(view, offer)) : searched;
  const shown =
    search.images !== '' || search.allImages || faceted
      ? found
      : few(current, decision.image && images.find((o) => o.image === decision.image));
  return html`
    ${
      images.length > FEW
        ? html`<input
            class="search"
            type="search"
            .value=${search.images}
            aria-label=${localizer.text(texts, 'imageSearch')}
            placeholder=${localizer.text(texts, 'imageSearch')}
            autocomplete="off"
            spellcheck="false"
            @input=${(event: Event) => {
              if (event.target instanceof HTMLInputElement) view.look({ images: event.target.value });
            }}
          />`
        : nothing
    }
    ${images.length > FEW ? facetFields(view) : nothing}
    ${
      shown.length === 0
        ? html`<p class="quiet-text" role="status">
            ${
              search.images === ''
                ? localizer.text(texts, 'facetNone')
                : localizer.text(texts, 'imageNone', { text: search.images })
            }
          </p>`
        : choiceCards({
            name: 'image-choice',
            label: localizer.text(messages, 'image'),
            value: decision.image?.id ?? '',
            choices: shown.map((offer) => ({
              value: offer.image.id,
              title: offer.image.name,
              note: noteOf(view, offer),
            })),
            onChange: (imageId) => view.change({ imageId }),
          })
    }
    ${
      search.images === '' && !faceted && images.length > few(current, undefined).length
        ? html`<button
            type="button"
            class="quiet small"
            @click=${() => view.look({ allImages: !search.allImages })}
          >
            ${
              search.allImages
                ? localizer.text(texts, 'showFewer')
                : localizer.text(texts, 'showAll', { count: images.length })
            }
          </button>`
        : nothing
    }
  `;
}

/** The first few, and the chosen one wherever it stands. */
function few(offers: readonly ImageOffer[], chosen: ImageOffer | undefined): readonly ImageOffer[] {
  const first = offers.slice(0, FEW);
  return !chosen || first.includes(chosen) ? first : [chosen, ...first.slice(0, FEW - 1)];
}

function noteOf(
  { host: { localizer }, setting }: FormView,
  { image, system, version, superseded, own }: ImageOffer,
): string {
  return localizer.text(texts, 'imageNote', {
    system,
    version,
    size: image.size,
    created: image.created,
    now: setting.now,
    remark: superseded
      ? localizer.text(texts, 'imageOld')
      : own
        ? localizer.text(texts, 'imageOwn')
        : undefined,
  });
}

function facets({ setting }: FormView, { image, system }: ImageOffer): Facets {
  return facetsOf(image, system, setting.projectId);
}

function hasFacets(view: FormView, offer: ImageOffer): boolean {
  const has: Readonly<Record<string, string>> = { ...facets(view, offer) };
  return Object.entries(view.search.facets ?? {}).every(
    ([name, value]) => value === '' || has[name] === value,
  );
}

/** One list for each thing that the images differ in. */
function facetFields(view: FormView): TemplateResult {
  const { localizer } = view.host;
  const all = view.decision.images.map((offer) => facets(view, offer));
  const one = (
    name: keyof Facets,
    label: 'facetOwner' | 'facetSystem' | 'facetArchitecture' | 'facetKind',
    say: (value: string) => string,
  ) => {
    const values = [...new Set(all.map((each) => each[name]))].filter((value) => value !== '');
    if (values.length < 2) return nothing;
    return selectField(localizer, {
      id: `facet-${name}`,
      label: localizer.text(texts, label),
      value: view.search.facets?.[name] ?? '',
      optional: true,
      options: [
        { value: '', label: localizer.text(texts, 'facetAll') },
        ...values.map((value) => ({ value, label: say(value) })),
      ],
      onChange: (value) => view.look({ facets: { ...view.search.facets, [name]: value } }),
    });
  };
  const owner = (value: string) =>
    value === 'public' || value === 'own' || value === 'shared'
      ? localizer.text(texts, `owner-${value}`)
      : localizer.text(texts, 'owner-community');
  return html`<div class="facets">
    ${one('owner', 'facetOwner', owner)} ${one('system', 'facetSystem', (value) => value)}
    ${one('architecture', 'facetArchitecture', (value) => value)}
    ${one('kind', 'facetKind', (value) => localizer.text(texts, value === 'snapshot' ? 'kind-snapshot' : 'kind-image'))}
  </div>`;
}
