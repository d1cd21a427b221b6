// The command-line client of the OpenStack project, as people have it installed.
import { spawn } from 'node:child_process';
import { accessSync, constants } from 'node:fs';
import path from 'node:path';

const isProgram = (file) => {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
};

/** The distribution's client first: a Python environment of the developer's may hold a broken one. */
export function findStockClient() {
  const folders = ['/usr/bin', ...(process.env.PATH ?? '').split(path.delimiter)].filter(Boolean);
  return folders.map((folder) => path.join(folder, 'openstack')).find(isProgram);
}

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
