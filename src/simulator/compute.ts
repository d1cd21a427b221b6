import {
  bodyOf,
  json,
  newApp,
  nothing,
  param,
  projectOf,
  requireToken,
  isAdmin,
  type App,
  type Call,
} from './http.js';
import { isoMicros } from './ids.js';
import { objectAt, pythonRepr } from './json.js';
import { maxMinor, microversions, novaError, page, refuse, selfLinks, since } from './compute-version.js';
import { fingerprintOf, generateKeypair } from './keypair.js';
import type { FlavorRecord, KeypairRecord } from './model.js';
import { computeQuotaOf, computeUsageOf } from './quota.js';
import { checkName, invalidField } from './server-schema.js';
import { servers } from './servers.js';
import type { CloudState } from './state.js';

const ROOT = '/compute/v2.1';

function versions(state: CloudState): { version: string; min_version: string } {
  const { maxMicroversion } = state.settings;
  return maxMicroversion === 'none'
    ? { version: '', min_version: '' }
    : { version: `2.${maxMinor(maxMicroversion)}`, min_version: '2.1' };
}

/** Nova's API. */
export function compute(): App {
  const app = newApp();
  for (const path of ['/compute', '/compute/'])
    app.get(path, (call) =>
      json({
        versions: [
          {
            id: 'v2.0',
            status: 'SUPPORTED',
            version: '',
            min_version: '',
            updated: '2011-01-21T11:33:21Z',
            links: [{ rel: 'self', href: `${call.env.base}/compute/v2/` }],
          },
          {
            id: 'v2.1',
            status: 'CURRENT',
            ...versions(call.env.state),
            updated: '2013-07-23T11:33:21Z',
            links: [{ rel: 'self', href: `${call.env.base}/compute/v2.1/` }],
          },
        ],
      }),
    );
  for (const path of [ROOT, `${ROOT}/`])
    app.get(path, (call) =>
      json({
        version: {
          id: 'v2.1',
          status: 'CURRENT',
          ...versions(call.env.state),
          updated: '2013-07-23T11:33:21Z',
          links: [
            { rel: 'self', href: `${call.env.base}${ROOT}/` },
            { rel: 'describedby', type: 'text/html', href: 'http://docs.openstack.org/' },
          ],
          'media-types': [
            {
              base: 'application/json',
              type: 'application/vnd.openstack.compute+json;version=2.1',
            },
          ],
        },
      }),
    );
  requireToken(app, `${ROOT}/*`);
  microversions(app, `${ROOT}/*`);
  servers(app, ROOT);
  flavors(app);
  keypairs(app);
  limits(app);
  app.get(`${ROOT}/os-availability-zone`, (call) =>
    json({
      availabilityZoneInfo: [{ zoneName: 'nova', zoneState: { available: true }, hosts: null }],
      ...(call.req.query('none') && {}),
    }),
  );
  app.get(`${ROOT}/extensions`, () => json({ extensions: [] }));
  app.get(`${ROOT}/os-server-groups`, () => json({ server_groups: [] }));
  app.get(`${ROOT}/os-quota-sets/:id`, (call) => {
    const id = param(call, 'id');
    if (id !== projectOf(call) && !isAdmin(call.get('token')))
      refuse(403, "Policy doesn't allow os_compute_api:os-quota-sets:show to be performed.");
    return json({ quota_set: { id, ...computeQuotaOf(call.env.region, id) } });
  });
  app.all('/compute/*', () => novaError(404, 'The resource could not be found.'));
  return app;
}

/* flavors */

function basicFlavor(call: Call, flavor: FlavorRecord): Record<string, unknown> {
  return {
    id: flavor.id,
    name: flavor.name,
    links: selfLinks(call, 'flavors', flavor.id),
    ...(since(call, 55) && { description: flavor.description }),
  };
}

