import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { exosphereOrigin, writeGuacamole } from '../../../../src/launch/exosphere/origin.js';
import { writeWorkflow } from '../../../../src/launch/exosphere/workflow.js';

/** As Exosphere writes it. */
const MADE = {
  exoGuac: '{"v":1,"ssh":true,"vnc":true}',
  exoServerVersion: '6',
  exoClientUuid: '0d4f2f6e-8e4a-4e3f-9a55-9c2b4a3b6f10',
  exoCreatorUsername: 'ada@example.org',
  exoSetup: '{"status":"complete","epoch":1732000000000}',
  exoFloatingIpOption: 'useFloatingIp',
  exoFloatingIpReuseOption: 'create',
  exoCustomWorkflow:
    '{"v":1,"repo":"https://github.com/binder-examples/requirements","ref":"HEAD","path":"lab"}',
};

describe('an instance of Exosphere’s', () => {
  it('is known by its metadata', () => {
    assert.deepEqual(exosphereOrigin(MADE), {
      version: 6,
      creator: 'ada@example.org',
      setup: { status: 'complete', epoch: 1_732_000_000_000 },
      guacamole: { shell: true, desktop: true },
      floatingIp: { option: 'useFloatingIp', reuse: 'create' },
      workflow: { repo: 'https://github.com/binder-examples/requirements', ref: 'HEAD', path: 'lab' },
    });
  });

  const versions: readonly (readonly [Readonly<Record<string, string>>, number | undefined])[] = [
    [{}, undefined],
    [{ purpose: 'web', exoSetup: 'complete' }, undefined],
    [{ exoServerVersion: '6' }, 6],
    [{ exoServerVersion: '8' }, 8],
    [{ exoServerVersion: '1' }, 1],
    [{ exoServerVersion: 'six' }, undefined],
    [{ exoServerVersion: '' }, undefined],
    [{ exouserPassword: '•••' }, 0],
    [{ exouserPassword: '•••', exoServerVersion: '1' }, 1],
  ];
  for (const [metadata, version] of versions)
    it(`has version ${version ?? 'none'}: ${JSON.stringify(metadata)}`, () =>
      assert.equal(exosphereOrigin(metadata)?.version, version));

  const guacamole: readonly (readonly [string | undefined, unknown])[] = [
    [undefined, undefined],
    ['{"v":1,"ssh":true,"vnc":false}', { shell: true, desktop: false }],
    ['{"v":"1","ssh":true,"vnc":false,"deployComplete":false}', { shell: true, desktop: false }],
    ['{"v":2,"ssh":true,"vnc":true,"tls":true}', { shell: true, desktop: true }],
    ['{"v":1,"ssh":"yes","vnc":true}', undefined],
    ['{"v":1', undefined],
    ['"', undefined],
  ];
  for (const [exoGuac, found] of guacamole)
    it(`offers ${JSON.stringify(found) ?? 'nothing'}: ${exoGuac ?? '(none)'}`, () =>
      assert.deepEqual(
        exosphereOrigin({ exoServerVersion: '6', ...(exoGuac !== undefined && { exoGuac }) })?.guacamole,
        found,
      ));

  const options: readonly (readonly [string | undefined, string])[] = [
    [undefined, 'doNotUseFloatingIp'],
    ['automatic', 'automatic'],
    ['useFloatingIp', 'useFloatingIp'],
    ['doNotUseFloatingIp', 'doNotUseFloatingIp'],
    ['sometimes', 'automatic'],
  ];
  for (const [exoFloatingIpOption, option] of options)
    it(`wants an address: ${exoFloatingIpOption ?? '(nothing)'}`, () =>
      assert.equal(
        exosphereOrigin({
          exoServerVersion: '6',
          ...(exoFloatingIpOption !== undefined && { exoFloatingIpOption }),
        })?.floatingIp.option,
        option,
      ));

  it('has no workflow where it cannot be understood', () => {
    for (const exoCustomWorkflow of [
      '',
      '{}',
      '{"repo":"","ref":"","path":""}',
      '{"repo":1,"ref":"","path":""}',
    ])
      assert.equal(exosphereOrigin({ exoServerVersion: '6', exoCustomWorkflow })?.workflow, undefined);
  });

  it('is written as it is read', () => {
    assert.equal(writeGuacamole(true), MADE.exoGuac);
    assert.equal(writeGuacamole(false), '{"v":1,"ssh":true,"vnc":false}');
    assert.equal(
      writeWorkflow({ repo: 'https://github.com/binder-examples/requirements', ref: 'HEAD', path: 'lab' }),
      MADE.exoCustomWorkflow,
    );
  });
});
