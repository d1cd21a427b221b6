import { expect } from '@open-wc/testing';
import { sendKeys, sendMouse, setViewport } from '@web/test-runner-commands';
import { html } from 'lit';
import { menuButton, type MenuItem } from '../../../src/ui/menu.js';
import { part, partsFixture, removeParts } from './parts.js';

const focused = (element: Element) => element.shadowRoot?.activeElement?.textContent.trim();
// Never an element itself: an assertion that fails would print all of it.
const isOpen = (element: Element) => element.shadowRoot?.querySelector('.menu') !== null;

describe('a menu', () => {
  let chosen: string[] = [];
  const items = (): MenuItem[] =>
    [
      { label: 'Start', reason: 'It is running.' },
      { label: 'Stop' },
      { label: 'Restart' },
      { label: 'Show log' },
      { label: 'Delete', danger: true },
    ].map((item) => ({ ...item, onSelect: () => chosen.push(item.label) }));

  const fixture = () =>
    partsFixture(
      (element) =>
        html`${menuButton(element, { label: 'Actions for web-1', items })} <button id="after">After</button>`,
    );

  beforeEach(() => {
    chosen = [];
  });
  afterEach(removeParts);

  it('opens by click, with the first entry focused, and is accessible', async () => {
    const element = await fixture();
    const button = part(element, '[aria-haspopup]');
    button.click();
    expect(part(element, '.menu').matches(':popover-open')).to.equal(true);
    expect(button.getAttribute('aria-expanded')).to.equal('true');
    expect(focused(element)).to.contain('Start');
    await expect(element).to.be.accessible();
  });

  it('opens by arrow keys at its beginning or its end', async () => {
    const element = await fixture();
    part(element, '[aria-haspopup]').focus();
    await sendKeys({ press: 'ArrowUp' });
    expect(focused(element)).to.equal('Delete');
  });

  it('is walked by arrows, Home, End and the first letters', async () => {
    const element = await fixture();
    part(element, '[aria-haspopup]').focus();
    await sendKeys({ press: 'ArrowDown' });
    const walk = async (key: string, expected: string) => {
      await sendKeys({ press: key });
      expect(focused(element)).to.contain(expected);
    };
    await walk('ArrowDown', 'Stop');
    await walk('End', 'Delete');
    await walk('ArrowDown', 'Start');
    await walk('ArrowUp', 'Delete');
    await walk('Home', 'Start');
    await walk('r', 'Restart');
  });

  it('finds an entry by more than one letter', async () => {
    const element = await fixture();
    part(element, '[aria-haspopup]').click();
    // One right after the other, however long a key takes on its way from the test.
    for (const key of ['s', 'h'])
      element.shadowRoot?.activeElement?.dispatchEvent(
        new KeyboardEvent('keydown', { key, bubbles: true, composed: true, cancelable: true }),
      );
    expect(focused(element)).to.equal('Show log');
  });

  it('closes by Escape and gives the focus back', async () => {
    const element = await fixture();
    part(element, '[aria-haspopup]').click();
    await sendKeys({ press: 'Escape' });
    expect(isOpen(element)).to.equal(false);
    expect(element.shadowRoot?.activeElement === part(element, '[aria-haspopup]')).to.equal(true);
    expect(part(element, '[aria-haspopup]').getAttribute('aria-expanded')).to.equal('false');
  });

  it('closes by Tab and goes on from its button', async () => {
    const element = await fixture();
    part(element, '[aria-haspopup]').focus();
    await sendKeys({ press: 'Enter' });
    await sendKeys({ press: 'Tab' });
    expect(isOpen(element)).to.equal(false);
    expect(focused(element)).to.equal('After');
  });

  it('chooses by Enter and by click', async () => {
    const element = await fixture();
    const button = part(element, '[aria-haspopup]');
    button.click();
    await sendKeys({ press: 'ArrowDown' });
    await sendKeys({ press: 'Enter' });
    button.click();
    part(element, '.destroys').click();
    expect(chosen).to.deep.equal(['Stop', 'Delete']);
    expect(isOpen(element)).to.equal(false);
  });

  it('shows why an entry cannot be chosen, and does not choose it', async () => {
    const element = await fixture();
    part(element, '[aria-haspopup]').click();
    const entry = part(element, '[role=menuitem][aria-disabled=true]');
    expect(entry.textContent).to.contain('It is running.');
    entry.click();
    expect(chosen).to.deep.equal([]);
    expect(isOpen(element)).to.equal(true);
  });

  it('closes by a second press of its button, and by a press elsewhere', async () => {
    const element = await fixture();
    const press = async (target: Element) => {
      const { left, top, width, height } = target.getBoundingClientRect();
      await sendMouse({
        type: 'click',
        position: [Math.round(left + width / 2), Math.round(top + height / 2)],
      });
    };
    const button = part(element, '[aria-haspopup]');
    await press(button);
    expect(isOpen(element)).to.equal(true);
    await press(button);
    expect(isOpen(element)).to.equal(false);
    await press(button);
    await sendMouse({ type: 'click', position: [400, 300] });
    await until(() => !isOpen(element));
    expect(button.getAttribute('aria-expanded')).to.equal('false');
  });

  it('is as high as its entries, and no higher', async () => {
    const element = await fixture();
    part(element, '[aria-haspopup]').click();
    const entries = [...part(element, '.menu').children].map((each) => each.getBoundingClientRect());
    const height = (entries.at(-1)?.bottom ?? 0) - (entries[0]?.top ?? 0);
    expect(Math.max(...entries.map((each) => each.height))).to.be.below(70);
    expect(part(element, '.menu').getBoundingClientRect().height - height).to.be.below(20);
  });

  it('stays inside the window, wherever its button is', async () => {
    await setViewport({ width: 480, height: 500 });
    const element = await fixture();
    for (const [justify, align] of [
      ['end', 'start'],
      ['end', 'end'],
      ['start', 'end'],
    ] as const) {
      element.style.cssText = `position: fixed; inset: 0; display: flex; justify-content: ${justify}; align-items: ${align}`;
      part(element, '[aria-haspopup]').click();
      const box = part(element, '.menu').getBoundingClientRect();
      expect(box.left).to.be.at.least(0);
      expect(box.top).to.be.at.least(0);
      expect(box.right).to.be.at.most(480);
      expect(box.bottom).to.be.at.most(500);
      await sendKeys({ press: 'Escape' });
    }
    await setViewport({ width: 800, height: 600 });
  });
});

async function until(condition: () => boolean): Promise<void> {
  while (!condition()) await new Promise(requestAnimationFrame);
}
