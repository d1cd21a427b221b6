import { Session } from '../src/session/session.js';
import { createCloud } from '../src/simulator/index.js';
import { signIn, type StoryCloud } from './cloud.js';

/** Names in scripts of any kind, as long as Nova keeps them. */
export const LONG_NAMES = ['漢字'.repeat(127), 'ق'.repeat(255), '👩🏽‍🔬'.repeat(36), 'Ж'.repeat(255)];

/**
 * A cloud with everything that lists are said to stumble over: long names in any script, a thousand tags, no image, a
 * size that was deleted, a fault with markup, and, as while a part of the cloud is down, a row of which only the id is
 * told (Compute API guide, "Handling Down Cells").
 */
export async function strangeRows(): Promise<StoryCloud> {
  const cloud = createCloud({ servers: 10 });
  const servers = [...(cloud.state.regions[0]?.servers.values() ?? [])];
  const [a, b, c, d, tagged, volume, sizeless, broken, down] = servers;
  [a, b, c, d].forEach((server, at) => server && Object.assign(server, { name: LONG_NAMES[at] }));
  if (tagged) {
    const tags = Array.from({ length: 1000 }, (_, at) => `tag-${String(at)}`);
    Object.assign(tagged, { name: 'tagged', tags });
  }
  if (volume) Object.assign(volume, { name: 'from-volume', imageId: '' });
  if (sizeless) Object.assign(sizeless, { name: 'sizeless' });
  if (broken) {
    Object.assign(broken, {
      name: '<img src=x onerror=alert(1)>',
      vmState: 'error',
      taskState: null,
      fault: { code: 500, message: '<script>alert(1)</script> & <b>bold</b>', created: Date.now() },
    });
  }
  const session = new Session({
    async fetch(request) {
      const response = await cloud.fetch(request);
      if (!response.ok || !request.url.includes('/servers/detail')) return response;
      const body: unknown = await response.json();
      return Response.json(known(body, { down: down?.id, sizeless: sizeless?.id }), {
        headers: response.headers,
      });
    },
    settings: { authUrl: cloud.authUrl, cloudName: 'Lakeside Cloud', persist: 'none' },
  });
  const made = { cloud, session };
  await signIn(made);
  return made;
}

function known(
  body: unknown,
  { down, sizeless }: { down?: string | undefined; sizeless?: string | undefined },
): unknown {
  if (typeof body !== 'object' || body === null || !('servers' in body) || !Array.isArray(body.servers))
    return body;
  const servers = body.servers.map((server: unknown) => {
    if (typeof server !== 'object' || server === null || !('id' in server)) return server;
    // What Nova tells from its own database alone: no name, no addresses, no size.
    if (server.id === down) return { id: server.id, status: 'UNKNOWN', links: [] };
    // Before microversion 2.47 a size is an id, which nothing answers to any more.
    if (server.id === sizeless) return { ...server, flavor: { id: 'gone-for-good', links: [] } };
    return server;
  });
  return { ...body, servers };
}
