import { bundle } from './bundle.js';
import { expect, test } from './fixtures.js';
import { Kit, WHOLE_KIT } from './kit.js';

/** An application that holds its own session, hands it to the elements as a property, and hears their events. */
const application = (authUrl: string) => `
  import { createElement as h, StrictMode, useEffect, useRef, useState } from 'react';
  import { createRoot } from 'react-dom/client';

  const { Session } = await import('/kit/exo.js');
  const session = new Session({ settings: { authUrl: '${authUrl}', persist: 'none' } });
  const heard = (globalThis.heard = []);

  function App() {
    const [shown, setShown] = useState(true);
    const [heading, setHeading] = useState('Machines');
    return h('main', null,
      h('exo-session', { session, 'onexo-session-change': ({ detail }) => heard.push('session ' + detail.status) }),
      h('exo-login', { session }),
      h('button', { onClick: () => setShown(!shown) }, 'Toggle'),
      h('button', { onClick: () => setHeading('Computers') }, 'Rename'),
      shown && h('exo-instance-list', {
        session,
        heading,
        headingLevel: 3,
        'onexo-instance-open': (event) => { event.preventDefault(); heard.push('open ' + event.detail.name); },
        'onexo-delete-request': (event) => { heard.push('delete ' + event.detail.names); },
      }));
  }
  const container = document.querySelector('#app');
  const root = createRoot(container, { onUncaughtError: (error) => heard.push('error ' + error) });
  root.render(h(StrictMode, null, h(App)));
  globalThis.unmount = () => root.unmount();
  globalThis.session = session;`;

test('React sets properties, hears events, and may mount, unmount and mount again', async ({
  page,
  cloud,
  open,
  complaints,
}) => {
  await page.clock.install();
  await open({
    head: `${WHOLE_KIT}<script type="module" src="app.js"></script>`,
    body: '<div id="app"></div>',
    files: { 'app.js': await bundle(application(`${cloud.url}/v3`), { development: true }) },
  });
  const kit = new Kit(page);
  const heard = () => page.evaluate(() => Reflect.get(globalThis, 'heard') as string[]);
  await kit.signIn();
  await expect(kit.list.getByRole('heading', { name: 'Machines', level: 3 })).toBeVisible();
  await page.getByRole('button', { name: 'Rename' }).click();
  await expect(kit.list.getByRole('heading', { name: 'Computers', level: 3 })).toBeVisible();
  expect((await heard()).at(-1)).toBe('session signed-in');

  await kit.instance('web-1').click();
  await expect.poll(heard).toContain('open web-1');
  await expect(kit.list.getByText('Availability zone')).toBeHidden();
  const question = await kit.askToDelete('web-1');
  expect(await heard()).toContain('delete web-1');
  await page.keyboard.press('Escape');
  await expect(question).toBeHidden();

  // In and out, as an application does with its views: one collection asks, whatever was there before.
  const toggle = page.getByRole('button', { name: 'Toggle' });
  for (let i = 0; i < 6; i++) await toggle.click();
  await expect(kit.instance('web-1')).toBeVisible();
  const polls = async (seconds: number) => {
    const before = cloud.cloud.requestCount;
    for (let passed = 0; passed < seconds; passed += 5) {
      await page.clock.runFor(5000);
      await page.evaluate(() => fetch('/favicon.ico'));
    }
    return cloud.cloud.requestCount - before;
  };
  const mounted = await polls(90);
  expect(mounted).toBeGreaterThan(1);
  // Every 18 seconds at the most often, and a preflight with each that asks something new.
  expect(mounted).toBeLessThan(12);

  await toggle.click();
  await expect(kit.list).toHaveCount(0);
  await polls(10); // the grace after the last of them has left
  expect(await polls(120)).toBe(0);

  await toggle.click();
  await expect(kit.instance('web-1')).toBeVisible();
  await page.evaluate(() => (Reflect.get(globalThis, 'unmount') as () => void)());
  await polls(10);
  expect(await polls(120)).toBe(0);
  // React recommends its own tools.
  expect(complaints.console.filter((line) => !line.startsWith('info:'))).toEqual([]);
});

test('what React has unmounted is free to go', async ({ page, cloud, open }) => {
  await open({
    head: `${WHOLE_KIT}<script type="module" src="app.js"></script>`,
    body: '<div id="app"></div>',
    files: { 'app.js': await bundle(application(`${cloud.url}/v3`)) },
  });
  const kit = new Kit(page);
  await kit.signIn();
  const toggle = page.getByRole('button', { name: 'Toggle' });
  const memory = await page.context().newCDPSession(page);
  const alive = async () => {
    await memory.send('HeapProfiler.enable');
    await memory.send('HeapProfiler.collectGarbage');
    const { result } = await memory.send('Runtime.evaluate', {
      expression: "customElements.get('exo-instance-list').prototype",
    });
    const { objects } = await memory.send('Runtime.queryObjects', {
      prototypeObjectId: result.objectId ?? '',
    });
    const { result: count } = await memory.send('Runtime.callFunctionOn', {
      objectId: objects.objectId ?? '',
      functionDeclaration: 'function () { return this.length; }',
      returnByValue: true,
    });
    return count.value as number;
  };
  for (let i = 0; i < 10; i++) {
    await expect(kit.instance('web-1')).toBeVisible();
    await toggle.click();
    await expect(kit.list).toHaveCount(0);
    await toggle.click();
  }
  await expect(kit.instance('web-1')).toBeVisible();
  expect(await alive()).toBeGreaterThan(0);
  // React itself keeps the last one or two until it renders again.
  expect(await alive()).toBeLessThanOrEqual(3);
});
