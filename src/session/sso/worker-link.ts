import { within } from '../../openstack/abort.js';
import { isRecord } from '../../openstack/schema.js';
import { Secret } from '../../openstack/secret.js';

export const WORKER_FILE = 'exo.sso-worker.js';

interface ScriptPolicy {
  createScriptURL(text: string): string;
}

/**
 * Puts the worker in place at the callback path, where the portal serves `exo.sso-worker.js`; at once where it is
 * there already. Rejects where there are no service workers, or the file is missing.
 */
export async function readyWorker(callback: string): Promise<void> {
  const url = new URL(WORKER_FILE, folderOf(callback)).href;
  const scope = folderOf(callback).pathname;
  // The types of the DOM know no trusted URL; under a policy a plain one would be refused.
  const registration = await navigator.serviceWorker.register(trusted(url), { scope });
  const worker = registration.active ?? registration.waiting ?? registration.installing;
  if (!worker || worker.state === 'activated') return;
  await new Promise<void>((resolve, reject) => {
    worker.addEventListener('statechange', () => {
      if (worker.state === 'activated') resolve();
      else if (worker.state === 'redundant') reject(new Error('redundant'));
    });
  });
}

/** The token that the worker holds for a state; undefined when it has none (any more). */
export async function collectToken(
  callback: string,
  state: string,
  signal?: AbortSignal,
): Promise<Secret | undefined> {
  const registration = await navigator.serviceWorker.getRegistration(folderOf(callback).href);
  const worker = registration?.active;
  if (!worker) return undefined;
  const { port1, port2 } = new MessageChannel();
  const answer = new Promise<unknown>((resolve) => {
    port1.onmessage = ({ data }: MessageEvent<unknown>) => resolve(data);
  });
  worker.postMessage({ type: 'exo.sso.collect', state }, [port2]);
  const data = await within(signal, answer);
  port1.close();
  const token = isRecord(data) ? data['token'] : undefined;
  return typeof token === 'string' ? new Secret(token) : undefined;
}

/** The folder of the callback, which is what the worker is for. */
function folderOf(callback: string): URL {
  return new URL(callback.replace(/[^/]*$/, ''), location.origin);
}

let policy: ScriptPolicy | undefined;

/** Under `require-trusted-types-for` the portal names the policy `exo-sso`, which lets through this one file. */
function trusted(url: string): string {
  const types: unknown = Reflect.get(globalThis, 'trustedTypes');
  if (!isFactory(types)) return url;
  try {
    policy ??= types.createPolicy('exo-sso', { createScriptURL: (text) => (isWorkerFile(text) ? text : '') });
    return policy.createScriptURL(url);
  } catch {
    return url; // not named: refused by `register`, where trusted types are required
  }
}

function isWorkerFile(url: string): boolean {
  return url.startsWith(`${location.origin}/`) && url.endsWith(`/${WORKER_FILE}`);
}

function isFactory(
  value: unknown,
): value is { createPolicy(name: string, rules: ScriptPolicy): ScriptPolicy } {
  return typeof value === 'object' && value !== null && 'createPolicy' in value;
}
