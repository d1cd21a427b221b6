import { IdentityClient } from '../../../src/openstack/identity.js';
import { Secret } from '../../../src/openstack/secret.js';
import type { ServiceClientOptions } from '../../../src/openstack/service.js';
import { Transport } from '../../../src/openstack/transport.js';
import { createCloud, type Cloud, type CloudOptions } from '../../../src/simulator/index.js';
import type { ServiceType } from '../../../src/openstack/catalog.js';
import { ManualEnvironment } from './surroundings.js';

/** A simulated cloud that keeps a test's time, and what was asked of it. */
export interface TestCloud {
  readonly cloud: Cloud;
  readonly environment: ManualEnvironment;
  /** Method and URL of each request. */
  readonly asked: { readonly method: string; readonly url: string; readonly at: number }[];
  readonly fetch: (request: Request) => Promise<Response>;
  /** What a client of a service is made of, signed in as `demo` in project `demo`. */
  client(type: ServiceType): Promise<ServiceClientOptions>;
}

export function testCloud(options: CloudOptions = {}): TestCloud {
  const environment = new ManualEnvironment();
  const { clock } = environment;
  const cloud = createCloud({ clock, ...options });
  const asked: TestCloud['asked'] = [];
  const fetch = (request: Request): Promise<Response> => {
    asked.push({ method: request.method, url: request.url, at: clock.now() });
    return cloud.fetch(request);
  };
  return {
    cloud,
    environment,
    asked,
    fetch,
    async client(type) {
      const transport = new Transport({ fetch, clock, online: () => true });
      const identity = new IdentityClient({ transport, authUrl: cloud.authUrl });
      const unscoped = await identity.authenticate(
        {
          method: 'password',
          user: { name: 'demo', domain: { name: 'Default' } },
          password: new Secret('demo-password'),
        },
        'unscoped',
      );
      const project = (await identity.projects(unscoped.token)).find(({ name }) => name === 'demo');
      const projectId = project?.id ?? '';
      const { token, catalog } = await identity.authenticate(
        { method: 'token', token: unscoped.token },
        { projectId },
      );
      const endpoint = catalog?.endpoint(type) ?? '';
      const tokens = { token: () => Promise.resolve(token), renew: () => Promise.resolve(token) };
      return { transport, type, endpoint, tokens, projectId };
    },
  };
}
