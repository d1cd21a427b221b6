// What `npm run build` wrote, as somebody who installs the package or pastes the script tag meets it.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, it } from 'node:test';
import { fileURLToPath, pathToFileURL } from 'node:url';

const root = fileURLToPath(new URL('../../', import.meta.url));
const at = (file) => path.join(root, file);
const read = (file) => readFileSync(at(file), 'utf8');
const filesIn = (folder, ending) => readdirSync(at(folder)).filter((name) => name.endsWith(ending));

const packageJson = JSON.parse(read('package.json'));
const tags = filesIn('src/elements', '.ts')
  .filter((name) => name.startsWith('exo-'))
  .map((name) => name.replace(/\.ts$/, ''));

describe('the CDN build', () => {
  it('has one file for each element', () => {
    assert.ok(tags.length >= 5, `only ${tags.join(', ')}`);
    for (const tag of tags) assert.ok(existsSync(at(`dist/cdn/${tag}.js`)), tag);
  });

  for (const name of filesIn('dist/cdn', '.js').filter((file) => file !== 'exo.loader.js')) {
    it(`${name} is self-contained`, () => {
      const code = read(`dist/cdn/${name}`);
      assert.doesNotMatch(code, /(^|[;}\s])(import|export)\b[^;'"()]*\bfrom\s*["']/);
      assert.doesNotMatch(code, /(^|[;}\s])import\s*\(?["']/);
    });
  }

  it('exo.loader.js loads every element as a file that is there', () => {
    const loaded = [
      ...read('dist/cdn/exo.loader.js').matchAll(/import\(["']\.\/(shared\/[^"']+)["']\)/g),
    ].map(([, f]) => f);
    assert.equal(loaded.length, tags.length);
    for (const file of loaded) assert.ok(existsSync(at(`dist/cdn/${file}`)), file);
  });

  for (const name of readdirSync(at('dist/cdn'), { recursive: true }).filter((file) =>
    file.endsWith('.js'),
  )) {
    it(`${name} has its source map and no development code`, () => {
      const code = read(`dist/cdn/${name}`);
      assert.match(code, /\n\/\/# sourceMappingURL=.+\.js\.map\n?$/);
      assert.ok(existsSync(at(`dist/cdn/${name}.map`)));
      assert.doesNotMatch(code, /Lit is in dev mode/);
    });

    it(`${name} keeps away from the names and powers of the host page`, () => {
      const code = read(`dist/cdn/${name}`);
      assert.doesNotMatch(
        code,
        /createPolicy\((?!"exo-(?:lit|sso)")/,
        'a Trusted Types policy of another name',
      );
      assert.doesNotMatch(code, /new Function\(|\beval\(/, 'needs unsafe-eval');
    });
  }

  it('contains the themes', () => {
    assert.deepEqual(filesIn('dist/cdn/themes', '.css').sort(), filesIn('themes', '.css').sort());
    for (const theme of ['light.css', 'dark.css'])
      assert.ok(existsSync(at(`dist/cdn/themes/${theme}`)), theme);
  });
});

describe('the npm build', () => {
  it('has what package.json promises', () => {
    for (const [name, entry] of Object.entries(packageJson.exports)) {
      for (const file of typeof entry === 'string' ? [entry] : Object.values(entry)) {
        const wanted = file.includes('*') ? path.dirname(file) : file;
        assert.ok(existsSync(at(wanted)), `${name}: ${file}`);
      }
    }
  });

  it('can be imported in Node, and importing it registers nothing', async () => {
    const kit = await import(pathToFileURL(at('dist/index.js')).href);
    for (const name of ['ExoSession', 'ExoLogin', 'ExoSessionStatus', 'ExoInstanceList', 'ExoLaunchWizard']) {
      assert.equal(typeof kit[name], 'function', name);
    }
    assert.doesNotMatch(read('dist/index.js'), /elements\/exo-/);
  });

  it('leaves its dependencies to the application', () => {
    const modules = readdirSync(at('dist'), { recursive: true }).filter((file) => file.endsWith('.js'));
    assert.ok(!modules.some((file) => file.includes('node_modules')));
    assert.match(read('dist/ui/base-element.js'), /from ["']lit["']/);
  });
});

describe('the types', () => {
  it('hold together for an application in TypeScript and JSX', () => {
    const file = at('gen/application.tsx');
    writeFileSync(
      file,
      `import { ExoLogin, serversOf, type Connection } from '../dist/types/index.js';
import type { CustomElements } from './jsx.js';
export const names = (connection: Connection) => serversOf(connection).state.status;
export const login: ExoLogin = document.createElement('exo-login');
export const list: CustomElements['exo-instance-list'] = { heading: 'Machines' };
// @ts-expect-error a heading is text
export const wrong: CustomElements['exo-instance-list'] = { heading: 5 };
document.body.addEventListener('exo-session-change', ({ detail }) => detail.project?.name);
`,
    );
    const options =
      '--ignoreConfig --noEmit --strict --jsx preserve --module nodenext --target es2022 --types node --lib es2023,dom,dom.iterable,dom.asynciterable';
    const { status, stdout } = spawnSync(
      process.execPath,
      [
        at('node_modules/typescript/bin/tsc'),
        ...options.split(' '),
        file,
        at('dist/types/elements/exo-login.d.ts'),
      ],
      { encoding: 'utf8' },
    );
    rmSync(file);
    assert.equal(status, 0, stdout);
  });
});

describe('the simulator', () => {
  it('answers in Node without its router being installed', async () => {
    const code = read('dist/simulator/cloud.js');
    assert.doesNotMatch(code, /^(import|export)\b[^;]*\bfrom\s*["']/m);
    const { createCloud } = await import(pathToFileURL(at('dist/simulator/cloud.js')).href);
    const cloud = createCloud();
    const answer = await cloud.fetch(new Request(cloud.authUrl));
    assert.equal(answer.status, 200);
    assert.equal((await answer.json()).version.status, 'stable');
  });
});

describe('custom-elements.json', () => {
  const declarations = JSON.parse(read('custom-elements.json'))
    .modules.flatMap(({ declarations }) => declarations ?? [])
    .filter(({ customElement }) => customElement);

  for (const tag of tags) {
    it(`describes <${tag}>`, () => {
      const found = declarations.find(({ tagName }) => tagName === tag);
      assert.ok(found, 'no declaration with this tag: an @tag or @tagname in the JSDoc of the class');
      assert.ok(found.summary || found.description, 'no summary');
      for (const kind of ['attributes', 'events', 'cssParts', 'cssProperties', 'slots']) {
        for (const { name, description } of found[kind] ?? []) {
          assert.ok(description || name === undefined, `${kind} ${name} is not described`);
        }
      }
    });
  }
});
