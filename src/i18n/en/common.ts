import { defineMessages } from '../messages.js';

/** Texts that more than one element needs. */
export const commonMessages = defineMessages('common', {
  cancel: 'Cancel',
  close: 'Close',
  copy: 'Copy {what}',
  copied: 'Copied',
  copyFailed: 'Copying failed. Select the text and copy it with the keyboard.',
  loading: 'Loading…',
  loadingNamed: 'Loading {what}…',
  optional: 'optional',
  refresh: 'Refresh',
  requestId: 'Request id',
  retry: 'Try again',
  signIn: 'Sign in',
  search: 'Search',
  clearSearch: 'Clear the search',
  showPassword: 'Show the password',
  hidePassword: 'Hide the password',
  cloudSays: 'The cloud says',
  configuration: 'the configuration',
  brokenTitle: 'This part of the page stopped working',
  brokenHelps: 'What you did in the {cloud} is safe. Reload the page to go on.',
  quotaOf: '{used} of {limit}',
  quotaPlan: '{used} in use, {adds} for this, of {limit}',
  quotaUnlimited: '{used} in use, no limit',
});
