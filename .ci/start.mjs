// npm start: installs and builds what is missing, then serves the demo portal and a simulated cloud.
import { build } from './build.mjs';
import { SIGN_IN, startCloud, USER_APP_PROXY, WHO } from './cloud.mjs';
import { ensureDependencies } from './lib/dependencies.mjs';
import { nextFreePort, portFrom, requirePort } from './lib/ports.mjs';
import { servePortal } from '../stories/portal/serve.mjs';

try {
  const port = portFrom('PORT', 8080);
  await requirePort(port, 'PORT', 'npm start');
  const cloudPort = await nextFreePort(portFrom('CLOUD_PORT', 5000));
  await ensureDependencies();
  await build(['cdn', 'simulator'], { ifStale: true });
  const cloud = await startCloud(cloudPort);
  const second = await startCloud(await nextFreePort(cloudPort + 1));
  const clouds = [
    { name: 'Lakeside Research Cloud', authUrl: cloud.authUrl },
    { name: 'Hillside Cloud', authUrl: second.authUrl },
  ];
  const portal = await servePortal({
    port,
    authUrl: cloud.authUrl,
    config: { signIn: SIGN_IN, userAppProxy: USER_APP_PROXY, clouds },
  });
  console.log(`
  The demo portal   ${portal.url}
  The cloud         ${cloud.authUrl} (simulated)
  A second cloud    ${second.authUrl}
`);
  for (const [label, value] of WHO.slice(0, 2)) console.log(`  ${label.padEnd(16)}  ${value}`);
  console.log('\n  Ctrl+C ends both.');
} catch (error) {
  console.error(error.message);
  process.exitCode = 1;
}
