import { exosphereOrigin } from '../../launch/exosphere/origin.js';
import { isWorkflow, type Workflow } from '../../launch/exosphere/workflow.js';
import { givenTo } from '../../launch/given.js';
import { readMark } from '../../launch/mark.js';
import type { LaunchProfile } from '../../launch/profiles.js';
import { LAUNCH_SETUP } from '../../launch/setup.js';
import { profilesOf } from './decide-more.js';
import type { Setting } from './setting.js';
import { said } from './wish.js';
import type { Draft, Lock } from './wishes.js';

/** What of an instance another one cannot have, or has otherwise. */
export type Left =
  | {
      readonly what:
        /** Boot scripts cannot be read back, or only by administrators. */
        | 'script'
        | 'packages'
        | 'keys'
        | 'web-shell'
        /** The address of its repository holds a password. */
        | 'secret-workflow'
        /** A name in the DNS, which leads to one instance alone. */
        | 'dns'
        /** Addresses that were chosen, which no other can have. */
        | 'addresses'
        /** The cloud does not tell them. */
        | 'hints'
        /** How it was placed could not be read. */
        | 'placement'
        /** Its image is not there any more. */
        | 'image'
        /** Its volumes could not be read. */
        | 'disks'
        /** Nobody knows what its boot volume was made from. */
        | 'boot-source'
        /** Its boot volume is a copy of another, or of a snapshot that is gone. */
        | 'boot-copy';
    }
  | { readonly what: 'profile'; readonly kind: LaunchProfile['kind'] }
  | { readonly what: 'workflow'; readonly repo: string }
  /** Nobody can see whether it had such. */
  | { readonly what: 'maybe'; readonly had: 'script' | 'addresses' | 'hints' | 'dns' }
  /** Attached by hand. */
  | { readonly what: 'volumes'; readonly names: readonly string[] };

/** A part of what another instance shall be like, and what of it cannot be carried over. */
export interface Likeness {
  readonly draft: Draft;
  readonly left: readonly Left[];
  /** Names of what is not there any more. */
  readonly missing: readonly string[];
}

type Metadata = Readonly<Record<string, string>>;

/** How an instance was prepared at its first start, as far as it tells: by its metadata, for user data cannot be read. */
export function likePrepared(
  metadata: Metadata,
  { preferences, hasAppProxy }: Pick<Setting, 'preferences' | 'hasAppProxy'>,
): Likeness {
  const decided = (lock: Lock) => preferences.locked?.includes(lock) === true;
  const left: Left[] = [];
  const draft: { -readonly [K in keyof Draft]: Draft[K] } = {};
  const kind = kindOf(metadata);
  const offered = kind !== undefined && profilesOf(preferences).includes(kind);
  if (kind !== undefined && !decided('profile')) {
    if (offered) draft.profile = kind;
    else left.push({ what: 'profile', kind });
  }
  const { guacamole, workflow } = exosphereOrigin(metadata) ?? {};
  if (kind === 'exosphere' && offered && !decided('profile')) {
    draft.desktop = guacamole?.desktop;
    if (hasAppProxy) draft.webShell = guacamole?.shell ?? false;
    else if (guacamole?.shell) left.push({ what: 'web-shell' });
    if (workflow && holdsPassword(workflow)) left.push({ what: 'secret-workflow' });
    else if (workflow && hasAppProxy && isWorkflow(workflow)) draft.workflow = workflow;
    else if (workflow) left.push({ what: 'workflow', repo: workflow.repo });
  }
  const given = givenTo(metadata);
  if (!decided('script')) {
    if (given === undefined) left.push({ what: 'maybe', had: 'script' });
    else if (given.includes('script')) left.push({ what: 'script' });
    if (offered && given?.includes('packages')) left.push({ what: 'packages' });
  }
  if (offered && given?.includes('keys') && !decided('key')) left.push({ what: 'keys' });
  return { draft: said(draft), left, missing: [] };
}

/** Undefined where an instance does not tell: it was made by other means. */
function kindOf(metadata: Metadata): LaunchProfile['kind'] | undefined {
  if (exosphereOrigin(metadata)) return 'exosphere';
  if (metadata[LAUNCH_SETUP] !== undefined) return 'kit';
  return readMark(metadata) ? 'plain' : undefined;
}

/** Whether somebody has put an account before the host: `https://ada:token@example.org/…`. */
function holdsPassword({ repo }: Workflow): boolean {
  return /^[a-z]+:\/\/[^/]*@/i.test(repo);
}
