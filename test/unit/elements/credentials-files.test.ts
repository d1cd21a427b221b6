import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { describe, it } from 'node:test';
import { parse } from 'yaml';
import {
  cloudKey,
  cloudsYaml,
  openrc,
  openrcPowerShell,
  type FileFacts,
} from '../../../src/elements/credentials/files.js';
import { readCloudsYaml } from '../../../src/session/files/clouds-yaml.js';
import { readOpenrc } from '../../../src/session/files/openrc.js';

const ODD = [
  `it's`,
  'say "hi"',
  '$HOME',
  '`id`',
  'a\\b',
  'one\ntwo',
  'ü🔑',
  '#no comment',
  '- x: {y}',
  'a\u0085b\u007f',
  "'; exit 1; '",
];

function credential(secret: string): FileFacts {
  return {
    cloud: 'lakeside-demo',
    authUrl: 'https://cloud.example:5000/v3',
    region: 'RegionOne',
    as: { kind: 'credential', id: 'abc', secret },
  };
}

const PASSWORD: FileFacts = {
  ...credential(''),
  as: {
    kind: 'password',
    userName: `o'neill`,
    userDomain: 'Default',
    projectId: 'p1',
    projectName: 'my "own"',
  },
};

describe('files for the command line', () => {
  for (const secret of ODD) {
    it(`bash reads ${JSON.stringify(secret)} as it is`, () => {
      const { stdout, status } = spawnSync('bash', ['-c', `${openrc(credential(secret))}\nprintf %s "$OS_APPLICATION_CREDENTIAL_SECRET"`]); // prettier-ignore
      assert.equal(status, 0);
      assert.equal(String(stdout), secret);
    });

    it(`YAML holds ${JSON.stringify(secret)} as it is`, () => {
      const read: unknown = parse(cloudsYaml(credential(secret)));
      assert.deepEqual(read, {
        clouds: {
          'lakeside-demo': {
            auth_type: 'v3applicationcredential',
            auth: {
              auth_url: 'https://cloud.example:5000/v3',
              application_credential_id: 'abc',
              application_credential_secret: secret,
            },
            region_name: 'RegionOne',
            interface: 'public',
            identity_api_version: 3,
          },
        },
      });
    });
  }

  it('bash asks for the password, and forgets what another file has set', () => {
    const script = `export OS_TOKEN=old OS_USER_ID=old
${openrc(PASSWORD)}
printf '%s|%s|%s|%s' "$OS_USERNAME" "$OS_PASSWORD" "$OS_PROJECT_NAME" "\${OS_TOKEN-gone}"`;
    const { stdout } = spawnSync('bash', ['-c', script], { input: ' pa $ss \n' });
    assert.equal(String(stdout), `o'neill| pa $ss |my "own"|gone`);
  });

  it('PowerShell gets single quotes, in which only they are doubled', () => {
    const text = openrcPowerShell(credential(`it's $env:HOME`));
    assert.ok(text.includes(`$env:OS_APPLICATION_CREDENTIAL_SECRET = 'it''s $env:HOME'`), text);
    for (const quote of "'\u2018\u2019\u201a\u201b")
      assert.ok(
        openrcPowerShell(credential(`a${quote}; rm x #`)).includes(`'a${quote}${quote}; rm x #'`),
        quote,
      );
    assert.ok(text.startsWith('\ufeff'), 'says that it is UTF-8');
    assert.ok(openrcPowerShell(PASSWORD).includes('Read-Host'), 'asks for the password');
    assert.ok(text.split('\r\n').length > 5, 'lines end as on Windows');
  });

  it('can be signed in with again', async () => {
    for (const found of [
      readOpenrc(openrc(credential('s3cret'))),
      (await readCloudsYaml([cloudsYaml(credential('s3cret'))])).clouds[0],
    ]) {
      assert.ok(found && 'credential' in found, 'a way in');
      const read = found.credential();
      assert.ok(read.method === 'application_credential' && 'id' in read, read.method);
      assert.equal(read.id, 'abc');
      assert.equal(read.secret.reveal(), 's3cret');
    }
    const asks = readOpenrc(openrc(PASSWORD));
    assert.ok('credential' in asks && asks.asks === 'password', 'the password is asked for');
  });

  it('name the cloud without a blank', () => {
    assert.equal(cloudKey('Lakeside Research Cloud', 'Übung 1'), 'lakeside-research-cloud-u-bung-1');
    assert.equal(cloudKey('云', ''), 'openstack');
  });
});
