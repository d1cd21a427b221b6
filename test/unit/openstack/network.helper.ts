import type { Clock } from '../../../src/openstack/clock.js';
import { Secret } from '../../../src/openstack/secret.js';
import type { TokenSource } from '../../../src/openstack/transport.js';

/** One expected request and its answer: a body to send as JSON, or a function for everything else. */
export type Step = readonly [
  expected: string,
  answer?: unknown,
  init?: ResponseInit | ((request: Request) => void | Promise<void>),
];

const isAnswer = (value: unknown): value is (request: Request) => Promise<Response> =>
  typeof value === 'function';

/** The same step several times. */
export const times = (count: number, step: Step): Step[] => Array.from({ length: count }, () => step);

/**
 * A network that knows its whole future: requests must come in the order of the steps, each `METHOD url`. A request
 * that is not expected fails the test, even where the code under test would swallow its error.
 */
export function network(...steps: Step[]) {
  const left = [...steps];
  const requests: { line: string; headers: Headers; body: string; request: Request }[] = [];
  const unexpected: string[] = [];
  return {
    requests,
    unexpected,
    /** Throws what the code under test may have swallowed. */
    done(): void {
      if (unexpected.length) throw new Error(`not expected: ${unexpected.join(', ')}`);
      if (left.length) throw new Error(`never asked: ${left.map(([expected]) => expected).join(', ')}`);
    },
    expect(...more: Step[]): void {
      left.push(...more);
    },
    fetch: async (request: Request): Promise<Response> => {
      const line = `${request.mode === 'no-cors' ? 'PROBE' : request.method} ${request.url}`;
      requests.push({ line, headers: request.headers, body: await request.clone().text(), request });
      const step = left.shift();
      if (step?.[0] !== line) {
        unexpected.push(line);
        throw new Error(`not expected: ${line}, but ${step?.[0] ?? 'nothing'}`);
      }
      const [, answer, init] = step;
      if (isAnswer(answer)) return answer(request);
      if (typeof init === 'function') await init(request);
      const options = typeof init === 'function' ? {} : init;
      if (answer === undefined) return new Response(null, { status: 204, ...options });
      return typeof answer === 'string' ? new Response(answer, options) : Response.json(answer, options);
    },
  };
}

/** What a browser's fetch does when there is no answer it may show. */
export const lost = (): Promise<Response> => Promise.reject(new TypeError('Failed to fetch'));

/** A fetch that ends only with its signal. */
export const hangs = (request: Request): Promise<Response> =>
  new Promise((_, reject) => {
    request.signal.addEventListener('abort', () => reject(new DOMException('aborted', 'AbortError')));
  });

/** A clock that stands still unless it is told to go on. */
export class TestClock implements Clock {
  time = Date.parse('2030-01-01T00:00:00Z');
  /** Lengths of the sleeps so far, in milliseconds. */
  readonly slept: number[] = [];
  readonly #sleepers = new Set<{ at: number; wake: () => void }>();

  now(): number {
    return this.time;
  }

  random(): number {
    return 0.5;
  }

  sleep(ms: number, signal?: AbortSignal): Promise<void> {
    this.slept.push(ms);
    return new Promise((resolve, reject) => {
      const sleeper = { at: this.time + ms, wake: resolve };
      this.#sleepers.add(sleeper);
      signal?.addEventListener('abort', () => {
        this.#sleepers.delete(sleeper);
        reject(new DOMException('aborted', 'AbortError'));
      });
    });
  }

  /** Lets a promise come to its end, going on to the next sleeper's time whenever all else stands still. */
  async run<T>(promise: Promise<T>): Promise<T> {
    let settled = false;
    const end = (): void => {
      settled = true;
    };
    promise.then(end, end);
    for (;;) {
      for (let turn = 0; turn < 20 && !settled; turn++) await new Promise(setImmediate);
      if (settled) return promise;
      const next = [...this.#sleepers].sort((a, b) => a.at - b.at)[0];
      if (!next) throw new Error('stands still for ever');
      this.#sleepers.delete(next);
      this.time = Math.max(this.time, next.at);
      next.wake();
    }
  }
}

/** Tokens that never expire. */
export const goodToken: TokenSource = {
  token: () => Promise.resolve(new Secret('good-token')),
  renew: () => Promise.reject(new Error('no renewal expected')),
};

/** The error a promise ends in. */
export async function failure(promise: Promise<unknown>): Promise<unknown> {
  try {
    await promise;
  } catch (error) {
    return error;
  }
  throw new Error('expected to fail');
}

/** Everything a generator yields. */
export async function all<T>(generator: AsyncGenerator<T>): Promise<T[]> {
  const found: T[] = [];
  for await (const item of generator) found.push(item);
  return found;
}
