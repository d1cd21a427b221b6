// cloud-init of the distribution, unpacked and not installed: installed, it would take over a machine at its next start.
import { mkdir, rename, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { which } from '../../../.ci/lib/browser.mjs';
import { run } from '../../../.ci/lib/run.mjs';

const PLACE = path.join(tmpdir(), 'exo-widgets-cloud-init');
const PACKAGES = path.join(PLACE, 'usr/lib/python3/dist-packages');
const NEEDED = [
  'configobj',
  'jinja2',
  'jsonpatch',
  'jsonschema',
  'netifaces',
  'oauthlib',
  'requests',
  'yaml',
];

/** The interpreter that distributions build their packages for. */
export const PYTHON = '/usr/bin/python3';

const works = async (packages) => {
  if (!which(PYTHON)) return false;
  const env = packages === '' ? {} : { PYTHONPATH: packages };
  const modules = 'import cloudinit.stages, cloudinit.user_data, cloudinit.config.schema, jsonschema';
  return (await run(PYTHON, ['-c', modules], { env, output: 'collect' })).code === 0;
};

async function unpack() {
  const folder = `${PLACE}.${process.pid}`;
  await mkdir(folder, { recursive: true });
  try {
    const script = 'cd "$0" && apt-get -qq download cloud-init && dpkg-deb -x cloud-init_*.deb root';
    const tried = () => run('sh', ['-c', script, folder], { output: 'collect' });
    if ((await tried()).code !== 0) {
      await run('apt-get', ['-qq', 'update'], { output: 'collect' });
      if ((await tried()).code !== 0) return;
    }
    await rm(PLACE, { recursive: true, force: true });
    await rename(path.join(folder, 'root'), PLACE);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** What PYTHONPATH has to be for `import cloudinit`; undefined where it cannot be had. */
export async function ensureCloudInit() {
  for (const packages of ['', PACKAGES]) if (await works(packages)) return packages;
  if (process.platform !== 'linux' || !which('apt-get') || !which('dpkg-deb')) return undefined;
  console.log('Unpacking cloud-init from the distribution …');
  await unpack();
  if (await works(PACKAGES)) return PACKAGES;
  if (process.getuid?.() !== 0) return undefined;
  const env = { DEBIAN_FRONTEND: 'noninteractive' };
  const names = NEEDED.map((name) => `python3-${name}`);
  const install = ['-o', 'DPkg::Lock::Timeout=600', '-qq', 'install', '-y', '--no-install-recommends'];
  await run('apt-get', [...install, ...names], { env, output: 'collect' });
  return (await works(PACKAGES)) ? PACKAGES : undefined;
}

export const HOW_TO_INSTALL = 'cloud-init cannot be had: it takes apt-get of Debian or its kin, and Python 3';
