import { spawn } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, type Locator, type Page, type TestType } from '@playwright/test';
import { ensureStockClient, HOW_TO_INSTALL } from '../openstack/lib/stock-client.mjs';
import { PortalPage } from './portal-page.js';
import { unique, type World } from './world.js';

interface Outcome {
  readonly code: number | null;
  readonly output: string;
}

/** Runs a command line of bash with nothing of this process's own sign-in. The simulator may live in this process. */
function bash(script: string, folder: string, input = ''): Promise<Outcome> {
  return new Promise((resolve, reject) => {
    const env = { PATH: '/usr/bin:/bin', HOME: folder };
    const child = spawn('bash', ['-c', script], { cwd: folder, env });
    let output = '';
    child.stdout.on('data', (chunk: Buffer) => (output += chunk.toString()));
    child.stderr.on('data', (chunk: Buffer) => (output += chunk.toString()));
    child.once('error', reject);
    child.once('close', (code) => {
      resolve({ code, output });
    });
    child.stdin.end(input);
  });
}

async function download(page: Page, folder: string, button: Locator, file: string): Promise<void> {
  const [saved] = await Promise.all([page.waitForEvent('download'), button.click()]);
  expect(saved.suggestedFilename()).toBe(file);
  await saved.saveAs(path.join(folder, file));
}

/** Access for programs, and the page for diagnosis. The same steps run on the simulator and on real services. */
export function access(test: TestType<{ page: Page; world: World }, object>): void {
  test.describe('access for programs', () => {
    let folder: string;
    test.beforeEach(async () => {
      folder = await mkdtemp(path.join(tmpdir(), 'exo-access-'));
    });
    test.afterEach(() => rm(folder, { recursive: true, force: true }));

    test('the stock client works with every file, until the credential is deleted', async ({
      page,
      world,
    }) => {
      const client = await ensureStockClient();
      test.skip(!client, HOW_TO_INSTALL);
      const portal = new PortalPage(page, world.portalUrl);
      await portal.signIn(world.cloud.member);
      await page.getByRole('link', { name: 'Access', exact: true }).click();
      const element = page.locator('exo-credentials');
      const name = unique('access');
      await element.getByRole('button', { name: 'Make a credential' }).click();
      await element.getByRole('textbox', { name: 'Name' }).fill(name);
      await element.getByRole('button', { name: 'Make credential' }).click();
      const made = element.locator('[part=made]');
      await expect(made.getByText(`“${name}” is ready`)).toBeVisible();
      await download(page, folder, made.getByRole('button', { name: 'openrc.sh' }), 'openrc.sh');
      await download(page, folder, made.getByRole('button', { name: 'openrc.ps1' }), 'openrc.ps1');
      await download(page, folder, made.getByRole('button', { name: 'clouds.yaml' }), 'clouds.yaml');
      await made.getByRole('button', { name: 'Done' }).click();
      const plain = element.getByRole('group', { name: 'Files for the command line' });
      await download(
        page,
        path.join(folder, 'own'),
        plain.getByRole('button', { name: 'openrc.sh' }),
        'openrc.sh',
      );

      const shell = '. ./openrc.sh && openstack token issue -f value -c project_id';
      const project = await bash(shell, folder);
      expect(project, project.output).toMatchObject({ code: 0 });
      const [, cloud = ''] =
        /^ {2}"([^"]+)":$/m.exec(await readFile(path.join(folder, 'clouds.yaml'), 'utf8')) ?? [];
      const yaml = await bash(`openstack --os-cloud ${cloud} token issue -f value -c project_id`, folder);
      expect(yaml).toEqual(project);
      const { password } = world.cloud.member;
      const own = await bash(shell, path.join(folder, 'own'), `${password}\n`);
      expect(own.output.split('\n').at(-2), own.output).toBe(project.output.trim());
      const powershell = await readFile(path.join(folder, 'openrc.ps1'), 'utf8');
      const secret = /SECRET='(.+)'/.exec(await readFile(path.join(folder, 'openrc.sh'), 'utf8'))?.[1];
      expect(powershell).toContain(`$env:OS_APPLICATION_CREDENTIAL_SECRET = '${secret}'`);

      await element.getByRole('button', { name: `Delete ${name}` }).click();
      await element.getByRole('alertdialog').getByRole('button', { name: 'Delete', exact: true }).click();
      await expect(element.getByRole('button', { name: `Delete ${name}` })).toBeHidden();
      expect((await bash(shell, folder)).code).not.toBe(0);
    });
  });

  test.describe('diagnosis', () => {
    test('finds everything in order, and shows what was asked', async ({ page, world }) => {
      const portal = new PortalPage(page, world.portalUrl);
      await portal.signIn(world.cloud.member);
      await page.getByRole('link', { name: 'Diagnostics', exact: true }).click();
      const doctor = page.locator('exo-doctor');
      await doctor.getByRole('button', { name: 'Check now' }).click();
      await expect(doctor.getByText('Everything this page needs works from here.').first()).toBeVisible({
        timeout: 60_000,
      });
      for (const type of ['identity', 'compute', 'image', 'network']) {
        const service = doctor.locator('[part=service]').filter({ hasText: type }).first();
        await expect(service).toContainText('The page may make changes.');
      }
      const log = page.locator('exo-api-log');
      await log.getByRole('searchbox').fill('limits');
      await log
        .getByRole('button', { name: /limits/ })
        .first()
        .click();
      await expect(log.getByText(/^curl -sS .*OS_TOKEN/)).toBeVisible();
    });
  });
}
