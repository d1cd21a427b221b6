import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import {
  Catalog,
  readCatalog,
  serviceType,
  versioned,
  type CatalogEntry,
  type ServiceType,
} from '../../../src/openstack/catalog.js';

function entry(type: string, ...endpoints: [region: string, url: string, kind?: string][]): CatalogEntry {
  return {
    type,
    endpoints: endpoints.map(([region, url, kind = 'public']) => ({ region, url, interface: kind })),
  };
}

describe('a type of service', () => {
  const names: [alias: string, type: ServiceType | undefined][] = [
    ['compute', 'compute'],
    ['volumev3', 'block-storage'],
    ['block-storage', 'block-storage'],
    ['block-store', 'block-storage'],
    ['volume', 'block-storage'],
    ['volumev2', undefined],
    ['sharev2', 'shared-file-system'],
    ['share', 'shared-file-system'],
    ['container-infrastructure-management', 'container-infra'],
    ['identityv3', 'identity'],
    ['key-manager', 'key-manager'],
    ['accounting', undefined],
    ['toString', undefined],
  ];
  for (const [alias, type] of names) {
    it(`${alias} is ${type ?? 'none that is known'}`, () => assert.equal(serviceType(alias), type));
  }
});

describe('an endpoint', () => {
  const catalog = new Catalog([
    entry('identity', ['One', 'https://id.example/identity/v3/']),
    entry(
      'compute',
      ['One', 'http://internal:8774', 'internal'],
      ['One', 'https://one.example:8774/v2.1'],
      ['Two', 'https://two.example/compute/v2.1/'],
    ),
    entry('volumev2', ['One', 'https://one.example:8776/v2/p']),
    entry('volume', ['One', 'https://one.example:8776/v1/p']),
    entry('volumev3', ['One', 'https://one.example:8776/v3/p']),
    entry('image', ['Two', 'not a url'], ['Two', 'https://two.example/image']),
  ]);

  it('is the one of the region and the interface', () => {
    assert.equal(catalog.endpoint('compute', { region: 'One' }), 'https://one.example:8774/v2.1');
    assert.equal(
      catalog.endpoint('compute', { region: 'One', interface: 'internal' }),
      'http://internal:8774',
    );
    assert.equal(catalog.endpoint('compute', { region: 'Two' }), 'https://two.example/compute/v2.1');
    assert.equal(catalog.endpoint('compute', { region: 'Three' }), undefined);
  });

  it('is the first where no region is asked for', () => {
    assert.equal(catalog.endpoint('compute'), 'https://one.example:8774/v2.1');
  });

  it('comes from the best of the type’s names', () => {
    assert.equal(catalog.endpoint('block-storage'), 'https://one.example:8776/v3/p');
  });

  it('of identity is good for all regions', () => {
    assert.equal(catalog.endpoint('identity', { region: 'Two' }), 'https://id.example/identity/v3');
  });

  it('that is no URL does not count', () => {
    assert.equal(catalog.endpoint('image', { region: 'Two' }), 'https://two.example/image');
  });

  it('is there or not', () => {
    assert.equal(catalog.has('block-storage', 'One'), true);
    assert.equal(catalog.has('block-storage', 'Two'), false);
    assert.equal(catalog.has('dns'), false);
  });
});

describe('the regions', () => {
  it('are those with a compute service', () => {
    const catalog = new Catalog([
      entry('identity', ['Global', 'https://id.example']),
      entry(
        'compute',
        ['One', 'https://a.example'],
        ['Two', 'https://b.example'],
        ['One', 'https://c.example', 'internal'],
      ),
    ]);
    assert.deepEqual(catalog.regions(), ['One', 'Two']);
  });

  it('are all where there is no compute service', () => {
    assert.deepEqual(new Catalog([entry('dns', ['One', 'https://a.example'])]).regions(), ['One']);
    assert.deepEqual(new Catalog([]).regions(), []);
  });
});

describe('a catalog in a token', () => {
  it('is read entry by entry', () => {
    const catalog = readCatalog([
      {
        id: '1',
        type: 'compute',
        name: 'nova',
        endpoints: [
          { id: '2', interface: 'public', region: 'Old', region_id: 'One', url: 'https://a.example' },
          { id: '3', interface: 'public', region: 'Two', url: 'https://b.example' },
          'nonsense',
          { interface: 7, url: 'https://c.example', region_id: null },
        ],
      },
      null,
      { type: 'dns' },
    ]);
    assert.deepEqual(catalog.regions(), ['One', 'Two']);
    assert.equal(catalog.endpoint('compute', { region: 'Two' }), 'https://b.example');
    assert.equal(catalog.has('dns'), false);
  });

  it('of another form is empty', () => assert.deepEqual(readCatalog('nonsense').entries, []));
});

describe('an endpoint with its version', () => {
  const urls: [endpoint: string, version: string, expected: string][] = [
    ['https://nova.example', 'v2.1', 'https://nova.example/v2.1'],
    ['https://nova.example:8774/', 'v2.1', 'https://nova.example:8774/v2.1'],
    ['https://nova.example:8774/v2.1', 'v2.1', 'https://nova.example:8774/v2.1'],
    ['https://nova.example:8774/v2.1/', 'v2.1', 'https://nova.example:8774/v2.1'],
    ['https://nova.example:8774/v2.1/12ab', 'v2.1', 'https://nova.example:8774/v2.1/12ab'],
    ['https://nova.example:8774/v2/12ab', 'v2.1', 'https://nova.example:8774/v2.1/12ab'],
    ['https://nova.example:8774/v2', 'v2.1', 'https://nova.example:8774/v2.1'],
    ['https://cloud.example/compute', 'v2.1', 'https://cloud.example/compute/v2.1'],
    ['https://v2.example/compute', 'v2.1', 'https://v2.example/compute/v2.1'],
    ['https://cloud.example/compute/v2.1/v2', 'v2.1', 'https://cloud.example/compute/v2.1/v2'],
    ['https://neutron.example:9696', 'v2.0', 'https://neutron.example:9696/v2.0'],
    ['https://neutron.example:9696/v2.0/', 'v2.0', 'https://neutron.example:9696/v2.0'],
    ['https://cloud.example/image', 'v2', 'https://cloud.example/image/v2'],
    ['https://cloud.example/image/v2', 'v2', 'https://cloud.example/image/v2'],
    ['https://cloud.example/image/v2.15', 'v2', 'https://cloud.example/image/v2.15'],
    ['https://cloud.example/volume/v3/12ab', 'v3', 'https://cloud.example/volume/v3/12ab'],
  ];
  for (const [endpoint, version, expected] of urls) {
    it(`${endpoint} for ${version}`, () => assert.equal(versioned(endpoint, version), expected));
  }
});
