import { userAppProxiesOf } from '../../session/clouds.js';
import type { Connection } from '../../session/connection.js';
import type { Session } from '../../session/session.js';
import type { Setting } from './launch-wizard.state.js';

/** Who launches, where, and when. */
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
    ...more,
  };
}
