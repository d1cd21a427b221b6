import assert from 'node:assert/strict';
import { inspect } from 'node:util';
import type { Catalog, ServiceType } from '../../src/openstack/catalog.js';
import { isOpenStackError, type ErrorKind, type OpenStackError } from '../../src/openstack/errors.js';
import { IdentityClient, Secret, type IssuedToken } from '../../src/openstack/identity.js';
import type { Page } from '../../src/openstack/schema.js';
import type { ServiceClientClass } from '../../src/openstack/service.js';
import { Transport, type TransportOptions } from '../../src/openstack/transport.js';
import type { Account, TestCloud } from './cloud.js';

/** A person at work in a project: the service clients with their token, made without the session's help. */
export interface Actor {
  readonly identity: IdentityClient;
  readonly issued: IssuedToken;
  readonly catalog: Catalog;
  client<C>(Client: ServiceClientClass<C>): C;
}

export function passwordOf(account: Account): {
  method: 'password';
  user: { name: string; domain: { name: string } };
  password: Secret;
} {
  return {
    method: 'password',
    user: { name: account.name, domain: { name: account.domain.name } },
    password: new Secret(account.password),
  };
}

/** Signs in and enters a project, the account's own unless another is named. */
export async function actorIn(
  cloud: TestCloud,
  account: Account,
  o: { project?: string; fetch?: NonNullable<TransportOptions['fetch']> } = {},
): Promise<Actor> {
  const transport = new Transport({ fetch: o.fetch ?? ((request) => cloud.fetch(request)) });
  const identity = new IdentityClient({ transport, authUrl: cloud.authUrl });
  const unscoped = await identity.authenticate(passwordOf(account), 'unscoped');
  const name = o.project ?? account.project;
  const project = (await identity.projects(unscoped.token)).find((each) => each.name === name);
  assert.ok(project, `${account.name} has no project ${name}`);
  const issued = await identity.authenticate(
    { method: 'token', token: unscoped.token },
    { projectId: project.id },
  );
  return actorWith(transport, identity, issued);
}

export function actorWith(transport: Transport, identity: IdentityClient, issued: IssuedToken): Actor {
  const { catalog, project } = issued;
  assert.ok(catalog && project, 'the token is not scoped to a project');
  return {
    identity,
    issued,
    catalog,
    client: (Client) =>
      new Client({
        transport,
        type: Client.type,
        endpoint: endpointOf(catalog, Client.type),
        projectId: project.id,
        tokens: {
          token: () => Promise.resolve(issued.token),
          // Nobody is here to sign in again: the 401 itself is what the test wants to see.
          renew: (stale) => Promise.resolve(stale),
        },
      }),
  };
}

function endpointOf(catalog: Catalog, type: ServiceType): string {
  const endpoint = catalog.endpoint(type);
  assert.ok(endpoint, `the catalog has no ${type}`);
  return endpoint;
}

/** All rows of a list, and how many answers they came in. */
export async function whole<T>(pages: AsyncIterable<Page<T>>): Promise<{ rows: T[]; answers: number }> {
  const rows: T[] = [];
  let answers = 0;
  for await (const page of pages) {
    rows.push(...page.rows);
    answers += 1;
  }
  return { rows, answers };
}

/** What a promise is refused with, which has to be one of the kit's errors of that kind. */
export async function refusal(promise: Promise<unknown>, kind: ErrorKind): Promise<OpenStackError> {
  const error = await promise.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  assert.ok(error !== undefined, `was done, though it should have been refused as ${kind}`);
  assert.ok(isOpenStackError(error), `not one of the kit's errors: ${inspect(error)}`);
  assert.equal(error.kind, kind, error.message);
  return error;
}

/** Asks again until the answer pleases; the error tells the last answer. */
export async function eventually<T>(
  ask: () => Promise<T>,
  pleases: (answer: T) => boolean,
  patience: number,
): Promise<T> {
  const end = Date.now() + patience;
  for (;;) {
    const answer = await ask();
    if (pleases(answer)) return answer;
    if (Date.now() > end) assert.fail(`not within ${patience} ms; last: ${JSON.stringify(answer)}`);
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}
