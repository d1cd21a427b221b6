import { ServerCollection } from '../live/servers.js';
import { ComputeClient } from '../openstack/compute.js';
import type { Connection } from './connection.js';
import { liveOptions } from './live-options.js';
import { keepAtHand } from './servers-at-hand.js';

/** The project's servers. */
export function serversOf(c: Connection): ServerCollection {
  return c.resource('servers', () => {
    const servers = new ServerCollection(c.client(ComputeClient), liveOptions(c, 'servers'));
    keepAtHand(c, servers);
    return servers;
  });
}
