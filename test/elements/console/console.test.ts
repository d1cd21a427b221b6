import { expect, fixture, html } from '@open-wc/testing';
import '../../../src/elements/exo-console.js';
import type { ExoConsole } from '../../../src/elements/console/console.js';
import type { ConsoleType } from '../../../src/elements/console/console.state.js';
import { eventually, signedIn, type StoryCloudOptions } from '../../../stories/cloud.js';
import {
  fakeSocket,
  serialConsole,
  unwelcome,
  vncConsole,
  type FarEnd,
} from '../../../stories/console-server.js';

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

function canvasOf(element: ExoConsole): HTMLCanvasElement {
  const canvas = element.renderRoot.querySelector<HTMLCanvasElement>('.screen canvas');
  if (!canvas) throw new Error('there is no canvas');
  return canvas;
}

/** `red,green,blue` of a pixel of the machine's screen. */
function colourAt(element: ExoConsole, x: number, y: number): string {
  const canvas = canvasOf(element);
  if (canvas.width === 0) return '';
  const [red, green, blue] = canvas.getContext('2d')?.getImageData(x, y, 1, 1).data ?? [];
  return `${String(red)},${String(green)},${String(blue)}`;
}

const words = (bytes: ArrayLike<number>): string => new TextDecoder().decode(Uint8Array.from(bytes));
const sent = (shown: Shown): readonly Uint8Array[] => shown.far?.received ?? [];

/** The key events of RFC 6143, 7.5.4, in what the page has sent. */
function keyMessages(shown: Shown): { keysym: number; isDown: boolean }[] {
  return sent(shown)
    .filter((bytes) => bytes[0] === 4 && bytes.length % 8 === 0)
    .flatMap((bytes) =>
      Array.from({ length: bytes.length / 8 }, (_, index) => {
        const view = new DataView(bytes.buffer, bytes.byteOffset + index * 8, 8);
        return { keysym: view.getUint32(4), isDown: view.getUint8(1) === 1 };
      }),
    );
}

const keysDown = (shown: Shown): number[] =>
  keyMessages(shown)
    .filter(({ isDown }) => isDown)
    .map(({ keysym }) => keysym);

async function found(element: ExoConsole, selector: string, label: string): Promise<HTMLElement> {
  const find = (): HTMLElement | undefined =>
    [...element.renderRoot.querySelectorAll<HTMLElement>(selector)].find(
      (each) => each.textContent.trim() === label,
    );
  await eventually(() => find() !== undefined, `${label} is there`);
  return find() ?? element;
}

/** Fills the field for typing. */
async function write(element: ExoConsole, value: string): Promise<void> {
  press(element, 'Type or paste…');
  await element.updateComplete;
  const area = element.renderRoot.querySelector<HTMLTextAreaElement>('textarea.paste');
  if (!area) throw new Error('there is no field to paste into');
  area.value = value;
}

