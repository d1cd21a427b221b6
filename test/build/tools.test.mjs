// The parts of the build and of the set-up that could go wrong without anybody noticing.
import assert from 'node:assert/strict';
import { mkdtemp, rm, utimes, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, describe, it } from 'node:test';
import { findBrowser } from '../../.ci/lib/browser.mjs';
import { inLanes, inTurn } from '../../.ci/lib/lanes.mjs';
import { nextFreePort, portFrom, requirePort } from '../../.ci/lib/ports.mjs';
import { isStale } from '../../.ci/lib/stale.mjs';
import { NOTHING, lookAgain, nodeTests, sum } from '../../.ci/lib/suites.mjs';
import { minifyCss, squeezeCss, squeezeMarkup } from '../../.ci/rollup/templates.mjs';
import { renamePolicy } from '../../.ci/rollup/trusted-types.mjs';

describe('the template minifier', () => {
  for (const [what, before, after] of [
    [
      'drops line breaks between blocks',
      '<ul>\n  <li>a</li>\n  <li>b</li>\n</ul>',
      '<ul><li>a</li><li>b</li></ul>',
    ],
    ['keeps a space between words', '<b>a</b>\n  <i>b</i>', '<b>a</b> <i>b</i>'],
    ['keeps a space inside a line', '<p>a <b>b</b> c</p>', '<p>a <b>b</b> c</p>'],
    [
      'keeps self-closed siblings',
      '<path d="M0 0" />\n<circle r="1" />',
      '<path d="M0 0" /><circle r="1" />',
    ],
    ['drops comments', '<p>a</p><!-- why -->', '<p>a</p>'],
    ['leaves attributes alone', '<div title="a  >  b">x</div>', '<div title="a  >  b">x</div>'],
  ]) {
    it(what, () => assert.equal(squeezeMarkup(before), after));
  }

  it('joins pieces of CSS without touching what is between expressions', () => {
    assert.equal(
      squeezeCss(':host {\n  color: red; /* why */\n}\n.a :hover {'),
      ':host{color: red;}.a :hover{',
    );
  });

  it('knows nesting, layers and container queries', async () => {
    const css = '@layer a { :host { & .x { color: red } } } @container (width > 10em) { .y { gap: 1em } }';
    const small = await minifyCss(css);
    assert.match(small, /^@layer a\{:host \.x\{color:red\}\}@container/);
  });
});

