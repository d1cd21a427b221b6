import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, it } from 'node:test';
import { fileURLToPath } from 'node:url';
import { COLOR_TOKENS, OTHER_TOKENS, SCHEME_TOKEN, TOKEN_NAMES } from '../../../src/ui/tokens.js';
import { VERSION } from '../../../src/ui/version.js';

const root = fileURLToPath(new URL('../../../', import.meta.url));
const filesOf = (folder: string, ending: string): { name: string; text: string }[] =>
  readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith(ending))
    .map((name) => ({ name: join(folder, name), text: readFileSync(join(root, folder, name), 'utf8') }));

const sources = [...filesOf('src/ui', '.ts'), ...filesOf('src/elements', '.ts')].filter(
  ({ name }) => name !== join('src/ui', 'tokens.ts'),
);
const themes = filesOf('themes', '.css');

/** Tokens of one element alone, documented in its class. */
const own = sources.flatMap(({ text }) =>
  [...text.matchAll(/@cssproperty \[?(--exo-[a-z0-9-]+)/g)].map(([, name]) => name ?? ''),
);

type Scheme = 'light' | 'dark';
type ColorToken = keyof typeof COLOR_TOKENS;
type Palette = (token: ColorToken) => string;

describe('tokens', () => {
  it('are all declared: what a style or a theme names exists', () => {
    for (const { name, text } of [...sources, ...themes]) {
      const code = text.replaceAll(/\/\*[\s\S]*?\*\//g, '');
      for (const [token] of code.matchAll(/--exo-[a-z0-9-]+/g)) {
        assert.ok(
          TOKEN_NAMES.includes(token) || own.includes(token),
          `${name} names ${token}, which neither src/ui/tokens.ts nor an element declares`,
        );
      }
      const folder = sources
        .filter((other) => dirname(other.name) === dirname(name))
        .map((other) => other.text)
        .join();
      for (const [, variable = ''] of code.matchAll(/var\((--_[a-z0-9-]+)/g)) {
        const known =
          TOKEN_NAMES.includes(variable.replace('--_', '--exo-')) ||
          new RegExp(`${variable}['"]?\\s*:`).test(folder);
        assert.ok(known, `${name} uses ${variable}, which is neither a token nor declared in its folder`);
      }
    }
  });

  it('are all used: no declared one is idle', () => {
    const all = sources.map(({ text }) => text).join('\n');
    for (const token of [...Object.keys(COLOR_TOKENS), ...Object.keys(OTHER_TOKENS)]) {
      assert.ok(all.includes(`var(--_${token})`), `nothing uses --exo-${token}`);
    }
    assert.ok(all.includes(`var(--exo-${SCHEME_TOKEN}`), 'nothing uses the colour scheme');
  });

  it('are read by their private names, so that every one has a default', () => {
    for (const { name, text } of sources) {
      for (const [, token = ''] of text.matchAll(/var\((--exo-[a-z0-9-]+)\s*\)/g)) {
        assert.fail(`${name} reads ${token} without a default; read ${token.replace('--exo-', '--_')}`);
      }
    }
  });
});

describe('themes', () => {
  it('set tokens and nothing else', () => {
    for (const { name, text } of themes) {
      const declarations = text.replaceAll(/\/\*[\s\S]*?\*\//g, '').matchAll(/([\w-]+)\s*:\s*[^;{}]+;/g);
      for (const [, property = ''] of declarations)
        assert.match(property, /^--exo-/, `${name} sets ${property}`);
    }
  });

  it('light and dark are the defaults, as a place to begin', () => {
    for (const scheme of ['light', 'dark'] as const) {
      const { text } = themes.find(({ name }) => name.endsWith(`${scheme}.css`)) ?? { text: '' };
      for (const [token, pair] of Object.entries(COLOR_TOKENS)) {
        assert.ok(text.includes(`--exo-${token}: ${pair[scheme]};`), `themes/${scheme}.css: ${token}`);
      }
    }
  });
});

/** What stands on what, and how well it has to be seen: 4.5 for text, 3 for edges and marks (WCAG 2.2 AA). */
const PAIRS: readonly [front: ColorToken, back: ColorToken, ratio: number][] = [
  ...(['color-surface', 'color-surface-quiet', 'color-surface-raised'] as const).flatMap(
    (back): [ColorToken, ColorToken, number][] => [
      ['color-text', back, 7],
      ['color-text-quiet', back, 4.5],
      ['color-accent-text', back, 4.5],
      ['color-danger-text', back, 4.5],
      ['color-warning-text', back, 4.5],
      ['color-success-text', back, 4.5],
      ['color-focus', back, 3],
      ['color-border-strong', back, 3],
      ['color-accent', back, 3],
      ['color-danger', back, 3],
    ],
  ),
  ...(
    ['color-accent-quiet', 'color-danger-quiet', 'color-warning-quiet', 'color-success-quiet'] as const
  ).flatMap((back): [ColorToken, ColorToken, number][] => [
    ['color-text', back, 7],
    ['color-text-quiet', back, 4.5],
    ['color-accent-text', back, 4.5],
    ['color-focus', back, 3],
  ]),
  ['color-danger-text', 'color-danger-quiet', 4.5],
  ['color-warning-text', 'color-warning-quiet', 4.5],
  ['color-success-text', 'color-success-quiet', 4.5],
  ['color-on-accent', 'color-accent', 4.5],
  ['color-on-danger', 'color-danger', 4.5],
];

function luminance(hex: string): number {
  assert.match(hex, /^#[\da-f]{6}$/i);
  const [r = 0, g = 0, b = 0] = [1, 3, 5]
    .map((at) => parseInt(hex.slice(at, at + 2), 16) / 255)
    .map((c) => (c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4));
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

function contrast(a: string, b: string): number {
  const [light = 0, dark = 0] = [luminance(a), luminance(b)].sort((x, y) => y - x);
  return (light + 0.05) / (dark + 0.05);
}

function paletteOf(css: string, scheme: Scheme): Palette {
  return (token) => {
    const value = new RegExp(`--exo-${token}:\\s*([^;]+);`).exec(css)?.[1];
    if (value === undefined) return COLOR_TOKENS[token][scheme];
    const pair = /light-dark\((.+?),\s*(.+)\)/.exec(value);
    return pair ? ((scheme === 'light' ? pair[1] : pair[2]) ?? '') : value;
  };
}

describe('contrast', () => {
  const cases: [string, Scheme, Palette][] = [];
  for (const scheme of ['light', 'dark'] as const) {
    cases.push(['without a theme', scheme, (token) => COLOR_TOKENS[token][scheme]]);
    for (const { name, text } of themes) {
      const forced = /--exo-color-scheme:\s*(light|dark);/.exec(text)?.[1];
      if (forced === undefined || forced === scheme) cases.push([name, scheme, paletteOf(text, scheme)]);
    }
  }
  for (const [name, scheme, palette] of cases) {
    it(`is enough ${name}, ${scheme}`, () => {
      for (const [front, back, least] of PAIRS) {
        const ratio = contrast(palette(front), palette(back));
        assert.ok(ratio >= least, `${front} on ${back}: ${ratio.toFixed(2)}, needs ${String(least)}`);
      }
    });
  }
});

it('the version is the one in package.json', () => {
  const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { version: string };
  assert.equal(VERSION, version);
});
