import { html, nothing, type TemplateResult } from 'lit';
import { live } from 'lit/directives/live.js';
import { repeat } from 'lit/directives/repeat.js';
import { instanceListMessages } from '../../i18n/en/instance-list.js';
import { instanceListViewMessages as messages } from '../../i18n/en/instance-list-view.js';
import type { Localizer } from '../../i18n/localizer.js';
import type { Server } from '../../openstack/compute.js';
import { iconArrowDown, iconArrowUp, iconClose } from '../../ui/icons.js';
import { announce } from '../../ui/live-region.js';
import type { OverlayHost } from '../../ui/overlay-host.js';
import { saveFile } from '../../ui/save-file.js';
import { COLUMNS, COST, FURTHER, PLACES, type ColumnKey } from './arrange.js';
import { cellText } from './cell-text.js';
import { toCsv, toJson, type ExportColumn } from './export.js';
import { countFacets } from './facet-counts.js';
import { AGES, NO_FACETS, toggleFacet, type FacetKey, type FacetWords } from './facets.js';
import { restorableOf, type RestorableHost } from './restorable.js';
import type { RowContext } from './row.js';
import { DEFAULT_VIEW, type ViewSettings } from './view-settings.js';

export { panelStyles } from './panels.styles.js';

/** What a panel shows and may change. */
export interface PanelOptions {
  readonly view: ViewSettings;
  /** The columns as they are shown. */
  readonly columns: readonly ColumnKey[];
  /** All rows, those that match, and those that match but for the facets. */
  readonly all: readonly Server[];
  readonly shown: readonly Server[];
  readonly candidates: () => readonly Server[];
  readonly words: FacetWords;
  /** The names by which instances of the person who is signed in are known. */
  readonly me: readonly string[];
  /** Names that the portal knows, by the ids of accounts. */
  readonly people: Readonly<Record<string, string>> | undefined;
  readonly named: Readonly<Record<string, string>>;
  readonly context: RowContext;
  readonly onView: (view: ViewSettings) => void;
  readonly onSave: (name: string) => void;
  readonly onForget: (name: string) => void;
  readonly onApply: (name: string) => void;
}

/** By what the list can be narrowed down, with how many rows each choice would show. */
export function filterPanel(host: RestorableHost, options: PanelOptions): TemplateResult {
  const { localizer } = host;
  const { view, words, me } = options;
  const facets = countFacets(options.candidates(), view.facets, words);
  const isMine = (value: string) => me.includes(value);
  return panel(
    localizer.text(messages, 'filters'),
    'filters',
    html`<div class="facets">
        ${
          facets.length === 0
            ? html`<p class="minor">${localizer.text(messages, 'nothingToFilter')}</p>`
            : repeat(
                facets,
                ({ key }) => key,
                ({ key, values }) =>
                  html`<fieldset>
                    <legend>${localizer.text(messages, `facet-${key}`)}</legend>
                    <div class="values">
                      ${repeat(
                        [...values]
                          .sort(
                            (a, b) =>
                              Number(key === 'creator') * (Number(isMine(b.value)) - Number(isMine(a.value))),
                          )

                          .slice(0, 100),
                        ({ value }) => value,
                        ({ value, count, chosen }) =>
                          html`<label class="check"
                            ><input
                              type="checkbox"
                              .checked=${live(chosen)}
                              @change=${() =>
                                options.onView({ ...view, facets: toggleFacet(view.facets, key, value) })}
                            /><span
                              ><bdi
                                >${localizer.text(messages, 'value', {
                                  value: valueText(
                                    localizer,
                                    key,
                                    options.people?.[value] ?? value,
                                    isMine(value),
                                  ),
                                  count,
                                })}</bdi
                              ></span
                            ></label
                          >`,
                      )}
                    </div>
                  </fieldset>`,
              )
        }
      </div>
      ${
        Object.keys(view.facets).length === 0
          ? nothing
          : html`<button
              type="button"
              class="small"
              @click=${() => options.onView({ ...view, facets: NO_FACETS })}
            >
              ${localizer.text(messages, 'clear')}
            </button>`
      }
      ${restorableOf(host).render()}`,
  );
}

