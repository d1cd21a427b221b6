import { isRecord } from '../../openstack/schema.js';
import { readPublicKey } from '../../launch/public-key.js';
import type { OpeningWish } from '../../launch/security.js';
import { said } from './wish.js';
import type { AddressDraft, BootDraft, Draft, KeyDraft, Pair, VolumeDraft, WorkflowDraft } from './wishes.js';

/**
 * A draft as text, for the browser's storage. Boot scripts are left out, for they often hold passwords, and so is
 * whatever was pasted as a public key and is none, and an account in the address of a repository.
 */
export function writeDraft(draft: Draft): string {
  const { script: _, moreKeysRefused: __, key, moreKeys, workflow, ...rest } = draft;
  return JSON.stringify({
    ...rest,
    key: key && safeKey(key),
    moreKeys: moreKeys?.split(/\r?\n/).filter(isPublic).join('\n'),
    workflow: workflow && { ...workflow, repo: workflow.repo.replace(/^(\s*[a-z]+:\/\/)[^/]*@/i, '$1') },
  });
}

function isPublic(line: string): boolean {
  return readPublicKey(line).ok;
}

function safeKey(key: KeyDraft): KeyDraft {
  if (key.kind !== 'import') return key;
  const reading = readPublicKey(key.text);
  return { ...key, text: reading.ok ? reading.line : '', refused: false };
}

/** What was written; what of it is nothing that a form could have left out. */
export function readDraft(text: string): Draft {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return {};
  }
  if (!isRecord(value)) return {};
  const get = <T>(name: keyof Draft, read: (raw: unknown) => T | undefined): T | undefined =>
    read(isRecord(value) ? value[name] : undefined);
  return said({
    name: get('name', string),
    imageId: get('imageId', string),
    flavorId: get('flavorId', string),
    key: get('key', readKey),
    network: get('network', string),
    newNetwork: get('newNetwork', (raw) =>
      isRecord(raw) ? { name: string(raw['name']), cidr: string(raw['cidr']) } : undefined,
    ),
    connect: get('connect', string),
    fixedIp: get('fixedIp', string),
    moreNetworks: get('moreNetworks', (raw) =>
      list(raw, (each) => {
        const id = isRecord(each) ? string(each['id']) : undefined;
        return id === undefined || !isRecord(each) ? undefined : { id, fixedIp: string(each['fixedIp']) };
      }),
    ),
    address: get('address', readAddress),
    groups: get('groups', strings),
    openings: get('openings', (raw) => list(raw, readOpening)),
    count: get('count', string),
    boot: get('boot', readBoot),
    volumes: get('volumes', (raw) => list(raw, readVolume)),
    availabilityZone: get('availabilityZone', string),
    serverGroupId: get('serverGroupId', string),
    newServerGroup: get('newServerGroup', (raw) => GROUP_POLICIES.find((policy) => policy === raw)),
    hints: get('hints', readPairs),
    metadata: get('metadata', readPairs),
    tags: get('tags', strings),
    description: get('description', string),
    configDrive: get('configDrive', flag),
    zone: get('zone', string),
    profile: get('profile', (raw) =>
      raw === 'plain' || raw === 'kit' || raw === 'exosphere' ? raw : undefined,
    ),
    moreKeys: get('moreKeys', string),
    packages: get('packages', string),
    desktop: get('desktop', flag),
    webShell: get('webShell', flag),
    workflow: get('workflow', readWorkflow),
    updates: get('updates', flag),
  });
}

const OPENABLE = ['tcp', 'udp', 'icmp'] as const;
const GROUP_POLICIES = ['affinity', 'anti-affinity', 'soft-affinity', 'soft-anti-affinity'] as const;

const string = (raw: unknown) => (typeof raw === 'string' && raw.length <= 20_000 ? raw : undefined);
const flag = (raw: unknown) => (typeof raw === 'boolean' ? raw : undefined);
const strings = (raw: unknown) => list(raw, string);

function list<T>(raw: unknown, read: (each: unknown) => T | undefined): readonly T[] | undefined {
  return Array.isArray(raw) ? raw.slice(0, 200).flatMap((each) => read(each) ?? []) : undefined;
}

function readPairs(raw: unknown): readonly Pair[] | undefined {
  return list(raw, (each) => {
    if (!isRecord(each)) return undefined;
    const key = string(each['key']);
    const value = string(each['value']);
    return key === undefined || value === undefined ? undefined : { key, value };
  });
}

function readWorkflow(raw: unknown): WorkflowDraft | undefined {
  const repo = isRecord(raw) ? string(raw['repo']) : undefined;
  if (repo === undefined || !isRecord(raw)) return undefined;
  return { repo, ref: string(raw['ref']), path: string(raw['path']) };
}

function readOpening(raw: unknown): OpeningWish | undefined {
  if (!isRecord(raw)) return undefined;
  const protocol = OPENABLE.find((each) => each === raw['protocol']);
  const ports = string(raw['ports']);
  return protocol && ports !== undefined ? { protocol, ports, from: string(raw['from']) } : undefined;
}

function readVolume(raw: unknown): VolumeDraft | undefined {
  return isRecord(raw) ? { size: string(raw['size']), type: string(raw['type']) } : undefined;
}

function readKey(raw: unknown): KeyDraft | undefined {
  if (!isRecord(raw)) return undefined;
  const name = string(raw['name']);
  switch (raw['kind']) {
    case 'none':
      return { kind: 'none' };
    case 'existing':
      return name === undefined ? undefined : { kind: 'existing', name };
    case 'generate':
      return { kind: 'generate', name };
    case 'import':
      return { kind: 'import', name, text: string(raw['text']) ?? '', refused: false };
    default:
      return undefined;
  }
}

function readAddress(raw: unknown): AddressDraft | undefined {
  if (!isRecord(raw)) return undefined;
  const id = string(raw['id']);
  switch (raw['kind']) {
    case 'none':
      return { kind: 'none' };
    case 'new':
      return { kind: 'new', networkId: string(raw['networkId']) };
    case 'existing':
      return id === undefined ? undefined : { kind: 'existing', id };
    default:
      return undefined;
  }
}

function readBoot(raw: unknown): BootDraft | undefined {
  if (!isRecord(raw)) return undefined;
  const id = string(raw['id']);
  const keep = flag(raw['keep']);
  const volume = readVolume(raw);
  switch (raw['kind']) {
    case 'image':
      return { kind: 'image' };
    case 'new-volume':
      return { kind: 'new-volume', ...volume, keep };
    case 'volume':
      return id === undefined ? undefined : { kind: 'volume', id, remove: flag(raw['remove']) };
    case 'snapshot':
      return id === undefined ? undefined : { kind: 'snapshot', id, ...volume, keep };
    default:
      return undefined;
  }
}
