import { Poller } from '../../../live/poller.js';
import { ComputeClient } from '../../../openstack/compute.js';
import { isAbort, isOpenStackError } from '../../../openstack/errors.js';
import { writeMetadata } from '../../../openstack/server-passphrase.js';
import { exosphereOrigin } from '../../../launch/exosphere/origin.js';
import { handOver } from '../../../launch/exosphere/passphrase.js';
import { placesOf } from '../../../launch/exosphere/places.js';
import {
  hasEnded,
  isNews,
  mergeSetup,
  setupInLog,
  setupNow,
  writeSetup,
  type Setup,
  type SetupStatus,
} from '../../../launch/exosphere/setup.js';
import { workflowToken } from '../../../launch/exosphere/web.js';
import { setupEntry } from '../../../launch/setup.js';
import { refusal } from '../../instances/availability.js';
import type { SectionHost } from '../section.js';

/** How often the log is read, ms: while the setup goes on, and while a workflow has not told its token. */
const SOON = 10_000;
const LATE = 60_000;
/** So many lines of its end are enough once all of it was read. */
const TAIL = 1000;

/** Reads the console of an instance that tells how its setup goes, only while somebody looks, and only while it matters. */
export class SetupWatch {
  readonly #host: SectionHost;
  readonly #poller: Poller;
  #asking: AbortController | undefined;
  #seen: Setup | undefined;
  #token: string | undefined;
  #read = false;
  #stale = false;
  /** What could not be written is not tried at each look. */
  #refused: string | undefined;
  #handed: SetupStatus | undefined;

  constructor(host: SectionHost) {
    this.#host = host;
    this.#poller = new Poller({
      environment: host.shown.connection.environment,
      poll: () => this.#poll(),
      watched: () => true,
      wake: () => undefined,
    });
  }

  show(): void {
    this.#asking ??= new AbortController();
    this.check();
  }

  /** Goes on where something of the instance has changed: it has started, or its setup has come to a point. */
  check(): void {
    if (this.#asking && (this.#matters() || this.#passphraseWaits())) this.#poller.start(SOON);
  }

  hide(): void {
    this.#poller.stop();
    this.#asking?.abort();
    this.#asking = undefined;
  }

  /** How far the setup is, as far as is known now; undefined for an instance that tells nothing of it. */
  get setup(): Setup | undefined {
    const known = this.#known;
    // That it goes on for too long can only be said once the log was looked at.
    return known?.status === 'timeout' && this.#matters() && !this.#read ? undefined : known;
  }

  get #known(): Setup | undefined {
    const { server, connection } = this.#host.shown;
    const entry = setupEntry(server.metadata);
    if (!entry) return undefined;
    const known = mergeSetup(entry.setup, this.#seen);
    const now = setupNow(known, server.created, connection.environment.clock.now());
    // Whoever may not read the log cannot know that it has gone on for too long.
    return now.status === 'timeout' && this.#stale ? { status: 'unknown', epoch: undefined } : now;
  }

  /** The token of its notebooks, once it has told it. */
  get token(): string | undefined {
    return this.#token;
  }

  /** Whether the log could not be read the last time. */
  get stale(): boolean {
    return this.#stale;
  }

  /** Whether there is still something to be learned from the log. */
  #matters(): boolean {
    const { server, gone } = this.#host.shown;
    if (gone || server.status !== 'ACTIVE') return false;
    const setup = this.#known;
    const workflow = exosphereOrigin(server.metadata)?.workflow;
    if (workflow && this.#token === undefined) return true;
    // What was given up may have ended since: one look tells.
    return setup !== undefined && (hasEnded(setup) ? setup.status !== 'complete' && !this.#read : true);
  }

  async #poll(): Promise<void> {
    const signal = this.#asking?.signal;
    if (!signal) return;
    if (this.#matters()) await this.#look(signal);
    // Nobody looks any more, and perhaps there is nothing shown.
    if (signal.aborted) return;
    if (this.#passphraseWaits()) await this.#handOver(signal);
    if (signal.aborted) return;
    this.#host.requestUpdate();
    const going = this.setup && !hasEnded(this.setup);
    if (this.#matters()) this.#poller.ended(going ? SOON : LATE);
    else this.#poller.stop();
  }

  async #look(signal: AbortSignal): Promise<void> {
    const { connection, server } = this.#host.shown;
    try {
      const log = await connection.client(ComputeClient).consoleOutput(server.id, {
        name: server.name,
        signal,
        lines: this.#read ? TAIL : undefined,
      });
      if (signal.aborted) return;
      this.#read = true;
      this.#stale = false;
      this.#token = workflowToken(log) ?? this.#token;
      const seen = setupInLog(log);
      const entry = setupEntry(this.#host.shown.server.metadata);
      if (isNews(this.#seen, seen)) this.#seen = seen;
      if (entry && isNews(entry.setup, this.#seen)) await this.#write(entry.key, writeSetup(this.#seen));
    } catch (error) {
      if (isAbort(error)) return;
      if (!isOpenStackError(error)) throw error;
      this.#stale = true;
    }
  }

  /** Tells the others, if this person may. */
  async #write(key: string, value: string): Promise<void> {
    const { connection, server, servers, rights } = this.#host.shown;
    if (value === this.#refused || refusal('metadata', server, rights)) return;
    const compute = connection.client(ComputeClient);
    try {
      await servers.act(server.id, { metadata: { ...server.metadata, [key]: value } }, () =>
        writeMetadata(compute, server, key, value),
      );
    } catch (error) {
      if (!isOpenStackError(error)) throw error;
      this.#refused = value;
    }
  }

  /** Whether a passphrase may wait to be handed over; looked after once for each step of the setup. */
  #passphraseWaits(): boolean {
    const { server, rights, gone } = this.#host.shown;
    const version = exosphereOrigin(server.metadata)?.version ?? 0;
    const status = this.setup?.status;
    return (
      version >= 1 &&
      !server.hasPassphrase &&
      !gone &&
      server.status === 'ACTIVE' &&
      (status === 'running' || status === 'complete' || status === 'error') &&
      this.#handed !== status &&
      refusal('tags', server, rights) === undefined
    );
  }

  /** Puts the passphrase that its guest has left where all clients look for it. */
  async #handOver(signal: AbortSignal): Promise<void> {
    const { connection, server, servers } = this.#host.shown;
    this.#handed = this.setup?.status;
    try {
      const { kind } = await handOver(placesOf(connection.client(ComputeClient), server, signal));
      if (kind === 'done') await servers.read(server.id);
    } catch (error) {
      // Nothing is lost: it is where it was, and found there when somebody wants it.
      if (!isAbort(error) && !isOpenStackError(error)) throw error;
    }
  }
}
