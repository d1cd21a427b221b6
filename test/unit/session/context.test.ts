import assert from 'node:assert/strict';
import { it } from 'node:test';

it('the context can be imported where there is no document, and has the key all copies agree on', async () => {
  const { sessionContext } = await import('../../../src/session/context.js');
  assert.equal(sessionContext, Symbol.for('exo/session/1'));
  assert.equal(Reflect.has(globalThis, Symbol.for('exo.contextRoot')), false);
});
