import { html, nothing, type TemplateResult } from 'lit';
import { launchChoicesMessages as texts } from '../../i18n/en/launch-choices.js';
import { offerTypes, typeOf, type TypeOffer } from '../../launch/types.js';
import { selectField } from '../../ui/field.js';
import { imageList } from './image-list.js';
import { failureOf, rowsOf } from './launch-wizard.state.js';
import type { FormView } from './section.js';

/** What it starts with: what the portal has picked, or one of the images. */
export function imageChoice(view: FormView): TemplateResult {
  const { decision, host, known, search, setting } = view;
  const { localizer } = host;
  const types = offerTypes(setting.preferences.types ?? [], rowsOf(known.images));
  if (types.length === 0 || failureOf(known.images)) return imageList(view);
  const chosen = typeOf(types, decision.image);
  const byImage = search.byImage ?? (chosen === undefined && decision.image !== undefined);
  const tab = (images: boolean, text: string) =>
    html`<button
      type="button"
      class="small"
      aria-pressed=${String(images === byImage)}
      @click=${() => view.look({ byImage: images })}
    >
      ${text}
    </button>`;
  return html`
    <div class="tabs">
      ${tab(false, localizer.text(texts, 'byType'))} ${tab(true, localizer.text(texts, 'byImage'))}
    </div>
    ${byImage ? imageList(view) : typeCards(view, types, chosen)}
  `;
}

function typeCards(
  view: FormView,
  types: readonly TypeOffer[],
  chosen: ReturnType<typeof typeOf>,
): TemplateResult {
  const { localizer } = view.host;
  const choose = (imageId: string | undefined) => {
    if (imageId !== undefined) view.change({ imageId });
  };
  const versions = chosen?.offer.versions.filter(({ image }) => image !== undefined) ?? [];
  return html`
    <div class="choices types" role="radiogroup" aria-label=${localizer.text(texts, 'byType')}>
      ${types.map(({ type, first, versions: all }, at) => {
        const there = first !== undefined;
        const only = all.filter(({ image }) => image !== undefined).length === 1 ? first : undefined;
        return html`<label class="choice"
          ><input
            type="radio"
            name="type-choice"
            value=${type.name}
            .checked=${chosen?.offer.type === type}
            aria-disabled=${there ? nothing : 'true'}
            aria-labelledby="type-title-${at}"
            aria-describedby="type-note-${at}"
            @click=${(event: Event) => {
              if (!there) event.preventDefault();
            }}
            @change=${() => choose(first?.image?.id)}
          />${type.logo === undefined ? nothing : html`<img src=${type.logo} alt="" loading="lazy" />`}<span
            ><span class="title" id="type-title-${at}">${type.name}</span
            ><span id="type-note-${at}"
              >${only ? html`<span class="note">${localizer.text(texts, 'version')} ${only.version.name}</span>` : nothing}${type.description ? html`<span class="note">${type.description}</span>` : nothing}${
                there ? nothing : html`<span class="reason">${localizer.text(texts, 'typeMissing')}</span>`
              }</span
            ></span
          ></label
        >`;
      })}
    </div>
    ${
      versions.length > 1
        ? selectField(localizer, {
            id: 'type-version',
            label: localizer.text(texts, 'version'),
            value: view.decision.image?.id ?? '',
            options: versions.map(({ version, image }) => ({ value: image?.id ?? '', label: version.name })),
            onChange: choose,
          })
        : nothing
    }
  `;
}