describe('the Trusted Types policy', () => {
  it('gets our name and survives a refusal, in the production and the development form of lit-html', () => {
    for (const code of [
      'const s=t.trustedTypes,e=s?s.createPolicy("lit-html",{createHTML:t=>t}):void 0;',
      "const policy = trustedTypes\n    ? trustedTypes.createPolicy('lit-html', {\n        createHTML: (s) => s,\n    })\n    : undefined;",
    ]) {
      const renamed = renamePolicy(code);
      assert.match(renamed, /createPolicy\("exo-lit"/);
      const refusing = { createPolicy: () => { throw new TypeError('refused'); } }; // prettier-ignore
      assert.doesNotThrow(() =>
        new Function('t', 'trustedTypes', renamed)({ trustedTypes: refusing }, refusing),
      );
    }
  });

  it('stops the build when lit-html looks different', () => {
    assert.throws(() => renamePolicy('trustedTypes.createPolicy("lit", {})'), /0 Trusted Types policies/);
  });
});

describe('what is made again', async () => {
  const folder = await mkdtemp(path.join(tmpdir(), 'exo-stale-'));
  const at = (name) => path.join(folder, name);
  const touch = async (name, seconds) => {
    await writeFile(at(name), '');
    await utimes(at(name), seconds, seconds);
  };
  after(() => rm(folder, { recursive: true, force: true }));
  // isStale joins paths to the repository's top folder; from there these lead out again
  const relative = (name) => path.relative(path.join(import.meta.dirname, '../..'), at(name));

  it('is what is missing, or older than a source', async () => {
    await touch('source', 1000);
    assert.equal(await isStale(relative('made'), [relative('source')]), true);
    await touch('made', 2000);
    assert.equal(await isStale(relative('made'), [relative('source')]), false);
    await touch('source', 3000);
    assert.equal(await isStale(relative('made'), [relative('source')]), true);
  });
});

describe('ports', () => {
  it('are refused in words, or passed over, when they are taken', async () => {
    const taken = createServer();
    await new Promise((resolve) => taken.listen(0, '127.0.0.1', resolve));
    const { port } = taken.address();
    await assert.rejects(requirePort(port, 'PORT', 'npm start'), new RegExp(`PORT=${port + 1} npm start`));
    assert.ok((await nextFreePort(port)) > port);
    taken.close();
  });

  it('come from the environment, if they are ports', () => {
    process.env.EXO_TEST_PORT = '8081';
    assert.equal(portFrom('EXO_TEST_PORT', 1), 8081);
    process.env.EXO_TEST_PORT = 'many';
    assert.throws(() => portFrom('EXO_TEST_PORT', 1), /not a port/);
    delete process.env.EXO_TEST_PORT;
    assert.equal(portFrom('EXO_TEST_PORT', 8080), 8080);
  });
});

describe('the stages of the tests', () => {
  /** Jobs that end when they are told to. */
  const jobs = () => {
    const ends = new Map();
    const begun = [];
    const start = ({ name }) => {
      begun.push(name);
      return new Promise((resolve) => ends.set(name, resolve));
    };
    const end = async (name) => {
      ends.get(name)();
      await new Promise(setImmediate);
    };
    return { begun, start, end };
  };

  it('begin in their order, two at a time, and not before what they wait for', async () => {
    const { begun, start, end } = jobs();
    const all = inLanes(
      [
        { name: 'build' },
        { name: 'pages', after: ['build'] },
        { name: 'lint', after: ['a stage that was not chosen'] },
        { name: 'unit' },
      ],
      2,
      start,
    );
    assert.deepEqual(begun, ['build', 'lint']);
    await end('lint');
    assert.deepEqual(begun, ['build', 'lint', 'unit']);
    await end('build');
    assert.deepEqual(begun, ['build', 'lint', 'unit', 'pages']);
    await end('pages');
    await end('unit');
    await all;
  });

  it('run beside the others where they take no lane', async () => {
    const { begun, start, end } = jobs();
    const all = inLanes(
      [{ name: 'build' }, { name: 'packages', beside: true }, { name: 'cloud', after: ['packages'] }, { name: 'lint' }], // prettier-ignore
      1,
      start,
    );
    assert.deepEqual(begun, ['build', 'packages']);
    await end('build');
    assert.deepEqual(begun, ['build', 'packages', 'lint']);
    await end('packages');
    await end('lint');
    assert.deepEqual(begun, ['build', 'packages', 'lint', 'cloud']);
    await end('cloud');
    await all;
  });

  it('do not wait for one another for ever', async () => {
    await assert.rejects(
      inLanes([{ name: 'a', after: ['b'] }, { name: 'b', after: ['a'] }], 2, assert.fail), // prettier-ignore
      /a, b wait for one another/,
    );
  });

  it('write one after the other, however they run', () => {
    let text = '';
    const turn = inTurn((more) => (text += more));
    const [a, b, c] = [turn(), turn(), turn()];
    c.write('c1 ');
    a.write('a1 ');
    b.write('b1 ');
    assert.equal(text, 'a1 ');
    c.end();
    a.write('a2 ');
    a.end();
    assert.equal(text, 'a1 a2 b1 ');
    b.write('b2 ');
    b.end();
    assert.equal(text, 'a1 a2 b1 b2 c1 ');
    const d = turn();
    d.write('d1');
    assert.equal(text, 'a1 a2 b1 b2 c1 d1');
  });
});

describe('the browser to test with', () => {
  it('is the one named in CHROME_PATH, if that is a program', () => {
    const before = process.env.CHROME_PATH;
    process.env.CHROME_PATH = process.execPath;
    assert.deepEqual(findBrowser(), { kind: 'chromium', path: process.execPath });
    if (before === undefined) delete process.env.CHROME_PATH;
    else process.env.CHROME_PATH = before;
  });
});

describe('what failed beside other work', () => {
  const failed = (count, again = 'a.test.ts') => ({
    ...NOTHING,
    passed: 5,
    failed: count,
    failures: Array.from({ length: count }, (_, i) => ({ name: `test ${i}`, why: 'too late', again })),
  });

  it('passes when it passes by itself, and is named', async () => {
    let asked;
    const counts = await lookAgain(failed(2), async (again) => {
      asked = again;
      return { ...NOTHING, passed: 9 };
    });
    assert.deepEqual(asked, ['a.test.ts'], 'each file is run once');
    assert.deepEqual([counts.passed, counts.failed, counts.failures], [7, 0, []]);
    assert.deepEqual(counts.unsteady, [
      { name: 'test 0', why: 'too late' },
      { name: 'test 1', why: 'too late' },
    ]);
  });

  it('has failed when it fails again, or when nothing ran', async () => {
    for (const second of [{ ...NOTHING, passed: 8, failed: 1 }, NOTHING])
      assert.deepEqual(await lookAgain(failed(1), async () => second), failed(1));
    const two = sum([failed(1), failed(1, 'b.test.ts')]);
    assert.deepEqual(await lookAgain(two, async () => ({ ...NOTHING, passed: 1 })), two);
  });

  it('is not run again when it is much, or cannot be run by itself', async () => {
    const never = () => assert.fail('was run again');
    for (const counts of [failed(7), failed(1, ''), NOTHING])
      assert.equal(await lookAgain(counts, never), counts);
  });

  it('is told with its name, its reason and its file', async () => {
    const folder = await mkdtemp(path.join(tmpdir(), 'exo-suite-test-'));
    after(() => rm(folder, { recursive: true, force: true }));
    const file = path.join(folder, 'x.test.mjs');
    const test =
      "import test from 'node:test'; test('adds', () => { throw new Error('3 is not 2'); }); test('waits', { skip: 'no clock' }, () => {});";
    await writeFile(file, test);
    const own = { env: { NODE_TEST_CONTEXT: undefined }, output: 'collect' };
    const counts = await nodeTests('x', [file], own);
    assert.deepEqual([counts.passed, counts.failed, counts.skipped], [0, 1, ['waits: no clock']]);
    const [{ name, why, again }] = counts.failures;
    assert.match(name, /^adds \(.*x\.test\.mjs:1\)$/);
    assert.equal(why, '3 is not 2');
    assert.equal(path.resolve(again), `${file}::adds`);
    const second = await nodeTests('x', [again], own);
    assert.deepEqual(
      [second.passed, second.failed, second.skipped],
      [0, 1, []],
      'it is run, and nothing else',
    );
  });

  it('is no test of a file where it was written for several', async () => {
    const folder = await mkdtemp(path.join(tmpdir(), 'exo-suite-test-'));
    after(() => rm(folder, { recursive: true, force: true }));
    const shared =
      "import test from 'node:test'; export const suite = () => test('adds', () => { throw new Error('3 is not 2'); });";
    await writeFile(path.join(folder, 'shared.mjs'), shared);
    const file = path.join(folder, 'x.test.mjs');
    await writeFile(file, "import { suite } from './shared.mjs'; suite();");
    const own = { env: { NODE_TEST_CONTEXT: undefined }, output: 'collect' };
    const counts = await nodeTests('x', [file], own);
    assert.deepEqual([counts.failed, counts.failures[0].again], [1, undefined]);
    assert.equal(await lookAgain(counts, () => assert.fail('was run again')), counts);
  });

  it('counts together', () => {
    const { passed, failed: count, failures, unsteady } = sum([failed(1), { passed: 1, failed: 0 }]);
    assert.deepEqual([passed, count, failures.length, unsteady], [6, 1, 1, []]);
  });
});
