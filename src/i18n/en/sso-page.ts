/** What the page says that a person comes back to after signing in elsewhere; it is shown for a moment. */
export const ssoPageWords = {
  title: 'Signing in',
  busy: 'Signing in …',
  done: 'You are signed in. You can close this window.',
  stray: 'This sign-in did not begin in this window. Close it and sign in again.',
  refused: 'The sign-in was refused. Close this window and try again.',
} as const;
