import { createCloud, type Cloud } from '../../src/simulator/cloud.js';
import { MFA_SECRET, type CloudOptions } from '../../src/simulator/options.js';
import { DEFAULT_COMPUTE_QUOTA } from '../../src/simulator/quota.js';
import type { Account, CloudDescription, TestCloud } from './cloud.js';

const DOMAIN = { id: 'default', name: 'Default' };

/** The simulator's users, as they are on the local real cloud. */
const MEMBER: Account = { name: 'demo', password: 'demo-password', domain: DOMAIN, project: 'demo' };
const READER: Account = { name: 'reader', password: 'reader-password', domain: DOMAIN, project: 'demo' };
const account = (name: string): Account => ({ ...MEMBER, name, password: `${name}-password` });
const NO_QUOTA = 'noquota';

/** What the simulator needs besides its own users and projects to be like the local real cloud. */
export const LIKE_THE_REAL_CLOUD: CloudOptions = {
  users: [
    {
      name: MEMBER.name,
      password: MEMBER.password,
      roles: {
        demo: ['member', 'reader'],
        research: ['member', 'reader'],
        [NO_QUOTA]: ['member', 'reader'],
      },
    },
  ],
};

/** Makes the project without quota be one. */
export function takeQuota(cloud: Cloud): void {
  const project = [...cloud.state.projects.values()].find(({ name }) => name === NO_QUOTA);
  if (!project) throw new Error(`the simulator has no project ${NO_QUOTA}`);
  for (const region of cloud.state.regions)
    region.computeQuotas.set(project.id, { ...DEFAULT_COMPUTE_QUOTA, instances: 0 });
}

/** What the suites have to know of a simulated cloud that answers at `authUrl`. */
export function describeSimulator(authUrl: string): CloudDescription {
  return {
    title: 'the simulator',
    authUrl,
    member: MEMBER,
    reader: READER,
    noQuotaProject: NO_QUOTA,
    ways: {
      mfa: { account: account('mfa'), secret: MFA_SECRET },
      expired: account('expired'),
      closed: { account: account('closed'), project: 'closed' },
      accessRules: true,
    },
    patience: 60_000,
    tokenPatience: 60_000,
  };
}

/** A fresh cloud in memory. */
export function simulatedCloud(): TestCloud {
  const cloud = createCloud({ ...LIKE_THE_REAL_CLOUD, buildSeconds: 0.2, actionSeconds: 0.1 });
  takeQuota(cloud);
  return {
    ...describeSimulator(cloud.authUrl),
    fetch: (input, init) => cloud.fetch(new Request(input, init)),
  };
}
