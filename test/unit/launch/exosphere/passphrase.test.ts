import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import {
  findPassphrase,
  fitsTag,
  handOver,
  type PassphrasePlaces,
} from '../../../../src/launch/exosphere/passphrase.js';
import { Secret } from '../../../../src/openstack/secret.js';

const WORDS = 'able acid also army aunt away baby back ball band bank';

/** A cloud with one server; it can fail at any call, before it is done or after. */
class World implements PassphrasePlaces {
  calls: string[] = [];
  failAt: number | undefined;
  failAfter = false;
  ignoresTags = false;
  constructor(
    public password: string | undefined,
    public all: string[] = [],
  ) {}

  async #call<T>(name: string, work: () => T): Promise<T> {
    this.calls.push(name);
    const fails = this.calls.length === this.failAt;
    await Promise.resolve();
    if (fails && !this.failAfter) throw new Error(`${name} failed`);
    const done = work();
    if (fails) throw new Error(`the answer of ${name} was lost`);
    return done;
  }

  tags() {
    return this.#call('read tags', () => ({
      tags: this.all.filter((tag) => !tag.startsWith('exoPw:')),
      passphrases: this.all.filter((tag) => tag.startsWith('exoPw:')).map((tag) => new Secret(tag.slice(6))),
    }));
  }
  writeTags({ tags, passphrases }: Parameters<PassphrasePlaces['writeTags']>[0]) {
    return this.#call('write tags', () => {
      if (!this.ignoresTags) this.all = [...tags, ...passphrases.map((one) => `exoPw:${one.reveal()}`)];
    });
  }
  left() {
    return this.#call('read password', () =>
      this.password === undefined ? undefined : new Secret(this.password),
    );
  }
  forgetLeft() {
    return this.#call('forget password', () => (this.password = undefined)).then(() => undefined);
  }

  get known(): boolean {
    return this.password === WORDS || this.all.includes(`exoPw:${WORDS}`);
  }
}

const STEPS = ['read password', 'read tags', 'write tags', 'read tags', 'forget password'];

describe('handing a passphrase over', () => {
  it('writes, reads back, and only then deletes', async () => {
    const world = new World(WORDS, ['web']);
    assert.deepEqual(await handOver(world), { kind: 'done' });
    assert.deepEqual(world.calls, STEPS);
    assert.deepEqual(world.all, ['web', `exoPw:${WORDS}`]);
    assert.equal(world.password, undefined);
  });

  for (const failAfter of [false, true])
    for (let failAt = 1; failAt <= STEPS.length; failAt++)
      it(`loses nothing when call ${failAt} (${STEPS[failAt - 1]}) ${failAfter ? 'is done and its answer lost' : 'fails'}`, async () => {
        const world = new World(WORDS, ['web']);
        world.failAt = failAt;
        world.failAfter = failAfter;
        await assert.rejects(handOver(world));
        assert.ok(world.known, 'the passphrase is gone');
        assert.ok(world.all.includes('web'), 'a tag of others is gone');
        // Somebody looks again, in any browser.
        world.failAt = undefined;
        await handOver(world);
        assert.deepEqual(world.all, ['web', `exoPw:${WORDS}`]);
        assert.equal(world.password, undefined);
      });

  for (let after = 0; after <= STEPS.length; after++)
    it(`loses nothing when the page is closed after call ${after}`, async () => {
      const world = new World(WORDS);
      let calls = 0;
      const closing = new Proxy(world, {
        get: (target, key) => {
          const value: unknown = Reflect.get(target, key);
          if (typeof value !== 'function') return value;
          return (...args: unknown[]): unknown =>
            ++calls > after ? new Promise(() => undefined) : Reflect.apply(value, target, args);
        },
      });
      void handOver(closing);
      for (let turn = 0; turn < 50; turn++) await Promise.resolve();
      assert.ok(world.known, 'the passphrase is gone');
      await handOver(world);
      assert.ok(world.all.includes(`exoPw:${WORDS}`), 'it was not handed over');
      assert.equal(world.password, undefined);
    });

  it('does nothing where the guest has left nothing', async () => {
    const world = new World(undefined, ['web']);
    assert.deepEqual(await handOver(world), { kind: 'none' });
    assert.deepEqual(world.calls, ['read password']);
  });

  it('only deletes what is in the tag already', async () => {
    const world = new World(WORDS, [`exoPw:${WORDS}`]);
    assert.deepEqual(await handOver(world), { kind: 'done' });
    assert.deepEqual(world.calls, ['read password', 'read tags', 'forget password']);
  });

  const kept: readonly (readonly [string, string, World])[] = [
    ['another one is in the tag', 'another', new World(WORDS, ['exoPw:other words'])],
    ['a tag cannot hold it', 'unfit', new World('x'.repeat(55))],
    ['it has a comma', 'unfit', new World('one, two')],
    [
      'there are fifty tags',
      'full',
      new World(
        WORDS,
        Array.from({ length: 50 }, (_, i) => `tag-${i}`),
      ),
    ],
    ['the cloud forgets the tag', 'unverified', Object.assign(new World(WORDS), { ignoresTags: true })],
  ];
  for (const [what, why, world] of kept)
    it(`leaves everything where it is when ${what}`, async () => {
      const { password } = world;
      const all = [...world.all];
      assert.deepEqual(await handOver(world), { kind: 'kept', why });
      assert.equal(world.password, password);
      assert.deepEqual(world.all, all);
      assert.ok(!world.calls.includes('forget password'), 'it was deleted');
    });

  it('finds it wherever it is', async () => {
    assert.equal((await findPassphrase(new World(WORDS)))?.reveal(), WORDS);
    assert.equal((await findPassphrase(new World(undefined, [`exoPw:${WORDS}`])))?.reveal(), WORDS);
    assert.equal((await findPassphrase(new World(WORDS, ['exoPw:older'])))?.reveal(), WORDS);
    assert.equal(await findPassphrase(new World(undefined, ['web'])), undefined);
  });

  it('knows what a tag can hold', () => {
    assert.ok(fitsTag(WORDS));
    assert.ok(fitsTag('x'.repeat(54)));
    for (const no of ['x'.repeat(55), '', 'a,b', 'a/b', 'ä', 'a\nb']) assert.ok(!fitsTag(no), no);
  });
});
