import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { decideMore } from '../../../../src/elements/launch-wizard/decide-more.js';
import type { WorkflowDraft } from '../../../../src/elements/launch-wizard/wishes.js';
import { exosphereMetadata, exosphereParts } from '../../../../src/launch/exosphere/prepare.js';
import { isWorkflow } from '../../../../src/launch/exosphere/workflow.js';

const exosphere = { repository: 'https://git.example.org/exosphere.git', commit: 'a'.repeat(40) };

function more(workflow: WorkflowDraft, hasAppProxy = true) {
  return decideMore(
    { profile: 'exosphere', workflow },
    { preferences: { exosphere }, name: 'web', userName: 'ada', publicKey: undefined, hasAppProxy },
  );
}

function workflowIn({ profile }: ReturnType<typeof more>) {
  return profile.kind === 'exosphere' ? profile.workflow : undefined;
}

describe('a workflow', () => {
  it('is passed on as Exosphere writes it, in the metadata and to the playbook', () => {
    const made = more({ repo: ' https://github.com/binder-examples/r ', ref: 'v2', path: '/lab/a.ipynb' });
    assert.deepEqual([...made.problems], []);
    assert.ok(made.profile.kind === 'exosphere');
    const metadata = exosphereMetadata(made.profile, 'launch', { option: 'doNotUseFloatingIp' });
    assert.equal(
      metadata['exoCustomWorkflow'],
      '{"v":1,"repo":"https://github.com/binder-examples/r","ref":"v2","path":"lab/a.ipynb"}',
    );
    const script = exosphereParts(made.profile).find(({ name }) => name.startsWith('90-'))?.text ?? '';
    assert.match(script, /"workflow_source_repository":"https:\/\/github\.com\/binder-examples\/r"/);
    assert.match(script, /"workflow_repo_version":"v2"/);
  });

  it('has the repository’s own state where none is named, and may be a DOI', () => {
    assert.deepEqual(workflowIn(more({ repo: '10.5281/zenodo.3242074' })), {
      repo: '10.5281/zenodo.3242074',
      ref: '',
      path: '',
    });
  });

  it('is none while no repository is named, or where nobody could open it', () => {
    assert.equal(workflowIn(more({ repo: ' ' })), undefined);
    assert.equal(workflowIn(more({ repo: 'https://github.com/binder-examples/r' }, false)), undefined);
  });

  for (const [what, typed] of [
    ['a command', { repo: 'https://github.com/a/b; curl evil' }],
    ['a quote', { repo: 'https://github.com/a/b', ref: '"}\'' }],
    ['a file of the guest', { repo: 'file:///etc' }],
    ['what does not fit into metadata', { repo: 'https://github.com/a/b', path: 'x'.repeat(255) }],
  ] as const)
    it(`is refused with ${what}, and gets into no script`, () => {
      const made = more(typed);
      assert.deepEqual([...made.problems], ['workflow']);
      assert.equal(workflowIn(made), undefined);
      assert.equal(isWorkflow({ ref: '', path: '', ...typed }), false);
    });
});
