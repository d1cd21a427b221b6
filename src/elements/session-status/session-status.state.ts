import type { Connection } from '../../session/connection.js';
import type { SessionState } from '../../session/session.js';

/** What the bar has to say. */
export type StatusView = 'none' | 'signed-out' | 'waiting' | 'choosing' | 'signed-in' | 'expired';

export function statusView(state: SessionState | undefined): StatusView {
  switch (state?.status) {
    case undefined:
      return 'none';
    case 'signed-out':
      return 'signed-out';
    case 'restoring':
      return 'waiting';
    case 'signing-in':
      return ofConnection(state.connection) ?? 'waiting';
    case 'second-factor':
    case 'password-expired':
      return ofConnection(state.connection) ?? 'signed-out';
    case 'choosing':
    case 'signed-in':
    case 'expired':
      return state.status;
  }
}

/** While somebody signs in again in place, or somewhere else as well, what is there stays. */
function ofConnection(connection: Connection | undefined): StatusView | undefined {
  return connection && (connection.ended ? 'expired' : 'signed-in');
}

/** From so many seconds before the end on, the time left is worth a word. */
export const RUNS_OUT_SOON = 600;

/** How urgent the end of the sign-in is; `seconds` until then. */
export function urgency(seconds: number): 'later' | 'soon' | 'now' {
  if (seconds > RUNS_OUT_SOON) return 'later';
  return seconds > 60 ? 'soon' : 'now';
}