describe('<exo-console>', () => {
  it('shows what a serial line says and sends what is typed', async () => {
    const shown = await show('serial', serialConsole);
    await becomes(shown.element, 'open');
    await eventually(() => text(shown.element).includes('login:'), 'the prompt shows');
    press(shown.element, 'Type or paste…');
    await shown.element.updateComplete;
    const area = shown.element.renderRoot.querySelector<HTMLTextAreaElement>('textarea.paste');
    if (!area) throw new Error('there is no field to paste into');
    area.value = 'root';
    press(shown.element, 'Type it');
    await eventually(() => text(shown.element).includes('login: root'), 'it echoes');
    press(shown.element, 'Disconnect');
    await becomes(shown.element, 'closed');
    expect(text(shown.element)).to.contain('The console is disconnected');
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

  it('draws a screen, in the colours that the machine sends', async () => {
    const { element } = await show('vnc', vncConsole);
    await becomes(element, 'open');
    // The second bar of the test picture is yellow, the last is blue.
    await eventually(() => colourAt(element, 130, 20) === '255,255,0', 'the yellow bar is drawn');
    expect(colourAt(element, 630, 20)).to.equal('0,0,255');
    await eventually(() => colourAt(element, 608, 448) === '42,157,143', 'the square that comes as a PNG');
    const canvas = canvasOf(element);
    expect(canvas.getAttribute('aria-label')).to.equal('Console of web-1');
    expect(canvas.tabIndex).to.equal(0);
    await expect(element).to.be.accessible();
  });

  it('sends keys as they are pressed, with what a browser keeps for itself', async () => {
    const shown = await show('vnc', vncConsole);
    await becomes(shown.element, 'open');
    await eventually(() => colourAt(shown.element, 130, 20) === '255,255,0', 'the picture is there');
    canvasOf(shown.element).dispatchEvent(
      new KeyboardEvent('keydown', { code: 'KeyX', key: 'x', bubbles: true, cancelable: true }),
    );
    await eventually(() => keysDown(shown).includes(0x78), 'x is pressed');
    press(shown.element, 'Keys');
    const item = await found(shown.element, '[role=menuitem]', 'Ctrl + Alt + Del');
    item.click();
    await eventually(
      () => keysDown(shown).join().endsWith('65507,65513,65535'),
      'Ctrl, Alt, Del are pressed',
    );
    const released = keyMessages(shown)
      .filter(({ isDown }) => !isDown)
      .map(({ keysym }) => keysym);
    expect(released.slice(-3)).to.deep.equal([65535, 65513, 65507]);
  });

  it('types a text as on a US keyboard, or puts it on the clipboard there', async () => {
    const shown = await show('vnc', vncConsole);
    await becomes(shown.element, 'open');
    await write(shown.element, 'a B\n');
    press(shown.element, 'Type it');
    await eventually(() => keysDown(shown).at(-1) === 0xff0d, 'the last key is Enter');
    expect(keysDown(shown)).to.deep.equal([0x61, 0x20, 0xffe1, 0x42, 0xff0d]);
    await write(shown.element, 'to paste');
    press(shown.element, 'Put on its clipboard');
    await eventually(
      () => sent(shown).some((bytes) => bytes[0] === 6 && words(bytes.slice(8)) === 'to paste'),
      'it was told of the text',
    );
  });

  it('brings here what was copied there', async () => {
    const shown = await show('vnc', vncConsole);
    await becomes(shown.element, 'open');
    const copied: string[] = [];
    const writeText = navigator.clipboard.writeText.bind(navigator.clipboard);
    navigator.clipboard.writeText = (value) => Promise.resolve(void copied.push(value));
    try {
      press(shown.element, 'Copy from there');
      await eventually(() => text(shown.element).includes('Nothing was copied there'), 'it says so');
      await write(shown.element, 'hello');
      press(shown.element, 'Type it');
      press(shown.element, 'Keys');
      (await found(shown.element, '[role=menuitem]', 'Ctrl + C')).click();
      await eventually(
        () => text(shown.element).includes('“Copy from there” brings it here'),
        'it says that something was copied',
      );
      press(shown.element, 'Copy from there');
      await eventually(() => copied.length > 0, 'it is copied');
      expect(copied).to.deep.equal(['hello']);
    } finally {
      navigator.clipboard.writeText = writeText;
    }
  });

  it('shows all of a screen, or a part in its own size', async () => {
    const { element } = await show('vnc', vncConsole);
    element.style.display = 'block';
    element.style.inlineSize = '320px';
    await becomes(element, 'open');
    await eventually(() => canvasOf(element).getBoundingClientRect().width <= 320, 'it fits');
    press(element, 'Own size');
    await eventually(() => canvasOf(element).getBoundingClientRect().width === 640, 'it has its own size');
    press(element, 'Fit');
    await eventually(() => canvasOf(element).getBoundingClientRect().width <= 320, 'it fits again');
  });

  it('leaves a screen to the cloud’s own page where the proxy does not let this one in', async () => {
    const { element, urls } = await show('vnc', unwelcome);
    await becomes(element, 'frame');
    expect(urls).to.have.length(1);
    expect(urls[0]).to.match(/^ws:\/\/127\.0\.0\.1:6080\/\?token=\w+$/);
    const frame = element.renderRoot.querySelector('iframe');
    expect(frame?.getAttribute('sandbox')).to.equal('allow-scripts allow-forms allow-same-origin');
    expect(frame?.getAttribute('referrerpolicy')).to.equal('no-referrer');
    expect(frame?.hasAttribute('src')).to.equal(false);
    expect(everything(element)).not.to.contain('token');
  });

  it('says which line lets this page in where the proxy of a serial line does not', async () => {
    const { element } = await show('serial', unwelcome);
    await becomes(element, 'refused');
    expect(text(element)).to.contain(`add “${location.hostname}” to “allowed_origins”`);
  });

  it('tells a connection that was lost from one that was closed', async () => {
    for (const type of ['serial', 'vnc'] as const) {
      const shown = await show(type, type === 'vnc' ? vncConsole : serialConsole);
      await becomes(shown.element, 'open');
      shown.far?.drops();
      await becomes(shown.element, 'closed');
      expect(text(shown.element)).to.contain('The connection was lost');
      press(shown.element, 'Connect again');
      await becomes(shown.element, 'open');
      shown.far?.ends();
      await becomes(shown.element, 'closed');
      expect(text(shown.element)).to.contain('The console has ended');
      expect(shown.urls[0]).not.to.equal(shown.urls[1]);
    }
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
