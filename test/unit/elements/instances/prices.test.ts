import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { costPerHour, costText } from '../../../../src/elements/instances/prices.js';
import { readConfig } from '../../../../src/session/config.js';
import type { ServerStatus } from '../../../../src/openstack/compute.js';

const { settings, problems } = readConfig({
  prices: { currency: 'EUR', perHour: { 'm3.small': 0.042, 'g3.large': 1.5, free: 0 } },
});

const server = (name: string | undefined, status: ServerStatus = 'ACTIVE', id?: string) => ({
  flavor: { id, name, vcpus: 1, ram: 1, disk: 1 },
  status,
  launchedAt: status === 'ERROR' ? undefined : '2030-01-01T00:00:00Z',
});

describe('what an instance costs', () => {
  it('is read from the configuration of the portal', () => assert.deepEqual(problems, []));

  const cases = [
    ['runs', server('m3.small'), 0.042],
    ['is stopped, and keeps its place', server('m3.small', 'SHUTOFF'), 0.042],
    ['is shelved, and its place is free', server('m3.small', 'SHELVED_OFFLOADED'), 0],
    ['could not be built', server('m3.small', 'ERROR'), 0],
    ['is known by the id of its size alone', server(undefined, 'ACTIVE', 'g3.large'), 1.5],
    ['is free', server('free'), 0],
    ['has a size without a price', server('m3.huge'), undefined],
    ['has a size named as something every object has', server('constructor'), undefined],
  ] as const;
  for (const [title, each, expected] of cases)
    it(`${String(expected)} for one that ${title}`, () =>
      assert.equal(costPerHour(settings.prices, each), expected));

  it('is nothing to tell where the portal names no prices', () =>
    assert.equal(costPerHour(undefined, server('m3.small')), undefined));

  it('is an amount of money in the language of the page', () => {
    assert.deepEqual(costText('en', 'EUR', 0.042), { hour: '€0.042', month: '€30.66' });
    assert.equal(costText('de', 'EUR', 1.5).hour.replace(/\s/g, ' '), '1,50 €');
  });

  it('is left out where the currency is none', () => {
    const wrong = readConfig({ prices: { currency: 'Taler', perHour: { a: 1 } } });
    assert.equal(wrong.settings.prices, undefined);
    assert.ok(wrong.problems.length > 0, 'it is told');
  });
});
