// npm run cloud: the simulated cloud over HTTP, for the browser's network panel and for stock OpenStack clients.
import { build } from './build.mjs';
import { ensureDependencies } from './lib/dependencies.mjs';
import { isMain } from './lib/main.mjs';
import { portFrom, requirePort } from './lib/ports.mjs';

export const WHO = [
  ['user name', 'demo'],
  ['password', 'demo-password'],
  ['domain', 'Default'],
];

/** How people come in at the demo portal: the simulated cloud lets Lakeside University vouch for them. */
export const SIGN_IN = {
  methods: ['password', 'sso', 'application-credential', 'file'],
  providers: [{ id: 'lakeside', label: 'Lakeside University', icon: '/logo.svg', protocol: 'openid' }],
};

/** The name below which instances of the simulated cloud would be reached; it leads nowhere. */
export const USER_APP_PROXY = [{ hostname: 'apps.lakeside.example' }];

/** Starts the simulated cloud of the last build. */
export async function startCloud(port) {
  const { serve } = await import('../dist/simulator/serve.js');
  const { url, close } = await serve({ port, prepared: true });
  return { authUrl: `${url}/v3`, close };
}

if (isMain(import.meta.url)) {
  try {
    const port = portFrom('PORT', 5000);
    await requirePort(port, 'PORT', 'npm run cloud');
    await ensureDependencies();
    await build(['simulator'], { ifStale: true });
    const { authUrl } = await startCloud(port);
    console.log(`\nThe simulated cloud's identity service: ${authUrl}`);
    for (const [label, value] of WHO) console.log(`  ${label.padEnd(9)}  ${value}`);
    console.log(`
With a stock client:
  export OS_AUTH_URL=${authUrl} OS_USERNAME=demo OS_PASSWORD=demo-password OS_PROJECT_NAME=demo \\
    OS_USER_DOMAIN_NAME=Default OS_PROJECT_DOMAIN_NAME=Default OS_IDENTITY_API_VERSION=3
  openstack server list`);
  } catch (error) {
    console.error(error.message);
    process.exitCode = 1;
  }
}
