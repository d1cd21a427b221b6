import { html, nothing, type TemplateResult } from 'lit';
import { instanceMessages as messages } from '../../i18n/en/instance.js';
import type { Server } from '../../openstack/compute.js';
import { actionButton } from '../../ui/action-button.js';
import { notice } from '../../ui/notice.js';
import { refusalText } from '../instance-list/words.js';
import type { InstanceAction } from '../instances/actions.js';
import { refusal } from '../instances/availability.js';
import { actionLabel } from '../instances/labels.js';
import type { SectionHost } from './section.js';

/** What people have to know or decide, whatever part is looked at. */
export function attention(host: SectionHost): TemplateResult | typeof nothing {
  const { server, gone } = host.shown;
  if (gone) return nothing;
  switch (server.status) {
    case 'VERIFY_RESIZE':
      return decision(host, 'resized', ['confirm-resize', 'revert-resize']);
    case 'SOFT_DELETED':
      return decision(host, 'softDeleted', ['restore']);
    case 'UNKNOWN':
      return isPartial(server) ? partlyDown(host) : nothing;
    default:
      return nothing;
  }
}

/** Whether the part of the cloud that knows it is down, so that little more than its id is told. */
export function isPartial({ status, name }: Pick<Server, 'status' | 'name'>): boolean {
  return status === 'UNKNOWN' && name === '';
}

function partlyDown({ localizer }: SectionHost): TemplateResult {
  return notice({
    tone: 'warning',
    heading: localizer.text(messages, 'partlyDown'),
    helps: localizer.text(messages, 'partlyDownHelps'),
  });
}

function decision(
  host: SectionHost,
  what: 'resized' | 'softDeleted',
  actions: readonly InstanceAction[],
): TemplateResult {
  const { localizer, shown } = host;
  return notice({
    tone: 'warning',
    heading: localizer.text(messages, what),
    helps: localizer.text(messages, `${what}Helps`),
    actions: html`${actions.map((action, at) => {
      const no = refusal(action, shown.server, shown.rights);
      return actionButton({
        id: `decide-${action}`,
        label: actionLabel(localizer, action),
        class: at === 0 ? 'primary' : '',
        reason: no && refusalText(localizer, no),
        onClick: () => void shown.act(action),
      });
    })}`,
  });
}
