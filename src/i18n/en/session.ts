import { defineMessages } from '../messages.js';

/** What `<exo-session>` tells the page's owner; people who use the page do not see it. */
export const sessionMessages = defineMessages('session', {
  configKeyUnknown: 'The configuration {url} has a key “{key}” that is not known; it was skipped.',
  configKeyWrong: 'The configuration {url} has a wrong value for “{key}”; it was skipped.',
});
