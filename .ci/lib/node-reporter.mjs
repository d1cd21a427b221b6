import { writeFile } from 'node:fs/promises';
import { relative } from 'node:path';

/** A reporter for node:test that prints what failed, and writes the counts to the file named by EXO_RESULTS. */
export default async function* report(events) {
  const counts = { passed: 0, failed: 0, skipped: [], failures: [] };
  for await (const { type, data } of events) {
    if (type !== 'test:pass' && type !== 'test:fail') continue;
    // one test is run by itself: the others are none that were left out
    if (data.skip === 'test name does not match pattern') continue;
    const isSuite = data.details?.type === 'suite';
    const where = data.file ? `${relative(process.cwd(), data.file)}:${data.line ?? ''}` : '';
    if (data.skip !== undefined || data.todo !== undefined) {
      if (!isSuite) counts.skipped.push(`${data.name}: ${data.skip || data.todo || 'to do'}`);
    } else if (type === 'test:pass') {
      if (!isSuite) counts.passed += 1;
    } else if (!isSuite || data.details.error?.failureType !== 'subtestsFailed') {
      const error = data.details.error;
      const cause = error?.cause ?? error;
      counts.failed += 1;
      counts.failures.push({
        name: `${data.name} (${where})`,
        why: cause?.message ?? String(cause),
        // what files of tests share tells where it was written, not who ran it: nobody can run it again by that
        again: /\.test\.[cm]?[jt]s$/.test(data.file ?? '')
          ? `${relative(process.cwd(), data.file)}::${data.name}`
          : undefined,
      });
      yield `\nFAILED ${data.name} (${where})\n${cause?.stack ?? cause?.message ?? String(cause)}\n`;
    }
  }
  if (process.env.EXO_RESULTS) await writeFile(process.env.EXO_RESULTS, JSON.stringify(counts));
}