function detailedFlavor(call: Call, flavor: FlavorRecord): Record<string, unknown> {
  return {
    ...basicFlavor(call, flavor),
    ram: flavor.ram,
    disk: flavor.disk,
    swap: flavor.swap || (since(call, 75) ? 0 : ''),
    'OS-FLV-EXT-DATA:ephemeral': flavor.ephemeral,
    'OS-FLV-DISABLED:disabled': flavor.disabled,
    vcpus: flavor.vcpus,
    'os-flavor-access:is_public': flavor.isPublic,
    rxtx_factor: 1,
    ...(since(call, 61) && { extra_specs: flavor.extraSpecs }),
  };
}

function flavors(app: App): void {
  const list = (call: Call, path: string, render: (flavor: FlavorRecord) => unknown): Response => {
    const query = new URL(call.req.url).searchParams;
    for (const name of ['minRam', 'minDisk'])
      if (!/^\d*$/.test(query.get(name) ?? ''))
        refuse(400, `Invalid ${name} filter [${query.get(name) ?? ''}]`);
    const all = [...call.env.region.flavors.values()]
      .filter(
        (flavor) =>
          (flavor.isPublic || isAdmin(call.get('token'))) &&
          flavor.ram >= Number(query.get('minRam') ?? 0) &&
          flavor.disk >= Number(query.get('minDisk') ?? 0),
      )
      .sort((a, b) => (a.id < b.id ? -1 : 1));
    const { items, next } = page(call, all, (flavor) => flavor.id, {
      markerMissing: (marker) => `marker [${marker}] not found`,
    });
    return json({
      flavors: items.map(render),
      ...(next !== undefined && {
        flavors_links: [{ rel: 'next', href: `${call.env.base}${ROOT}/${path}?${next}` }],
      }),
    });
  };
  app.get(`${ROOT}/flavors`, (call) => list(call, 'flavors', (flavor) => basicFlavor(call, flavor)));
  app.get(`${ROOT}/flavors/detail`, (call) =>
    list(call, 'flavors/detail', (flavor) => detailedFlavor(call, flavor)),
  );
  const flavorIn = (call: Call): FlavorRecord => {
    const id = param(call, 'id');
    const flavor = call.env.region.flavors.get(id);
    if (!flavor) refuse(404, `Flavor ${id} could not be found.`);
    return flavor;
  };
  app.get(`${ROOT}/flavors/:id`, (call) => json({ flavor: detailedFlavor(call, flavorIn(call)) }));
  app.get(`${ROOT}/flavors/:id/os-extra_specs`, (call) => json({ extra_specs: flavorIn(call).extraSpecs }));
}

/* key pairs */

function renderKeypair(call: Call, pair: KeypairRecord): Record<string, unknown> {
  return {
    name: pair.name,
    public_key: pair.publicKey,
    fingerprint: pair.fingerprint,
    ...(since(call, 2) && { type: pair.type }),
  };
}

