import { expect, type Locator, type Page } from '@playwright/test';

/** The console of an instance as a person sees it, in `<exo-instance>` or `<exo-console>`. */
export class ConsolePage {
  readonly page: Page;
  readonly #root: Locator;

  constructor(page: Page, root: Locator) {
    this.page = page;
    this.#root = root;
  }

  get screen(): Locator {
    return this.#root.getByRole('application', { name: /^Console of / });
  }

  /** What a serial line has written. */
  get lines(): Locator {
    return this.#root.locator('.xterm-rows');
  }

  /** The cloud's own page. */
  get frame(): Locator {
    return this.#root.locator('iframe');
  }

  button(name: string): Locator {
    return this.#root.getByRole('button', { name, exact: true });
  }

  notice(heading: string): Locator {
    return this.#root.locator('[part~=notice]').filter({ hasText: heading });
  }

  /** `red,green,blue` of a pixel of the instance's screen; empty before there is one. */
  colourAt(x: number, y: number): Promise<string> {
    return this.screen.evaluate(
      (canvas, at) => {
        if (!(canvas instanceof HTMLCanvasElement) || canvas.width === 0) return '';
        const data = canvas.getContext('2d')?.getImageData(at.x, at.y, 1, 1).data ?? [];
        return Array.from(data).slice(0, 3).join(',');
      },
      { x, y },
    );
  }

  async expectColour(x: number, y: number, colour: string): Promise<void> {
    await expect.poll(() => this.colourAt(x, y)).toBe(colour);
  }

  /** Chooses in the menu of keys. */
  async send(keys: string): Promise<void> {
    await this.button('Keys').click();
    await this.page.getByRole('menuitem', { name: keys, exact: true }).click();
  }

  /** Types a text by the field for it; `how` is the button that sends it. */
  async write(text: string, how = 'Type it'): Promise<void> {
    await this.button('Type or paste…').click();
    await this.#root.getByRole('textbox', { name: 'Text to type into the console' }).fill(text);
    await this.button(how).click();
  }
}
