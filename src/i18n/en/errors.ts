import type { QuotaReason } from '../../openstack/errors.js';
import { defineMessages } from '../messages.js';
import type { Wording } from '../wording.js';

/**
 * What happened (`x`) and what helps (`x.helps`) for every kind of error and every reason that narrows one.
 * Written for a person who has never heard of OpenStack.
 */
export const errorMessages = defineMessages('errors', {
  attempted: 'Could not {action}',
  named: ' “{name}”',

  auth: 'The {cloud} did not accept the sign-in.',
  'auth.helps': 'Sign in again.',
  'wrong-credentials': 'The {cloud} did not accept this user name and password.',
  'wrong-credentials.helps': 'Check both, and the domain, and try again.',
  'token-expired': 'Your sign-in has run out.',
  'token-expired.helps': 'Sign in again. What you typed here is kept.',
  'token-revoked': 'Your sign-in was ended, perhaps in another window.',
  'token-revoked.helps': 'Sign in again.',
  'second-factor': 'This account asks for a second factor, which this form cannot ask you for.',
  'second-factor.helps': 'Use an application credential, or sign in on the {cloud}’s own page.',
  'password-expired': 'The password of this account is too old.',
  'password-expired.helps': 'Set a new one on the {cloud}’s own page, then sign in here.',
  'account-locked': 'This account is locked, often after too many wrong passwords.',
  'account-locked.helps': 'Wait some minutes, or ask the people who run the {cloud}.',
  'no-access': 'Your account has no access to this {project}.',
  'no-access.helps': 'Choose another {project}, or ask its owner to add you.',

  forbidden: 'Your account may not do this in this {project}.',
  'forbidden.helps':
    'Ask the owner of the {project} to give you the role of a member; readers may look but not change.',

  quota: (w: Wording, q: QuotaReason) => quotaSentence(w, q),
  'quota.helps': 'Delete what you no longer need, or ask the people who run the {cloud} for more.',
  'quota-size.helps': 'Choose a smaller {size}, or delete {instance.many} you no longer need.',

  conflict: 'It is busy, or in a state in which this cannot be done.',
  'conflict.helps': 'Wait until it has settled, then try again.',
  'name-taken': 'This name is already taken.',
  'name-taken.helps': 'Choose another name.',

  'not-found': 'It is not there any more. Somebody may have deleted it.',
  'not-found.helps': 'Refresh to see what is there now.',
  'not-keystone': 'There is no OpenStack {cloud} at this address.',
  'not-keystone.helps': 'Check the address for typing mistakes. It often ends in /v3 or contains :5000.',

  invalid: 'The {cloud} did not accept what was asked for.',
  'invalid.helps': 'Change what its message names, and try again.',
  'user-data-too-large': 'The start-up script is too long.',
  'user-data-too-large.helps': 'Keep it under 48 kilobytes; let it download the rest.',

  'rate-limit': 'The {cloud} is being asked too often.',
  'rate-limit.helps': 'Wait a minute, then try again.',
  'rate-limit-for.helps': (w: Wording, { seconds }: { seconds: number }) =>
    `Wait ${w.duration(seconds)}, then try again.`,

  server: 'The {cloud} has a problem of its own.',
  'server.helps': 'Try again in a few minutes. If it stays, tell the people who run the {cloud}.',

  network: '{host} cannot be reached.',
  'network.helps': 'Check your network, and your VPN if the {cloud} asks for one.',
  offline: 'Your computer is not connected to a network.',
  'offline.helps': 'Check your connection. Everything goes on by itself when it is back.',
  'answer-lost': 'The connection broke before {host} answered.',
  'answer-lost.helps': 'Look whether it was done all the same before you try again.',
  'mixed-content':
    '{host} offers no encrypted connection (https), so the browser does not let this page use it.',
  'mixed-content.helps': 'The people who run the {cloud} or this page can put it behind https or a proxy.',

  cors: '{host} answers, but does not let this web page use it.',
  'cors.helps': 'The people who run the {cloud} can allow it. These lines are missing in its configuration:',
  'cors-token-header': '{host} accepts the sign-in but does not let this web page read it.',

  timeout: '{host} took too long to answer.',
  'timeout.helps': 'Try again. If it stays slow, tell the people who run the {cloud}.',
  'may-be-done.helps': 'It may have been done all the same: look before you try again.',

  protocol: '{host} gave an answer this page does not understand.',
  'protocol.helps': 'Try again. If it stays, tell the people who run this page.',
  'html-answer': '{host} sent a web page in place of an answer.',
  'html-answer.helps':
    'You may have to sign in to your network or VPN first, or the address is not that of the {cloud}’s API.',
  truncated: 'The answer of {host} broke off.',
  microversion: 'This {cloud} runs a version that cannot do this.',
  'microversion.helps': 'The people who run the {cloud} know when it will be updated.',
  'service-missing': 'This {cloud} does not offer the service that is needed ({service}).',
  'no-endpoint': 'The {cloud} does not say where its service “{service}” is found in this {region}.',
  'service-missing.helps': 'Choose another {region} or {cloud}, or ask the people who run it.',

  internal: 'Something in this page went wrong',
  'internal.helps': 'Reload the page and try again. What you did in the {cloud} is safe.',

  'this-host': 'The {cloud}',
  'this-service': 'a part of the {cloud}',
});

function resource(w: Wording, name: string): string {
  switch (name) {
    case 'cores':
      return 'processor core';
    case 'ram':
      return 'memory';
    case 'instances':
      return w.noun('instance');
    case 'keypairs':
      return w.noun('keypair');
    case 'volumes':
      return w.noun('volume');
    case 'gigabytes':
      return `${w.noun('volume')} storage`;
    case 'snapshots':
      return 'snapshot';
    case 'floatingip':
    case 'floating_ips':
      return w.noun('floatingIp');
    case 'network':
      return w.noun('network');
    case 'security_group':
    case 'security_groups':
      return w.noun('securityGroup');
    default:
      return name.replaceAll('_', ' ');
  }
}

/** As the service counts: MiB for memory, GiB for storage, pieces for the rest. */
function amount(w: Wording, name: string, n: number): string {
  if (name === 'ram') return w.mebibytes(n);
  if (name === 'gigabytes') return w.gibibytes(n);
  return w.number(n);
}

function quotaSentence(w: Wording, { resource: name, requested, used, limit }: QuotaReason): string {
  const what = name === '' ? 'quota' : `${resource(w, name)} quota`;
  const whose = `This ${w.noun('project')}’s ${what}`;
  const say = (n: number) => amount(w, name, n);
  if (limit === undefined) return `${whose} is used up.`;
  if (limit === 0) return `${whose} is 0: none may be used.`;
  if (used === undefined) return `${whose} of ${say(limit)} is used up.`;
  const state = used >= limit ? 'is used up' : 'is too small';
  const needs =
    requested === undefined ? '' : `, and this needs ${say(requested)}${used >= limit ? ' more' : ''}`;
  return `${whose} ${state}: ${say(used)} of ${say(limit)} ${used === 1 && name !== 'ram' ? 'is' : 'are'} in use${needs}.`;
}
