import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { searchImages } from '../../../src/launch/image-search.js';
import { offerImages, suggestImage } from '../../../src/launch/images.js';
import { loginUser } from '../../../src/launch/login-user.js';
import { image } from './rows.js';

const ubuntu24 = image('Featured-Ubuntu24', { osDistro: 'ubuntu', osVersion: '24.04' });
const ubuntu22 = image('Featured-Ubuntu22', { osDistro: 'ubuntu', osVersion: '22.04' });
const ubuntu25 = image('Ubuntu 25.10', { osDistro: 'ubuntu', osVersion: '25.10' });
const debian = image('Featured-Debian12', { osDistro: 'debian', osVersion: '12' });
const cirros = image('cirros-0.6.2');
const snapshot = image('web backup', { visibility: 'private', owner: 'project' });
const all = [snapshot, cirros, debian, ubuntu22, ubuntu24];

const names = (images: Parameters<typeof offerImages>[0]) =>
  offerImages(images, 'project').map((offer) => offer.image.name);

describe('images', () => {
  it('offers well-known systems first, newest first, the project’s own last', () => {
    assert.deepEqual(names(all), [
      'Featured-Ubuntu24',
      'Featured-Ubuntu22',
      'Featured-Debian12',
      'cirros-0.6.2',
      'web backup',
    ]);
  });

  it('offers only what can be booted', () => {
    assert.deepEqual(
      names([
        image('queued', { status: 'queued' }),
        image('kernel', { properties: { container_format: 'aki' } }),
      ]),
      [],
    );
  });

  it('puts builds that were replaced at the end', () => {
    const builds = ['20260101', '20260301', '20260201'].map((date) =>
      image(`Rocky 9 ${date}`, {
        osDistro: 'rocky',
        osVersion: '9',
        created: `${date.slice(0, 4)}-${date.slice(4, 6)}-01T00:00:00Z`,
      }),
    );
    const offers = offerImages([...builds, cirros], 'project');
    assert.deepEqual(
      offers.map((offer) => [offer.image.name, offer.superseded]),
      [
        ['Rocky 9 20260301', false],
        ['cirros-0.6.2', false],
        ['Rocky 9 20260201', true],
        ['Rocky 9 20260101', true],
      ],
    );
  });

  it('does not take a variant for a newer build', () => {
    const plain = image('Ubuntu 24.04', { osDistro: 'ubuntu', osVersion: '24.04' });
    const cuda = image('Ubuntu 24.04 CUDA', {
      osDistro: 'ubuntu',
      osVersion: '24.04',
      created: '2026-05-01T00:00:00Z',
    });
    assert.ok(offerImages([plain, cuda], 'project').every(({ superseded }) => !superseded));
  });

  it('reads system and version from the name where nobody said them', () => {
    const [offer] = offerImages([image('AlmaLinux 9.4 x86_64')], 'project');
    assert.deepEqual([offer?.system, offer?.version], ['AlmaLinux', '9.4']);
  });

  it('suggests what is wanted, by id, name or beginning of a name', () => {
    const offers = offerImages(all, 'project');
    assert.equal(suggestImage(offers, ['gone', snapshot.id]), snapshot);
    assert.equal(suggestImage(offers, ['Featured-Debian12']), debian);
    assert.equal(suggestImage(offers, ['featured-ubuntu']), ubuntu24);
  });

  it('else suggests the newest long-term release of a well-known system', () => {
    assert.equal(suggestImage(offerImages([...all, ubuntu25], 'project'), []), ubuntu24);
    assert.equal(suggestImage(offerImages([cirros, debian], 'project'), []), debian);
    assert.equal(suggestImage(offerImages([cirros], 'project'), []), cirros);
    assert.equal(suggestImage([], []), undefined);
  });

  it('finds by every word', () => {
    const offers = offerImages(all, 'project');
    assert.deepEqual(
      searchImages(offers, 'ubuntu 22').map((offer) => offer.image),
      [ubuntu22],
    );
    assert.equal(searchImages(offers, '').length, all.length);
    assert.equal(searchImages(offers, 'plan9').length, 0);
  });

  it('knows the account to log in with', () => {
    assert.equal(loginUser(ubuntu24), 'ubuntu');
    assert.equal(loginUser(image('My Ubuntu', { properties: { os_admin_user: 'exouser' } })), 'exouser');
    assert.equal(loginUser(image('evil', { properties: { os_admin_user: 'a; rm -rf /' } })), undefined);
    assert.equal(loginUser(image('something')), undefined);
  });
});
