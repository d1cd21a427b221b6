import { isWorkflow, type Workflow } from '../../launch/exosphere/workflow.js';
import { NAME_LIMIT } from '../../launch/names.js';
import type { NewServerGroup } from '../../launch/plan.js';
import type { LaunchProfile } from '../../launch/profiles.js';
import { readPublicKey } from '../../launch/public-key.js';
import { COMMIT, GIT_URL } from '../../session/setting-forms.js';
import type { LaunchDefaults } from '../../session/settings.js';
import type { Draft, Pair, WorkflowDraft } from './wishes.js';

/** Nova's limits: POST /servers, and PUT /servers/{id}/tags. */
export const MOST_TAGS = 50;
export const TAG_LIMIT = 60;
export const METADATA_LIMIT = 255;
export const DESCRIPTION_LIMIT = 255;

/** What is wrong, by the field that it is wrong in. */
export type MoreProblem = 'metadata' | 'hints' | 'tags' | 'description' | 'keys' | 'packages' | 'workflow';

/** What most people never look at. */
export interface MoreDecision {
  readonly availabilityZone: string | undefined;
  readonly serverGroupId: string | undefined;
  readonly newServerGroup: NewServerGroup | undefined;
  readonly hints: Readonly<Record<string, string>> | undefined;
  readonly metadata: Readonly<Record<string, string>> | undefined;
  readonly tags: readonly string[] | undefined;
  readonly description: string | undefined;
  readonly configDrive: boolean | undefined;
  readonly profile: LaunchProfile;
  readonly problems: ReadonlySet<MoreProblem>;
}

/** Who launches, as far as a profile wants to know. */
export interface ProfileFacts {
  readonly preferences: LaunchDefaults;
  /** Of the launch. */
  readonly name: string;
  readonly userName: string;
  /** Of the chosen key, where it is known. */
  readonly publicKey: string | undefined;
  /** The cloud has a proxy that serves programs of instances to browsers. */
  readonly hasAppProxy: boolean;
  /** Names of the availability zones; empty while they are not known. */
  readonly zones?: readonly string[] | undefined;
}

const KINDS: readonly LaunchProfile['kind'][] = ['plain', 'kit', 'exosphere'];

/** Kinds of profiles that are offered, the usual one first. */
export function profilesOf({ profiles, exosphere }: LaunchDefaults): readonly LaunchProfile['kind'][] {
  const prepared =
    exosphere !== undefined && GIT_URL.test(exosphere.repository) && COMMIT.test(exosphere.commit);
  const known = (profiles ?? KINDS).flatMap((name) => KINDS.find((kind) => kind === name) ?? []);
  const offered = known.filter((kind) => kind !== 'exosphere' || prepared);
  return offered.length > 0 ? offered : ['plain'];
}

export function decideMore(draft: Draft, facts: ProfileFacts): MoreDecision {
  const problems = new Set<MoreProblem>();
  const metadata = pairs(draft.metadata, OWN_METADATA);
  const hints = pairs(draft.hints);
  if (!metadata) problems.add('metadata');
  if (!hints) problems.add('hints');
  const tags = [...new Set((draft.tags ?? []).map((tag) => tag.trim()).filter(Boolean))];
  if (tags.length > MOST_TAGS || tags.some((tag) => !isTag(tag))) problems.add('tags');
  const description = draft.description?.trim() || undefined;
  if (description !== undefined && Array.from(description).length > DESCRIPTION_LIMIT)
    problems.add('description');
  const profile = decideProfile(draft, facts, problems);
  return {
    availabilityZone: zoneOf(draft, facts),
    serverGroupId: draft.newServerGroup ? undefined : draft.serverGroupId || undefined,
    newServerGroup: draft.newServerGroup && {
      name: `${facts.name.trim()}-group`.slice(0, NAME_LIMIT),
      policy: draft.newServerGroup,
    },
    hints: hints && Object.keys(hints).length > 0 ? hints : undefined,
    metadata: metadata && Object.keys(metadata).length > 0 ? metadata : undefined,
    tags: tags.length > 0 ? tags : undefined,
    description,
    configDrive: draft.configDrive,
    profile,
    problems,
  };
}

