// An institution's OpenID provider for the real Keystone to trust: oidc-provider, with two clients. Anybody who gives a
// name and a password is who they say.
//   node test/openstack/lib/identity-provider.mjs      until Ctrl+C, for trying by hand
import Provider from 'oidc-provider';
import { isMain } from '../../../.ci/lib/main.mjs';

/** As in ../cloud/lib.sh (RIG_ISSUER) and ../cloud/conf/apache.conf. */
export const ISSUER = 'http://localhost:9480';
const KEYSTONE = 'http://localhost:5080/identity/v3/auth/OS-FEDERATION/redirect';

/** Serves the provider; `callbacks` are the pages that may ask for a code themselves, with PKCE. */
export async function serveIdentityProvider({ callbacks = ['http://localhost:8480/auth/callback'] } = {}) {
  const provider = new Provider(ISSUER, {
    clients: [
      { client_id: 'keystone', client_secret: 'keystone-secret', redirect_uris: [KEYSTONE] },
      {
        client_id: 'portal',
        application_type: 'web',
        token_endpoint_auth_method: 'none',
        redirect_uris: callbacks,
      },
    ],
    // A portal on plain http and this computer, as no institution has it.
    clientBasedCORS: (_context, _origin, client) => client.clientId === 'portal',
    pkce: { required: () => true },
    claims: { openid: ['sub'], email: ['email'], profile: ['name'] },
    findAccount: (_context, id) => ({
      accountId: id,
      claims: () => ({ sub: id, email: `${id}@lakeside.example`, name: id }),
    }),
    features: {
      introspection: {
        enabled: true,
        allowedPolicy: (_context, client) => client.clientId === 'keystone',
      },
    },
    cookies: { keys: ['only for tests'] },
    ttl: {
      AccessToken: 300,
      Session: 3600,
      Grant: 3600,
      Interaction: 600,
      IdToken: 300,
      AuthorizationCode: 60,
    },
  });
  const { hostname, port } = new URL(ISSUER);
  const server = provider.listen(Number(port), hostname);
  await new Promise((resolve, reject) => server.once('listening', resolve).once('error', reject));
  return {
    issuer: ISSUER,
    close: () => new Promise((resolve) => (server.close(() => resolve()), server.closeAllConnections())),
  };
}

if (isMain(import.meta.url)) {
  const { issuer } = await serveIdentityProvider();
  console.log(`The identity provider: ${issuer}`);
}
