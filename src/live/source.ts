import type { Attempt, OpenStackError } from '../openstack/errors.js';
import type { Page } from '../openstack/schema.js';
import type { Cadence } from './cadence.js';
import type { Environment } from './environment.js';
import type { Shared } from './sharing.js';

/**
 * What is known of a list. `pending`: nothing yet. `ready`: rows to show, however old; a refresh that failed leaves
 * them and sets `lastError`. `failed`: there has never been a row to show.
 */
export type CollectionState<Row> =
  | { readonly status: 'pending' }
  | {
      readonly status: 'ready';
      readonly rows: readonly Row[];
      /** When the rows were last confirmed by the cloud (milliseconds since 1970, this computer's clock). */
      readonly updatedAt: number;
      /** Whether a request is under way. */
      readonly refreshing: boolean;
      /** Whether all pages have arrived once; until then rows are still coming in. */
      readonly complete: boolean;
      readonly lastError?: OpenStackError | undefined;
    }
  | { readonly status: 'failed'; readonly error: OpenStackError };

/** Where a collection's rows come from and how they behave. */
export interface Source<Row> {
  /** What listing is called, for an error that does not say. */
  readonly attempt: Attempt;
  /** Lists pages: all rows, or, with `changedSince` (ISO 8601, whole seconds), those changed at or after it. */
  read(o: { changedSince: string | undefined; signal: AbortSignal }): AsyncIterable<Page<Row>>;
  readonly cadence: Cadence;
  /** For lists that can tell what has changed. */
  readonly delta?: {
    /** When the row last changed, ISO 8601. */
    changed(row: Row): string;
    /** Whether the row tells that it is no more. */
    gone(row: Row): boolean;
  };
  /** Whether the row is in transition, so that the next change is near. */
  busy?(row: Row): boolean;
}

export interface CollectionOptions {
  readonly environment: Environment;
  /** The same list in other tabs. */
  readonly shared?: Shared | undefined;
}
