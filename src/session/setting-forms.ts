/** What git is given on a command line: nothing that a shell would read otherwise. */
export const GIT_URL = /^https:\/\/[\w.~:@%+-]+(?:\/[\w.~:@%+-]+)+\/?$/;
/** The full id of a commit, which names one state for ever; a branch or a tag may name another one next time. */
export const COMMIT = /^(?:[\da-f]{40}|[\da-f]{64})$/;
/** A DNS name; what else could be put into a URL is none. */
export const HOST_NAME = /^(?=.{1,200}$)(?!-)[a-z\d-]+(?:\.[a-z\d-]+)*$/i;
/** `[user@]host[:port]`, with an IPv6 address in brackets: what `ssh -J` takes, and nothing that a shell would read otherwise. */
export const SSH_ACCOUNT =
  /^(?:[a-z_][\w.-]{0,31}@)?(?:(?!-)[\w.-]{1,200}|\[[\da-f:.]{2,45}\])(?::\d{1,5})?$/i;
