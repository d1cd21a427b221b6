import type { LaunchProfile } from '../../launch/profiles.js';
import { readPublicKey } from '../../launch/ssh-key.js';
import type { LaunchDefaults } from '../../session/settings.js';
import type { Draft, Pair } from './wishes.js';

/** Nova's limits: POST /servers, and PUT /servers/{id}/tags. */
export const MOST_TAGS = 50;
export const TAG_LIMIT = 60;
export const METADATA_LIMIT = 255;
export const DESCRIPTION_LIMIT = 255;
/** Entries of metadata, less those that a launch writes itself. */
const MOST_METADATA = 126;

/** What is wrong, by the field that it is wrong in. */
export type MoreProblem = 'metadata' | 'hints' | 'tags' | 'description' | 'keys' | 'packages';

/** What most people never look at. */
export interface MoreDecision {
  readonly availabilityZone: string | undefined;
  readonly serverGroupId: string | undefined;
  readonly hints: Readonly<Record<string, string>> | undefined;
  readonly metadata: Readonly<Record<string, string>> | undefined;
  readonly tags: readonly string[] | undefined;
  readonly description: string | undefined;
  readonly configDrive: boolean | undefined;
  readonly profile: LaunchProfile;
  readonly problems: ReadonlySet<MoreProblem>;
}

/** Kinds of profiles that are offered, the usual one first. */
export function profilesOf({ profiles }: LaunchDefaults): readonly LaunchProfile['kind'][] {
  const known = (profiles ?? []).filter((kind) => kind === 'plain' || kind === 'kit');
  return known.length > 0 ? known : ['plain', 'kit'];
}

export function decideMore(draft: Draft, preferences: LaunchDefaults): MoreDecision {
  const problems = new Set<MoreProblem>();
  const metadata = pairs(draft.metadata);
  const hints = pairs(draft.hints);
  if (!metadata || Object.keys(metadata).length > MOST_METADATA) problems.add('metadata');
  if (!hints) problems.add('hints');
  const tags = [...new Set((draft.tags ?? []).map((tag) => tag.trim()).filter(Boolean))];
  if (tags.length > MOST_TAGS || tags.some((tag) => !isTag(tag))) problems.add('tags');
  const description = draft.description?.trim() || undefined;
  if (description !== undefined && Array.from(description).length > DESCRIPTION_LIMIT)
    problems.add('description');
  const profile = decideProfile(draft, preferences, problems);
  return {
    availabilityZone: (draft.availabilityZone ?? preferences.availabilityZone) || undefined,
    serverGroupId: draft.serverGroupId || undefined,
    hints: hints && Object.keys(hints).length > 0 ? hints : undefined,
    metadata: metadata && Object.keys(metadata).length > 0 ? metadata : undefined,
    tags: tags.length > 0 ? tags : undefined,
    description,
    configDrive: draft.configDrive,
    profile,
    problems,
  };
}

/** Whether Nova takes it as a tag. */
export function isTag(tag: string): boolean {
  return Array.from(tag).length <= TAG_LIMIT && !/[,/]/.test(tag);
}

/** What is wrong with a pair among others; an empty one is not there. */
export function pairProblem(
  { key, value }: Pair,
  all: readonly Pair[],
): 'key' | 'long' | 'twice' | undefined {
  const name = key.trim();
  if (name === '') return value.trim() === '' ? undefined : 'key';
  if (Array.from(name).length > METADATA_LIMIT || Array.from(value).length > METADATA_LIMIT) return 'long';
  return all.filter((other) => other.key.trim() === name).length > 1 ? 'twice' : undefined;
}

function pairs(typed: readonly Pair[] = []): Readonly<Record<string, string>> | undefined {
  if (typed.some((pair) => pairProblem(pair, typed) !== undefined)) return undefined;
  return Object.fromEntries(
    typed.filter(({ key }) => key.trim() !== '').map(({ key, value }) => [key.trim(), value]),
  );
}

function decideProfile(draft: Draft, preferences: LaunchDefaults, problems: Set<MoreProblem>): LaunchProfile {
  const offered = profilesOf(preferences);
  const lines = (draft.moreKeys ?? '')
    .split(/\r?\n/)
    .map((line) => line.trim())
    .filter(Boolean);
  const packages = (draft.packages ?? '').split(/[\s,]+/).filter(Boolean);
  const wanted = draft.profile ?? (lines.length + packages.length > 0 ? 'kit' : undefined);
  const kind = offered.find((each) => each === wanted) ?? offered[0] ?? 'plain';
  if (kind !== 'kit') return { kind: 'plain' };
  const readings = lines.map(readPublicKey);
  if (readings.some(({ ok }) => !ok)) problems.add('keys');
  if (packages.some((name) => !/^[A-Za-z\d][\w.+:-]*$/.test(name))) problems.add('packages');
  return { kind, keys: readings.flatMap((reading) => (reading.ok ? [reading.line] : [])), packages };
}
