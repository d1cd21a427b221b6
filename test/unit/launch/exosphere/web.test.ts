import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import {
  mountFolder,
  mountPoint,
  volumeMetadata,
  volumeTag,
} from '../../../../src/launch/exosphere/mounts.js';
import {
  guacamoleToken,
  guacamoleTokensUrl,
  guacamoleUrl,
  proxiedAddress,
  proxiedUrl,
  proxyFor,
  workflowToken,
  workflowUrl,
} from '../../../../src/launch/exosphere/web.js';
import type { ServerAddress } from '../../../../src/openstack/compute.js';

const place = { host: 'proxy.example.org', address: '192.0.2.7' };

describe('a user application proxy', () => {
  it('has a name for each address and port', () => {
    const one = { ...place, port: 49528, path: '/x', plain: true };
    assert.equal(proxiedUrl(one), 'https://http-192-0-2-7-49528.proxy.example.org/x');
    assert.equal(
      proxiedUrl({ ...one, plain: false, port: 443 }),
      'https://192-0-2-7-443.proxy.example.org/x',
    );
  });

  it('is that of the region, or the one for all others', () => {
    const both = [{ region: 'IU', hostname: 'iu.example' }, { hostname: 'rest.example' }];
    assert.equal(proxyFor(both, 'IU'), 'iu.example');
    assert.equal(proxyFor(both, 'TACC'), 'rest.example');
    assert.equal(proxyFor(both, undefined), 'rest.example');
    assert.equal(proxyFor([{ region: 'IU', hostname: 'iu.example' }], 'TACC'), undefined);
    assert.equal(proxyFor(undefined, 'IU'), undefined);
  });

  it('is none where its name could lead elsewhere', () => {
    for (const hostname of ['', 'a/b', 'evil.example/#', 'a@b', 'x y', 'a..b', '-a.example', 'a.example:99'])
      assert.equal(proxyFor([{ hostname }], undefined), undefined, hostname);
  });

  it('reaches an IPv4 address from outside', () => {
    const address = (
      text: string,
      type: 'fixed' | 'floating' | undefined = 'fixed',
      version: 4 | 6 = 4,
    ): ServerAddress => ({ network: 'n', address: text, version, type, mac: undefined });
    const cases: readonly (readonly [readonly ServerAddress[], string | undefined])[] = [
      [[], undefined],
      [[address('10.0.0.4')], undefined],
      [[address('172.16.0.4')], undefined],
      [[address('172.32.0.4')], '172.32.0.4'],
      [[address('10.0.0.4'), address('192.0.2.7', 'floating')], '192.0.2.7'],
      [[address('2001:db8::1', 'floating', 6)], undefined],
      [[address('203.0.113.9')], '203.0.113.9'],
    ];
    for (const [addresses, found] of cases) assert.equal(proxiedAddress(addresses), found);
  });
});

describe('Guacamole', () => {
  it('is reached by the proxy', () => {
    assert.equal(
      guacamoleTokensUrl(place),
      'https://http-192-0-2-7-49528.proxy.example.org/guacamole/api/tokens',
    );
    assert.equal(
      guacamoleUrl(place, 'shell', 'A1B2'),
      'https://http-192-0-2-7-49528.proxy.example.org/guacamole/#/client/c2hlbGwAYwBkZWZhdWx0?token=A1B2',
    );
    assert.equal(
      guacamoleUrl(place, 'desktop'),
      'https://http-192-0-2-7-49528.proxy.example.org/guacamole/#/client/ZGVza3RvcABjAGRlZmF1bHQ=',
    );
  });

  it('names its connections in base64', () => {
    assert.ok(guacamoleUrl(place, 'shell').endsWith(btoa('shell\0c\0default')));
    assert.ok(guacamoleUrl(place, 'desktop').endsWith(btoa('desktop\0c\0default')));
  });

  it('gives a token, or something else', () => {
    assert.equal(guacamoleToken({ authToken: '2068C1171C6F6677' }), '2068C1171C6F6677');
    for (const body of [undefined, null, {}, { authToken: '' }, { authToken: 'a b&c#d/../' }, 'x', []])
      assert.equal(guacamoleToken(body), undefined);
  });
});

