import { expect, test } from './fixtures.js';
import { Kit, WHOLE_KIT } from './kit.js';

/** As Bootstrap keeps the keyboard in its modal: what gets the focus outside of it, loses it. */
const TRAP = `
  const modal = document.querySelector('#their-modal');
  document.addEventListener('focusin', (event) => {
    if (modal.hidden || event.target === document || modal.contains(event.target)) return;
    modal.querySelector('input').focus();
  });`;

test('a focus trap of the page cannot take the keyboard out of our dialog', async ({ page, cloud, open }) => {
  await open({
    head: WHOLE_KIT,
    body: `<div id="their-modal" role="dialog" hidden><label>Theirs <input /></label></div>
      <exo-session auth-url="${cloud.url}/v3" persist="none"></exo-session>
      <exo-login></exo-login><exo-instance-list></exo-instance-list>
      <script type="module" src="trap.js"></script>`,
    files: { 'trap.js': TRAP },
  });
  const kit = new Kit(page);
  await kit.signIn();
  const theirs = page.getByLabel('Theirs');
  const menu = await kit.openMenu('web-1');
  // The page's modal comes up while our menu is open.
  await page.evaluate(() => document.querySelector('#their-modal')?.removeAttribute('hidden'));
  await menu.getByRole('menuitem', { name: 'Delete', exact: true }).click();
  const question = kit.list.getByRole('alertdialog');
  const cancel = question.getByRole('button', { name: 'Cancel' });
  await expect(cancel).toBeFocused();
  for (let i = 0; i < 6; i++) {
    await page.keyboard.press('Tab');
    await expect(theirs).not.toBeFocused();
  }
  await question.getByRole('button', { name: 'Delete', exact: true }).focus();
  await page.keyboard.press('Enter');
  await expect(kit.list.getByText('Deleting').first()).toBeVisible();
  expect(await theirs.inputValue()).toBe('');
});

test('inside a modal dialog of the page, our menu and dialog are on top and give the focus back', async ({
  page,
  cloud,
  open,
}) => {
  await open({
    head: WHOLE_KIT,
    body: `<exo-session auth-url="${cloud.url}/v3" persist="none"></exo-session>
      <dialog id="theirs"><h2>Theirs</h2><exo-login></exo-login><exo-instance-list></exo-instance-list></dialog>
      <script type="module" src="show.js"></script>`,
    files: { 'show.js': "document.querySelector('#theirs').showModal();" },
  });
  const kit = new Kit(page);
  await kit.signIn();
  const question = await kit.askToDelete('web-1');
  await expect(question.getByRole('button', { name: 'Cancel' })).toBeFocused();
  await page.keyboard.press('Escape');
  await expect(question).toBeHidden();
  await expect(page.getByRole('heading', { name: 'Theirs' })).toBeVisible();
  await expect(kit.list.getByRole('button', { name: 'Actions for web-1' })).toBeFocused();
  // A second Escape is the page's own.
  await kit.openMenu('web-1');
  await page.keyboard.press('Escape');
  await expect(page.getByRole('heading', { name: 'Theirs' })).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(page.getByRole('heading', { name: 'Theirs' })).toBeHidden();
});
