import type { ServerRecord } from './model.js';

/** What the guest of a server does at its first start because its user data asks for it. */

/** Words that Exosphere's guests make passphrases of: eleven of them, none longer than four letters. */
const WORDS =
  'able acid also army aunt away baby back ball band bank barn bath bead beam bear bell belt'.split(' ');

function decoded(base64: string): string {
  try {
    return atob(base64.replace(/\s+/g, ''));
  } catch {
    return '';
  }
}

/** All that is written in user data: the whole, and what its parts hold in base64. */
function textsOf(userData: string | null): string {
  const whole = decoded(userData ?? '');
  const parts = [...whole.matchAll(/\r?\n\r?\n([A-Za-z\d+/=\r\n]+)(?=\r?\n--|$)/g)].map(([, part = '']) =>
    decoded(part),
  );
  return [whole, ...parts].join('\n');
}

/** Whether the guest tells how its setup goes. */
export function setupOf(server: ServerRecord): 'kit' | 'exosphere' | undefined {
  if (server.metadata['exoServerVersion'] !== undefined) return 'exosphere';
  const texts = textsOf(server.userData);
  if (texts.includes('exosphere-setup-starting')) return 'exosphere';
  return texts.includes('exo-running') ? 'kit' : undefined;
}

/** A passphrase that is the same for the same server each time. */
export function passphraseOf({ id }: Pick<ServerRecord, 'id'>): string {
  const digits = id.replaceAll('-', '');
  return Array.from(
    { length: 11 },
    (_, i) => WORDS[parseInt(digits.slice(i * 2, i * 2 + 2), 16) % WORDS.length],
  ).join(' ');
}

/** The token of a workflow's Jupyter. */
export function workflowTokenOf({ id }: Pick<ServerRecord, 'id'>): string {
  return `${id}${id}`.replaceAll('-', '').slice(0, 48);
}

type Said = { readonly at: number; readonly line: string };

/**
 * The lines of a setup that begins at `at` and takes `duration` ms. Metadata `rig_setup` makes it end in an `error`, or
 * be `silent`.
 */
export function setupLines(server: ServerRecord, at: number, duration: number): readonly Said[] {
  const kind = setupOf(server);
  const wish = server.metadata['rig_setup'];
  if (!kind || wish === 'silent') return [];
  const say = (share: number, value: object): Said => ({
    at: at + duration * share,
    line: JSON.stringify(value),
  });
  const status = (share: number, word: string): Said =>
    say(share, { status: word, epoch: Math.round(at + duration * share) });
  const end = status(1, wish === 'error' ? 'error' : 'complete');
  if (kind === 'kit') return [status(0, 'running'), end];
  const workflow = server.metadata['exoCustomWorkflow'] !== undefined;
  return [
    status(0, 'starting'),
    status(0.25, 'running'),
    ...(server.metadata['exoGuac'] === undefined ? [] : [say(0.8, { guacDeployComplete: true })]),
    ...(workflow ? [say(0.9, { exoWorkflowToken: workflowTokenOf(server) })] : []),
    end,
  ];
}

/** From when on Nova has the passphrase that the guest has made: the first thing that its playbook does. */
export function passphraseDue(server: ServerRecord, at: number, duration: number): number | undefined {
  return setupOf(server) === 'exosphere' && server.metadata['rig_setup'] !== 'silent'
    ? at + duration * 0.3
    : undefined;
}
