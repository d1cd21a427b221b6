import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { isSession, registry } from '../../../src/session/registry.js';
import { Session } from '../../../src/session/session.js';

describe('the sessions of a page', () => {
  it('are found by name; the default one has none', () => {
    const main = new Session();
    const second = new Session({ name: 'second' });
    registry.set('', main);
    registry.set('second', second);
    assert.equal(registry.get(), main);
    assert.equal(registry.get(''), main);
    assert.equal(registry.get('second'), second);
    assert.equal(registry.get('third'), undefined);
    registry.set('second', undefined);
    assert.equal(registry.get('second'), undefined);
  });

  it('tell when another stands behind a name, and a listener that throws harms nobody', () => {
    const told: string[] = [];
    const harm = registry.onChange(() => {
      throw new Error('harm');
    });
    const stop = registry.onChange((name) => told.push(name));
    const session = new Session({ name: 'a' });
    registry.set('a', session);
    registry.set('a', session);
    registry.set('a', undefined);
    registry.set('a', undefined);
    assert.deepEqual(told, ['a', 'a']);
    stop();
    harm();
    registry.set('a', session);
    assert.deepEqual(told, ['a', 'a']);
    registry.set('a', undefined);
  });

  it('are the same for every copy of the kit', async () => {
    assert.equal(Reflect.get(globalThis, Symbol.for('exo.sessions.1')), registry);
    const copy = new URL('../../../src/session/registry.js?copy', import.meta.url).href;
    const { registry: other } = (await import(copy)) as { registry: unknown };
    assert.equal(other, registry);
  });

  it('are told by their brand, not by their class', () => {
    assert.equal(isSession(new Session()), true);
    assert.equal(isSession({ [Symbol.for('exo.session')]: 1 }), true);
    for (const value of [undefined, null, {}, 'session', new EventTarget()])
      assert.equal(isSession(value), false);
  });
});
