import { defineMessages } from '../messages.js';

/** The texts of `<exo-api-log>`. */
export const apiLogMessages = defineMessages('api-log', {
  heading: 'Requests',
  intro: 'What this page asks the {cloud}, the newest first. Tokens and passwords are never kept here.',
  noSession: 'There is no session on this page',
  noSessionHelps: 'The list fills when the page has an <exo-session> and somebody signs in.',
  empty: 'Nothing has been asked yet',
  emptyHelps: 'Sign in, or open something: every request shows up here.',
  nothingFound: 'No request fits. Clear the search, or show all.',
  searchRequests: 'Search requests',
  service: 'Service',
  allServices: 'All services',
  failures: 'Only failures',
  pause: 'Pause',
  resume: 'Go on',
  paused: (w, { count }: { count: number }) =>
    count === 0
      ? 'Paused'
      : w.plural(count, { one: 'Paused; {n} request since then', other: 'Paused; {n} requests since then' }),
  clear: 'Clear',
  time: 'Time',
  method: 'Method',
  path: 'Path',
  status: 'Status',
  duration: 'Duration',
  noAnswer: 'no answer',
  milliseconds: (w, { ms }: { ms: number }) => `${w.number(Math.round(ms))} ms`,
  details: 'Details of {method} {path}',
  url: 'URL',
  sent: 'What was sent',
  asCurl: 'As a command',
  curl: 'the curl command',
  curlHint: 'Set OS_TOKEN first. What is left out of the body has to be put in again.',
  theUrl: 'the URL',
  requestId: 'Request id',
  theRequestId: 'the request id',
  noRequestId: 'The {cloud} does not let this page read it.',
  count: (w, { count }: { count: number }) => w.plural(count, { one: '{n} request', other: '{n} requests' }),
});