/** One that is not there was not chosen here: the cloud takes any. */
function zoneOf({ availabilityZone }: Draft, { preferences, zones = [] }: ProfileFacts): string | undefined {
  const wanted = (availabilityZone ?? preferences.availabilityZone) || undefined;
  return wanted === undefined || zones.length === 0 || zones.includes(wanted) ? wanted : undefined;
}

/** Whether Nova takes it as a tag. */
export function isTag(tag: string): boolean {
  return Array.from(tag).length <= TAG_LIMIT && !/[,/]/.test(tag);
}

/** Names of metadata that launches and Exosphere write themselves: one of the user's own would be overwritten. */
export const OWN_METADATA = /^exo(?:[:A-Z]|userPassword$)/;

/** What is wrong with a pair among others; an empty one is not there. `own`: names that are not the user's to give. */
export function pairProblem(
  { key, value }: Pair,
  all: readonly Pair[],
  own?: RegExp,
): 'key' | 'long' | 'twice' | 'own' | undefined {
  const name = key.trim();
  if (own?.test(name)) return 'own';
  if (name === '') return value.trim() === '' ? undefined : 'key';
  if (Array.from(name).length > METADATA_LIMIT || Array.from(value).length > METADATA_LIMIT) return 'long';
  return all.filter((other) => other.key.trim() === name).length > 1 ? 'twice' : undefined;
}

function pairs(typed: readonly Pair[] = [], own?: RegExp): Readonly<Record<string, string>> | undefined {
  if (typed.some((pair) => pairProblem(pair, typed, own) !== undefined)) return undefined;
  return Object.fromEntries(
    typed.filter(({ key }) => key.trim() !== '').map(({ key, value }) => [key.trim(), value]),
  );
}

function decideProfile(draft: Draft, facts: ProfileFacts, problems: Set<MoreProblem>): LaunchProfile {
  const { exosphere } = facts.preferences;
  const offered = profilesOf(facts.preferences);
  const lines = (draft.moreKeys ?? '')
    .split(/\r?\n/)
    .map((line) => line.trim())
    .filter(Boolean);
  const packages = (draft.packages ?? '').split(/[\s,]+/).filter(Boolean);
  const wanted = draft.profile ?? (lines.length + packages.length > 0 ? 'kit' : undefined);
  const kind = offered.find((each) => each === wanted) ?? offered[0];
  const readings = lines.map(readPublicKey);
  const keys = readings.flatMap((reading) => (reading.ok ? [reading.line] : []));
  if (kind !== 'plain' && kind !== undefined && keys.length < lines.length) problems.add('keys');
  if (kind === 'kit') {
    if (packages.some((name) => !/^[A-Za-z\d][\w.+:-]*$/.test(name))) problems.add('packages');
    return { kind, keys, packages };
  }
  if (kind !== 'exosphere' || !exosphere) return { kind: 'plain' };
  const workflow = workflowOf(draft.workflow, facts.hasAppProxy);
  const odd = workflow !== undefined && !isWorkflow(workflow);
  if (odd) problems.add('workflow');
  return {
    kind,
    provisioning: exosphere,
    creator: facts.userName,
    keys: [...new Set([...(facts.publicKey === undefined ? [] : [facts.publicKey]), ...keys])],
    shell: facts.hasAppProxy && (draft.webShell ?? true),
    desktop: draft.desktop ?? false,
    updates: draft.updates ?? true,
    // What cannot be passed on as it is never gets into a script.
    ...(workflow && !odd && { workflow }),
  };
}

/** Undefined where none is wished, or nobody could open it. */
function workflowOf(typed: WorkflowDraft | undefined, hasAppProxy: boolean): Workflow | undefined {
  const repo = typed?.repo.trim();
  if (!repo || !hasAppProxy) return undefined;
  return { repo, ref: typed?.ref?.trim() ?? '', path: typed?.path?.trim().replace(/^\/+/, '') ?? '' };
}