function valueText(localizer: Localizer, key: FacetKey, value: string, isMine: boolean): string {
  if (key === 'created') return localizer.text(messages, 'within', { days: AGES[value] ?? 0 });
  if (key === 'locked') return localizer.text(messages, value === 'yes' ? 'yes' : 'no');
  if (key === 'creator' && isMine) return localizer.text(messages, 'mine');
  return value === '' ? localizer.text(messages, 'none') : value;
}

/** Columns, density, layout, named views, and files. */
export function viewPanel(host: OverlayHost, options: PanelOptions): TemplateResult {
  const { localizer } = host;
  const { view } = options;
  const radio = (name: string, label: string, checked: boolean, next: Partial<ViewSettings>) =>
    html`<label class="check"
      ><input
        type="radio"
        name=${name}
        .checked=${live(checked)}
        @change=${() => options.onView({ ...view, ...next })}
      /><span>${label}</span></label
    >`;
  return panel(
    localizer.text(messages, 'view'),
    'view',
    html`<div class="facets">
        ${columnsField(localizer, options)}
        <div class="stack">
          <fieldset>
            <legend>${localizer.text(messages, 'density')}</legend>
            ${radio('density', localizer.text(messages, 'comfortable'), !view.compact, { compact: false })}
            ${radio('density', localizer.text(messages, 'compact'), view.compact, { compact: true })}
          </fieldset>
          <fieldset>
            <legend>${localizer.text(messages, 'layout')}</legend>
            ${radio('layout', localizer.text(messages, 'table'), !view.cards, { cards: false })}
            ${radio('layout', localizer.text(messages, 'cards'), view.cards, { cards: true })}
          </fieldset>
        </div>
        ${viewsField(host, options)} ${exportField(host, options)}
      </div>
      <button type="button" class="small" @click=${() => options.onView(DEFAULT_VIEW)}>
        ${localizer.text(messages, 'reset')}
      </button>`,
  );
}

function columnsField(
  localizer: Localizer,
  { view, columns, context, onView }: PanelOptions,
): TemplateResult {
  // A cost that nobody has told is no column.
  const known = [...COLUMNS, ...(context.prices ? [COST] : []), ...PLACES, ...FURTHER];
  const every = [...columns, ...known.filter((key) => !columns.includes(key))];
  const move = (key: ColumnKey, by: number) => {
    const at = columns.indexOf(key);
    const moved = columns.filter((other) => other !== key);
    moved.splice(at + by, 0, key);
    onView({ ...view, columns: moved });
  };
  return html`<fieldset>
    <legend>${localizer.text(messages, 'columns')}</legend>
    <ul class="columns">
      ${repeat(
        every,
        (each) => each,
        (key) => {
          const at = columns.indexOf(key);
          const column = localizer.text(instanceListMessages, `column-${key}`);
          const arrow = (by: -1 | 1) => {
            const label = localizer.text(messages, by < 0 ? 'up' : 'down', { column });
            // The name stays in front, and what is not shown has no place.
            const possible = at > 0 && at + by > 0 && at + by < columns.length;
            return html`<button
              type="button"
              class="quiet icon-only small ${possible ? '' : 'unseen'}"
              aria-label=${label}
              title=${label}
              ?disabled=${!possible}
              @click=${() => move(key, by)}
            >
              ${by < 0 ? iconArrowUp() : iconArrowDown()}
            </button>`;
          };
          return html`<li>
            <label class="check"
              ><input
                type="checkbox"
                .checked=${live(at >= 0)}
                ?disabled=${key === 'name'}
                @change=${() =>
                  onView({
                    ...view,
                    columns: at >= 0 ? columns.filter((other) => other !== key) : [...columns, key],
                  })}
              /><span>${column}</span></label
            >${arrow(-1)}${arrow(1)}
          </li>`;
        },
      )}
    </ul>
  </fieldset>`;
}

