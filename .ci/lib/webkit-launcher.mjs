// Runs element tests in WebKitGTK, the engine of Safari, by the WebDriver that comes with it.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as after } from 'node:timers/promises';
import { nextFreePort } from './ports.mjs';

/** WebDriver's names of the keys that have no letter. */
const KEYS = {
  Backspace: '\uE003', Tab: '\uE004', Enter: '\uE007', Shift: '\uE008', Control: '\uE009', Alt: '\uE00A', Escape: '\uE00C',
  Space: ' ', PageUp: '\uE00E', PageDown: '\uE00F', End: '\uE010', Home: '\uE011', ArrowLeft: '\uE012', ArrowUp: '\uE013',
  ArrowRight: '\uE014', ArrowDown: '\uE015', Delete: '\uE017',
}; // prettier-ignore
const BUTTONS = { left: 0, middle: 1, right: 2 };

const keyDown = (key) => ({ type: 'keyDown', value: KEYS[key] ?? key });
const keyUp = (key) => ({ type: 'keyUp', value: KEYS[key] ?? key });
const pointerMove = (x, y) => ({ type: 'pointerMove', duration: 0, x, y });
const pointerDown = (button = 'left') => ({ type: 'pointerDown', button: BUTTONS[button] });
const pointerUp = (button = 'left') => ({ type: 'pointerUp', button: BUTTONS[button] });

/** A launcher for @web/test-runner: one window, one test file after the other. */
export class WebKitLauncher {
  name = 'WebKitGTK';
  /** The runner's own commands know three types only, and ask this one for `getPage()`. */
  type = 'playwright';
  concurrency = 1;
  #driver;
  #browser;
  #folder;
  #processes = [];
  #window;
  #shown = new Map();

  /** @param {{ driver: string, browser: string }} paths WebKitWebDriver and MiniBrowser */
  constructor({ driver, browser }) {
    this.#driver = driver;
    this.#browser = browser;
  }

  async #open() {
    this.#folder = await mkdtemp(path.join(tmpdir(), 'exo-webkit-'));
    await mkdir(path.join(this.#folder, 'gtk-3.0'));
    await writeFile(
      path.join(this.#folder, 'gtk-3.0', 'settings.ini'),
      // prefers-reduced-motion
      '[Settings]\ngtk-enable-animations=0\n',
    );
    const env = {
      ...process.env,
      XDG_CONFIG_HOME: this.#folder,
      // of it comes navigator.language, and `C` is no language of a browser
      LANGUAGE: 'en_US',
      NO_AT_BRIDGE: '1',
      GIO_USE_VFS: 'local',
      WEBKIT_DISABLE_COMPOSITING_MODE: '1',
    };
    env.DISPLAY ??= await this.#display(env);
    const port = await nextFreePort(8200);
    const driver = this.#start(this.#driver, [`--port=${port}`], { env, stdio: 'ignore' });
    const url = `http://127.0.0.1:${port}`;
    const failed = once(driver, 'error').then(([error]) => Promise.reject(error));
    await Promise.race([failed, answers(`${url}/status`)]);
    const capabilities = {
      alwaysMatch: {
        browserName: 'MiniBrowser',
        'webkitgtk:browserOptions': { binary: this.#browser, args: ['--automation'] },
      },
    };
    const { sessionId } = await command(`${url}/session`, 'POST', { capabilities });
    this.#window = `${url}/session/${sessionId}`;
  }

  #start(program, args, options) {
    const child = spawn(program, args, options);
    this.#processes.push(child);
    return child;
  }

  /** A screen that nobody sees. */
  async #display(env) {
    const screen = this.#start(
      'Xvfb',
      ['-displayfd', '3', '-screen', '0', '1280x1024x24', '-nolisten', 'tcp'],
      { env, stdio: ['ignore', 'ignore', 'ignore', 'pipe'] },
    );
    const ended = once(screen, 'exit').then(() =>
      Promise.reject(new Error('Xvfb ended before it was there')),
    );
    const [number] = await Promise.race([once(screen.stdio[3], 'data'), ended]);
    return `:${String(number).trim()}`;
  }

  #do(method, rest, body) {
    return command(`${this.#window}${rest}`, method, body);
  }

  #act(id, type, actions, parameters) {
    return this.#do('POST', '/actions', { actions: [{ id, type, parameters, actions }] });
  }

  initialize() {}

  async startSession(id, url) {
    if (!this.#window) await this.#open();
    this.#shown.set(id, url);
    await this.#do('POST', '/url', { url });
  }

  startDebugSession(id, url) {
    return this.startSession(id, url);
  }

  isActive(id) {
    return this.#shown.has(id);
  }

  getBrowserUrl(id) {
    return this.#shown.get(id);
  }

  async stopSession(id) {
    this.#shown.delete(id);
    await this.#do('POST', '/url', { url: 'about:blank' });
    return {};
  }

  async stop() {
    // a window that has crashed cannot be closed
    if (this.#window) await this.#do('DELETE', '').catch(() => undefined);
    for (const child of this.#processes.reverse()) child.kill();
    if (this.#folder) await rm(this.#folder, { recursive: true, force: true });
  }

  /** As much of Playwright's Page as the runner's commands use. */
  getPage() {
    const keys = (actions) => this.#act('keys', 'key', actions);
    const mouse = (actions) => this.#act('mouse', 'pointer', actions, { pointerType: 'mouse' });
    return {
      setViewportSize: (size) => this.#resize(size),
      emulateMedia: () => Promise.reject(new Error('WebKitWebDriver cannot change the media.')),
      keyboard: {
        type: (text) => keys([...text].flatMap((letter) => [keyDown(letter), keyUp(letter)])),
        press(combination) {
          const all = combination.split('+');
          return keys([...all.map(keyDown), ...all.reverse().map(keyUp)]);
        },
        down: (key) => keys([keyDown(key)]),
        up: (key) => keys([keyUp(key)]),
      },
      mouse: {
        move: (x, y) => mouse([pointerMove(x, y)]),
        click: (x, y, { button } = {}) => mouse([pointerMove(x, y), pointerDown(button), pointerUp(button)]),
        down: ({ button } = {}) => mouse([pointerDown(button)]),
        up: ({ button } = {}) => mouse([pointerUp(button)]),
      },
    };
  }

  /** The window is larger than the page by its frame, and takes a moment to follow. */
  async #resize({ width, height }) {
    for (let tries = 0; tries < 20; tries += 1) {
      const script = { script: 'return [innerWidth, innerHeight]', args: [] };
      const [innerWidth, innerHeight] = await this.#do('POST', '/execute/sync', script);
      if (innerWidth === width && innerHeight === height) return;
      const now = await this.#do('GET', '/window/rect');
      const size = { width: now.width + width - innerWidth, height: now.height + height - innerHeight };
      await this.#do('POST', '/window/rect', size);
    }
    throw new Error(`The window does not become ${width} by ${height}.`);
  }
}

async function command(url, method, body) {
  const response = await fetch(url, { method, body: body && JSON.stringify(body) });
  const { value } = await response.json();
  if (value?.error) throw new Error(`WebDriver: ${value.error}: ${value.message}`);
  return value;
}

/** Resolves once a server that is starting answers. */
async function answers(url) {
  for (let tries = 0; ; tries += 1) {
    try {
      await fetch(url);
      return;
    } catch (error) {
      if (tries > 200) throw error;
      await after(50);
    }
  }
}
