import { html } from 'lit';
import { instanceActionMessages as messages } from '../../i18n/en/instance-actions.js';
import { describeServer, renameServer, setMetadata } from '../../openstack/server-actions.js';
import { replaceTags } from '../../openstack/server-passphrase.js';
import { actionButton } from '../../ui/action-button.js';
import { field, textField } from '../../ui/field.js';
import { iconPlus, iconTrash } from '../../ui/icons.js';
import {
  keyProblem,
  metadataChanges,
  metadataOf,
  readTags,
  tagChanges,
  tagProblem,
  type Entry,
} from './form-values.js';
import type { Form } from './form.js';

/** Another name. */
export function renameForm(form: Form): Promise<boolean> {
  const { localizer, server } = form;
  let name = server.name;
  return form.open({
    details: () => ({ name: name.trim() }),
    fields: (update) =>
      textField(localizer, {
        id: 'instance-name',
        label: localizer.text(messages, 'newName'),
        hint: localizer.text(messages, 'nameHint'),
        value: name,
        maxLength: 255,
        problem: name === name.trim() ? undefined : localizer.text(messages, 'nameSpaces'),
        onInput: (value) => {
          name = value;
          update();
        },
      }),
    submit: async () => {
      name = name.trim();
      await form.send({ name }, (compute, target) => renameServer(compute, target, name));
      return 'close';
    },
  });
}

/** A description. */
export function describeForm(form: Form): Promise<boolean> {
  const { localizer, server } = form;
  let description = server.description ?? '';
  return form.open({
    verb: () => localizer.text(messages, 'save'),
    details: () => ({ description }),
    fields: (update) =>
      field(
        localizer,
        { id: 'instance-description', label: localizer.text(messages, 'description'), optional: true },
        ({ id, describedBy }) =>
          html`<textarea
            id=${id}
            rows="4"
            maxlength="255"
            dir="auto"
            aria-describedby=${describedBy}
            .value=${description}
            @input=${({ target: area }: Event) => {
              if (!(area instanceof HTMLTextAreaElement)) return;
              description = area.value;
              update();
            }}
          ></textarea>`,
      ),
    submit: async () => {
      await form.send({ description }, (compute, target) => describeServer(compute, target, description));
      return 'close';
    },
  });
}

/** Tags, written between commas, which cannot be in one. */
export function tagsForm(form: Form): Promise<boolean> {
  const { localizer, server } = form;
  let text = server.tags.join(', ');
  const problemOf = (): string | undefined => {
    const problem = tagProblem(readTags(text));
    if (!problem) return undefined;
    return problem.why === 'tagTooLong'
      ? localizer.text(messages, problem.why, { tag: problem.tag })
      : localizer.text(messages, problem.why);
  };
  return form.open({
    verb: () => localizer.text(messages, 'save'),
    details: () => tagChanges(server.tags, readTags(text)),
    fields: (update) =>
      textField(localizer, {
        id: 'instance-tags',
        label: localizer.text(messages, 'tags'),
        hint: localizer.text(messages, 'tagsHint'),
        value: text,
        optional: true,
        technical: true,
        problem: problemOf(),
        onInput: (value) => {
          text = value;
          update();
        },
      }),
    submit: async () => {
      if (problemOf() !== undefined) return 'again';
      const tags = readTags(text);
      await form.send({ tags }, (compute, target) => replaceTags(compute, target, tags));
      return 'close';
    },
  });
}

/** Keys and values. */
export function metadataForm(form: Form): Promise<boolean> {
  const { localizer, server } = form;
  const before = server.metadata;
  let entries: readonly Entry[] = Object.entries(before).map(([key, value]) => ({ key, value }));
  if (entries.length === 0) entries = [{ key: '', value: '' }];
  const set = (at: number, part: Partial<Entry>) => {
    entries = entries.map((entry, index) => (index === at ? { ...entry, ...part } : entry));
  };
  const input = (at: number, part: 'key' | 'value', update: () => void) => {
    const problem = part === 'key' ? keyProblem(entries, at) : undefined;
    return html`<input
      type="text"
      dir="auto"
      autocomplete="off"
      spellcheck="false"
      maxlength="255"
      aria-label=${localizer.text(messages, part === 'key' ? 'keyOf' : 'valueOf', { n: at + 1 })}
      aria-invalid=${problem ? 'true' : 'false'}
      title=${problem ? localizer.text(messages, problem) : ''}
      .value=${entries[at]?.[part] ?? ''}
      @input=${({ target: box }: Event) => {
        if (!(box instanceof HTMLInputElement)) return;
        set(at, { [part]: box.value });
        box.setCustomValidity('');
        update();
      }}
    />`;
  };
  return form.open({
    intro: localizer.text(messages, 'metadataIntro'),
    verb: () => localizer.text(messages, 'save'),
    details: () => metadataChanges(before, metadataOf(entries)),
    fields: (update) =>
      html`<div class="entries">
          ${entries.map(
            (entry, at) =>
              html`<div class="entry">
                ${input(at, 'key', update)} ${input(at, 'value', update)}
                <span
                  >${actionButton({
                    id: `remove-entry-${String(at)}`,
                    label: localizer.text(messages, 'remove', { name: entry.key }),
                    icon: iconTrash(),
                    iconOnly: true,
                    class: 'quiet small',
                    onClick: () => {
                      entries = entries.filter((_, index) => index !== at);
                      update();
                    },
                  })}</span
                >
              </div>`,
          )}
        </div>
        <p aria-live="polite">
          ${entries.flatMap((_, at) => {
            const problem = keyProblem(entries, at);
            return problem ? [localizer.text(messages, problem)] : [];
          })}
        </p>
        <p>
          <button
            type="button"
            class="small"
            @click=${() => {
              entries = [...entries, { key: '', value: '' }];
              update();
            }}
          >
            ${iconPlus()} ${localizer.text(messages, 'add')}
          </button>
        </p>`,
    submit: async () => {
      if (entries.some((_, at) => keyProblem(entries, at) !== undefined)) return 'again';
      const metadata = metadataOf(entries);
      await form.send({ metadata }, (compute, target) => setMetadata(compute, target, before, metadata));
      return 'close';
    },
  });
}
