import type { ErrorKind, QuotaReason } from '../../openstack/errors.js';
import { defineMessages, type Message } from '../messages.js';
import type { Wording } from '../wording.js';

/**
 * For every kind of error, and every reason that narrows one: what happened and, after a line break, what helps.
 * A reason without its own help has the help of its kind. Written for a person who has never heard of OpenStack.
 *
 * `{host}` is the service's address or "The cloud", `{service}` its type.
 */
const english = {
  auth: 'The {cloud} did not accept the sign-in.\nSign in again.',
  'wrong-credentials':
    'The {cloud} did not accept this user name and password.\nCheck both, and the domain, and try again.',
  'wrong-passcode':
    'The {cloud} did not accept this code.\nType the one your device shows now; each works for half a minute and once.',
  'receipt-expired': 'Too much time has passed since you gave your password.\nGive it again, then the code.',
  'popup-blocked':
    'The browser has blocked the window that the sign-in needs.\nAllow pop-up windows for this page, then try again.',
  'sso-unavailable':
    'Signing in elsewhere does not work with this page or this browser.\nTry again outside of a private window, or use another way to sign in. If it stays, tell the people who run this page.',
  'sso-cancelled':
    'The window was closed before the sign-in was complete.\nTry again, and go on in that window until it closes by itself.',
  'sso-refused':
    'Your institution, or the {cloud}, did not let you in.\nTry again. If it stays, ask the people who run the {cloud} whether your account is known there.',
  'sso-state':
    'This sign-in has run out, was used already, or did not begin in this page.\nBegin again from here.',
  'token-expired': 'Your sign-in has run out.\nSign in again. What you typed here is kept.',
  'token-revoked': 'Your sign-in was ended, perhaps in another window.\nSign in again.',
  'second-factor':
    'This account needs a second factor that this page cannot ask for.\nUse an application credential, or the {cloud}’s own page.',
  'password-expired': 'The password of this account is too old.\nSet a new one.',
  'account-locked':
    'This account is locked, often after too many wrong passwords.\nWait some minutes, or ask the people who run the {cloud}.',
  'no-access':
    'Your account has no access to this {project}.\nChoose another {project}, or ask its owner to add you.',

  forbidden:
    'Your account may not do this in this {project}.\nAsk its owner for the role of a member; readers may look but not change.',
  quota: (w: Wording, { quota }: { quota: QuotaReason | undefined }) => quotaSentence(w, quota),
  conflict:
    'It is busy, or in a state in which this cannot be done.\nWait until it has settled, then try again.',
  'name-taken': 'This name is taken already.\nChoose another name.',
  'in-use': 'Something else uses it by now, so it was left.\nDelete it once nothing needs it any more.',
  'not-found': 'It is not there any more. Somebody may have deleted it.\nRefresh to see what is there now.',
  'no-way-out':
    'Its {network} has no router that leads outside.\nGo on without a public address, or add a router.',
  'not-keystone':
    'There is no OpenStack {cloud} at this address.\nCheck it for typing mistakes. It often ends in /v3 or contains :5000.',
  'not-a-url': 'This is no address of a {cloud}.\nIt begins with https:// and often ends in /v3.',

  invalid: 'The {cloud} did not accept what was asked for.\nChange what its message names, and try again.',
  'user-data-too-large':
    'The boot script is too long.\nKeep it under 48 kilobytes; let it download the rest.',
  'rate-limit': (w: Wording, { seconds }: { seconds: number | undefined }) =>
    `The ${w.noun('cloud')} is being asked too often.\nWait ${seconds ? w.duration(seconds) : 'a minute'}, then try again.`,

  server:
    'The {cloud} has a problem of its own.\nTry again in a few minutes. If it stays, tell the people who run the {cloud}.',
  network: '{host} cannot be reached.\nCheck your network, and your VPN if the {cloud} asks for one.',
  offline: 'Your computer is not connected to a network.\nEverything goes on by itself when it is back.',
  'answer-lost': 'The connection broke before {host} answered.',
  'mixed-content':
    '{host} has no encrypted connection (https), so the browser blocks it.\nThe people who run the {cloud} can add https or a proxy.',
  cors: '{host} does not let this web page use it.\nThe people who run the {cloud} can allow it. These lines are missing in its configuration:',
  'cors-token-header': '{host} accepts the sign-in but does not let this web page read it.',
  timeout: '{host} took too long to answer.\nTry again. If it stays, tell the people who run the {cloud}.',

  protocol:
    '{host} gave an answer this page does not understand.\nTry again. If it stays, tell the people who run this page.',
  'html-answer':
    '{host} sent a web page in place of an answer.\nSign in to your network or VPN first, or check the address of the {cloud}.',
  truncated: 'The answer of {host} broke off.',
  microversion:
    'This {cloud} is too old for this.\nThe people who run the {cloud} know when it will be updated.',
  'service-missing':
    'This {cloud} does not offer the service this needs ({service}).\nChoose another {region} or {cloud}.',
  'no-endpoint':
    'The {cloud} does not say where its service “{service}” is.\nChoose another {region} or {cloud}.',

  internal:
    'Something in this page went wrong\nReload the page and try again. What you did in the {cloud} is safe.',
  /** What helps where a change may have been made although no answer came. */
  'may-be-done': 'It may have been done all the same: look before you try again.',
  attempted: 'Could not {action}',
  named: ' “{name}”',
  'this-host': 'The {cloud}',
} as const satisfies Record<ErrorKind, Message> & Record<string, Message>;

export const errorMessages = defineMessages('errors', english);

/** Quotas whose name in the service is no word for people. */
function quotaName(w: Wording, name: string): string {
  switch (name) {
    case 'cores':
      return 'processor core';
    case 'ram':
      return 'memory';
    case 'instances':
      return w.noun('instance');
    case 'keypairs':
      return w.noun('keypair');
    case 'gigabytes':
      return `${w.noun('volume')} storage`;
    case 'floatingip':
      return w.noun('floatingIp');
    case 'security_group':
      return w.noun('securityGroup');
    default:
      return name.replaceAll('_', ' ');
  }
}

function quotaSentence(w: Wording, quota: QuotaReason | undefined): string {
  const { resource = '', requested, used, limit } = quota ?? {};
  // As the service counts: MiB for memory, GiB for storage, pieces for the rest.
  const say = (n: number) =>
    resource === 'ram' ? w.mebibytes(n) : resource === 'gigabytes' ? w.gibibytes(n) : w.number(n);
  const whose = `This ${w.noun('project')}’s ${quotaName(w, resource)} quota`.replace('  ', ' ');
  const full = used !== undefined && limit !== undefined && used < limit ? 'is too small' : 'is used up';
  const figures =
    used === undefined || limit === undefined
      ? ''
      : `: ${say(used)} of ${say(limit)} are in use${requested === undefined ? '' : `, and this needs ${say(requested)}${used < limit ? '' : ' more'}`}`;
  const spare = `${w.noun('instance', 'many')} you no longer need`;
  const helps = /^(cores|ram)$/.test(resource)
    ? `Choose a smaller ${w.noun('size')}, or delete ${spare}.`
    : resource === 'instances'
      ? `Delete ${spare}, or ask the people who run the ${w.noun('cloud')} for more.`
      : `Delete what you no longer need, or ask the people who run the ${w.noun('cloud')} for more.`;
  return `${whose} ${full}${figures}.\n${helps}`;
}
