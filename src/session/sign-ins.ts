import { abortion } from '../openstack/abort.js';
import { isAbort, isOpenStackError, OpenStackError } from '../openstack/errors.js';
import type { Credential } from '../openstack/identity.js';
import type { Secret } from '../openstack/secret.js';
import type { Connection } from './connection.js';
import { load } from './load.js';
import type { Login } from './login.js';
import { signInWith, type Cloud } from './sign-in.js';
import type { SessionState, SignInOptions } from './state.js';
import type { Step } from './step.js';

/** Reasons for which a sign-in goes on with another step. */
const MORE = /^(?:second-factor|password-expired)$/;
const NEW: SessionState = { status: 'signed-out', because: 'new' };

interface Waiting {
  readonly step: Step;
  readonly o: SignInOptions;
  readonly before: SessionState;
}

/** What sign-ins need of their session. */
interface Own {
  /** Another state is shown. */
  changed(): void;
  /** Where one stands. */
  current(): Connection | undefined;
  /** Somebody has proved who they are. */
  arrive(login: Login, o: SignInOptions, signal: AbortSignal): Promise<void>;
}

/** How a session stands, and the one sign-in under way: what it shows, waits for, and returns to when it fails. */
export class SignIns {
  readonly #own: Own;
  #state: SessionState = NEW;
  /** What the state returns to when a sign-in fails. */
  #settled: SessionState = NEW;
  /** What a sign-in waits for beside the first proof, and the state before it. */
  #step: Waiting | undefined;
  /** The sign-in under way; a later one, and signing out, overtake it. */
  #attempt: AbortController | undefined;

  constructor(own: Own) {
    this.#own = own;
  }

  get state(): SessionState {
    return this.#state;
  }

  /** Whether nobody has tried anything yet. */
  get isNew(): boolean {
    return this.#state === NEW;
  }

  async signIn(cloud: Cloud, credential: Credential, o: SignInOptions): Promise<void> {
    const before = this.#step?.before ?? this.#settled;
    await this.enter(
      'signing-in',
      o,
      (signal) => signInWith(cloud, credential, signal, o.own),
      async (error) => {
        if (!isOpenStackError(error) || !MORE.test(error.reason ?? '')) return undefined;
        const { nextStep } = await load(() => import('./step.js'), error.attempt);
        const step = nextStep(error, cloud, credential);
        return step && { step, o, before };
      },
    );
  }

  /** @param next the step that an error asks for, if it does */
  async enter(
    status: 'signing-in' | 'restoring',
    o: SignInOptions,
    make: (signal: AbortSignal) => Promise<Login>,
    next?: (error: unknown) => Promise<Waiting | undefined>,
  ): Promise<void> {
    const attempt = this.begin(o.signal);
    this.show({ status, connection: this.#own.current() });
    try {
      const login = await make(attempt.signal);
      await this.#own.arrive(login, o, attempt.signal);
      this.#step = undefined;
    } catch (caught) {
      let error: unknown = caught;
      const waiting = await next?.(error).catch((failed: unknown) => {
        error = failed;
        return undefined;
      });
      if (this.#attempt !== attempt) throw isAbort(error) ? error : abortion();
      if (!waiting) {
        this.show(this.#settled);
        throw error;
      }
      this.#step = waiting;
      this.settle({ ...waiting.step.state, connection: this.#own.current() });
    } finally {
      this.end(attempt);
    }
  }

  /** Goes on with the step that the state waits for. */
  async take(
    status: Step['state']['status'],
    secret: Secret,
    o: Pick<SignInOptions, 'signal'>,
  ): Promise<void> {
    const waiting = this.#step;
    if (waiting?.step.state.status !== status)
      throw new OpenStackError({ kind: 'auth', attempt: { action: 'sign-in' }, reason: 'signed-out' });
    const { step } = waiting;
    try {
      await this.enter(
        'signing-in',
        { ...waiting.o, signal: o.signal },
        (signal) => step.take(secret, signal),
        (error) => {
          const after = step.after(error);
          return Promise.resolve(after && { ...waiting, step: after });
        },
      );
    } catch (error) {
      if (!isOpenStackError(error) || this.#step !== waiting) throw error;
      if (error.reason === 'receipt-expired') this.cancel();
      else this.settle({ ...step.state, connection: this.#own.current(), failed: error });
      throw error;
    }
  }

  /** Leaves a sign-in that has begun or waits for its next step; the state is what it was before. */
  cancel(): void {
    const before = this.#step?.before ?? this.#settled;
    this.stop();
    this.settle(before);
  }

  /** Ends a sign-in, and leaves the state to the caller. */
  stop(): void {
    this.#attempt?.abort();
    this.#attempt = undefined;
    this.#step = undefined;
  }

  /** Something that only one of can be under way: it overtakes what was. */
  begin(signal?: AbortSignal): AbortController {
    if (signal?.aborted) throw abortion();
    this.#attempt?.abort();
    const attempt = new AbortController();
    this.#attempt = attempt;
    signal?.addEventListener('abort', () => attempt.abort(), { signal: attempt.signal });
    return attempt;
  }

  end(attempt: AbortController): void {
    if (this.#attempt === attempt) this.#attempt = undefined;
  }

  /** Goes along with what is under way. */
  join(): AbortSignal {
    return (this.#attempt ??= new AbortController()).signal;
  }

  /** A state to stay in: what a sign-in that fails returns to. */
  settle(state: SessionState): void {
    this.#settled = state;
    const passing = this.#state.status === 'signing-in' || this.#state.status === 'restoring';
    // While somebody signs in, only what ends that is shown.
    if (!passing || !this.#attempt || state.status !== 'expired') this.show(state);
  }

  /** Shows the state that was settled on, where it restores no more. */
  unwind(): void {
    if (this.#state.status === 'restoring' && !this.#attempt) this.show(this.#settled);
  }

  show(state: SessionState): void {
    if (state === this.#state) return;
    this.#state = state;
    this.#own.changed();
  }
}
