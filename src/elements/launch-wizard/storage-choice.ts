import { html, nothing, type TemplateResult } from 'lit';
import { launchChoicesMessages as texts } from '../../i18n/en/launch-choices.js';
import { MOST_VOLUMES } from '../../launch/boot.js';
import { choiceCards } from '../../ui/choice.js';
import { checkField, selectField, textField } from '../../ui/field.js';
import { iconTrash } from '../../ui/icons.js';
import { errorNotice } from '../../ui/notice.js';
import type { VolumeDecision } from './decide-storage.js';
import { failureOf, rowsOf } from './launch-wizard.state.js';
import { quotaNotes } from './quota-notes.js';
import { followRow } from './row-focus.js';
import type { FormView } from './section.js';
import type { BootDraft, VolumeDraft } from './wishes.js';

/** What it starts from, and which further disks it gets. */
export function storageChoice(view: FormView): TemplateResult {
  const { decision, host, known } = view;
  const { localizer } = host;
  const { storage, size, count } = decision;
  const { extras = {} } = known;
  const error = failureOf(extras.volumes) ?? failureOf(extras.snapshots) ?? failureOf(extras.volumeTypes);
  const volumes = rowsOf(extras.volumes).filter(({ bootable, status }) => bootable && status === 'available');
  const bootable = new Set(
    rowsOf(extras.volumes)
      .filter((each) => each.bootable)
      .map(({ id }) => id),
  );
  const snapshots = rowsOf(extras.snapshots).filter(
    ({ status, volumeId }) => status === 'available' && bootable.has(volumeId),
  );
  const choose = (kind: string) => {
    const [volume] = volumes;
    const [snapshot] = snapshots;
    if (kind === 'volume' && volume) view.change({ boot: { kind, id: volume.id } });
    else if (kind === 'snapshot' && snapshot) view.change({ boot: { kind, id: snapshot.id } });
    else if (kind === 'image' || kind === 'new-volume') view.change({ boot: { kind } });
  };
  return html`
    ${error ? errorNotice(host, error, { onRetry: () => view.retry(), tone: 'warning' }) : nothing}
    <div class="group">
      <h4 class="minor">${localizer.text(texts, 'boot')}</h4>
      ${choiceCards({
        name: 'boot-choice',
        label: localizer.text(texts, 'boot'),
        value: storage.kind,
        choices: [
          {
            value: 'image',
            title: localizer.text(texts, 'boot-image'),
            note: localizer.text(texts, 'boot-image-note'),
            reason: size?.diskless ? localizer.text(texts, 'boot-image-off') : undefined,
          },
          {
            value: 'new-volume',
            title: localizer.text(texts, 'boot-new-volume'),
            note: localizer.text(texts, 'boot-new-volume-note'),
          },
          {
            value: 'volume',
            title: localizer.text(texts, 'boot-volume'),
            reason:
              count > 1
                ? localizer.text(texts, 'boot-volume-one')
                : volumes.length === 0
                  ? localizer.text(texts, 'boot-volume-none')
                  : undefined,
          },
          {
            value: 'snapshot',
            title: localizer.text(texts, 'boot-snapshot'),
            reason: snapshots.length === 0 ? localizer.text(texts, 'boot-snapshot-none') : undefined,
          },
        ],
        onChange: choose,
      })}
      ${source(view, volumes, snapshots)} ${bootVolume(view)}
    </div>
    <div class="group">
      <h4 class="minor">${localizer.text(texts, 'data')}</h4>
      <p class="quiet-text">
        ${localizer.text(texts, 'dataHint')}
        ${count > 1 ? localizer.text(texts, 'dataEach', { count }) : nothing}
      </p>
      ${storage.data.map((volume, at) => dataVolume(view, volume, at))}
      <button
        type="button"
        class="small"
        aria-disabled=${storage.data.length >= MOST_VOLUMES ? 'true' : nothing}
        aria-describedby="data-most"
        @click=${(event: Event) => {
          if (storage.data.length >= MOST_VOLUMES) return;
          view.change({ volumes: [...(view.draft.volumes ?? []), {}] });
          followRow(event, 'added');
        }}
      >
        ${localizer.text(texts, 'dataAdd')}
      </button>
      <span id="data-most" class="quiet-text"
        >${storage.data.length >= MOST_VOLUMES ? localizer.text(texts, 'dataMost', { most: MOST_VOLUMES }) : nothing}</span
      >
      ${quotaNotes(view, ['volumes', 'gigabytes'])}
    </div>
  `;
}

interface Source {
  readonly id: string;
  readonly name: string;
  readonly size: number;
}