describe('a workflow', () => {
  it('has a link with its token', () => {
    const url = (path: string) => workflowUrl(place, path, 'abc123');
    assert.equal(url(''), 'https://http-192-0-2-7-8888.proxy.example.org/?token=abc123');
    assert.equal(
      url('/lab/tree/a b.ipynb'),
      'https://http-192-0-2-7-8888.proxy.example.org/lab/tree/a%20b.ipynb?token=abc123',
    );
    assert.equal(url('../..//?x#y'), 'https://http-192-0-2-7-8888.proxy.example.org/%3Fx%23y?token=abc123');
  });

  it('tells its token on the console, a new one after each start', () => {
    const one = '{"exoWorkflowToken":"0123456789abcdef0123"}';
    const two = '[  99.1] {"exoWorkflowToken":"fedcba98765432100123"}';
    assert.equal(workflowToken(`${one}\nfoo\n${two}`), 'fedcba98765432100123');
    assert.equal(workflowToken(`${one}\n{"exoWorkflowToken":"fedc`), '0123456789abcdef0123');
    assert.equal(workflowToken('{"exoWorkflowToken":""}'), undefined);
    assert.equal(workflowToken('{"exoWorkflowToken":"<script>"}'), undefined);
    assert.equal(workflowToken(''), undefined);
  });
});

describe('a volume', () => {
  const id = 'a7c1b2d3-0000-4000-8000-000000000001';
  const on = (device: string | undefined, tag?: string) => ({ id, device, tag });
  const tag = 'exoVolume::{"name":"Meine Daten (2024)"}';
  const rows: readonly (readonly [string, number, Readonly<Record<string, string>>, ReturnType<typeof on>, string | undefined])[] = [
    ['by its name', 6, {}, on('/dev/vdb', tag), '/media/volume/Meine-Daten-2024-'],
    ['by its name, the device unknown', 6, {}, on(undefined, tag), '/media/volume/Meine-Daten-2024-'],
    ['by its device where it has no name', 6, {}, on('/dev/vdb'), '/media/volume/vdb'],
    ['by its device where the tag is another’s', 6, {}, on('/dev/vdc', 'disk1'), '/media/volume/vdc'],
    ['by its device where the tag is broken', 6, {}, on('/dev/vdc', 'exoVolume::{"name'), '/media/volume/vdc'],
    ['by the name in the metadata', 5, { [`exoVolumes::${id}`]: '{"name":"data"}' }, on('/dev/sdb'), '/media/volume/data'],
    ['by its device in old versions', 4, { [`exoVolumes::${id}`]: '{"name":"data"}' }, on('/dev/sdb', tag), '/media/volume/sdb'],
    ['not, where the instance starts from it', 6, {}, on('/dev/vda', tag), undefined],
    ['not known without a device', 6, {}, on(undefined), undefined],
    ['not known of a device with a strange name', 6, {}, on('/dev/../etc'), undefined],
  ]; // prettier-ignore
  for (const [what, version, metadata, volume, place] of rows)
    it(`is mounted ${what}`, () => assert.equal(mountPoint(version, metadata, volume), place));

  it('has a folder of letters and digits of any script', () => {
    assert.equal(mountFolder('Müller & Söhne/データ_1'), 'Müller-Söhne-データ_1');
    assert.equal(mountFolder('../..'), '-');
  });

  it('carries its name where Nova takes it', () => {
    assert.equal(volumeTag('data'), 'exoVolume::{"name":"data"}');
    assert.equal(volumeTag('a "quoted" one'), 'exoVolume::{"name":"a \\"quoted\\" one"}');
    assert.equal(volumeTag(''), undefined);
    assert.equal(volumeTag('one, two'), undefined);
    assert.equal(volumeTag('one/two'), undefined);
    assert.equal(volumeTag('x'.repeat(38))?.length, 60);
    assert.equal(volumeTag('x'.repeat(39)), undefined);
    assert.deepEqual(volumeMetadata(id, 'data'), { [`exoVolumes::${id}`]: '{"name":"data"}' });
  });
});
