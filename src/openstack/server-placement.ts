import type { ComputeClient } from './compute.js';
import { dict, list, member, optional, readRow, rowReader, text, type Reader } from './schema.js';
import type { Target } from './server-actions.js';
import type { CallOptions } from './service.js';
import { compareVersions } from './versions.js';

/** What Nova tells of how a server was placed. */
export interface ServerPlacement {
  readonly configDrive: boolean;
  /** Ids; undefined before microversion 2.71. */
  readonly serverGroups: readonly string[] | undefined;
  /** What the scheduler was told, by the scheduler's own words; undefined before microversion 2.100. */
  readonly hints: Readonly<Record<string, readonly string[]>> | undefined;
}

/** The newest that is of use here. Rows of lists are asked for in an older one. */
const WITH_HINTS = '2.100';

/** Nova wraps each value in a list, whatever it was given. */
const hintReader: Reader<readonly string[]> = (value, report, row, field) =>
  typeof value === 'string' ? [value] : list(text)(value, report, row, field);

const reader = rowReader(
  'server.placement',
  {
    // Nova says it as a word.
    configDrive: optional('config_drive', text),
    serverGroups: optional('server_groups', list(text)),
    hints: optional('scheduler_hints', dict(hintReader)),
  },
  'open',
);

/** One request. Reference: Compute, GET /servers/{id}, up to microversion 2.100. */
export async function readPlacement(
  client: Pick<ComputeClient, 'callServer' | 'versions'>,
  { id, name }: Target,
  { signal }: CallOptions = {},
): Promise<ServerPlacement> {
  const { max = '0.0' } = await client.versions({ signal });
  const told = await client.callServer(id, {
    attempt: { action: 'read-instance', name },
    method: 'GET',
    path: '',
    needs: compareVersions(max, WITH_HINTS) < 0 ? undefined : WITH_HINTS,
    signal,
    read: (body) => readRow(reader, member(body, 'server'), 'server'),
  });
  return {
    configDrive: /^true$/i.test(told?.configDrive ?? ''),
    serverGroups: told?.serverGroups,
    hints: told?.hints,
  };
}
