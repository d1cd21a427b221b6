import { expect, test } from '@playwright/test';
import { serve } from '../../src/simulator/serve.js';
import { servePortal } from '../../stories/portal/serve.mjs';
import { describeSimulator } from '../functional/simulated.js';
import { PortalPage } from './portal-page.js';
import { watchSecrets } from './secrets.js';

const PLACES: Readonly<Record<string, (secret: string) => void>> = {
  'an attribute': (secret) => document.body.setAttribute('data-left', secret),
  'a shadow root': (secret) => document.querySelector('exo-login')?.shadowRoot?.append(secret),
  'a field': (secret) => {
    const field = document.body.appendChild(document.createElement('input'));
    field.value = secret;
  },
  'the address': (secret) => history.replaceState(null, '', `#${secret}`),
  'the tab’s storage': (secret) => sessionStorage.setItem('exo.other', secret),
  'the device’s storage': (secret) => localStorage.setItem('exo.other', secret),
  'the console': (secret) => console.info(secret),
};

for (const [place, leave] of Object.entries(PLACES))
  test(`a password and a token that are left in ${place} are found`, async ({ page }) => {
    const served = await serve({ port: 0, seed: 'empty' });
    const portal = await servePortal({ authUrl: `${served.url}/v3` });
    const noneIsLeft = watchSecrets(page);
    const kit = new PortalPage(page, portal.url);
    const { member } = describeSimulator(`${served.url}/v3`);
    await kit.signIn(member);
    await expect(kit.emptyList).toBeVisible();
    await noneIsLeft();
    await page.evaluate(leave, kit.lastToken);
    await expect(noneIsLeft()).rejects.toThrow('tokens that are left in the page');
    await page.evaluate(leave, member.password);
    await expect(noneIsLeft()).rejects.toThrow('passwords and secrets that are left in the page');
    await portal.close();
    await served.close();
  });
