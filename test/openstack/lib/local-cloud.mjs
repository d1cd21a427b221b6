// The cloud that the scripts in test/openstack/cloud bring up from Debian's packages.
import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { run } from '../../../.ci/lib/run.mjs';

const script = (name) => fileURLToPath(new URL(`../cloud/${name}`, import.meta.url));

/** Where it keeps its data, logs and clouds.yaml. */
export const stateFolder = process.env.RIG_STATE || '/var/tmp/exo-widgets-openstack';

/** Names in its clouds.yaml by what the tests need them for. */
export const LOCAL_CLOUDS = {
  OS_CLIENT_CONFIG_FILE: `${stateFolder}/clouds.yaml`,
  OS_CLOUD: 'demo',
  OS_CLOUD_READER: 'reader',
  OS_CLOUD_NOQUOTA: 'noquota',
  OS_CLOUD_ADMIN: 'admin',
};

const account = (name) => ({
  name,
  password: `${name}-password`,
  domain: { id: 'default', name: 'Default' },
  project: 'demo',
});

/** Who comes in by a way of their own (`WaysIn` in test/functional/cloud.ts): cloud/seed.py made them. */
export const LOCAL_WAYS = {
  prefixed: 'http://localhost:5080/identity/v3',
  mfa: { account: account('mfa'), secret: 'JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP' },
  expired: account('expired'),
  closed: { account: account('demo'), project: 'closed' },
  regions: { project: 'research', names: ['RegionOne', 'RegionTwo'] },
  accessRules: true,
};

/** Why it cannot be brought up on this machine; undefined when it can. */
export async function whyNoLocalCloud() {
  const release = await readFile('/etc/os-release', 'utf8').catch(() => '');
  const isDebian = /^ID=debian$/m.test(release) && /^VERSION_CODENAME=bookworm$/m.test(release);
  if (!isDebian) return 'a local OpenStack needs Debian 12; name another cloud in OS_CLOUD or OS_AUTH_URL';
  if (process.getuid?.() !== 0) return 'a local OpenStack needs root; name another cloud in OS_CLOUD or OS_AUTH_URL'; // prettier-ignore
  return undefined;
}

/** Is every daemon of it running? */
export async function localCloudIsUp() {
  const { output } = await run(script('openstack-up'), ['--status'], { output: 'collect' });
  const daemons = output.trim().split('\n').filter(Boolean);
  return daemons.length > 0 && daemons.every((line) => line.endsWith(' up'));
}

/** Installs the packages alone; its exit code. */
export async function installPackages() {
  const { code } = await run(script('openstack-up'), ['--packages']);
  return code;
}

/** Installs what is missing and starts it; `fresh` forgets an earlier state. */
export async function bringUpLocalCloud({ fresh = false } = {}) {
  const { code } = await run(script('openstack-up'), fresh ? ['--reset'] : []);
  if (code !== 0) throw new Error(`the local OpenStack does not come up; its logs are in ${stateFolder}/log`);
}

export async function takeDownLocalCloud() {
  await run(script('openstack-down'), []);
}

/** Stops one daemon, so that a test can see what its absence looks like. */
export async function stopDaemon(name) {
  const { code, output } = await run(script('openstack-service'), ['stop', name], { output: 'collect' });
  if (code !== 0) throw new Error(output);
}

/** Starts it again, and waits until it answers. */
export async function startDaemon(name) {
  const { code, output } = await run(script('openstack-service'), ['start', name], { output: 'collect' });
  if (code !== 0) throw new Error(output);
}
