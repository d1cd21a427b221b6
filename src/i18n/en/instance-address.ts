import { defineMessages } from '../messages.js';

/** The form that gives an instance a public address. */
export const instanceAddressMessages = defineMessages('instance-address', {
  heading: 'A {floatingIp} for {name}',
  intro: 'It can then be reached from outside, as far as its {securityGroup.many} let in.',
  give: 'Assign',
  which: 'Address',
  newOne: 'A new one',
  newFrom: 'A new one from {networkName}',
  leadsTo: 'Leads to',
  leadsToHint: 'Which of its connections it is reached by.',
  insideAt: '{address} in {networkName}',
  insideTaken: '{address} in {networkName} (has {publicAddress})',
});
