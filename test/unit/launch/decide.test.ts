import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import {
  decide,
  type Draft,
  type Known,
  type Setting,
} from '../../../src/elements/launch-wizard/launch-wizard.state.js';
import { requestOf } from '../../../src/elements/launch-wizard/request-of.js';
import { reviewSentences } from '../../../src/elements/launch-wizard/review-sentences.js';
import { Localizer } from '../../../src/i18n/localizer.js';
import type { CollectionState } from '../../../src/live/collection.js';
import type { LimitsRow } from '../../../src/live/resources.js';
import { OpenStackError } from '../../../src/openstack/errors.js';
import {
  flavor,
  group,
  image,
  keypair,
  limits,
  network,
  ready,
  rule,
  server,
  setting as usual,
} from './rows.js';

const words = new Localizer({ locale: 'en' });
const pending = { status: 'pending' } as const;
const failed = {
  status: 'failed',
  error: new OpenStackError({ kind: 'server', attempt: { action: 'list-images' } }),
} as const;

const refused = {
  status: 'failed',
  error: new OpenStackError({ kind: 'forbidden', attempt: { action: 'list-networks' } }),
} as const;

const ubuntu = image('Ubuntu 24.04', { osDistro: 'ubuntu', osVersion: '24.04', minDisk: 10 });
const debian = image('Debian 12', { osDistro: 'debian', osVersion: '12' });
const tiny = flavor('tiny', { disk: 5 });
const small = flavor('small', { vcpus: 2, ram: 2048, disk: 20 });
const large = flavor('large', { vcpus: 16, ram: 65_536, disk: 60 });
const home = network('home');
const outside = network('outside', { external: true, projectId: 'operators', isDefault: true });

const known = (change: Partial<Known> = {}): Known => ({
  images: ready(debian, ubuntu),
  flavors: ready(tiny, small, large),
  keypairs: ready(keypair('laptop'), keypair('office')),
  networks: ready(home),
  groups: ready(
    group('default', { rules: [rule(), rule({ protocol: 'icmp', portMin: undefined, portMax: undefined })] }),
  ),
  limits: ready(...limits({ instances: [0, 10], cores: [0, 20] })),
  recent: ready(),
  servers: ready(),
  ...change,
});

const setting = (change: Partial<Setting> = {}) =>
  usual({
    hasDnsService: false,
    hasAppProxy: false,
    now: Date.parse('2026-03-04T00:00:00Z'),
    ...change,
  });

const why = (draft: Draft, k = known(), s = setting()) =>
  decide(draft, k, s).obstacles.map((obstacle) => obstacle.why);

