import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import {
  isNews,
  mergeSetup,
  readSetup,
  SETUP_AT_FIRST,
  setupInLog,
  setupNow,
  writeSetup,
  type Setup,
  type SetupStatus,
} from '../../../../src/launch/exosphere/setup.js';

const at = (status: SetupStatus, epoch?: number): Setup => ({ status, epoch });
const T = 1_732_000_000_000;

describe('the setup in the metadata', () => {
  const cases: readonly (readonly [string, Setup])[] = [
    ['{"status":"waiting","epoch":null}', at('waiting')],
    ['{"status":"complete","epoch":1732000000000}', at('complete', T)],
    ['{"exoSetup":"running","epoch":1732000000000}', at('running', T)],
    ['{"exoSetup":"running"}', at('running')],
    ['{"status": "running", "epoch": 1732000000}', at('running', T)],
    ['waiting', at('waiting')],
    ['complete', at('complete')],
    ['error', at('error')],
    ['timeout', at('timeout')],
    ['{"status":"polishing","epoch":1}', at('unknown', 1000)],
    ['', at('unknown')],
    ['{"status":"comp', at('unknown')],
    ['[]', at('unknown')],
    ['null', at('unknown')],
    ['{"status":7}', at('unknown')],
    ['{"status":"running","epoch":"soon"}', at('running')],
  ];
  for (const [text, setup] of cases)
    it(`is read: ${text || '(empty)'}`, () => assert.deepEqual(readSetup(text), setup));

  it('is written letter by letter as Exosphere does', () => {
    assert.equal(writeSetup(at('complete', T)), '{"status":"complete","epoch":1732000000000}');
    assert.equal(writeSetup(at('waiting')), '{"status":"waiting","epoch":null}');
    assert.equal(writeSetup(readSetup(SETUP_AT_FIRST)), SETUP_AT_FIRST);
  });
});

describe('the setup in a console log', () => {
  const line = (status: string, epoch: number) => `{"status":"${status}", "epoch": ${epoch}}`;
  const cases: readonly (readonly [string, string, Setup | undefined])[] = [
    ['nothing', 'Linux version 6.8\nlogin: ', undefined],
    ['one line', line('running', T), at('running', T)],
    ['all of them', [line('starting', T), line('running', T + 1), line('complete', T + 2)].join('\n'), at('complete', T + 2)],
    ['the kernel’s time before it', `[ 2915.727779] ${line('running', T)}`, at('running', T)],
    ['a carriage return after it', `${line('running', T)}\r\nfoo`, at('running', T)],
    ['the same line twice, by both ways', `${line('running', T)}\n[   12.1] ${line('running', T)}`, at('running', T)],
    ['both ways in one line', `${line('running', T)}[   12.1] ${line('running', T)}`, at('running', T)],
    ['the kernel’s words after it', `${line('running', T)} audit: type=1400 {x}`, at('running', T)],
    ['later lines before earlier ones', `${line('complete', T + 9)}\n${line('running', T)}`, at('complete', T + 9)],
    ['a torn line', `${line('running', T)}\n{"status":"comp[  99.1] usb 1-1: new`, at('running', T)],
    ['a line torn in two', `{"status":"comp\nlete","epoch":1}`, undefined],
    ['an unknown word', `${line('running', T)}\n${line('polishing', T)}`, at('running', T)],
    ['what only those who wait conclude', line('timeout', T), undefined],
    ['other JSON with a status', '{"status":"error","message":"no such image"}', undefined],
    ['usage', '{"epoch":1732000000,"cpuPctUsed":3,"gpuPctUsed":[1,2]}', undefined],
    ['old guests', '{"exoSetup":"running"}\n{"exoSetup":"complete"}', at('complete')],
    ['an error', `${line('running', T)}\n${line('error', T + 5)}`, at('error', T + 5)],
    ['done again by hand after an error', `${line('error', T)}\n${line('complete', T + 5)}`, at('complete', T + 5)],
    ['the guest’s clock set back meanwhile', `${line('running', T + 3_600_000)}\n${line('complete', T)}`, at('complete', T)],
  ]; // prettier-ignore
  for (const [what, log, setup] of cases)
    it(`is found: ${what}`, () => assert.deepEqual(setupInLog(log), setup));

  it('is found in the end of a log of many lines in no time', () => {
    const log = `${'[ 1.0] audit: {"foo": "bar"} status ok\n'.repeat(100_000)}${line('complete', T)}`;
    const start = performance.now();
    assert.equal(setupInLog(log)?.status, 'complete');
    assert.ok(performance.now() - start < 1000, 'it takes too long');
  });
});

describe('what is known of a setup', () => {
  const rows: readonly (readonly [Setup | undefined, Setup | undefined, SetupStatus, boolean])[] = [
    [undefined, undefined, 'unknown', false],
    [at('waiting'), undefined, 'waiting', false],
    [at('waiting'), at('starting', T), 'starting', true],
    [at('waiting'), at('complete', T), 'complete', true],
    [undefined, at('running', T), 'running', true],
    [at('unknown'), at('running', T), 'running', true],
    [at('running', T), at('running', T + 1), 'running', false],
    [at('running', T), at('starting', T), 'running', false],
    [at('running', T), at('error', T), 'error', true],
    [at('error', T), at('running', T), 'error', false],
    [at('error', T), at('complete', T), 'complete', true],
    [at('timeout', T), at('running', T), 'timeout', false],
    [at('timeout', T), at('complete', T), 'complete', true],
    [at('complete', T), at('error', T + 1), 'complete', false],
    [at('complete', T), at('running', T + 1), 'complete', false],
  ];
  for (const [stored, seen, status, news] of rows) {
    it(`${stored?.status ?? 'nothing'} stored, ${seen?.status ?? 'nothing'} seen: ${status}`, () => {
      assert.equal(mergeSetup(stored, seen).status, status);
      assert.equal(isNews(stored, seen), news);
    });
  }

  const created = new Date(T).toISOString();
  const ages: readonly (readonly [SetupStatus, number, SetupStatus])[] = [
    ['waiting', 19, 'waiting'],
    ['waiting', 21, 'timeout'],
    ['starting', 21, 'starting'],
    ['running', 119, 'running'],
    ['running', 121, 'timeout'],
    ['complete', 9999, 'complete'],
    ['error', 9999, 'error'],
    ['unknown', 9999, 'unknown'],
  ];
  for (const [status, minutes, now] of ages)
    it(`${status} after ${minutes} minutes: ${now}`, () =>
      assert.equal(setupNow(at(status), created, T + minutes * 60_000).status, now));
});
