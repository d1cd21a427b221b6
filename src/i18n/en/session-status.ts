import { defineMessages } from '../messages.js';

/** The texts of `<exo-session-status>`. */
export const sessionStatusMessages = defineMessages('session-status', {
  label: 'Your sign-in',
  signedOut: 'Not signed in',
  signIn: 'Sign in',
  signInAgain: 'Sign in again',
  signOut: 'Sign out',
  signingOut: 'Signing out…',
  restoring: 'Checking your sign-in…',
  signingIn: 'Signing in…',
  choosing: 'Choose a {project} to carry on',
  user: 'User',
  project: '{Project}',
  region: '{Region}',
  cloud: '{Cloud}',
  disabledProject: '{projectName} (switched off)',
  switching: 'Switching to {projectName}…',
  switched: 'Now showing {project} {projectName}.',
  readOnly: 'View only',
  readOnlyHint: 'Your role in this {project} lets you look, but not change anything.',
  until: (w, { at, now }: { at: number; now: number }) => `Signed in until ${w.time(at, now)}`,
  runsOut: (w, { seconds }: { seconds: number }) => `Sign-in runs out in ${w.duration(seconds)}`,
  runsOutNow: 'Sign-in is about to run out',
  expired: 'Your sign-in has run out',
  signOutTitle: 'Sign out?',
});
