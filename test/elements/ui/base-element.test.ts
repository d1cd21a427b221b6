import { expect, oneEvent } from '@open-wc/testing';
import { html } from 'lit';
import { commonMessages } from '../../../src/i18n/en/common.js';
import { registerLocale } from '../../../src/i18n/localizer.js';
import { defineElement } from '../../../src/ui/define-element.js';
import type { ExoErrorEvent } from '../../../src/ui/error-event.js';
import { PartsElement, part, partsFixture, removeParts } from './parts.js';

const textOf = (element: Element) => element.shadowRoot?.textContent.trim() ?? '';

describe('registration', () => {
  const warnings: string[] = [];
  const { warn } = console;

  beforeEach(() => {
    warnings.length = 0;
    console.warn = (...words: unknown[]) => warnings.push(words.join(' '));
  });
  afterEach(() => {
    console.warn = warn;
  });

  it('keeps the first definition silently when the second is of the same version', () => {
    class First extends PartsElement {}
    class Second extends PartsElement {}
    First.define('test-same');
    Second.define('test-same');
    expect(customElements.get('test-same')).to.equal(First);
    expect(warnings).to.deep.equal([]);
  });

  it('keeps the first definition and names both versions once when they differ', () => {
    class Old extends PartsElement {
      static override readonly version = '0.0.1';
    }
    class New extends PartsElement {}
    Old.define('test-older');
    Old.define('test-older-too');
    New.define('test-older');
    New.define('test-older-too');
    expect(customElements.get('test-older')).to.equal(Old);
    expect(warnings.length).to.equal(1);
    expect(warnings[0]).to.contain('0.0.1').and.contain(New.version);
  });

  it('steps aside for an element of somebody else', () => {
    class Foreign extends HTMLElement {}
    customElements.define('test-foreign', Foreign);
    class Ours extends PartsElement {}
    Ours.define('test-foreign');
    expect(customElements.get('test-foreign')).to.equal(Foreign);
    expect(warnings.length).to.equal(1);
  });

  it('registers one class under several tags', () => {
    class Twice extends PartsElement {}
    Twice.define('test-one');
    Twice.define('test-two');
    expect(document.createElement('test-two')).to.be.instanceOf(Twice);
  });

  it('never throws into the page, even for a tag that is no name', async () => {
    const told = oneEvent(window, 'error');
    const { onerror } = window;
    window.onerror = () => true;
    defineElement(PartsElement, 'nohyphen');
    const event = await told;
    window.onerror = onerror;
    expect(event).to.be.instanceOf(ErrorEvent);
  });

  it('registers in another registry than the page’s, where the browser has scoped registries', function () {
    let registry: CustomElementRegistry;
    try {
      registry = new CustomElementRegistry();
    } catch {
      // Illegal constructor: this browser has one registry a page.
      return this.skip();
    }
    class Scoped extends PartsElement {}
    Scoped.define('test-scoped', registry);
    expect(registry.get('test-scoped')).to.equal(Scoped);
    expect(customElements.get('test-scoped')).to.equal(undefined);
  });
});

describe('language', () => {
  afterEach(() => {
    removeParts();
    document.documentElement.lang = 'en';
    document.querySelectorAll('[data-test]').forEach((element) => {
      element.remove();
    });
  });

  const retry = (element: PartsElement) => html`${element.localizer.text(commonMessages, 'retry')}`;

  it('is that of the nearest lang, through shadow roots', async () => {
    registerLocale('nl', { common: { retry: 'Opnieuw' } });
    const host = document.createElement('div');
    host.dataset['test'] = '';
    host.lang = 'nl';
    document.body.append(host);
    const root = host.attachShadow({ mode: 'open' });
    const element = await partsFixture(retry, root);
    expect(textOf(element)).to.equal('Opnieuw');
  });

  it('is its own lang before all others', async () => {
    const element = await partsFixture(retry);
    element.lang = 'nl';
    await element.updateComplete;
    expect(textOf(element)).to.equal('Opnieuw');
  });

  it('follows the page when it changes, and a translation that comes late', async () => {
    const element = await partsFixture(retry);
    expect(textOf(element)).to.equal('Try again');
    document.documentElement.lang = 'sv';
    registerLocale('sv', { common: { retry: 'Försök igen' } });
    await expectText(element, 'Försök igen');
  });

  it('takes the portal’s own sentences', async () => {
    const element = await partsFixture(retry);
    element.strings = { common: { retry: 'Once more' } };
    await element.updateComplete;
    expect(textOf(element)).to.equal('Once more');
  });

  it('is marked where it is not the page’s, for the voice of a screen reader', async () => {
    document.documentElement.lang = 'ja';
    const element = await partsFixture(() => html`<p>Hello</p>`);
    expect(part(element, 'p').lang).to.equal('en');
    document.documentElement.lang = 'en-GB';
    await waitFor(() => part(element, 'p').lang === '');
  });
});