describe('what the wizard decides', () => {
  it('has an answer to everything from the beginning', () => {
    const decision = decide({}, known(), setting());
    assert.deepEqual(decision.obstacles, []);
    assert.deepEqual(requestOf(decision, 'id', undefined), {
      launchId: 'id',
      name: 'swift-otter',
      count: 1,
      imageId: ubuntu.id,
      flavorId: small.id,
      key: { kind: 'existing', name: 'laptop', publicKey: 'ssh-ed25519 AAAA' },
      network: { kind: 'network', id: home.id, name: 'home' },
      securityGroups: ['group-default'],
    });
  });

  it('prefers what the portal says, then what was used last', () => {
    const servers = ready(
      server('old', {
        imageId: debian.id,
        keyName: 'office',
        flavor: { ...small, id: undefined, name: 'large' },
      }),
    );
    const last = decide({}, known({ recent: servers }), setting());
    assert.deepEqual([last.image, last.size?.flavor, last.key.name], [debian, large, 'office']);
    const portal = decide(
      {},
      known({ recent: servers }),
      setting({ preferences: { defaultImage: 'Ubuntu 24.04', defaultSize: 'small' } }),
    );
    assert.deepEqual([portal.image, portal.size?.flavor], [ubuntu, small]);
  });

  it('puts what the portal names first', () => {
    const { images, sizes } = decide(
      {},
      known(),
      setting({ preferences: { images: ['Debian 12'], sizes: ['large', 'small'] } }),
    );
    assert.deepEqual(
      images.map((offer) => offer.image.name),
      ['Debian 12', 'Ubuntu 24.04'],
    );
    assert.deepEqual(
      sizes.map((offer) => offer.flavor.name),
      ['large', 'small', 'tiny'],
    );
  });

  it('keeps what somebody chose, and forgets what is not there any more', () => {
    const draft = { imageId: debian.id, flavorId: 'flavor-large', key: { kind: 'none' } } as const;
    const decision = decide(draft, known(), setting());
    assert.deepEqual([decision.image, decision.size?.flavor, decision.key.kind], [debian, large, 'none']);
    const elsewhere = decide(
      {
        imageId: 'gone',
        flavorId: 'gone',
        key: { kind: 'existing', name: 'gone' },
        network: 'gone',
        groups: ['gone'],
      },
      known(),
      setting(),
    );
    assert.deepEqual(elsewhere.obstacles, []);
    assert.deepEqual(
      [elsewhere.image, elsewhere.size?.flavor, elsewhere.key.name],
      [ubuntu, small, 'laptop'],
    );
  });

  it('proposes a new key to whoever has none', () => {
    const decision = decide({}, known({ keypairs: ready() }), setting());
    assert.deepEqual(decision.key.choice, { kind: 'generate', name: 'ada-2026-03-04' });
    const made = requestOf(decision, 'id', 'ssh-ed25519 AAAA');
    assert.deepEqual(made?.key, { kind: 'import', name: 'ada-2026-03-04', publicKey: 'ssh-ed25519 AAAA' });
    assert.equal(decide({}, known({ keypairs: ready() }), setting({ canGenerate: false })).key.kind, 'none');
  });

  it('takes the size that fits one when the count grows, and says so', () => {
    const decision = decide({ count: '11' }, known(), setting());
    assert.equal(decision.size?.flavor, small);
    assert.deepEqual(decision.obstacles, [{ why: 'count', part: 'count' }]);
    assert.equal(decision.most, 10);
    assert.deepEqual(why({ count: '10' }), []);
  });

  for (const count of ['0', '-1', '1.5', 'x', '', '26']) {
    it(`refuses "${count}" as a number of instances`, () => {
      const plenty = known({ limits: ready(...limits({})) });
      assert.deepEqual(why({ count }, plenty), ['count']);
    });
  }

  it('warns of names that are taken', () => {
    const servers = ready(server('web-1'), server('going', { pending: 'deleting' }));
    assert.deepEqual(decide({ name: 'web', count: '2' }, known({ servers }), setting()).duplicates, [
      'web-1',
    ]);
    assert.deepEqual(decide({ name: 'going' }, known({ servers }), setting()).duplicates, []);
  });

  it('waits for what is still on its way, each part on its own', () => {
    assert.deepEqual([...decide({}, known({ flavors: pending }), setting()).pending], ['size']);
    assert.deepEqual([...decide({}, known({ keypairs: pending }), setting()).pending], ['key']);
    assert.deepEqual(
      [...decide({}, known({ recent: pending }), setting()).pending],
      ['image', 'size', 'key', 'network'],
    );
    assert.deepEqual(why({ name: '' }, known({ images: pending })), ['loading']);
  });

  it('tells at once what could not be loaded', () => {
    const { pending: waiting } = decide({}, known({ images: failed, recent: pending }), setting());
    assert.equal(waiting.has('image'), false);
    assert.equal(waiting.has('size'), false);
    assert.equal(waiting.has('key'), true);
  });

  for (const [what, draft, k, s, expected] of [
    ['a name that is missing', { name: ' ' }, known(), setting(), ['name']],
    ['no image', {}, known({ images: ready() }), setting(), ['no-image']],
    ['images that could not be loaded', {}, known({ images: failed }), setting(), ['images']],
    ['no size', {}, known({ flavors: ready() }), setting(), ['no-size']],
    ['sizes that could not be loaded', {}, known({ flavors: { ...failed } }), setting(), ['sizes']],
    ['no size large enough', {}, known({ flavors: ready(tiny) }), setting(), ['no-size-fits']],
    [
      'a quota that is used up',
      {},
      known({ limits: ready(...limits({ cores: [20, 20] })) }),
      setting(),
      ['quota'],
    ],
    [
      'a size too large for the quota',
      { flavorId: large.id },
      known({ limits: ready(...limits({ cores: [8, 20] })) }),
      setting(),
      ['size'],
    ],
    ['a size too small for the image', { flavorId: tiny.id }, known(), setting(), ['size']],
    [
      'a key that is not complete',
      { key: { kind: 'import', text: 'ssh-rsa', refused: false } },
      known(),
      setting(),
      ['key'],
    ],
    [
      'a key with a name that is taken',
      { key: { kind: 'generate', name: 'laptop' } },
      known(),
      setting(),
      ['key'],
    ],
    [
      'a key that the browser cannot make',
      { key: { kind: 'generate' } },
      known(),
      setting({ canGenerate: false }),
      ['key'],
    ],
    [
      'no network and none to be made',
      {},
      known({
        networks: ready(),
        limits: ready({ id: 'network', quotas: { network: { used: 1, limit: 1 } } }),
      }),
      setting(),
      ['no-network'],
    ],
    [
      'a boot script that is too long',
      { script: { kind: 'text', text: 'x'.repeat(50_000) } },
      known({ weight: { metadata: 1, bytes: 50_000, packed: false, tooLong: 'kind' } }),
      setting(),
      ['script'],
    ],
    ['a role that only reads', {}, known(), setting({ canAct: false }), ['reader']],
    ['a sign-in that ran out', {}, known(), setting({ expired: true }), ['expired']],
  ] as const) {
    it(`does not launch with ${what}`, () => {
      assert.deepEqual(why(draft as Draft, k, s), expected);
    });
  }

  it('does not launch where the networks could not be loaded just now: nobody would know where', () => {
    assert.deepEqual(why({}, known({ networks: failed })), ['networks']);
    assert.deepEqual(why({}, known({ networks: failed }), setting({ hasNetworkService: false })), []);
  });

  for (const [what, k, s] of [
    ['quotas that are not known', known({ limits: failed }), setting()],
    ['keys that could not be listed', known({ keypairs: failed }), setting()],
    ['networks that this person may not list', known({ networks: refused }), setting()],
    ['groups that could not be listed', known({ groups: failed }), setting()],
    ['servers that could not be listed', known({ servers: failed }), setting()],
    [
      'a cloud without a network service',
      known({ networks: undefined, groups: undefined }),
      setting({ hasNetworkService: false }),
    ],
  ] as const) {
    it(`launches all the same with ${what}`, () => {
      assert.deepEqual(why({}, k, s), []);
    });
  }

  for (const [what, k, s] of [
    ['groups could not be listed', known({ groups: failed }), setting()],
    [
      'the cloud has no network service',
      known({ networks: failed, groups: failed }),
      setting({ hasNetworkService: false }),
    ],
  ] as const) {
    it(`promises nothing of what comes in where ${what}`, () => {
      const draft: Draft = { openings: [{ protocol: 'tcp', ports: '8888' }], groups: ['gone'] };
      for (const wished of [{}, draft]) {
        const decision = decide(wished, k, s);
        assert.deepEqual([decision.safety.openings, decision.groups], [[], []]);
        const sentences = reviewSentences(words, decision, k);
        assert.ok(sentences.includes('It lets in what the project’s default does.'), sentences.join('\n'));
      }
    });
  }

  it('says that a cloud without a network service has none, and not that it failed', () => {
    const missing: CollectionState<never> = {
      status: 'failed',
      error: new OpenStackError({
        kind: 'not-found',
        reason: 'service-missing',
        attempt: { action: 'list-networks' },
      }),
    };
    const say = (networks: Known['networks']) => {
      const k = known({ networks, groups: failed });
      return reviewSentences(words, decide({}, k, setting({ hasNetworkService: false })), k).join(' ');
    };
    assert.match(say(missing), /does not tell of its networks/);
    assert.match(say(failed), /could not be listed just now/);
  });

  it('counts no keys where they could not be listed', () => {
    const bounded = ready<LimitsRow>({ id: 'compute', quotas: {}, bounds: { keypairs: 10 } });
    const counted = (keypairs: Known['keypairs']) =>
      decide({}, known({ keypairs, limits: bounded }), setting()).uses.filter(
        ({ resource }) => resource === 'keypairs',
      ).length;
    assert.deepEqual([counted(ready()), counted(failed)], [1, 0]);
  });

  it('knows that a project without a network gets one, unless the cloud says otherwise', () => {
    const nothing = known({ networks: ready(outside) });
    assert.deepEqual(decide({}, nothing, setting()).networkChoice, { kind: 'topology' });
    const own = decide({}, { ...nothing, allocates: false }, setting());
    assert.deepEqual(own.networkChoice, {
      kind: 'new',
      name: 'swift-otter-network',
      cidr: '10.42.0.0/24',
      externalNetworkId: outside.id,
    });
    assert.deepEqual(own.obstacles, []);
  });

  it('takes a network by its id, or automatically when that is chosen', () => {
    const lab = network('lab');
    const made = network('auto_allocated_network');
    const k = known({ networks: ready(lab, made) });
    assert.equal(decide({}, k, setting()).networkChoice?.kind, 'network');
    assert.deepEqual(decide({ network: lab.id }, k, setting()).networkChoice, {
      kind: 'network',
      id: lab.id,
      name: 'lab',
    });
    assert.deepEqual(decide({ network: 'automatic' }, k, setting()).networkChoice, {
      kind: 'network',
      id: made.id,
      name: made.name,
    });
  });

  it('passes a file on as the bytes that it is', () => {
    const bytes = Uint8Array.of(0x23, 0x21, 0x0d, 0x0a, 0xff);
    assert.equal(
      decide({ script: { kind: 'file', name: 'boot', bytes } }, known(), setting()).userData,
      bytes,
    );
    assert.equal(decide({ script: { kind: 'text', text: '' } }, known(), setting()).userData, undefined);
  });
});
