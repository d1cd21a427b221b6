import { readFile } from 'node:fs/promises';
import { expect, test } from './fixtures.js';
import { Kit, WHOLE_KIT } from './kit.js';

/** Without images, fonts, forms, frames, inline styles or inline scripts. */
const policy = (cloud: string) =>
  `default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self' ${cloud}; ` +
  "require-trusted-types-for 'script'; trusted-types exo-lit";

/** The page and the script that the README tells people to make. */
async function fromReadme(): Promise<{ readonly page: string; readonly script: string }> {
  const readme = await readFile(new URL('../../README.md', import.meta.url), 'utf8');
  const section = readme.split('### A page to launch from')[1]?.split('\n### ')[0] ?? '';
  const block = (language: string) => section.split('```' + language + '\n')[1]?.split('```')[0] ?? '';
  return { page: block('html'), script: block('js') };
}

test('the launch page of the README works as it stands, under a strict policy', async ({
  page,
  cloud,
  open,
  complaints,
}) => {
  const { page: body, script } = await fromReadme();
  await open({
    headers: { 'content-security-policy': policy(cloud.url) },
    body: body.replace('https://cloud.example:5000/v3', `${cloud.url}/v3`),
    files: { 'portal.js': script },
  });
  const kit = new Kit(page);
  await kit.signIn();
  const quick = page.locator('exo-quick-launch');
  await expect(quick.getByRole('heading', { name: 'A small machine' })).toBeVisible();
  await quick.getByRole('textbox', { name: 'Name', exact: true }).fill('quick-one');
  await quick.getByRole('button', { name: 'Launch', exact: true }).click();
  await expect(kit.instance('quick-one')).toBeVisible();

  const menu = await kit.openMenu('quick-one');
  await menu.getByRole('menuitem', { name: 'Launch another like this' }).click();
  const name = kit.wizard.getByRole('textbox', { name: 'Name', exact: true });
  await expect(name).toBeFocused();
  await expect(kit.wizard.getByText('started from Featured-Ubuntu')).toBeVisible();
  await name.fill('another');
  await kit.wizard.getByRole('button', { name: 'Launch', exact: true }).click();
  await kit.wizard.getByRole('button', { name: 'Close', exact: true }).click();
  await expect(kit.instance('another')).toBeVisible();
  expect(await complaints.policyViolations()).toEqual([]);
  expect(complaints.console).toEqual([]);
});

test('one file and one element are enough to launch, and a misspelt image ends in sentences', async ({
  page,
  cloud,
  open,
  complaints,
}) => {
  await open({
    headers: { 'content-security-policy': policy(cloud.url) },
    head: WHOLE_KIT,
    body: `<exo-session auth-url="${cloud.url}/v3" persist="none"></exo-session><exo-login></exo-login>
      <exo-quick-launch image="Featured-Ubunto24" size="m3.small"></exo-quick-launch>`,
  });
  const kit = new Kit(page);
  await kit.signIn();
  const quick = page.locator('exo-quick-launch');
  await expect(
    quick.getByText('The image “Featured-Ubunto24” that it is made from is not there.'),
  ).toBeVisible();
  await quick.getByText('For the people who run this page').click();
  await expect(quick.getByText('Is “Featured-Ubuntu24” meant?')).toBeVisible();
  await quick.evaluate((element) => element.setAttribute('image', 'Featured-Ubuntu24'));
  await quick.getByRole('button', { name: 'Launch', exact: true }).click();
  await expect(quick.getByRole('heading', { name: /Launching|is running|are running/ })).toBeVisible();
  expect(await complaints.policyViolations()).toEqual([]);
  expect(complaints.console).toEqual([]);
});
