import { html, nothing, type TemplateResult } from 'lit';
import { launchChoicesMessages as texts } from '../../i18n/en/launch-choices.js';
import { launchWizardMessages as messages } from '../../i18n/en/launch-wizard.js';
import { dnsLabel } from '../../launch/names.js';
import { checkField, selectField, textField } from '../../ui/field.js';
import { errorNotice } from '../../ui/notice.js';
import { DESCRIPTION_LIMIT } from './decide-more.js';
import { interfacesChoice } from './interfaces-choice.js';
import { failureOf, rowsOf } from './launch-wizard.state.js';
import { pairsField } from './pairs-field.js';
import { profileChoice } from './profile-choice.js';
import { quotaProblem } from './quota-notes.js';
import { scriptChoice } from './script-choice.js';
import { isLocked, lockedNote, type FormView } from './section.js';

/** What most people never need. */
export function advancedChoice(view: FormView): TemplateResult {
  const { draft, host, known, setting } = view;
  const { localizer } = host;
  const { extras = {} } = known;
  const error = failureOf(extras.zones) ?? failureOf(extras.serverGroups) ?? failureOf(extras.dnsZones);
  const shown = error && error.reason !== 'service-missing' ? error : undefined;
  return html`
    ${shown ? errorNotice(host, shown, { onRetry: () => view.retry(), tone: 'warning' }) : nothing}
    <div class="group">
      ${
        isLocked(view, 'script')
          ? html`<h4 class="minor">${localizer.text(messages, 'script')}</h4>
              ${lockedNote(view)}`
          : scriptChoice(view)
      }
    </div>
    ${profileChoice(view)}
    <div class="group">
      <h4 class="minor">${localizer.text(texts, 'placement')}</h4>
      ${isLocked(view, 'placement') ? lockedNote(view) : placement(view)}
    </div>
    ${setting.hasNetworkService && !isLocked(view, 'network') ? interfacesChoice(view) : nothing}
    ${setting.hasDnsService && !isLocked(view, 'address') ? dnsName(view) : nothing}
    <div class="group">${words(view)}</div>
    ${pairsField(view, 'metadata', draft.metadata ?? [], (metadata) => view.change({ metadata }))}
    ${
      isLocked(view, 'placement')
        ? nothing
        : pairsField(view, 'hints', draft.hints ?? [], (hints) => view.change({ hints }))
    }
    ${checkField({
      id: 'config-drive',
      label: html`<span class="title">${localizer.text(texts, 'configDrive')}</span>
        <span class="note">${localizer.text(texts, 'configDriveNote')}</span>`,
      checked: draft.configDrive ?? false,
      onChange: (configDrive) => view.change({ configDrive: configDrive || undefined }),
    })}
  `;
}

const POLICIES = ['affinity', 'anti-affinity', 'soft-affinity', 'soft-anti-affinity'] as const;

function placement(view: FormView): TemplateResult {
  const { decision, draft, known, host } = view;
  const { localizer } = host;
  const zones = rowsOf(known.extras?.zones);
  const groups = rowsOf(known.extras?.serverGroups);
  return html`<div class="pair">
    ${selectField(localizer, {
      id: 'zone',
      label: localizer.text(texts, 'zone'),
      value: decision.more.availabilityZone ?? '',
      optional: true,
      options: [
        { value: '', label: localizer.text(texts, 'zoneAny') },
        ...zones.map(({ id, available }) => ({
          value: id,
          label: available ? id : localizer.text(texts, 'zoneClosed', { name: id }),
          disabled: !available,
        })),
      ],
      onChange: (availabilityZone) => view.change({ availabilityZone }),
    })}
    ${selectField(localizer, {
      id: 'server-group',
      label: localizer.text(texts, 'serverGroup'),
      value: draft.newServerGroup ? `new:${draft.newServerGroup}` : (draft.serverGroupId ?? ''),
      optional: true,
      problem: quotaProblem(view, ['serverGroups', 'serverGroupMembers']),
      options: [
        { value: '', label: localizer.text(texts, 'serverGroupNone') },
        ...groups.map(({ id, name, policy, members }) => ({
          value: id,
          label: localizer.text(texts, 'serverGroupOf', { name, policy, members: members.length }),
        })),
        ...POLICIES.map((policy) => ({
          value: `new:${policy}`,
          label: localizer.text(texts, 'serverGroupNew', { policy }),
        })),
      ],
      onChange: (value) => {
        const policy = POLICIES.find((each) => value === `new:${each}`);
        view.change({ newServerGroup: policy, serverGroupId: policy ? undefined : value || undefined });
      },
    })}
  </div>`;
}

function dnsName(view: FormView): unknown {
  const { decision, draft, known, host } = view;
  const { localizer } = host;
  const zones = rowsOf(known.extras?.dnsZones);
  if (zones.length === 0) return nothing;
  const addressed = decision.address.wish !== undefined && decision.address.wish.kind !== 'none';
  const label = dnsLabel(decision.names[0] ?? '');
  const { zone } = decision;
  return selectField(localizer, {
    id: 'dns-zone',
    label: localizer.text(texts, 'dnsZone'),
    value: draft.zone ?? zone ?? '',
    optional: true,
    hint: !addressed
      ? localizer.text(texts, 'dnsAddress')
      : zone !== undefined && label !== undefined
        ? localizer.text(texts, 'dnsName', { name: `${label}.${zone.replace(/\.$/, '')}` })
        : undefined,
    options: [
      { value: '', label: localizer.text(texts, 'dnsNone') },
      ...zones.map(({ name }) => ({ value: name, label: name.replace(/\.$/, ''), disabled: !addressed })),
    ],
    onChange: (name) => view.change({ zone: name }),
  });
}

function words(view: FormView): TemplateResult {
  const { decision, draft, host } = view;
  const { localizer } = host;
  const { problems } = decision.more;
  return html`
    ${textField(localizer, {
      id: 'description',
      label: localizer.text(texts, 'description'),
      value: draft.description ?? '',
      optional: true,
      maxLength: DESCRIPTION_LIMIT * 2,
      problem: problems.has('description') ? localizer.text(texts, 'descriptionLong') : undefined,
      onInput: (description) => view.change({ description }),
    })}
    ${textField(localizer, {
      id: 'tags',
      label: localizer.text(texts, 'tags'),
      value: (draft.tags ?? []).join(','),
      optional: true,
      technical: true,
      hint: localizer.text(texts, 'tagsHint'),
      problem: problems.has('tags') ? localizer.text(texts, 'tagsProblem') : undefined,
      onInput: (typed) => view.change({ tags: typed === '' ? undefined : typed.split(',') }),
    })}
  `;
}
