import { ComputeClient } from '../../../src/openstack/compute.js';
import type { Session } from '../../../src/session/session.js';

/** Asks Nova for something as an element would; resolves to 200 when it was answered. */
export async function computeProbe(session: Session): Promise<number> {
  const connection = session.current;
  if (!connection) throw new Error('nobody is signed in');
  await connection.client(ComputeClient).limits();
  return 200;
}
