import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { Secret } from '../../../../src/openstack/secret.js';
import { isCloudsYaml, readCloudsYaml } from '../../../../src/session/files/clouds-yaml.js';

const CLOUDS = `
clouds:
  lakeside:
    auth:
      auth_url: https://lakeside.example:5000/v3
      username: demo
      project_name: research
      user_domain_name: Default
      project_domain_name: Default
    regions:
      - name: North
      - South
    interface: public
    identity_api_version: 3
  credential:
    auth_type: v3applicationcredential
    auth:
      auth_url: https://hill.example/identity
      application_credential_id: abc
      application_credential_secret: s3cret
    region_name: 1
  federated:
    auth_type: v3oidcpassword
    auth:
      auth_url: https://hill.example/identity
  broken:
    auth:
      username: demo
`;

describe('a clouds.yaml', () => {
  it('holds several clouds, and what is wrong with some', async () => {
    const { clouds, unreadable } = await readCloudsYaml([CLOUDS]);
    assert.equal(unreadable, false);
    const [lakeside, credential, federated, broken] = clouds;
    assert.ok(lakeside && 'credential' in lakeside, 'a password cloud');
    assert.equal(lakeside.name, 'lakeside');
    assert.equal(lakeside.region, 'North');
    assert.equal(lakeside.asks, 'password');
    assert.deepEqual(lakeside.project, { id: undefined, name: 'research' });
    assert.ok(credential && 'credential' in credential, 'an application credential');
    assert.equal(credential.asks, undefined);
    assert.equal(credential.region, '1');
    assert.deepEqual(federated, { kind: 'auth-type', name: 'federated', value: 'v3oidcpassword' });
    assert.deepEqual(broken, { kind: 'no-auth-url', name: 'broken' });
  });

  it('gets its secrets from secure.yaml, whichever comes first', async () => {
    const secure = 'clouds:\n  lakeside:\n    auth:\n      password: "pa: ss"\n';
    for (const texts of [
      [CLOUDS, secure],
      [secure, CLOUDS],
    ]) {
      const { clouds } = await readCloudsYaml(texts);
      const lakeside = clouds.find(({ name }) => name === 'lakeside');
      assert.ok(lakeside && 'credential' in lakeside, 'found');
      assert.equal(lakeside.asks, undefined);
      const credential = lakeside.credential();
      assert.ok(credential.method === 'password', credential.method);
      assert.equal(credential.password.reveal(), 'pa: ss');
      assert.equal(String(credential.password), String(new Secret('')));
    }
  });

  it('that is none is said to be unreadable', async () => {
    for (const text of ['clouds: [', 'hello', '', 'clouds: {}', '- a', '&a [*a, *a]'])
      assert.deepEqual(await readCloudsYaml([text]), { clouds: [], unreadable: true }, text);
  });

  it('is told from other texts', () => {
    assert.ok(isCloudsYaml(CLOUDS), 'YAML');
    assert.ok(isCloudsYaml('{"clouds": {}}'), 'JSON');
    assert.ok(!isCloudsYaml('export OS_CLOUD=clouds'), 'bash');
  });
});