function source(view: FormView, volumes: readonly Source[], snapshots: readonly Source[]): unknown {
  const { localizer } = view.host;
  const { storage } = view.decision;
  const { kind, from } = storage;
  if (kind !== 'volume' && kind !== 'snapshot') return nothing;
  const rows = kind === 'volume' ? volumes : snapshots;
  return selectField(localizer, {
    id: 'boot-source',
    label: localizer.text(texts, kind === 'volume' ? 'bootWhich' : 'bootSnapshot'),
    value: from?.id ?? '',
    options: [
      ...(from && rows.some(({ id }) => id === from.id) ? [] : [{ value: '', label: '–' }]),
      ...rows.map(({ id, name, size }) => ({
        value: id,
        label: localizer.text(texts, 'sized', { name: name || id, size }),
      })),
    ],
    problem: storage.problem === 'gone' ? localizer.text(texts, 'bootGone') : undefined,
    onChange: (id) => view.change({ boot: { ...bootOf(view), kind, id } }),
  });
}

/** What was chosen to start from, or what is taken without a choice. */
function bootOf({ draft, decision }: FormView): BootDraft {
  return draft.boot ?? { kind: decision.storage.kind === 'new-volume' ? 'new-volume' : 'image' };
}

function bootVolume(view: FormView): unknown {
  const { localizer } = view.host;
  const { storage } = view.decision;
  const boot = bootOf(view);
  if (boot.kind === 'image') return nothing;
  if (boot.kind === 'volume') {
    return checkField({
      id: 'boot-goes',
      label: localizer.text(texts, 'goes'),
      checked: storage.goesWithServer,
      onChange: (remove) => view.change({ boot: { ...boot, remove } }),
    });
  }
  const change = (part: VolumeDraft & { keep?: boolean }) => view.change({ boot: { ...boot, ...part } });
  return html`<div class="pair">
      ${sizeField(view, 'boot-size', storage.volume, storage.least, (size) => change({ size }))}
      ${typeField(view, 'boot-type', storage.volume.type, (type) => change({ type }))}
    </div>
    ${checkField({
      id: 'boot-goes',
      label: localizer.text(texts, 'goes'),
      checked: storage.goesWithServer,
      onChange: (goes) => change({ keep: !goes }),
    })}`;
}

function dataVolume(view: FormView, volume: VolumeDecision, at: number): TemplateResult {
  const { localizer } = view.host;
  const all = view.draft.volumes ?? [];
  const change = (part: VolumeDraft) =>
    view.change({ volumes: all.map((each, i) => (i === at ? { ...each, ...part } : each)) });
  const name = localizer.text(texts, 'dataNumber', { n: at + 1 });
  return html`<div class="pair removable" role="group" aria-label=${name}>
    ${sizeField(view, `data-size-${at}`, volume, 1, (size) => change({ size }), name)}
    ${typeField(view, `data-type-${at}`, volume.type, (type) => change({ type }))}
    <button
      type="button"
      class="quiet icon-only"
      aria-label=${localizer.text(texts, 'removeNamed', { name })}
      title=${localizer.text(texts, 'remove')}
      @click=${(event: Event) => {
        view.change({ volumes: all.filter((_, i) => i !== at) });
        followRow(event, 'removed');
      }}
    >
      ${iconTrash()}
    </button>
  </div>`;
}

function sizeField(
  { host: { localizer } }: FormView,
  id: string,
  { size, problem }: VolumeDecision,
  least: number,
  onInput: (size: string) => void,
  name?: string,
): TemplateResult {
  const label = localizer.text(texts, name === undefined ? 'bootSize' : 'dataSize');
  return textField(localizer, {
    id,
    label: name === undefined ? label : `${name}: ${label}`,
    type: 'number',
    value: size,
    hint: least > 1 ? localizer.text(texts, 'bootLeast', { least }) : undefined,
    problem:
      problem === undefined
        ? undefined
        : problem === 'small'
          ? localizer.text(texts, 'size-small', { least })
          : localizer.text(texts, 'size-number'),
    onInput,
  });
}

function typeField(
  { host: { localizer }, known }: FormView,
  id: string,
  type: string | undefined,
  onChange: (type: string | undefined) => void,
): unknown {
  const types = rowsOf(known.extras?.volumeTypes).filter(({ isDefault }) => !isDefault);
  if (types.length === 0 && type === undefined) return nothing;
  const others =
    type !== undefined && !types.some(({ name }) => name === type) ? [{ value: type, label: type }] : [];
  return selectField(localizer, {
    id,
    label: localizer.text(texts, 'type'),
    value: type ?? '',
    optional: true,
    options: [
      { value: '', label: localizer.text(texts, 'typeUsual') },
      ...others,
      ...types.map(({ name, description }) => ({
        value: name,
        label: description ? `${name} – ${description}` : name,
      })),
    ],
    onChange: (value) => onChange(value || undefined),
  });
}
