import { launchReviewMessages as messages } from '../../i18n/en/launch-review.js';
import type { Localizer } from '../../i18n/localizer.js';
import type { SecurityGroup } from '../../openstack/network.js';
import { letIn } from './answers.js';
import { failureOf, type Decision, type Known } from './launch-wizard.state.js';

/** What will exist, one sentence each; none while it is not decided. */
export function reviewSentences(localizer: Localizer, decision: Decision, known: Known): readonly string[] {
  const { image, size, names, storage, networkChoice } = decision;
  const start = startOf(localizer, decision);
  if (!size || start === undefined) return [];
  const { flavor } = size;
  return [
    localizer.text(messages, 'what', {
      names,
      size: flavor.name,
      vcpus: flavor.vcpus,
      ram: flavor.ram,
      disk: image && !storage.boot ? flavor.disk : 0,
      start,
    }),
    keySentence(localizer, decision, known),
    // While nobody knows the networks, the notice says so, and it cannot be launched.
    ...(networkChoice && !decision.obstacles.some(({ why }) => why === 'networks')
      ? networkSentences(localizer, decision, known)
      : []),
    ...moreSentences(localizer, decision),
  ];
}

function startOf(localizer: Localizer, { image, storage }: Decision): string | undefined {
  const { boot, from } = storage;
  const name = image?.name ?? from?.name ?? '';
  switch (boot?.kind) {
    case undefined:
      return image && localizer.text(messages, 'start-image', { what: name });
    case 'new-volume':
      return localizer.text(messages, 'start-new-volume', {
        what: name,
        size: boot.size,
        stays: !boot.deleteWithServer,
      });
    case 'volume':
      return localizer.text(messages, 'start-volume', {
        name: from?.name ?? boot.volumeId,
        stays: !boot.deleteWithServer,
      });
  }
}

function keySentence(localizer: Localizer, { key: { kind, name } }: Decision, { keypairs }: Known): string {
  if (kind === 'none') return localizer.text(messages, 'key-none');
  const sentence = localizer.text(messages, `key-${kind}`, { name });
  if (kind !== 'generate' || !failureOf(keypairs)) return sentence;
  return `${localizer.text(messages, 'keys-unknown')} ${sentence}`;
}

function networkSentences(localizer: Localizer, decision: Decision, known: Known): readonly string[] {
  const { networkChoice, networking, network, address, safety, count } = decision;
  const failed = failureOf(known.networks);
  const said: string[] = [];
  if (networkChoice?.kind === 'new')
    said.push(localizer.text(messages, 'network-new', { name: networkChoice.name }));
  else if (networkChoice?.kind === 'network' && networkChoice.id !== idOf(network.automatic))
    said.push(localizer.text(messages, 'network-own', { name: networkChoice.name }));
  else said.push(localizer.text(messages, 'network-auto'));
  if (networkChoice?.kind === 'network' && networkChoice.externalNetworkId !== undefined)
    said.push(localizer.text(messages, 'network-connect', { name: networkChoice.name || networkChoice.id }));
  if (networking.fixedIp !== undefined)
    said.push(localizer.text(messages, 'fixed-ip', { address: networking.fixedIp }));
  if (networking.more.length > 0)
    said.push(localizer.text(messages, 'network-more', { count: networking.more.length }));
  const { wish } = address;
  if (wish?.kind === 'new') said.push(localizer.text(messages, 'address-new', { count }));
  if (wish?.kind === 'existing')
    said.push(localizer.text(messages, 'address-existing', { address: wish.address }));
  if (address.why === 'no-way-out') said.push(localizer.text(messages, 'no-way-out'));
  else if (address.why === 'no-service' && failed)
    said.push(
      localizer.text(messages, failed.reason === 'service-missing' ? 'networks-none' : 'networks-unknown'),
    );
  else if (wish?.kind === 'none' && address.why !== 'is-outside')
    said.push(localizer.text(messages, 'address-none'));
  const list = letIn(localizer, decision, known);
  const names = known.groups?.status === 'ready' ? groupNames(safety, known.groups.rows) : [];
  if (list.length > 0) said.push(localizer.text(messages, 'safety', { list, names }));
  else
    said.push(localizer.text(messages, known.groups?.status === 'ready' ? 'safety-none' : 'safety-unknown'));
  return said;
}

function groupNames(
  { all, newGroup }: Decision['safety'],
  rows: readonly SecurityGroup[],
): readonly string[] {
  return [
    ...all.map((id) => rows.find((group) => group.id === id)?.name ?? id),
    ...(newGroup ? [newGroup.name] : []),
  ];
}

const idOf = (choice: object | undefined) =>
  choice && 'id' in choice && typeof choice.id === 'string' ? choice.id : undefined;

function moreSentences(localizer: Localizer, decision: Decision): readonly string[] {
  const { storage, more, zone, userData, count } = decision;
  const said: string[] = [];
  if (storage.volumes.length > 0) {
    const sizes = storage.volumes.map(({ size }) => size);
    said.push(localizer.text(messages, 'volumes', { sizes, count }));
  }
  if (zone !== undefined) said.push(localizer.text(messages, 'dns', { zone: zone.replace(/\.$/, '') }));
  if (more.availabilityZone !== undefined)
    said.push(localizer.text(messages, 'zone', { zone: more.availabilityZone }));
  if (more.profile.kind !== 'plain') said.push(localizer.text(messages, more.profile.kind));
  if (userData !== undefined) said.push(localizer.text(messages, 'script'));
  return said;
}
