import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { readDomain } from '../../../../src/elements/login/login.state.js';

describe('a domain as it is typed', () => {
  for (const [typed, domain] of [
    ['Default', { name: 'Default' }],
    [' Lakeside University ', { name: 'Lakeside University' }],
    ['default', { id: 'default' }],
    ['0123456789abcdef0123456789abcdef', { id: '0123456789abcdef0123456789abcdef' }],
    ['0123456789abcdef', { name: '0123456789abcdef' }],
    ['defaults', { name: 'defaults' }],
  ] as const) {
    it(`${JSON.stringify(typed)} is ${JSON.stringify(domain)}`, () => {
      assert.deepEqual(readDomain(typed), domain);
    });
  }
});
