import { expect, type Locator, type Page } from '@playwright/test';

/** The kit as people see it on a page: found by roles and names. */
export class Kit {
  readonly page: Page | Locator;

  /** @param page a page, or the part of it that is looked at */
  constructor(page: Page | Locator) {
    this.page = page;
  }

  get login(): Locator {
    return this.page.locator('exo-login');
  }

  get list(): Locator {
    return this.page.locator('exo-instance-list');
  }

  get wizard(): Locator {
    return this.page.locator('exo-launch-wizard');
  }

  get status(): Locator {
    return this.page.locator('exo-session-status');
  }

  get password(): Locator {
    return this.login.getByRole('textbox', { name: 'Password', exact: true });
  }

  /** The name of an instance in the list. */
  instance(name: string): Locator {
    return this.list.getByRole('button', { name, exact: true });
  }

  async submit(user: string, password: string): Promise<void> {
    await this.login.getByRole('textbox', { name: 'User name', exact: true }).fill(user);
    await this.password.fill(password);
    await this.login.getByRole('button', { name: 'Sign in', exact: true }).click();
  }

  /** Signs in; `project` is asked for where there are several. */
  async signIn(user = 'demo', project?: string): Promise<void> {
    await this.submit(user, `${user}-password`);
    const wanted = project ?? (user === 'demo' ? 'demo' : undefined);
    if (wanted !== undefined)
      await this.login.getByRole('button', { name: new RegExp(`^${wanted}\\b`) }).click();
    await expect(this.login.getByText(`Signed in as ${user}`, { exact: true })).toBeVisible();
  }

  /** Opens the menu of a row. */
  async openMenu(name: string): Promise<Locator> {
    await this.list.getByRole('button', { name: `Actions for ${name}`, exact: true }).click();
    return this.list.getByRole('menu', { name: `Actions for ${name}` });
  }

  /** Asks to delete an instance; gives the question, once it stands there: what asks loads when it is used. */
  async askToDelete(name: string): Promise<Locator> {
    const menu = await this.openMenu(name);
    await menu.getByRole('menuitem', { name: 'Delete', exact: true }).click();
    const question = this.list.getByRole('alertdialog');
    await expect(question).toBeVisible();
    return question;
  }
}

/** All elements of the kit, on a page that loads everything from one file. */
export const WHOLE_KIT = '<script type="module" src="/kit/exo.js"></script>';

/** A page's worth of elements around one session. */
export function elements(authUrl: string, attributes = 'persist="none"'): string {
  return `<exo-session auth-url="${authUrl}" ${attributes}></exo-session>
    <exo-session-status></exo-session-status>
    <exo-login></exo-login>
    <exo-instance-list></exo-instance-list>
    <exo-launch-wizard></exo-launch-wizard>`;
}
