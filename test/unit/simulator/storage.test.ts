import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { namesIn, person, type Answer } from './client.js';

const IMAGES = '/image/v2/images';

describe("the simulator's Glance", () => {
  it('pages by paths without a host', async () => {
    const who = await person();
    const names: string[] = [];
    let next: unknown = '/v2/images?limit=3&sort=name:asc';
    let pages = 0;
    while (typeof next === 'string' && pages < 10) {
      const answer: Answer = await who.get(`/image${next}`);
      names.push(...namesIn(answer.at('images')));
      next = answer.at('next');
      pages++;
    }
    assert.equal(pages, 2);
    assert.deepEqual(names, [
      'Featured-Debian12',
      'Featured-RockyLinux9',
      'Featured-Ubuntu22',
      'Featured-Ubuntu24',
    ]);
  });

  for (const [query, expected] of [
    ['os_distro=ubuntu&sort=name:asc', ['Featured-Ubuntu22', 'Featured-Ubuntu24']],
    ['name=in:Featured-Debian12,Other', ['Featured-Debian12']],
    ['tag=featured&os_version=9', ['Featured-RockyLinux9']],
    ['visibility=private', []],
    ['status=queued', []],
  ] as const)
    it(`filters by ${query}`, async () => {
      const who = await person();
      assert.deepEqual(namesIn((await who.get(`${IMAGES}?${query}`)).at('images')), expected);
    });

  it('says what an image needs and holds', async () => {
    const who = await person();
    const listed = await who.get(`${IMAGES}?name=Featured-Ubuntu24`);
    const image = await who.get(`${IMAGES}/${String(listed.at('images.0.id'))}`);
    assert.equal(image.at('min_disk'), 10);
    assert.equal(image.at('min_ram'), 1024);
    assert.equal(image.at('os_distro'), 'ubuntu');
    assert.equal(image.at('os_version'), '24.04');
  });

  it('answers errors with a page', async () => {
    const who = await person();
    for (const [path, status, words] of [
      ['?limit=abc', 400, /limit param must be an integer/],
      ['?marker=nope', 400, /No image found with ID nope/],
      ['/nope', 404, /No image found with ID nope/],
    ] as const) {
      const answer = await who.get(IMAGES + path);
      assert.equal(answer.status, status);
      assert.equal(answer.headers.get('Content-Type'), 'text/html; charset=UTF-8');
      assert.match(answer.text, words);
    }
  });
});

describe("the simulator's Cinder", () => {
  it('creates, shows and deletes a volume, which takes time', async () => {
    const who = await person();
    const root = `/volume/v3/${who.projectId}`;
    const made = await who.call('POST', `${root}/volumes`, { body: { volume: { size: 7, name: 'data' } } });
    assert.equal(made.status, 202);
    const path = `${root}/volumes/${String(made.at('volume.id'))}`;
    assert.equal((await who.get(path)).at('volume.status'), 'creating');
    who.cloud.advance(2000);
    assert.equal((await who.get(path)).at('volume.status'), 'available');
    const limits = await who.get(`${root}/limits`);
    assert.equal(limits.at('limits.absolute.totalGigabytesUsed'), 7);
    assert.equal((await who.call('DELETE', path)).status, 202);
    assert.equal((await who.get(path)).at('volume.status'), 'deleting');
    who.cloud.advance(2000);
    assert.equal((await who.get(path)).status, 404);
  });

  it('refuses beyond the quota with 413', async () => {
    const who = await person({}, 'demo', 'research');
    const answer = await who.call('POST', `/volume/v3/${who.projectId}/volumes`, {
      body: { volume: { size: 1001 } },
    });
    assert.equal(answer.status, 413);
    assert.match(
      String(answer.at('overLimit.message')),
      /^VolumeSizeExceedsAvailableQuota: .*Requested 1001G/,
    );
  });

  it('refuses a path of another project, and a version header of another service', async () => {
    const who = await person();
    assert.equal((await who.get(`/volume/v3/${'1'.repeat(32)}/volumes`)).status, 400);
    const headers = { 'OpenStack-API-Version': 'compute 2.1' };
    assert.equal((await who.call('GET', `/volume/v3/${who.projectId}/volumes`, { headers })).status, 400);
  });
});