function viewsField(host: OverlayHost, { named, onSave, onApply, onForget }: PanelOptions): TemplateResult {
  const { localizer } = host;
  return html`<fieldset>
    <legend>${localizer.text(messages, 'views')}</legend>
    <ul class="named">
      ${Object.keys(named).map((name) => {
        const label = localizer.text(messages, 'forget', { name });
        return html`<li>
          <button type="button" class="small quiet" @click=${() => onApply(name)}><bdi>${name}</bdi></button
          ><button
            type="button"
            class="quiet icon-only small"
            aria-label=${label}
            title=${label}
            @click=${() => onForget(name)}
          >
            ${iconClose()}
          </button>
        </li>`;
      })}
    </ul>
    <form
      class="save"
      @submit=${(event: SubmitEvent) => {
        event.preventDefault();
        const { currentTarget: form } = event;
        const input = form instanceof HTMLFormElement ? form.querySelector('input') : null;
        const name = input?.value.trim().slice(0, 60) ?? '';
        if (!input || name === '') {
          announce(host, localizer.text(messages, 'nameNeeded'));
          input?.focus();
          return;
        }
        onSave(name);
        announce(host, localizer.text(messages, 'savedSaid', { name }));
        input.value = '';
      }}
    >
      <input
        type="text"
        maxlength="60"
        autocomplete="off"
        aria-label=${localizer.text(messages, 'viewName')}
        placeholder=${localizer.text(messages, 'viewName')}
        @keydown=${(event: KeyboardEvent) => event.stopPropagation()}
      />
      <button type="submit" class="small">${localizer.text(messages, 'save')}</button>
    </form>
  </fieldset>`;
}

function exportField(host: OverlayHost, options: PanelOptions): TemplateResult {
  const { localizer } = host;
  const { all, shown } = options;
  const file = (ending: string) =>
    `instances-${new Date(options.words.now).toISOString().slice(0, 10)}.${ending}`;
  const csv = (rows: readonly Server[]) =>
    saveFile(host, file('csv'), toCsv(rows, exportColumns(localizer, options)), 'text/csv;charset=utf-8');
  const json = (rows: readonly Server[]) =>
    saveFile(
      host,
      file('json'),
      toJson(rows, (server) => options.context.idOf(server)),
      'application/json',
    );
  const button = (label: string, save: () => void) =>
    html`<button type="button" class="small" @click=${save}>${label}</button>`;
  return html`<fieldset>
    <legend>${localizer.text(messages, 'export')}</legend>
    <div class="files">
      ${button(localizer.text(messages, 'csvShown', { count: shown.length }), () => csv(shown))}
      ${button(localizer.text(messages, 'jsonShown', { count: shown.length }), () => json(shown))}
      ${
        shown.length === all.length
          ? nothing
          : html`${button(localizer.text(messages, 'csvAll', { count: all.length }), () => csv(all))}
            ${button(localizer.text(messages, 'jsonAll', { count: all.length }), () => json(all))}`
      }
    </div>
    <p class="minor">${localizer.text(messages, 'exportNote')}</p>
  </fieldset>`;
}

function exportColumns(localizer: Localizer, { columns, context }: PanelOptions): readonly ExportColumn[] {
  const keys: readonly ColumnKey[] = columns.includes('id') ? columns : [...columns, 'id'];
  return keys.map((key) => ({
    head: localizer.text(instanceListMessages, `column-${key}`),
    of: (server) => cellText(context, server, key),
  }));
}

function panel(label: string, part: string, content: TemplateResult): TemplateResult {
  return html`<section class="settings" part=${part} aria-label=${label}>${content}</section>`;
}
