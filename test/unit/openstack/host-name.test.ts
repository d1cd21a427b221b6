import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { hostName } from '../../../src/openstack/host-name.js';

describe('a host name', () => {
  const names: [name: string, host: string | undefined][] = [
    ['web-1', undefined],
    ['My server_1.example', undefined],
    ['計算機', undefined],
    ['wire-1 ü', 'wire-1-u'],
    ['Große Maschine', 'groe-maschine'],
    ['Café.Paris_1', 'cafe-paris-1'],
    ['ü', 'server-u'],
    ['ß', 'server'],
    ['-é-', 'server-e'],
    ['é'.repeat(80), 'e'.repeat(63)],
    [`é${'-'.repeat(100)}x`, 'server-e'],
  ];
  for (const [name, host] of names) {
    it(`for ${name} is ${host ?? 'Nova’s own'}`, () => {
      assert.equal(hostName(name), host);
      if (host) assert.match(host, /^[a-z\d][a-z\d-]{0,61}[a-z\d]$/);
    });
  }
});
