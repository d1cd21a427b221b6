import { expect, fixture, html } from '@open-wc/testing';
import '../../../src/elements/exo-console.js';
import type { ExoConsole } from '../../../src/elements/console/console.js';
import type { ConsoleType } from '../../../src/elements/console/console.state.js';
import { eventually, signedIn, type StoryCloudOptions } from '../../../stories/cloud.js';
import { fakeSocket, serialConsole, type FarEnd } from '../../../stories/console-server.js';

interface Shown {
  readonly element: ExoConsole;
  far: FarEnd | undefined;
  readonly urls: string[];
}

async function show(
  type: ConsoleType,
  talk?: (far: FarEnd) => void,
  options: StoryCloudOptions = {},
): Promise<Shown> {
  const { session, cloud } = await signedIn({ seed: 'demo', ...options });
  const server = cloud.state.regions
    .flatMap((region) => [...region.servers.values()])
    .find((each) => each.vmState === 'active' && each.host !== null);
  const urls: string[] = [];
  let end: FarEnd | undefined;
  const make = fakeSocket(
    talk &&
      ((far) => {
        end = far;
        talk(far);
      }),
  );
  const element = await fixture<ExoConsole>(
    html`<exo-console
      .openSocket=${(url: string, protocols: string[]) => {
        urls.push(url);
        return make(url, protocols);
      }}
      .session=${session}
      instance-id=${server?.id ?? ''}
      instance-name="web-1"
      type=${type}
    ></exo-console>`,
  );
  return {
    element,
    urls,
    get far() {
      return end;
    },
  };
}

const becomes = (element: ExoConsole, state: string): Promise<void> =>
  eventually(() => element.matches(`:state(${state})`), `it is ${state}; it says ${text(element)}`);
const text = (element: ExoConsole): string => element.renderRoot.textContent.replace(/\s+/g, ' ');

function press(element: ExoConsole, name: string): void {
  const found = [...element.renderRoot.querySelectorAll('button')].find(
    (each) => each.textContent.trim() === name,
  );
  if (!found) throw new Error(`no button is named ${name}`);
  found.click();
}

/** All that stands in the page, shadow roots included. */
function everything(element: ExoConsole): string {
  const root = element.shadowRoot;
  return `${element.outerHTML} ${root?.innerHTML ?? ''}`;
}

describe('<exo-console>', () => {
  it('shows what a serial line says and sends what is typed', async () => {
    const shown = await show('serial', serialConsole);
    await becomes(shown.element, 'open');
    await eventually(() => text(shown.element).includes('login:'), 'the prompt shows');
    press(shown.element, 'Paste…');
    await shown.element.updateComplete;
    const area = shown.element.renderRoot.querySelector<HTMLTextAreaElement>('textarea.paste');
    if (!area) throw new Error('there is no field to paste into');
    area.value = 'root';
    press(shown.element, 'Type it');
    await eventually(() => text(shown.element).includes('login: root'), 'it echoes');
    await expect(shown.element).to.be.accessible();
  });

  it('styles the terminal without style elements', async () => {
    const { element } = await show('serial', serialConsole);
    await becomes(element, 'open');
    expect(element.renderRoot.querySelector('style')).to.equal(null);
    const sheets = element.shadowRoot?.adoptedStyleSheets ?? [];
    const rules = sheets.flatMap((sheet) => [...sheet.cssRules].map((rule) => rule.cssText));
    expect(rules.some((rule) => rule.includes('xterm-fg-1'))).to.equal(true);
  });

  it('can be left by the keyboard', async () => {
    const { element } = await show('serial', serialConsole);
    await becomes(element, 'open');
    const area = element.renderRoot.querySelector<HTMLElement>('.xterm-helper-textarea');
    area?.focus();
    area?.dispatchEvent(
      new KeyboardEvent('keydown', {
        code: 'F9',
        key: 'F9',
        ctrlKey: true,
        shiftKey: true,
        bubbles: true,
        composed: true,
      }),
    );
    expect(element.shadowRoot?.activeElement?.textContent.trim()).to.equal('Keys');
  });

  it('says that it has ended, and connects again with a new address', async () => {
    const shown = await show('serial', serialConsole);
    await becomes(shown.element, 'open');
    shown.far?.ends();
    await becomes(shown.element, 'closed');
    press(shown.element, 'Connect again');
    await becomes(shown.element, 'open');
    expect(shown.urls.length).to.equal(2);
    expect(shown.urls[0]).not.to.equal(shown.urls[1]);
  });

  it('shows a screen by the cloud’s own page, with the address in no attribute', async () => {
    const { element } = await show('vnc');
    await becomes(element, 'frame');
    const frame = element.renderRoot.querySelector('iframe');
    expect(frame?.getAttribute('sandbox')).to.equal('allow-scripts allow-forms allow-same-origin');
    expect(frame?.getAttribute('referrerpolicy')).to.equal('no-referrer');
    expect(frame?.hasAttribute('src')).to.equal(false);
    expect(everything(element)).not.to.contain('token');
  });

  it('goes from the best console that a cloud has to the next', async () => {
    const { element } = await show('auto', serialConsole, { consoles: ['serial'] });
    await becomes(element, 'open');
    expect(text(element)).to.contain('Serial console');
  });

  it('says where there is none', async () => {
    const { element } = await show('auto', undefined, { consoles: [] });
    await becomes(element, 'none');
    expect(text(element)).to.contain('offers no console');
  });

  it('tells the page what became of it, and no secret', async () => {
    const heard: unknown[] = [];
    const listen = (event: Event): void => {
      if (event instanceof CustomEvent) heard.push(event.detail);
    };
    document.addEventListener('exo-console-change', listen);
    try {
      const { element, urls } = await show('serial', serialConsole);
      await becomes(element, 'open');
      expect(heard).to.have.length(1);
      expect(heard[0]).to.include({ type: 'serial', state: 'open' });
      const token = new URL(urls[0] ?? '').searchParams.get('token') ?? 'none';
      expect(JSON.stringify(heard) + everything(element)).not.to.contain(token);
    } finally {
      document.removeEventListener('exo-console-change', listen);
    }
  });

  it('ends the connection when it leaves the page', async () => {
    const { element } = await show('serial', serialConsole);
    await becomes(element, 'open');
    expect(element.renderRoot.querySelector('.xterm')).not.to.equal(null);
    const sheets = element.shadowRoot?.adoptedStyleSheets.length ?? 0;
    element.remove();
    await eventually(() => element.renderRoot.querySelector('.xterm') === null, 'the terminal is gone');
    expect(element.shadowRoot?.adoptedStyleSheets.length).to.be.lessThan(sheets);
  });
});
