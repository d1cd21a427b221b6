import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import path from 'node:path';
import { root } from './root.mjs';

/**
 * Runs a program in the repository's top folder, without standard input.
 *
 * @param {string} command
 * @param {string[]} args
 * @param {{ env?: Record<string, string>, output?: 'inherit' | 'collect' | ((text: string) => void), shell?: boolean, timeout?: number }} [options]
 *   a function gets the output as it comes; `timeout` in milliseconds
 * @returns {Promise<{ code: number, output: string }>} standard output and error in the order they came, when collected
 */
export function run(command, args, { env = {}, output = 'inherit', shell = false, timeout } = {}) {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, {
      cwd: root,
      env: { ...process.env, ...env },
      shell,
      timeout,
      stdio: ['ignore', output === 'inherit' ? 'inherit' : 'pipe', output === 'inherit' ? 'inherit' : 'pipe'],
    });
    let text = '';
    for (const stream of [child.stdout, child.stderr]) {
      stream?.setEncoding('utf8').on('data', (chunk) => {
        text += chunk;
        if (typeof output === 'function') output(chunk);
      });
    }
    child.once('error', reject);
    child.once('close', (code, signal) => resolve({ code: code ?? (signal ? 1 : 0), output: text }));
  });
}

/** Runs a file of an installed package with this Node: `bin('eslint', 'bin/eslint.js')`. */
export function bin(name, file, args, options) {
  const script = path.join(root, 'node_modules', name, file);
  if (!existsSync(script)) throw new Error(`${name} is not installed: npm ci`);
  return run(process.execPath, [script, ...args], options);
}

/** npm itself, also where it is a .cmd file. */
export function npm(args, options) {
  const script = process.env.npm_execpath;
  if (script?.endsWith('.js')) return run(process.execPath, [script, ...args], options);
  return run('npm', args, { ...options, shell: process.platform === 'win32' });
}
