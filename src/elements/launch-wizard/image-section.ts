import { html, nothing, type TemplateResult } from 'lit';
import { launchWizardMessages as messages } from '../../i18n/en/launch-wizard.js';
import { searchImages, type ImageOffer } from '../../launch/images.js';
import { choiceCards } from '../../ui/choice.js';
import { errorNotice, notice } from '../../ui/notice.js';
import { failureOf } from './launch-wizard.state.js';
import { section, type FormView } from './section.js';

/** So many are shown before somebody asks for more. */
const FEW = 6;

/** What it starts with. */
export function imageSection(view: FormView): TemplateResult {
  const { decision, host } = view;
  const { localizer } = host;
  const chosen = decision.images.find(({ image }) => image === decision.image);
  return section(view, {
    part: 'image',
    label: localizer.text(messages, 'image'),
    answer: chosen?.image.name ?? '',
    detail: chosen && [chosen.system, chosen.version].filter(Boolean).join(' '),
    rows: 4,
    body: () => imageChoice(view),
  });
}

function imageChoice(view: FormView): TemplateResult {
  const { decision, host, known, search } = view;
  const { localizer } = host;
  const error = failureOf(known.images);
  if (error) return errorNotice(host, error, { onRetry: () => view.retry() });
  const { images } = decision;
  if (images.length === 0) {
    return notice({
      tone: 'warning',
      heading: localizer.text(messages, 'imagesEmptyTitle'),
      text: localizer.text(messages, 'imagesEmpty'),
    });
  }
  const current = images.filter(({ superseded }) => !superseded);
  const found = search.images === '' ? images : searchImages(images, search.images);
  const shown =
    search.images !== '' || search.allImages
      ? found
      : few(current, decision.image && images.find((o) => o.image === decision.image));
  return html`
    ${
      images.length > FEW
        ? html`<input
            class="search"
            type="search"
            .value=${search.images}
            aria-label=${localizer.text(messages, 'imageSearch')}
            placeholder=${localizer.text(messages, 'imageSearch')}
            autocomplete="off"
            spellcheck="false"
            @input=${(event: Event) => {
              if (event.target instanceof HTMLInputElement) view.look({ images: event.target.value });
            }}
          />`
        : nothing
    }
    ${
      shown.length === 0
        ? html`<p class="quiet-text" role="status">
            ${localizer.text(messages, 'imageNone', { text: search.images })}
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
      search.images === '' && images.length > few(current, undefined).length
        ? html`<button
            type="button"
            class="quiet small"
            @click=${() => view.look({ allImages: !search.allImages })}
          >
            ${
              search.allImages
                ? localizer.text(messages, 'showFewer')
                : localizer.text(messages, 'showAll', { count: images.length })
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
  return localizer.text(messages, 'imageNote', {
    system,
    version,
    size: image.size,
    created: image.created,
    now: setting.now,
    remark: superseded
      ? localizer.text(messages, 'imageOld')
      : own
        ? localizer.text(messages, 'imageOwn')
        : undefined,
  });
}
