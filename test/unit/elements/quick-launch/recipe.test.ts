import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Known } from '../../../../src/elements/launch-wizard/launch-wizard.state.js';
import { meant } from '../../../../src/elements/quick-launch/meant.js';
import { quickState } from '../../../../src/elements/quick-launch/quick-launch.state.js';
import { isOf, readRecipe, type Recipe } from '../../../../src/elements/quick-launch/recipe.js';
import type { LaunchDefaults } from '../../../../src/session/settings.js';
import { flavor, group, image, keypair, limits, network, ready, setting } from '../../launch/rows.js';

const images = [
  image('Course 2025-09', { created: '2025-09-01T00:00:00Z' }),
  image('Course 2026-02', { created: '2026-02-01T00:00:00Z' }),
  image('Ubuntu 24.04', { osDistro: 'ubuntu', minDisk: 10 }),
  image('Course 2026-09', { created: '2026-09-01T00:00:00Z', status: 'deactivated' }),
];
const [autumn, spring, ubuntu] = images;
const small = flavor('m1.small');
const large = flavor('m1.large', { vcpus: 8, ram: 8192 });
const known: Known = {
  images: ready(...images),
  flavors: ready(small, large),
  keypairs: ready(keypair('laptop')),
  networks: ready(network('home')),
  groups: ready(group('default')),
  limits: ready(...limits({})),
  recent: ready(),
  servers: ready(),
};
const types = [
  { name: 'Course', versions: [{ name: 'now', image: { name: 'Course*' }, sizes: ['m1.large'] }] },
  { name: 'Gone', versions: [{ name: 'now', image: { name: 'Nothing*' } }] },
];

const read = (recipe: Recipe, preferences: LaunchDefaults = { types }) =>
  readRecipe(recipe, known, preferences);

describe('what a portal wants launched', () => {
  for (const [what, recipe, wanted] of [
    ['nothing in particular', {}, {}],
    ['an image by its name', { image: 'Ubuntu 24.04' }, { imageId: ubuntu?.id }],
    ['an image by its id', { image: autumn?.id }, { imageId: autumn?.id }],
    ['an image in another case', { image: 'ubuntu 24.04' }, { imageId: ubuntu?.id }],
    ['the newest of several that can be started from', { image: 'Course*' }, { imageId: spring?.id }],
    ['a type', { type: 'course' }, { imageId: spring?.id }],
    ['a type in place of an image', { type: 'Course', image: 'none' }, { imageId: spring?.id }],
    ['a size and a profile', { size: 'm1.large', profile: 'kit' }, { flavorId: large.id, profile: 'kit' }],
  ] as const)
    it(`may be ${what}`, () => {
      assert.deepEqual(read(recipe), {
        imageId: undefined,
        flavorId: undefined,
        profile: undefined,
        ...wanted,
      });
    });

  for (const [recipe, what, name] of [
    [{ image: 'Ubunto 24.04' }, 'image', 'Ubunto 24.04'],
    [{ image: 'Course 2026-09' }, 'image', 'Course 2026-09'],
    [{ size: 'm1.huge' }, 'size', 'm1.huge'],
    [{ type: 'Curse' }, 'type', 'Curse'],
    [{ type: 'gone' }, 'unfilled', 'Gone'],
    [{ profile: 'kitt' }, 'profile', 'kitt'],
    [{ profile: 'exosphere' }, 'profile', 'exosphere'],
  ] as const)
    it(`is not there with ${JSON.stringify(recipe)}`, () => {
      assert.deepEqual(read(recipe), { what, name });
    });

  it('is launched though people cannot choose it', () => {
    const preferences = {
      types,
      locked: ['image', 'size', 'profile'],
      defaultSize: 'm1.small',
    } as const;
    const state = quickState({ type: 'Course' }, undefined, known, setting({ preferences }));
    assert.ok(state.kind === 'ready', state.kind);
    assert.equal(state.decision.image?.id, spring?.id);
    assert.equal(state.decision.size?.flavor.id, large.id, 'the sizes of the type are the only ones');
  });
});

describe('a launch that stopped half-way', () => {
  const half = { imageId: autumn?.id ?? '', flavorId: large.id };
  for (const [recipe, own] of [
    [{}, true],
    [{ image: 'Course*' }, true],
    [{ image: 'Ubuntu 24.04' }, false],
    [{ size: 'm1.large' }, true],
    [{ size: 'm1.small' }, false],
    [{ image: 'Course*', size: 'm1.small' }, false],
    [{ type: 'Course' }, true],
    [{ type: 'Gone' }, false],
  ] as const)
    it(`${own ? 'is' : 'is not'} one of ${JSON.stringify(recipe)}`, () => {
      assert.equal(isOf(half, recipe, known, { types }), own);
    });
});

describe('a misspelt name', () => {
  const names = ['Featured-Ubuntu24', 'Featured-Ubuntu22', 'm3.small', 'm3.tiny'];
  for (const [wanted, close] of [
    ['featured ubuntu 24', 'Featured-Ubuntu24'],
    ['Featured-Ubunto22', 'Featured-Ubuntu22'],
    ['m3.smal', 'm3.small'],
    ['Course-2031', undefined],
    ['', undefined],
  ] as const)
    it(`${close === undefined ? 'may mean nothing' : `means ${close}`}: “${wanted}”`, () => {
      assert.equal(meant(wanted, names), close);
    });
});
