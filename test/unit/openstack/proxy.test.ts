import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { parseProxy, throughProxy, type Proxy } from '../../../src/openstack/proxy.js';

describe('the proxy setting', () => {
  const settings: [text: string | null | undefined, proxy: Proxy | undefined][] = [
    ['/openstack', { kind: 'path', prefix: '/openstack' }],
    ['/openstack/', { kind: 'path', prefix: '/openstack' }],
    [' /a/b ', { kind: 'path', prefix: '/a/b' }],
    ['https://portal.example/openstack', { kind: 'path', prefix: 'https://portal.example/openstack' }],
    ['exosphere:/proxy', { kind: 'exosphere', url: '/proxy' }],
    ['exosphere:https://x.example/proxy/', { kind: 'exosphere', url: 'https://x.example/proxy' }],
    ['EXOSPHERE:http://localhost:8000', { kind: 'exosphere', url: 'http://localhost:8000' }],
    ['', undefined],
    [null, undefined],
    [undefined, undefined],
    ['openstack', undefined],
    ['//evil.example/x', undefined],
    ['exosphere://evil.example', undefined],
    ['exosphere:', undefined],
    ['ftp://x.example', undefined],
    ['javascript:alert(1)', undefined],
    ['/a?b', undefined],
    ['/a b', undefined],
  ];
  for (const [text, proxy] of settings) {
    it(JSON.stringify(text) ?? 'undefined', () => assert.deepEqual(parseProxy(text), proxy));
  }
});

describe('a request through a proxy', () => {
  const path: Proxy = { kind: 'path', prefix: '/openstack' };
  const exosphere: Proxy = { kind: 'exosphere', url: '/proxy' };
  const target = 'https://nova.example:8774/v2.1/servers?limit=1&x=%2F';
  const cases: [
    what: string,
    proxy: Proxy | undefined,
    target: string,
    url: string,
    headers: Record<string, string>,
  ][] = [
    ['none', undefined, target, target, {}],
    ['path', path, target, '/openstack/nova.example:8774/v2.1/servers?limit=1&x=%2F', {}],
    ['path, no port', path, 'https://cloud.example/identity/v3', '/openstack/cloud.example/identity/v3', {}],
    ['path, plain http', path, 'http://10.0.0.1:5000/v3', '/openstack/http/10.0.0.1:5000/v3', {}],
    ['path, IPv6', path, 'https://[2001:db8::1]:5000/v3', '/openstack/[2001:db8::1]:5000/v3', {}],
    [
      'Exosphere',
      exosphere,
      target,
      '/proxy/v2.1/servers?limit=1&x=%2F',
      { 'exo-proxy-orig-host': 'nova.example', 'exo-proxy-orig-port': '8774' },
    ],
    [
      'Exosphere, no port',
      exosphere,
      'https://cloud.example/identity/v3',
      '/proxy/identity/v3',
      { 'exo-proxy-orig-host': 'cloud.example', 'exo-proxy-orig-port': '443' },
    ],
    [
      'Exosphere, plain http',
      exosphere,
      'http://cloud.example/v3',
      '/proxy/v3',
      { 'exo-proxy-orig-host': 'cloud.example', 'exo-proxy-orig-port': '80' },
    ],
  ];
  for (const [what, proxy, from, url, headers] of cases) {
    it(what, () => assert.deepEqual(throughProxy(proxy, from), { url, headers }));
  }
});
