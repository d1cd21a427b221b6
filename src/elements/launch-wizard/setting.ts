import { userAppProxiesOf } from '../../session/clouds.js';
import type { Connection } from '../../session/connection.js';
import type { Session } from '../../session/session.js';
import type { LaunchDefaults } from '../../session/settings.js';
import { isUnsaved } from './unsaved-keys.js';

/** Who launches, where, and when; what the cloud has, and what the portal wants. */
export interface Setting {
  readonly projectId: string;
  readonly projectName?: string | undefined;
  readonly user: { readonly id: string; readonly name: string };
  readonly canAct: boolean;
  readonly expired: boolean;
  readonly hasNetworkService: boolean;
  readonly hasVolumeService: boolean;
  readonly hasDnsService: boolean;
  /** There is a proxy that serves programs of instances to browsers. */
  readonly hasAppProxy: boolean;
  readonly canGenerate: boolean;
  /** Whether nobody has the private half of this public key. */
  readonly isUnsaved?: ((publicKey: string) => boolean) | undefined;
  readonly preferences: LaunchDefaults;
  readonly suggestedName: string;
  /** Milliseconds since 1970. */
  readonly now: number;
}

/** The setting of an element. */
export function settingOf(
  connection: Connection,
  session: Session | undefined,
  more: Pick<Setting, 'canGenerate' | 'suggestedName'>,
): Setting {
  const { project, user, canAct, environment } = connection;
  const settings = session?.settings ?? {};
  return {
    projectId: project.id,
    projectName: project.name,
    user,
    canAct,
    expired: session?.state.status === 'expired',
    hasNetworkService: connection.has('network'),
    hasVolumeService: connection.has('block-storage'),
    hasDnsService: connection.has('dns'),
    hasAppProxy: (userAppProxiesOf(settings, connection.authUrl)?.length ?? 0) > 0,
    preferences: settings.launch ?? {},
    now: environment.clock.now(),
    isUnsaved,
    ...more,
  };
}
