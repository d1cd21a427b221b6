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
    case 'second-factor':
    case 'password-expired':
      return state.connection ? 'signed-in' : 'waiting';
    case 'choosing':
    case 'signed-in':
    case 'expired':
      return state.status;
  }
}

/** From so many seconds before the end on, the time left is worth a word. */
export const RUNS_OUT_SOON = 600;

/** How urgent the end of the sign-in is; `seconds` until then. */
export function urgency(seconds: number): 'later' | 'soon' | 'now' {
  if (seconds > RUNS_OUT_SOON) return 'later';
  return seconds > 60 ? 'soon' : 'now';
}
