import assert from 'node:assert/strict';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { fileURLToPath, pathToFileURL } from 'node:url';

const root = fileURLToPath(new URL('../../src/', import.meta.url));

/** What Lit and zod keep on globalThis; in Node Lit also puts up a registry that does nothing. */
const LIBRARIES = /^(lit|reactiveElement|__zod_|customElements$)/;

describe('every module of the kit', () => {
  for (const name of readdirSync(root, { recursive: true, encoding: 'utf8' }).sort()) {
    if (!name.endsWith('.ts') || name.startsWith('simulator')) continue;
    it(`${name} can be imported where there is no page`, async () => {
      const before = new Set(Object.keys(globalThis));
      await import(pathToFileURL(join(root, name)).href);
      const left = Object.keys(globalThis).filter((key) => !before.has(key) && !LIBRARIES.test(key));
      assert.deepEqual(left, [], 'globals it leaves behind');
    });
  }
});
