import { bodyOf, json, param, projectOf, type App, type Call } from './http.js';
import { done, knownQuery, page, refuse, since } from './compute-version.js';
import { isoMicros } from './ids.js';
import { pythonRepr } from './json.js';
import { fingerprintOf, generateKeypair } from './keypair.js';
import type { KeypairRecord } from './model.js';
import { computeQuotaOf } from './quota.js';
import { checkMembers, checkName, invalidField } from './server-schema.js';

const QUERY = new Set(['limit', 'marker', 'user_id']);
const ALPHANUMERIC = '0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ';

function renderKeypair(call: Call, pair: KeypairRecord): Record<string, unknown> {
  return {
    name: pair.name,
    public_key: pair.publicKey,
    fingerprint: pair.fingerprint,
    ...(since(call, 2) && { type: pair.type }),
  };
}

/** SSH keys, which belong to a user and not to a project: a reader may keep some too. */
export function keypairs(app: App, root: string): void {
  const path = `${root}/os-keypairs`;
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
    knownQuery(call, QUERY);
    const other = call.req.query('user_id');
    if (since(call, 10) && other !== undefined && other !== call.get('token').user.id)
      refuse(403, "Policy doesn't allow os_compute_api:os-keypairs:index to be performed.");
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
    const body = await bodyOf(call);
    if (body?.['keypair'] === undefined) refuse(400, "'keypair' is a required property");
    const members = [
      'name',
      'public_key',
      ...(since(call, 2) ? ['type'] : []),
      ...(since(call, 10) ? ['user_id'] : []),
    ];
    const wanted = checkMembers('keypair', body['keypair'], members);
    if (wanted['name'] === undefined) invalidField('keypair', wanted, "'name' is a required property");
    const name = checkName('name', wanted['name']);
    const special = since(call, 92) ? '@._- ' : '_- ';
    if (!Array.from(name).every((character) => (special + ALPHANUMERIC).includes(character))) {
      refuse(
        400,
        `An invalid 'name' value was provided. The name must be: Only expected characters: [${special}${ALPHANUMERIC}]`,
      );
    }
    const type = wanted['type'] ?? 'ssh';
    if (type !== 'ssh' && type !== 'x509')
      invalidField('type', type, `${pythonRepr(type)} is not one of ['ssh', 'x509']`);
    const given = wanted['public_key'];
    if (given === undefined && since(call, 92))
      invalidField('keypair', wanted, "'public_key' is a required property");
    const userId = call.get('token').user.id;
    const most = computeQuotaOf(region, projectOf(call)).key_pairs;
    if (most >= 0 && own(call).length >= most) refuse(403, 'Quota exceeded, too many key pairs.');
    const generated = typeof given === 'string' ? undefined : await generateKeypair();
    const publicKey = typeof given === 'string' ? given : (generated?.publicKey ?? '');
    const fingerprint = fingerprintOf(publicKey);
    if (fingerprint === undefined) refuse(400, 'Keypair data is invalid: failed to generate fingerprint');
    if (own(call).some((pair) => pair.name === name)) refuse(409, `Key pair '${name}' already exists.`);
    const pair: KeypairRecord = {
      sequence: region.keypairs.length + 1,
      userId,
      name,
      type,
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
    return done(since(call, 2) ? 204 : 202);
  });
}