function keypairs(app: App): void {
  const path = `${ROOT}/os-keypairs`;
  const own = (call: Call): KeypairRecord[] =>
    call.env.region.keypairs
      .filter((pair) => pair.userId === call.get('token').user.id)
      .sort((a, b) => (a.name < b.name ? -1 : 1));
  const keypairIn = (call: Call): KeypairRecord => {
    const name = param(call, 'name');
    const found = own(call).find((pair) => pair.name === name);
    if (!found) refuse(404, `Keypair ${name} not found for user ${call.get('token').user.id}`);
    return found;
  };

  app.get(path, (call) => {
    const all = own(call);
    const paged = since(call, 35)
      ? page(call, all, (pair) => pair.name, {
          markerMissing: (marker) => `Marker ${marker} could not be found.`,
        })
      : { items: all, next: undefined };
    return json({
      keypairs: paged.items.map((pair) => ({ keypair: renderKeypair(call, pair) })),
      ...(paged.next !== undefined && {
        keypairs_links: [{ rel: 'next', href: `${call.env.base}${path}?${paged.next}` }],
      }),
    });
  });

  app.post(path, async (call) => {
    const { region, state } = call.env;
    const wanted = objectAt(await bodyOf(call), 'keypair');
    if (!wanted) refuse(400, "'keypair' is a required property");
    if (wanted['name'] === undefined) invalidField('keypair', wanted, "'name' is a required property");
    const name = checkName('name', wanted['name']);
    const allowed = since(call, 92) ? /^[a-zA-Z0-9\-_@. ]+$/ : /^[a-zA-Z0-9\-_ ]+$/;
    if (!allowed.test(name)) {
      refuse(
        400,
        since(call, 92)
          ? `Invalid input for field/attribute name. Value: ${name}. ${pythonRepr(name)} is not a 'keypair_name_292'`
          : `Invalid input for field/attribute name. Value: ${name}. ${pythonRepr(name)} is not a 'keypair_name_20'`,
      );
    }
    const given = wanted['public_key'];
    if (given === undefined && since(call, 92))
      invalidField('keypair', wanted, "'public_key' is a required property");
    const userId = call.get('token').user.id;
    if (own(call).length >= computeQuotaOf(region, projectOf(call)).key_pairs)
      refuse(403, 'Quota exceeded, too many key pairs.');
    const generated = typeof given === 'string' ? undefined : await generateKeypair(userId);
    const publicKey = typeof given === 'string' ? given : (generated?.publicKey ?? '');
    const fingerprint = fingerprintOf(publicKey);
    if (fingerprint === undefined) refuse(400, 'Keypair data is invalid: failed to generate fingerprint');
    if (own(call).some((pair) => pair.name === name)) refuse(409, `Key pair '${name}' already exists.`);
    const pair: KeypairRecord = {
      sequence: region.keypairs.length + 1,
      userId,
      name,
      type: wanted['type'] === 'x509' ? 'x509' : 'ssh',
      publicKey,
      fingerprint,
      created: state.now(),
    };
    region.keypairs = [...region.keypairs, pair];
    return json(
      {
        keypair: {
          ...(generated && { private_key: generated.privateKey }),
          ...renderKeypair(call, pair),
          user_id: userId,
        },
      },
      since(call, 2) ? 201 : 200,
    );
  });

  app.get(`${path}/:name`, (call) => {
    const pair = keypairIn(call);
    return json({
      keypair: {
        ...renderKeypair(call, pair),
        user_id: pair.userId,
        id: pair.sequence,
        created_at: isoMicros(pair.created),
        updated_at: null,
        deleted: false,
        deleted_at: null,
      },
    });
  });

  app.delete(`${path}/:name`, (call) => {
    const pair = keypairIn(call);
    call.env.region.keypairs = call.env.region.keypairs.filter((other) => other !== pair);
    return nothing(since(call, 2) ? 204 : 202);
  });
}

/* limits */

function limits(app: App): void {
  app.get(`${ROOT}/limits`, (call) => {
    const { region } = call.env;
    const other = call.req.query('tenant_id');
    if (other !== undefined && !isAdmin(call.get('token')) && other !== projectOf(call))
      refuse(403, "Policy doesn't allow os_compute_api:limits:other_project to be performed.");
    const projectId = other ?? projectOf(call);
    const quota = computeQuotaOf(region, projectId);
    const used = computeUsageOf(region, projectId);
    return json({
      limits: {
        rate: [],
        absolute: {
          maxTotalInstances: quota.instances,
          maxTotalCores: quota.cores,
          maxTotalRAMSize: quota.ram,
          ...(!since(call, 36) && {
            maxTotalFloatingIps: -1,
            maxSecurityGroups: -1,
            maxSecurityGroupRules: -1,
          }),
          maxServerMeta: quota.metadata_items,
          ...(!since(call, 39) && { maxImageMeta: quota.metadata_items }),
          ...(!since(call, 57) && { maxPersonality: 5, maxPersonalitySize: 10_240 }),
          maxTotalKeypairs: quota.key_pairs,
          maxServerGroups: quota.server_groups,
          maxServerGroupMembers: quota.server_group_members,
          totalRAMUsed: used.ram,
          totalCoresUsed: used.cores,
          totalInstancesUsed: used.instances,
          ...(!since(call, 36) && { totalFloatingIpsUsed: 0, totalSecurityGroupsUsed: 0 }),
          totalServerGroupsUsed: 0,
        },
      },
    });
  });
}
