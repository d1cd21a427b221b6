import { expect } from '@open-wc/testing';
import { sendKeys } from '@web/test-runner-commands';
import { html } from 'lit';
import { confirmDialog, openDialog } from '../../../src/ui/dialog.js';
import { part, partsFixture, removeParts } from './parts.js';

const focused = (element: Element) => element.shadowRoot?.activeElement;
const question = {
  heading: 'Delete “web-1”?',
  body: 'Its disk goes too.',
  confirmLabel: 'Delete',
  danger: true,
};
const trigger = () => html`<button id="trigger">Ask</button>`;

describe('confirmDialog', () => {
  afterEach(removeParts);

  it('is modal, named by its question, described by the consequence, and accessible', async () => {
    const element = await partsFixture(trigger);
    void confirmDialog(element, question);
    const dialog = part(element, 'dialog', HTMLDialogElement);
    expect(dialog.matches(':modal')).to.equal(true);
    expect(dialog.getAttribute('role')).to.equal('alertdialog');
    const text = (attribute: string) =>
      part(element, `#${dialog.getAttribute(attribute) ?? ''}`).textContent.trim();
    expect(text('aria-labelledby')).to.equal(question.heading);
    expect(text('aria-describedby')).to.equal(question.body);
    await expect(element).to.be.accessible();
  });

  it('says yes only for the verb', async () => {
    const element = await partsFixture(trigger);
    const answer = confirmDialog(element, question);
    part(element, 'dialog .danger').click();
    expect(await answer).to.equal(true);
    expect(element.shadowRoot?.querySelector('dialog')).to.equal(null);
  });

  it('has Cancel under the first key press when it destroys, so that Enter does no harm', async () => {
    const element = await partsFixture(trigger);
    part(element, '#trigger').focus();
    const answer = confirmDialog(element, question);
    await sendKeys({ press: 'Enter' });
    expect(await answer).to.equal(false);
  });

  it('says no for Escape, and gives the focus back', async () => {
    const element = await partsFixture(trigger);
    part(element, '#trigger').focus();
    const answer = confirmDialog(element, question);
    await sendKeys({ press: 'Escape' });
    expect(await answer).to.equal(false);
    expect(focused(element)).to.equal(part(element, '#trigger'));
  });

  it('gives the focus elsewhere when what had it is gone', async () => {
    let shown = true;
    const element = await partsFixture(
      () => html`${shown ? html`<button id="trigger">Ask</button>` : ''}<button id="next">Next</button>`,
    );
    part(element, '#trigger').focus();
    const answer = confirmDialog(element, { ...question, returnFocus: () => part(element, '#next') });
    shown = false;
    element.requestUpdate();
    await element.updateComplete;
    part(element, 'dialog .danger').click();
    expect(await answer).to.equal(true);
    expect(focused(element)).to.equal(part(element, '#next'));
  });

  it('outlasts whatever the element renders meanwhile', async () => {
    let view = trigger();
    const element = await partsFixture(() => view);
    const answer = confirmDialog(element, question);
    view = html`<p>Another state</p>`;
    element.requestUpdate();
    await element.updateComplete;
    part(element, 'dialog .danger').click();
    expect(await answer).to.equal(true);
  });

  it('says no when the element leaves the page', async () => {
    const element = await partsFixture(trigger);
    const answer = confirmDialog(element, question);
    element.remove();
    expect(await answer).to.equal(false);
  });
});

describe('openDialog', () => {
  afterEach(removeParts);

  it('renders its content again when asked, and keeps what was typed', async () => {
    const element = await partsFixture(trigger);
    let step = 1;
    const dialog = openDialog(element, {
      heading: 'Steps',
      body: () =>
        html`<p>Step ${step}</p>
          <input aria-label="name" />`,
    });
    part(element, 'dialog input', HTMLInputElement).value = 'typed';
    step = 2;
    dialog.update();
    expect(part(element, 'dialog p').textContent).to.equal('Step 2');
    expect(part(element, 'dialog input', HTMLInputElement).value).to.equal('typed');
    dialog.close();
  });

  it('stays open when it may not close', async () => {
    const element = await partsFixture(trigger);
    let may = false;
    const dialog = openDialog(element, { heading: 'Working', body: () => 'Wait', mayClose: () => may });
    await sendKeys({ press: 'Escape' });
    part(element, '.dialog-head button').click();
    expect(dialog.element.open).to.equal(true);
    may = true;
    part(element, '.dialog-head button').click();
    expect(dialog.element.open).to.equal(false);
  });

  it('keeps the keyboard in spite of a focus trap of the page', async () => {
    const outside = document.createElement('input');
    document.body.append(outside);
    const trap = () => {
      outside.focus();
    };
    document.addEventListener('focusin', trap);
    const element = await partsFixture(trigger);
    const dialog = openDialog(element, {
      heading: 'Name',
      body: () => html`<input autofocus aria-label="name" />`,
    });
    await sendKeys({ type: 'mine' });
    document.removeEventListener('focusin', trap);
    expect(part(element, 'dialog input', HTMLInputElement).value).to.equal('mine');
    expect(outside.value).to.equal('');
    dialog.close();
    outside.remove();
  });
});
