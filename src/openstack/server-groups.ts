import { versioned } from './catalog.js';
import { key, list, member, optional, readRow, rowReader, text, type Reader } from './schema.js';
import { ServiceClient, type CallOptions, type ServiceClientOptions } from './service.js';
import { chooseMicroversion, compareVersions, type VersionRange } from './versions.js';

/** How servers of a group stand to each other; the soft ones are wishes, the others conditions. */
export type GroupPolicy = (typeof POLICIES)[number];

const POLICIES = ['affinity', 'anti-affinity', 'soft-affinity', 'soft-anti-affinity'] as const;

export function isGroupPolicy(text: string): text is GroupPolicy {
  return POLICIES.some((policy) => policy === text);
}

/** Reference: Compute, GET /os-server-groups. */
export interface MadeServerGroup {
  readonly id: string;
  readonly name: string;
  /** A {@link GroupPolicy}, or what a newer Nova may know. */
  readonly policy: string;
  /** Ids of the servers. */
  readonly members: readonly string[];
}

const rawReader = rowReader(
  'server_group',
  {
    id: key('id'),
    name: optional('name', text, ''),
    // One word from 2.64 on, a list before.
    policy: optional('policy', text),
    policies: optional('policies', list(text), []),
    members: optional('members', list(text), []),
  },
  'open',
);

const reader: Reader<MadeServerGroup> = (value, report, row, field) => {
  const raw = rawReader(value, report, row, field);
  if (!raw) return undefined;
  const { policy, policies, ...group } = raw;
  return { ...group, policy: policy ?? policies[0] ?? '' };
};

/** What it takes to make a server group and to remove it again. Reference: Compute API v2.1. */
export class ServerGroupMaker extends ServiceClient {
  static readonly type = 'compute';

  constructor(o: ServiceClientOptions) {
    super({ ...o, endpoint: versioned(o.endpoint, 'v2.1') });
  }

  /** The project's groups; Nova lists the oldest first. Reference: GET /os-server-groups. */
  async all(o: CallOptions = {}): Promise<readonly MadeServerGroup[]> {
    const { data } = await this.request({
      attempt: { action: 'list-server-groups' },
      method: 'GET',
      path: '/os-server-groups',
      signal: o.signal,
      read: (body) => readRow(list(reader), member(body, 'server_groups'), 'server_groups'),
    });
    return data;
  }

  /**
   * Reference: POST /os-server-groups; soft policies from microversion 2.15 on.
   *
   * @param versions what the cloud offers
   * @throws OpenStackError kind `protocol`, reason `microversion`, for a soft policy on an older cloud; kind `quota`
   */
  async create(
    { name, policy }: { readonly name: string; readonly policy: GroupPolicy },
    versions: VersionRange,
    o: CallOptions = {},
  ): Promise<MadeServerGroup> {
    const microversion = chooseMicroversion(
      versions,
      '2.64',
      policy.startsWith('soft-') ? '2.15' : undefined,
    );
    const isOneWord = microversion !== undefined && compareVersions(microversion, '2.64') >= 0;
    const { data } = await this.request({
      attempt: { action: 'create-server-group', name },
      method: 'POST',
      path: '/os-server-groups',
      microversion,
      signal: o.signal,
      body: { server_group: isOneWord ? { name, policy } : { name, policies: [policy] } },
      read: (body) => readRow(reader, member(body, 'server_group'), 'server_group'),
    });
    return data;
  }

  /** Its servers stay. Reference: DELETE /os-server-groups/{id}. */
  async remove(id: string, name: string, o: CallOptions = {}): Promise<void> {
    await this.request({
      attempt: { action: 'delete-server-group', name },
      method: 'DELETE',
      path: `/os-server-groups/${encodeURIComponent(id)}`,
      signal: o.signal,
      expect: 'nothing',
      read: () => undefined,
    });
  }
}
