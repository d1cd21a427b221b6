import { accessSync, constants, readdirSync } from 'node:fs';
import path from 'node:path';
import { run } from './run.mjs';

const programFiles = [
  process.env.PROGRAMFILES,
  process.env['PROGRAMFILES(X86)'],
  process.env.LOCALAPPDATA,
].filter(Boolean);

/** Where each system keeps its browsers. A bare name is looked up in PATH. Chromium and its kin first: they run every stage. */
const PLACES = {
  linux: {
    chromium: ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable', 'microsoft-edge', 'microsoft-edge-stable', 'brave-browser', '/opt/google/chrome/chrome', '/snap/bin/chromium'],
    firefox: ['firefox', 'firefox-esr'],
  },
  darwin: {
    chromium: ['Google Chrome', 'Chromium', 'Microsoft Edge', 'Brave Browser'].flatMap((name) =>
      ['/Applications', path.join(process.env.HOME ?? '', 'Applications')].map((dir) => `${dir}/${name}.app/Contents/MacOS/${name}`),
    ),
    firefox: ['/Applications/Firefox.app/Contents/MacOS/firefox'],
  },
  win32: {
    chromium: programFiles.flatMap((dir) =>
      ['Google\\Chrome\\Application\\chrome.exe', 'Chromium\\Application\\chrome.exe', 'Microsoft\\Edge\\Application\\msedge.exe'].map((file) => path.join(dir, file)),
    ),
    firefox: programFiles.map((dir) => path.join(dir, 'Mozilla Firefox\\firefox.exe')),
  },
}; // prettier-ignore

const isProgram = (file) => {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
};

/** The file of a program: itself when it is a path, else the first of that name in PATH. */
export function which(name) {
  if (path.isAbsolute(name)) return isProgram(name) ? name : undefined;
  const dirs = (process.env.PATH ?? '').split(path.delimiter).filter(Boolean);
  return dirs.map((dir) => path.join(dir, name)).find(isProgram);
}

const VARIABLES = { chromium: 'CHROME_PATH', firefox: 'FIREFOX_PATH' };

/**
 * An installed browser of one of these kinds, in this order; CHROME_PATH and FIREFOX_PATH come before the usual places.
 *
 * @returns {{ kind: 'chromium' | 'firefox', path: string } | undefined}
 */
export function findBrowser(kinds = Object.keys(VARIABLES)) {
  const places = PLACES[process.platform] ?? PLACES.linux;
  for (const kind of kinds) {
    const variable = VARIABLES[kind];
    const found = [process.env[variable], ...places[kind]].filter(Boolean).map(which).find(Boolean);
    if (found) return { kind, path: found };
  }
  return undefined;
}

/** Installs the first of these packages that the distribution has, where that is possible without asking. */
async function install(packages, title) {
  const canInstall = process.platform === 'linux' && process.getuid?.() === 0 && which('apt-get');
  if (!canInstall) return;
  console.log(`Installing ${title} from the distribution …`);
  const env = { DEBIAN_FRONTEND: 'noninteractive' };
  const wait = ['-o', 'DPkg::Lock::Timeout=600'];
  await run('apt-get', [...wait, 'update', '-qq'], { env, output: 'collect' });
  for (const name of packages) {
    const { code } = await run('apt-get', [...wait, 'install', '-y', '-qq', '--no-install-recommends', name, 'fonts-liberation'], { env, output: 'collect' }); // prettier-ignore
    if (code === 0) break;
  }
}

/** A browser to test with, installed from the distribution where that is possible without asking. */
export async function ensureBrowser() {
  if (!findBrowser()) await install(['chromium', 'chromium-browser'], 'Chromium');
  return findBrowser();
}

/** Firefox, as the second browser. */
export async function ensureFirefox() {
  if (!findBrowser(['firefox'])) await install(['firefox-esr', 'firefox'], 'Firefox');
  return findBrowser(['firefox']);
}

/**
 * WebKitGTK, the engine of Safari where there is no Safari: its WebDriver, its browser, and a screen that nobody sees.
 *
 * @returns {{ driver: string, browser: string } | undefined}
 */
export function findWebKit() {
  const driver = which('WebKitWebDriver');
  if (!driver || !(process.env.DISPLAY ?? which('Xvfb'))) return undefined;
  const inside = (folder, pattern) => {
    try {
      return readdirSync(folder).filter((name) => pattern.test(name)).sort().reverse().map((name) => path.join(folder, name)); // prettier-ignore
    } catch {
      return [];
    }
  };
  const libraries = ['/usr/lib', '/usr/lib64', '/usr/libexec', ...inside('/usr/lib', /-linux-gnu/)];
  const browser = libraries
    .flatMap((folder) => inside(folder, /^webkit2?gtk-[46]/))
    .map((folder) => which(path.join(folder, 'MiniBrowser')))
    .find(Boolean);
  return browser && { driver, browser };
}

export async function ensureWebKit() {
  if (!findWebKit()) {
    if (!which('Xvfb')) await install(['xvfb'], 'a screen that nobody sees');
    await install(['webkit2gtk-driver', 'webkitgtk-webdriver'], 'WebKitGTK');
  }
  return findWebKit();
}

export const HOW_TO_INSTALL =
  'No browser to test with: install Chromium, Chrome, Edge or Firefox, or name one in CHROME_PATH or FIREFOX_PATH.';

/** Start options for playwright-core and for the element tests alike. */
export const CHROMIUM_ARGS = [
  '--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking',
  '--disable-component-update', '--disable-sync',
]; // prettier-ignore
