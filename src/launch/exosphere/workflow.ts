import { GIT_URL } from '../../session/setting-forms.js';

/** What a repository is run from: Binder's terms. */
export interface Workflow {
  /** URL of a git repository, or a DOI. */
  readonly repo: string;
  /** Branch, tag or commit; empty for the repository's own. */
  readonly ref: string;
  /** What is opened; may be empty. */
  readonly path: string;
}

/** Longest value of metadata. */
const LONGEST_VALUE = 255;
/** A git URL, or a DOI. */
const DOI = /^10\.\d{4,9}\/[\w.;()/:-]+$/;
const REFERENCE = /^[\w./@-]*$/;

/** `exoCustomWorkflow`. */
export function writeWorkflow({ repo, ref, path }: Workflow): string {
  return JSON.stringify({ v: 1, repo, ref, path });
}

/** Whether it can be passed on as it is: it goes into metadata and, quoted, into a script. */
export function isWorkflow(workflow: Workflow): boolean {
  const { repo, ref } = workflow;
  return (
    (GIT_URL.test(repo) || DOI.test(repo)) &&
    REFERENCE.test(ref) &&
    writeWorkflow(workflow).length <= LONGEST_VALUE
  );
}
