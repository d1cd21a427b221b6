import type { Session } from '../../session/session.js';
import type { ExoSessionChangeDetail } from './events.js';

/** What a page may know of a session's state. */
export function describeSession(session: Session): ExoSessionChangeDetail {
  const { state } = session;
  const { current } = session;
  return {
    name: session.name,
    status: state.status,
    because: 'because' in state ? state.because : undefined,
    cloud: current?.cloudName ?? session.settings.cloudName,
    user: current?.user.name ?? ('user' in state ? state.user : undefined),
    project: current && { id: current.project.id, name: current.project.name },
    region: current?.region,
    expiresAt: current?.expiresAt.toISOString(),
  };
}

/** Whether the page has something to learn: the same status in the same place is no news. */
export function isNews(before: ExoSessionChangeDetail | undefined, now: ExoSessionChangeDetail): boolean {
  return (
    before?.status !== now.status ||
    before.because !== now.because ||
    before.project?.id !== now.project?.id ||
    before.region !== now.region ||
    before.user !== now.user ||
    before.expiresAt !== now.expiresAt
  );
}
