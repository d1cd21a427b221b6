import type { Server } from '../../openstack/compute.js';
import { statusOf } from './status.js';

/** How long a row stays after its instance has gone, ms. */
const SHOWN = 30_000;
/** A project that is cleared out is not to be shown as it was. */
const MOST = 20;

/**
 * Instances that went without this page having seen anybody delete them: somebody who looks for one is told what became
 * of it, for a while.
 */
export class Vanished {
  #rows: readonly { readonly server: Server; readonly until: number }[] = [];
  #merged:
    | { readonly servers: readonly Server[]; readonly rows: unknown; readonly all: readonly Server[] }
    | undefined;

  get size(): number {
    return this.#rows.length;
  }

  /** @param went rows that are no longer there @param now milliseconds since 1970 */
  add(went: readonly Server[], now: number): void {
    const unseen = went.filter((server) => statusOf(server).word !== 'deleting');
    if (unseen.length === 0) return;
    const rows = unseen.map(
      (server) =>
        ({
          server: { ...server, status: 'DELETED', taskState: undefined, pending: undefined },
          until: now + SHOWN,
        }) as const,
    );
    this.#rows = [...this.#rows, ...rows].slice(-MOST);
  }

  /** The rows that are there, and those that have gone of late; the same array as long as these are the same. */
  among(servers: readonly Server[], now: number): readonly Server[] {
    if (this.#rows.length === 0) return servers;
    const there = new Set(servers.map(({ id }) => id));
    const left = this.#rows.filter(({ server, until }) => until > now && !there.has(server.id));
    if (left.length < this.#rows.length) this.#rows = left;
    if (left.length === 0) return servers;
    if (this.#merged?.servers !== servers || this.#merged.rows !== this.#rows)
      this.#merged = {
        servers,
        rows: this.#rows,
        all: [...servers, ...this.#rows.map(({ server }) => server)],
      };
    return this.#merged.all;
  }

  clear(): void {
    this.#rows = [];
  }
}

/** Whether a row is one of those. */
export function hasVanished({ status }: Pick<Server, 'status'>): boolean {
  return status === 'DELETED';
}