describe('states', () => {
  afterEach(removeParts);

  it('can be styled from the page, one of a group at a time', async () => {
    const element = await partsFixture(() => html``);
    element.state('loading');
    expect(element.matches(':state(loading)')).to.equal(true);
    element.state('ready');
    expect(element.matches(':state(loading)')).to.equal(false);
    expect(element.matches(':state(ready)')).to.equal(true);
    element.state(undefined);
    expect(element.matches(':state(ready)')).to.equal(false);
  });
});

describe('an error in rendering', () => {
  afterEach(removeParts);

  it('is shown in the element and told to the page, and the element recovers', async () => {
    let broken = false;
    const element = await partsFixture(() => {
      if (broken) throw new TypeError('a bug');
      return html`<p>fine</p>`;
    });
    broken = true;
    const told: Promise<ExoErrorEvent> = oneEvent(element, 'exo-error');
    element.requestUpdate();
    await element.updateComplete;
    const { detail } = await told;
    expect(detail.kind).to.equal('internal');
    expect(Object.isFrozen(detail)).to.equal(true);
    expect(element.matches(':state(broken)')).to.equal(true);
    expect(part(element, '.notice').textContent).to.contain('stopped working');

    broken = false;
    element.requestUpdate();
    await element.updateComplete;
    expect(textOf(element)).to.equal('fine');
    expect(element.matches(':state(broken)')).to.equal(false);
  });

  it('may be in the portal’s own strings', async () => {
    const element = await partsFixture((e) => html`${e.localizer.text(commonMessages, 'retry')}`);
    element.strings = {
      common: {
        retry: () => {
          throw new Error('theirs');
        },
      },
    };
    await element.updateComplete;
    expect(part(element, '.notice').textContent).to.contain('stopped working');
  });
});

describe('a hostile page', () => {
  const sheet = new CSSStyleSheet();

  before(() => {
    sheet.replaceSync(`
      html { font-size: 62.5% }
      body { line-height: 3; text-transform: uppercase; text-align: center; letter-spacing: 4px; font-style: italic }
      * { color: rgb(255, 0, 0); font-family: fantasy; white-space: pre; text-indent: 40px; cursor: none }
    `);
    document.adoptedStyleSheets = [...document.adoptedStyleSheets, sheet];
  });
  after(() => {
    document.adoptedStyleSheets = document.adoptedStyleSheets.filter((s) => s !== sheet);
  });
  afterEach(removeParts);

  it('does not reach into an element', async () => {
    const element = await partsFixture(() => html`<p>text</p>`);
    const style = getComputedStyle(part(element, 'p'));
    expect(style.fontSize).to.equal('16px');
    expect(style.lineHeight).to.equal('24px');
    expect(style.textTransform).to.equal('none');
    expect(style.letterSpacing).to.equal('normal');
    expect(style.fontStyle).to.equal('normal');
    expect(style.textAlign).to.equal('start');
    expect(style.textIndent).to.equal('0px');
    expect(style.whiteSpace).to.equal('normal');
    expect(style.color).not.to.equal('rgb(255, 0, 0)');
    expect(style.fontFamily).to.contain('system-ui');
  });

  it('still hides an element and chooses its direction', async () => {
    const element = await partsFixture(() => html`<p>text</p>`);
    element.hidden = true;
    expect(getComputedStyle(element).display).to.equal('none');
    element.hidden = false;
    element.dir = 'rtl';
    expect(getComputedStyle(part(element, 'p')).direction).to.equal('rtl');
  });
});

describe('tokens', () => {
  afterEach(removeParts);

  it('follow the scheme of the page, and a theme on any ancestor', async () => {
    const element = await partsFixture(() => html`<p>text</p>`);
    const light = getComputedStyle(element).backgroundColor;
    element.style.setProperty('color-scheme', 'dark');
    expect(getComputedStyle(element).backgroundColor).not.to.equal(light);
    element.style.removeProperty('color-scheme');
    document.body.style.setProperty('--exo-color-surface', 'rgb(1, 2, 3)');
    expect(getComputedStyle(element).backgroundColor).to.equal('rgb(1, 2, 3)');
    document.body.style.removeProperty('--exo-color-surface');
  });
});

async function waitFor(condition: () => boolean): Promise<void> {
  while (!condition()) await new Promise(requestAnimationFrame);
}

async function expectText(element: Element, text: string): Promise<void> {
  await waitFor(() => textOf(element) === text);
}
