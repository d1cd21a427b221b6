import { launchWizardMessages as messages } from '../../i18n/en/launch-wizard.js';
import type { Localizer } from '../../i18n/localizer.js';
import type { NetworkChoice } from '../../launch/networks.js';
import { openingOf, openings } from '../../launch/security.js';
import { offerTypes, typeOf } from '../../launch/types.js';
import { userDataBytes } from '../../launch/user-data-size.js';
import { rowsOf, type Decision, type Known } from './launch-wizard.state.js';
import type { FormView } from './section.js';

/** What is chosen, in a few words, and a line more about it. */
export interface Answer {
  readonly answer: string;
  readonly detail?: string | undefined;
}

export function imageAnswer({ decision, known, setting, host: { localizer } }: FormView): Answer {
  const { from, kind } = decision.storage;
  if (kind === 'volume' || kind === 'snapshot') {
    return { answer: from?.name ?? '', detail: localizer.text(messages, `from-${kind}`) };
  }
  const chosen = decision.images.find(({ image }) => image === decision.image);
  const name = chosen?.image.name ?? '';
  const { types = [] } = setting.preferences;
  const picked =
    types.length === 0 ? undefined : typeOf(offerTypes(types, rowsOf(known.images)), decision.image);
  if (picked) return { answer: `${picked.offer.type.name} ${picked.version.name}`, detail: name };
  return { answer: name, detail: chosen && [chosen.system, chosen.version].filter(Boolean).join(' ') };
}

export function sizeAnswer({ decision, host: { localizer } }: FormView): Answer {
  const flavor = decision.size?.flavor;
  return { answer: flavor?.name ?? '', detail: flavor && localizer.text(messages, 'sizeSentence', flavor) };
}

export function keyAnswer({ decision, host: { localizer } }: FormView): Answer {
  const { kind, name } = decision.key;
  const more = decision.more.profile.kind === 'kit' ? decision.more.profile.keys.length : 0;
  return {
    answer:
      kind === 'none'
        ? localizer.text(messages, 'keyAnswerNone')
        : localizer.text(messages, kind === 'existing' ? 'keyAnswer' : 'keyAnswerNew', { name }),
    detail: more > 0 ? localizer.text(messages, 'keyAnswerMore', { count: more }) : undefined,
  };
}

/** `automatic`, `own`, or the id of the network chosen. */
export function networkValue(
  { draft, decision }: Pick<FormView, 'draft' | 'decision'>,
  choice: NetworkChoice,
): string {
  const { automatic } = decision.network;
  if (choice.kind === 'new') return 'own';
  if (choice.kind !== 'network') return 'automatic';
  const same = automatic?.kind === 'network' && automatic.id === choice.id;
  return same && draft.network !== choice.id ? 'automatic' : choice.id;
}

export function networkAnswer(view: FormView): Answer {
  const { decision, draft, setting, host } = view;
  const { localizer } = host;
  const { networkChoice: choice, network, address, networking } = decision;
  if (!choice) return { answer: '' };
  const more = networking.more.length;
  const name =
    choice.kind === 'network' || choice.kind === 'new'
      ? choice.kind === 'new'
        ? localizer.text(messages, 'networkNew', choice)
        : choice.name
      : localizer.text(messages, 'networkAuto');
  if (!setting.hasNetworkService) return { answer: name };
  return {
    answer: more > 0 ? localizer.text(messages, 'networkMore', { name, count: more }) : name,
    detail: [
      network.ask && draft.network === undefined ? localizer.text(messages, 'networkAsk') : '',
      address.wish === undefined || address.kind === 'none'
        ? localizer.text(messages, 'addressNone')
        : address.wish.kind === 'existing'
          ? address.wish.address
          : localizer.text(messages, 'addressNew', { count: decision.count }),
      safetyWords(view),
    ]
      .filter(Boolean)
      .join(' · '),
  };
}

/** Everything that is let in, whatever lets it in. */
export function letIn(localizer: Localizer, decision: Decision, known: Known): readonly string[] {
  const chosen = rowsOf(known.groups).filter(({ id }) => decision.groups.includes(id));
  const all = [
    ...decision.safety.openings.flatMap((wish) => openingOf(wish) ?? []),
    ...chosen.flatMap(openings),
  ];
  return [...new Set(all.map((opening) => localizer.text(messages, 'opening', opening)))];
}

function safetyWords({ decision, known, host: { localizer } }: FormView): string {
  const list = letIn(localizer, decision, known);
  if (list.length > 0) return localizer.text(messages, 'letsIn', { list });
  return localizer.text(messages, known.groups?.status === 'ready' ? 'letsNothing' : 'letsUnknown');
}

export function storageAnswer({ decision, host: { localizer } }: FormView): Answer {
  const { kind, volume, data, from } = decision.storage;
  const answer =
    kind === 'image'
      ? localizer.text(messages, 'storage-image')
      : kind === 'volume'
        ? localizer.text(messages, 'storage-volume', { name: from?.name ?? '' })
        : localizer.text(messages, 'storage-new', { size: Number(volume.size) || 0 });
  return {
    answer,
    detail: data.length > 0 ? localizer.text(messages, 'storageMore', { count: data.length }) : undefined,
  };
}

export function advancedAnswer(view: FormView): Answer {
  const { decision, draft, host } = view;
  const { localizer } = host;
  const { more, userData, zone } = decision;
  const set: string[] = [];
  if (userData !== undefined)
    set.push(
      draft.script?.kind === 'file'
        ? draft.script.name
        : `${localizer.text(messages, 'script')}: ${localizer.text(messages, 'scriptAnswer', { bytes: userDataBytes(userData) })}`,
    );
  const add = (
    is: unknown,
    what: 'description' | 'tags' | 'placement' | 'metadata' | 'hints' | 'configDrive',
  ) => {
    if (is) set.push(localizer.text(messages, `set-${what}`));
  };
  if (zone !== undefined) set.push(zone.replace(/\.$/, ''));
  add(more.description, 'description');
  add(more.tags, 'tags');
  add(more.availabilityZone ?? more.serverGroupId ?? more.newServerGroup, 'placement');
  add(more.metadata, 'metadata');
  add(more.hints, 'hints');
  add(more.configDrive, 'configDrive');
  return { answer: set.length > 0 ? set.join(', ') : localizer.text(messages, 'advancedNone') };
}
