// The command-line client of the OpenStack project, as people have it installed.
import { spawn } from 'node:child_process';
import path from 'node:path';
import { which } from '../../../.ci/lib/browser.mjs';
import { run } from '../../../.ci/lib/run.mjs';

/** The distribution's client first: a Python environment of the developer's may hold a broken one. */
export function findStockClient() {
  return which('/usr/bin/openstack') ?? which('openstack');
}

/** The client, installed from the distribution where that is possible without asking. */
export async function ensureStockClient() {
  const found = findStockClient();
  if (found) return found;
  if (process.platform === 'linux' && process.getuid?.() === 0 && which('apt-get')) {
    console.log('Installing python3-openstackclient from the distribution …');
    const env = { DEBIAN_FRONTEND: 'noninteractive' };
    const apt = (...args) =>
      run('apt-get', ['-o', 'DPkg::Lock::Timeout=600', '-qq', ...args], { env, output: 'collect' });
    const install = () => apt('install', '-y', '--no-install-recommends', 'python3-openstackclient');
    if ((await install()).code !== 0) {
      await apt('update');
      await install();
    }
  }
  return findStockClient();
}

export const HOW_TO_INSTALL = 'the stock client is missing: install python3-openstackclient';

/** Runs the client; rejects with what it printed when it does not succeed. */
export function openstack(args, env = {}) {
  const program = findStockClient();
  if (!program) return Promise.reject(new Error('python3-openstackclient is not installed'));
  const clean = { ...process.env, ...env, PATH: `${path.dirname(program)}:/usr/bin:/bin` };
  delete clean.PYTHONPATH;
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, { env: clean, stdio: ['ignore', 'pipe', 'pipe'] });
    let output = '';
    let errors = '';
    child.stdout.setEncoding('utf8').on('data', (chunk) => (output += chunk));
    child.stderr.setEncoding('utf8').on('data', (chunk) => (errors += chunk));
    child.once('error', reject);
    child.once('close', (code) => {
      if (code === 0) resolve(output);
      else reject(new Error(`openstack ${args.join(' ')}: ${errors.trim() || `ended with code ${code}`}`));
    });
  });
}
