import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { ComputeClient } from '../../../src/openstack/compute.js';
import { isOpenStackError } from '../../../src/openstack/errors.js';
import { isNoSuchConsole, openRemoteConsole, vncSocket } from '../../../src/openstack/remote-console.js';
import { Secret } from '../../../src/openstack/secret.js';
import { signedIn, type StoryCloudOptions } from '../../../stories/cloud.js';

async function withServer(
  options: StoryCloudOptions,
  work: (compute: ComputeClient, server: { id: string; name: string }) => Promise<void>,
  name = 'web-1',
): Promise<void> {
  const { session, cloud } = await signedIn({ seed: 'demo', ...options });
  try {
    const servers = cloud.state.regions.flatMap((region) => [...region.servers.values()]);
    const server =
      servers.find((each) => each.name === name) ?? servers.find((each) => each.vmState === 'active');
    const compute = session.current?.client(ComputeClient);
    assert.ok(server && compute, 'a server and a compute service');
    await work(compute, { id: server.id, name: server.name });
  } finally {
    await session.signOut();
  }
}

describe('remote consoles', () => {
  for (const maxMicroversion of ['2.93', '2.5', 'none']) {
    it(`gives the address of a graphical and of a serial console at microversion ${maxMicroversion}`, async () => {
      await withServer({ maxMicroversion }, async (compute, server) => {
        const vnc = await openRemoteConsole(compute, server, 'vnc');
        assert.match(vnc.reveal(), /^http:.*vnc_auto\.html\?path=/);
        assert.equal(String(vnc), '[secret]');
        assert.match((await openRemoteConsole(compute, server, 'serial')).reveal(), /^ws:.*token=/);
      });
    });
  }

  it('tells a console that the cloud does not have from one that failed', async () => {
    await withServer({ consoles: ['serial'] }, async (compute, server) => {
      await assert.rejects(openRemoteConsole(compute, server, 'vnc'), (error) => isNoSuchConsole(error));
    });
  });

  it('refuses an address that no browser should be sent to', async () => {
    for (const url of ['javascript:alert(1)', '', 'ws://cloud.example/?token=x', 'file:///etc/passwd']) {
      const compute = {
        versions: () => Promise.resolve({ min: '2.1', max: '2.90' }),
        callServer: (_id: string, { read }: { read: (body: unknown) => unknown }) =>
          Promise.resolve().then(() => read({ remote_console: { protocol: 'vnc', type: 'novnc', url } })),
      };
      const asked: unknown = Reflect.apply(openRemoteConsole, undefined, [compute, { id: 'x' }, 'vnc']);
      await assert.rejects(
        Promise.resolve(asked),
        (error) => isOpenStackError(error) && error.kind === 'protocol' && !error.message.includes('token'),
      );
    }
  });
});

describe('the WebSocket behind a page of noVNC', () => {
  const cases: [page: string, socket: string | undefined][] = [
    ['http://c.example:6080/vnc_auto.html?path=%3Ftoken%3Dabc', 'ws://c.example:6080/?token=abc'],
    ['https://c.example/vnc_lite.html?path=%3Ftoken%3Dabc', 'wss://c.example/?token=abc'],
    ['https://c.example/novnc/vnc_lite.html?path=%3Ftoken%3Dabc', 'wss://c.example/novnc/?token=abc'],
    ['https://c.example/vnc.html?path=websockify%3Ftoken%3Dabc', 'wss://c.example/websockify?token=abc'],
    ['http://c.example:6080/vnc_auto.html?token=abc', 'ws://c.example:6080/?token=abc'],
    ['https://c.example/spice', undefined],
    ['https://c.example/vnc.html?path=%2F%2Fevil.example%2F', undefined],
  ];
  for (const [page, socket] of cases)
    it(`${page} is ${socket ?? 'none'}`, () => {
      const found = vncSocket(new Secret(page))?.reveal();
      assert.equal(found, socket);
    });
});
