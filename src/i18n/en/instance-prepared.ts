import { defineMessages } from '../messages.js';

/** The texts about instances that prepare themselves at their first start, as Exosphere's do. */
export const instancePreparedMessages = defineMessages('instance-prepared', {
  setup: 'Set-up',
  'setup-waiting': 'Not begun yet',
  'setup-waiting-title': 'It is waiting to be set up',
  'setup-waiting-helps': 'It begins by itself when the system has started for the first time.',
  'setup-starting': 'Beginning',
  'setup-starting-title': 'Its set-up begins',
  'setup-starting-helps': 'Software is installed for some minutes. It goes on without this page.',
  'setup-running': 'Under way',
  'setup-running-title': 'It is being set up',
  'setup-running-helps':
    'Software is installed, which takes some minutes, with a desktop longer. It goes on without this page.',
  'setup-complete': 'Complete',
  'setup-error': 'Failed',
  'setup-error-title': 'Its set-up has failed',
  'setup-error-helps':
    'It runs and can be reached, but what was to be installed may be missing. Its log tells what went wrong. Often it helps to delete it and to launch another one.',
  'setup-timeout': 'No end was seen',
  'setup-timeout-title': 'Its set-up takes much longer than usual',
  'setup-timeout-helps':
    'It may have stopped half-way. It runs and can be reached; its log tells how far it came. Often it helps to delete it and to launch another one.',
  'setup-unknown': 'Not known: it tells nothing',
  stale: 'Its log cannot be read just now, so this may be old.',
  later: 'It does not run, so nothing new is known.',

  workflow: 'Notebooks',
  workflowOf: 'from {repo}',
  workflowOpen: 'Open the notebooks',
  workflowWaits: 'They are not ready yet: it takes some minutes after each start.',
  workflowNoProxy: 'This page knows no way to them.',

  web: 'In the browser',
  webHint: 'Opens in a window of its own. Nothing has to be installed.',
  shell: 'Web shell',
  desktop: 'Web desktop',
  'no-gone': 'It was deleted.',
  'no-not-running': 'It is not running. Start it first.',
  'no-setup': 'It is still being set up. This takes some minutes.',
  'no-address': 'It has no {floatingIp}, so it cannot be reached from here. Give it one under Addresses.',
  blockedTitle: 'The browser has blocked the window',
  blockedHelps: 'Allow pop-up windows for this page, then try again.',
  silentTitle: 'It does not let you in from here just now',
  silentHelps:
    'After a start it takes some minutes until it answers. You can also sign in on its own page, with the account {user} and the passphrase.',
  ownPage: 'Open its own page',
  noPassphraseTitle: 'It has not told its passphrase yet',
  noPassphraseHelps: 'It does so during its set-up. Try again in some minutes.',

  passphrase: 'Passphrase',
  passphraseHint:
    'For the web shell and desktop, and for SSH without a key. Everybody in the {project} can see it.',
  hidden: 'hidden',
  show: 'Show the passphrase',
  hide: 'Hide the passphrase',
  copy: 'Copy the passphrase',
  copied: 'Copied. It is in the clipboard until something else is.',
  copyFailed: 'The browser does not let this page copy. Show it and copy it by hand.',
  noneYet: 'None was left by it yet.',

  mountedAt: 'mounted at {place}',
});
