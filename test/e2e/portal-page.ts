import { expect, type Locator, type Page, type Request } from '@playwright/test';
import type { Account } from '../functional/cloud.js';
import { ConsolePage } from './console-page.js';

export type StatusWord =
  'Building' | 'Active' | 'Stopped' | 'Error' | 'Deleting' | 'Starting' | 'Stopping' | 'Rebooting';
export type ActionWord = 'Start' | 'Stop' | 'Reboot' | 'Delete';

/** Of a wait, in milliseconds, where the usual limit is not enough. */
const limit = (timeout: number | undefined) => (timeout === undefined ? {} : { timeout });

/** The demo portal as a person sees it: found by roles and names, never by the kit's own structure. */
export class PortalPage {
  readonly page: Page;
  readonly #url: string;
  readonly #underWay = new Set<Request>();
  #token = '';

  constructor(page: Page, url: string) {
    this.page = page;
    this.#url = url;
    page.on('request', (request) => {
      this.#underWay.add(request);
      this.#token = request.headers()['x-auth-token'] ?? this.#token;
    });
    page.on('requestfinished', (request) => this.#underWay.delete(request));
    page.on('requestfailed', (request) => this.#underWay.delete(request));
  }

  /** Lets the page's clock jump to where the list has asked again; without a clock of its own, time does that. */
  async letTimePass(milliseconds: number): Promise<void> {
    // A request under way would take the jump for a service that does not answer.
    await expect.poll(() => this.#underWay.size).toBe(0);
    await this.page.clock.fastForward(milliseconds);
  }

  /** What an administrator would see in the services' logs. */
  get lastToken(): string {
    return this.#token;
  }

  /** Where an answer was not as the kit's schemas know it, since the page was loaded. */
  rowProblems(): Promise<unknown[]> {
    return this.page.evaluate(async () => {
      const kit = (await import(new URL('kit/exo.js', document.baseURI).href)) as {
        onRowProblem(listener: (problem: unknown) => void): () => void;
      };
      const problems: unknown[] = [];
      kit.onRowProblem((problem) => problems.push(problem))();
      return problems;
    });
  }

  async open(): Promise<void> {
    await this.page.goto(this.#url);
  }

  // -- signing in

  get passwordField(): Locator {
    return this.page.getByRole('textbox', { name: 'Password', exact: true });
  }

  async fillCredentials({ name, password, domain }: Account): Promise<void> {
    await this.page.getByRole('textbox', { name: 'Domain', exact: true }).fill(domain.name);
    await this.page.getByRole('textbox', { name: 'User name', exact: true }).fill(name);
    await this.passwordField.fill(password);
  }

  async submitCredentials(): Promise<void> {
    await this.page.locator('exo-login').getByRole('button', { name: 'Sign in', exact: true }).click();
  }

  /** Signs in, and chooses the project where there is a choice. */
  async signIn(account: Account, project = account.project): Promise<void> {
    await this.open();
    await this.fillCredentials(account);
    await this.submitCredentials();
    await this.chooseProject(project);
  }

  /** A person with one project is not asked. */
  async chooseProject(project: string): Promise<void> {
    const choice = this.page.locator('exo-login').getByRole('button', { name: new RegExp(`^${project}\\b`) });
    await expect(choice.or(this.statusBar).first()).toBeVisible();
    if (await choice.isVisible()) await choice.click();
    await expect(this.statusBar).toContainText(project);
  }

  /** Who is signed in, and where. */
  get statusBar(): Locator {
    return this.page.getByRole('group', { name: 'Your sign-in' });
  }

  async signOut(): Promise<void> {
    await this.statusBar.getByRole('button', { name: 'Sign out' }).click();
    await expect(this.passwordField).toBeVisible();
  }

  // -- the list

  get emptyList(): Locator {
    return this.page.locator('exo-instance-list').getByText('No instances yet');
  }

  /** A notice of the list with that heading. */
  listNotice(heading: string): Locator {
    return this.page.locator('exo-instance-list [part~=notice]').filter({ hasText: heading });
  }

  get table(): Locator {
    return this.page.locator('exo-instance-list').getByRole('table');
  }

  row(name: string): Locator {
    return this.table.getByRole('row').filter({ has: this.page.getByRole('button', { name, exact: true }) });
  }

  /** Opens the page of an instance from the list. */
  async openInstance(name: string, timeout?: number): Promise<Locator> {
    await this.page
      .locator('exo-instance-list')
      .getByRole('button', { name, exact: true })
      .click(limit(timeout));
    const details = this.page.locator('exo-instance');
    await expect(details.getByRole('heading', { name })).toBeVisible();
    return details;
  }

  /** Opens the console of an instance from the list. */
  async openConsole(name: string, timeout?: number): Promise<ConsolePage> {
    const details = await this.openInstance(name, timeout);
    await details.getByRole('tab', { name: 'Console' }).click();
    return new ConsolePage(this.page, details);
  }

  async expectStatus(name: string, word: StatusWord, timeout?: number): Promise<void> {
    await expect(this.row(name).locator('[part~=status]')).toHaveText(word, limit(timeout));
  }

  /** Opens the menu of a row. */
  async openActions(name: string): Promise<Locator> {
    await this.row(name)
      .getByRole('button', { name: `Actions for ${name}` })
      .click();
    return this.page.getByRole('menu', { name: `Actions for ${name}` });
  }

  /** Chooses an action in the row's menu, and confirms it where it asks; gives what the question said. */
  async act(name: string, action: ActionWord): Promise<string> {
    const menu = await this.openActions(name);
    await menu.getByRole('menuitem', { name: action, exact: true }).click();
    if (action === 'Start') return '';
    const question = this.page.getByRole('alertdialog');
    await expect(question).toContainText(name);
    const text = await question.innerText();
    await question.getByRole('button', { name: action, exact: true }).click();
    return text;
  }

  // -- the wizard

  get wizard(): Locator {
    return this.page.locator('exo-launch-wizard');
  }

  async openWizard(): Promise<void> {
    await this.page.getByRole('link', { name: 'New instance' }).click();
  }

  async openList(): Promise<void> {
    await this.page.getByRole('link', { name: 'Instances', exact: true }).click();
  }

  get nameField(): Locator {
    return this.wizard.getByRole('textbox', { name: 'Name', exact: true });
  }

  /** One question of the form. */
  section(label: string): Locator {
    return this.wizard
      .locator('[part~=section]')
      .filter({ has: this.page.locator('summary').getByText(label, { exact: true }) });
  }

  /** Opens one question of the form, whose answer in a line is all that shows at first, where there is little room. */
  async openSection(label: string): Promise<void> {
    const section = this.section(label);
    // A form that has just learnt how wide it is opens some itself.
    await expect(async () => {
      if ((await section.getAttribute('open')) === null) await section.locator('summary').click();
      await expect(section).toHaveAttribute('open', '', { timeout: 1_000 });
    }).toPass();
  }

  async importKey(name: string, publicKey: string): Promise<void> {
    await this.openSection('Access');
    await this.wizard.getByRole('radio', { name: 'Use a key from your computer' }).check();
    await this.wizard.getByRole('textbox', { name: 'Public key' }).fill(publicKey);
    await this.wizard.getByRole('textbox', { name: 'Name of the new key' }).fill(name);
  }

  async writeBootScript(text: string): Promise<void> {
    await this.openSection('Advanced');
    await this.wizard.getByRole('textbox', { name: 'Boot script' }).fill(text);
  }

  /** Somebody turns to the form: only then it looks for what was left half-way. */
  async turnToForm(): Promise<void> {
    await this.nameField.click();
  }

  wizardNotice(heading: string): Locator {
    return this.wizard.locator('[part~=notice]').filter({ hasText: heading });
  }

  get launchButton(): Locator {
    return this.wizard.getByRole('button', { name: 'Launch', exact: true });
  }

  launchedHeading(name: string): Locator {
    return this.wizard.getByRole('heading', { name: `“${name}” is active` });
  }

  async expectLaunched(name: string, timeout?: number): Promise<void> {
    await expect(this.launchedHeading(name)).toBeVisible(limit(timeout));
  }

  /** The names of size and image that the review tells. */
  async review(): Promise<{ size: string; image: string }> {
    const sentence = this.wizard.getByText(/of size .+, started from .+\./);
    await expect(sentence).toBeVisible();
    const [, size = '', image = ''] =
      /of size (.+?)(?: \(.*\))?, started from (.+)\./.exec(await sentence.innerText()) ?? [];
    return { size, image };
  }
}
