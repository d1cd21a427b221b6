import { sessionStatusMessages as words } from '../../i18n/en/session-status.js';
import type { Localizer } from '../../i18n/localizer.js';
import { urgency } from './session-status.state.js';

/** When a sign-in ends: the time, and a countdown when that is near. */
export function endText(localizer: Localizer, seconds: number, expiresAt: Date): string {
  switch (urgency(seconds)) {
    case 'later':
      return localizer.text(words, 'until', { at: expiresAt.getTime(), now: Date.now() });
    case 'soon':
      return localizer.text(words, 'runsOut', { seconds: Math.floor(seconds / 60) * 60 });
    case 'now':
      return localizer.text(words, 'runsOutNow');
  }
}
