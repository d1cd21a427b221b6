import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { Secret } from '../../../../src/openstack/secret.js';
import type { FoundCloud } from '../../../../src/session/files/found.js';
import { isOpenrc, readOpenrc } from '../../../../src/session/files/openrc.js';

function found(text: string): FoundCloud {
  const read = readOpenrc(text);
  assert.ok('credential' in read, JSON.stringify(read));
  return read;
}

/** As plain data, secrets included. */
function plain(value: unknown): unknown {
  return JSON.parse(
    JSON.stringify(value, function (this: Record<string, unknown>, key) {
      const raw = this[key];
      return Secret.is(raw) ? raw.reveal() : raw;
    }),
  );
}

const HORIZON = `#!/usr/bin/env bash
# To use an OpenStack cloud you need to authenticate against the Identity service
export OS_AUTH_URL=https://cloud.example:5000/v3/
# With the addition of Keystone we have standardized on the term **project**
export OS_PROJECT_ID=0123456789abcdef
export OS_PROJECT_NAME="research"
export OS_USER_DOMAIN_NAME="Default"
if [ -z "$OS_USER_DOMAIN_NAME" ]; then unset OS_USER_DOMAIN_NAME; fi
export OS_PROJECT_DOMAIN_ID="default"
if [ -z "$OS_PROJECT_DOMAIN_ID" ]; then unset OS_PROJECT_DOMAIN_ID; fi
# unset v2.0 items in case set
unset OS_TENANT_ID
unset OS_TENANT_NAME
export OS_USERNAME="demo"
# With Keystone you pass the keystone password.
echo "Please enter your OpenStack Password for project $OS_PROJECT_NAME as user $OS_USERNAME: "
read -sr OS_PASSWORD_INPUT
export OS_PASSWORD=$OS_PASSWORD_INPUT
export OS_REGION_NAME="RegionOne"
# Don't leave a blank variable, unset it if it was empty
if [ -z "$OS_REGION_NAME" ]; then unset OS_REGION_NAME; fi
export OS_INTERFACE=public
export OS_IDENTITY_API_VERSION=3
`;

describe('an openrc file', () => {
  it('of Horizon asks for the password', () => {
    const cloud = found(HORIZON);
    assert.equal(cloud.authUrl, 'https://cloud.example:5000/v3/');
    assert.equal(cloud.name, 'cloud.example:5000');
    assert.deepEqual(cloud.project, { id: '0123456789abcdef', name: 'research' });
    assert.equal(cloud.region, 'RegionOne');
    assert.equal(cloud.asks, 'password');
    assert.deepEqual(plain(cloud.credential(new Secret('typed'))), {
      method: 'password',
      user: { name: 'demo', domain: { name: 'Default' } },
      password: 'typed',
    });
  });

  it('with an application credential asks for nothing', () => {
    const cloud = found(`export OS_AUTH_TYPE=v3applicationcredential
export OS_AUTH_URL=https://cloud.example/identity
export OS_REGION_NAME=""
export OS_APPLICATION_CREDENTIAL_ID=abc
export OS_APPLICATION_CREDENTIAL_SECRET='it''s $HOME "secret"'`);
    assert.equal(cloud.asks, undefined);
    assert.equal(cloud.region, undefined);
    assert.deepEqual(plain(cloud.credential()), {
      method: 'application_credential',
      id: 'abc',
      secret: 'its $HOME "secret"',
    });
  });

  it('with a token', () => {
    const cloud = found('export OS_AUTH_URL=https://c.example OS_TOKEN=gAAAA OS_AUTH_TYPE=token');
    assert.deepEqual(plain(cloud.credential()), { method: 'token', token: 'gAAAA' });
  });

  for (const [written, read] of [
    ['plain', 'plain'],
    ['"in quotes"', 'in quotes'],
    ["'$NOT #expanded'", '$NOT #expanded'],
    ['"a\\"b\\$c\\\\d"', 'a"b$c\\d'],
    ['a\\ b', 'a b'],
    ['$NAME', 'demo'],
    ['"${NAME}-x"', 'demo-x'],
    ['${NOBODY:-else}', 'else'],
    ['${NAME:-else}', 'demo'],
    ['"pa#ss"', 'pa#ss'],
    ['pa#ss # a comment', 'pa#ss'],
    ['"ü🔑"', 'ü🔑'],
    ['one\\\ntwo', 'onetwo'],
    ['"first"\'$second\'third', 'first$secondthird'],
  ] as const) {
    it(`reads ${JSON.stringify(written)} as a shell does`, () => {
      const cloud = found(`NAME=demo; export OS_AUTH_URL=https://c.example
export OS_USERNAME=demo OS_PASSWORD=${written}
`);
      assert.equal(cloud.asks, undefined);
      assert.deepEqual(plain(cloud.credential()), {
        method: 'password',
        user: { name: 'demo', domain: { id: 'default' } },
        password: read,
      });
    });
  }

  for (const command of ['$(pass show cloud)', '`pass show cloud`', '"$(cat ~/.secret)"']) {
    it(`runs nothing: ${command} is asked for`, () => {
      const cloud = found(`export OS_AUTH_URL=https://c.example OS_USERNAME=demo OS_PASSWORD=${command}`);
      assert.equal(cloud.asks, 'password');
    });
  }

  it('for PowerShell', () => {
    const cloud = found(`$env:OS_AUTH_URL = "https://c.example"
$Env:OS_USERNAME = 'it''s me'
$env:OS_USER_DOMAIN_NAME = "Default"
$env:OS_PASSWORD = Read-Host -AsSecureString`);
    assert.equal(cloud.user, "it's me");
    assert.equal(cloud.asks, 'password');
  });

  it('without an identity service is of no use, and says so', () => {
    assert.deepEqual(readOpenrc('export OS_USERNAME=demo'), { kind: 'no-auth-url', name: 'OpenStack' });
    assert.deepEqual(readOpenrc('export OS_AUTH_URL=https://c.example OS_AUTH_TYPE=v3oidcpassword'), {
      kind: 'auth-type',
      name: 'c.example',
      value: 'v3oidcpassword',
    });
  });

  it('is told from other texts', () => {
    assert.ok(isOpenrc(HORIZON), 'Horizon');
    assert.ok(isOpenrc('$env:OS_AUTH_URL = "x"'), 'PowerShell');
    assert.ok(!isOpenrc('clouds:\n  one: {}'), 'YAML');
  });

  it('ends on whatever it is given', () => {
    for (const text of ['', "export OS_AUTH_URL='", '"', '$', 'export', 'if', '\\', '${', 'OS_AUTH_URL=`'])
      assert.ok('kind' in readOpenrc(text) || 'credential' in readOpenrc(text), text);
  });
});
