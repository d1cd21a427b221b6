import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { describe, it } from 'node:test';
import { promisify } from 'node:util';
import { ALL_ACTIONS, type InstanceAction } from '../../../../src/elements/instances/actions.js';
import {
  commandLines,
  endingCommands,
  quoted,
  type CommandDetails,
} from '../../../../src/elements/instances/command-line.js';

import { server } from '../instance-list/server.js';

const run = promisify(execFile);
const ID = '0f0e0d0c-1111-4222-8333-444455556666';
const ODD = 'it\'s --all; rm -rf $(~) `x` "y" \\ é 😀';

/** Every action with what it is done with, and the words the client shall read of its commands. */
const TABLE: Readonly<Record<InstanceAction, readonly [CommandDetails, ...(readonly string[])[]]>> = {
  start: [{}, ['server', 'start', ID]],
  stop: [{}, ['server', 'stop', ID]],
  reboot: [{}, ['server', 'reboot', '--soft', ID]],
  'hard-reboot': [{}, ['server', 'reboot', '--hard', ID]],
  pause: [{}, ['server', 'pause', ID]],
  unpause: [{}, ['server', 'unpause', ID]],
  suspend: [{}, ['server', 'suspend', ID]],
  resume: [{}, ['server', 'resume', ID]],
  shelve: [{}, ['server', 'shelve', ID]],
  unshelve: [{}, ['server', 'unshelve', ID]],
  snapshot: [{ name: ODD }, ['server', 'image', 'create', `--name=${ODD}`, ID]],
  resize: [{ flavor: 'm3.small' }, ['server', 'resize', '--flavor=m3.small', ID]],
  'confirm-resize': [{}, ['server', 'resize', 'confirm', ID]],
  'revert-resize': [{}, ['server', 'resize', 'revert', ID]],
  rebuild: [{ image: ODD }, ['server', 'rebuild', `--image=${ODD}`, ID]],
  rescue: [{ image: 'rescue' }, ['server', 'rescue', '--image=rescue', ID]],
  unrescue: [{}, ['server', 'unrescue', ID]],
  'set-password': [{}, [], ['server', 'set', '--password=', ID]],
  'attach-volume': [{ volume: 'data' }, ['server', 'add', 'volume', ID, 'data']],
  'detach-volume': [{ volume: '-odd' }, ['server', 'remove', 'volume', ID, '--', '-odd']],
  'attach-interface': [{ network: ODD }, ['server', 'add', 'network', ID, ODD]],
  'detach-interface': [{ port: 'p-1' }, ['server', 'remove', 'port', ID, 'p-1']],
  'security-groups': [
    { groupsAdded: ['web', ODD], groupsRemoved: ['default'] },
    ['server', 'add', 'security', 'group', ID, 'web'],
    ['server', 'add', 'security', 'group', ID, ODD],
    ['server', 'remove', 'security', 'group', ID, 'default'],
  ],
  rename: [{ name: '-dash' }, ['server', 'set', '--name=-dash', ID]],
  describe: [
    { description: ODD },
    ['--os-compute-api-version', '2.19', 'server', 'set', `--description=${ODD}`, ID],
  ],
  metadata: [
    { metadata: { a: ODD, '-b': '' }, keysRemoved: ['c'] },
    ['server', 'set', `--property=a=${ODD}`, '--property=-b=', ID],
    ['server', 'unset', '--property=c', ID],
  ],
  tags: [
    { tagsAdded: ['x y'], tagsRemoved: [] },
    ['--os-compute-api-version', '2.26', 'server', 'set', '--tag=x y', ID],
  ],
  lock: [{ reason: ODD }, ['--os-compute-api-version', '2.73', 'server', 'lock', `--reason=${ODD}`, ID]],
  unlock: [{}, ['server', 'unlock', ID]],
  restore: [{}, ['server', 'restore', ID]],
  delete: [
    { volumesDeleted: ['v-1'], volumesKept: ['v-2'], addressesReleased: ['192.0.2.7'] },
    ['--os-compute-api-version', '2.85', 'server', 'volume', 'update', '--delete-on-termination', ID, 'v-1'],
    [
      '--os-compute-api-version',
      '2.85',
      'server',
      'volume',
      'update',
      '--preserve-on-termination',
      ID,
      'v-2',
    ],
    ['server', 'delete', ID],
    ['floating', 'ip', 'delete', '192.0.2.7'],
  ],
};

/** The words a shell makes of each line; `openstack` is told apart by a function that prints what it is given. */
async function wordsOf(lines: readonly string[]): Promise<string[][]> {
  const script = `openstack() { printf '%s\\0' "$@"; printf '\\1'; }\n${lines.join('\n')}\n`;
  const { stdout } = await run('bash', ['-c', script], { timeout: 10_000 });
  return stdout
    .split('\u0001')
    .slice(0, -1)
    .map((line) => line.split('\0').slice(0, -1));
}

const PYTHON = '/usr/bin/python3';
/** Reads each command as the client would, and stops before it does anything. */
const PARSE = `
import sys, json
from importlib.metadata import entry_points
found = entry_points()
group = found.select(group='openstack.compute.v2') if hasattr(found, 'select') else found['openstack.compute.v2']
commands = {each.name.replace('_', ' '): each for each in group}
class App: pass
for words in json.load(sys.stdin):
    if words[0] == '--os-compute-api-version':
        words = words[2:]
    for length in (4, 3, 2):
        name = ' '.join(words[:length])
        if name in commands:
            break
    else:
        sys.exit('no command in %r' % words)
    parser = commands[name].load()(App(), None).get_parser('openstack ' + name)
    read = parser.parse_args(words[length:])
    print(json.dumps(str(vars(read))))
`;

async function whyNoClient(): Promise<string | undefined> {
  if (!existsSync(PYTHON)) return `${PYTHON} is not there`;
  return run(PYTHON, ['-c', 'import openstackclient'], { env: { PATH: '/usr/bin:/bin' } }).then(
    () => undefined,
    () => 'python3-openstackclient is not installed',
  );
}

describe('the command line of an action', () => {
  for (const action of ALL_ACTIONS)
    it(`${action} is read by a shell as it is meant`, async () => {
      const [details, ...expected] = TABLE[action];
      const lines = commandLines(action, ID, details).filter((line) => !line.startsWith('read '));
      assert.deepEqual(
        await wordsOf(lines),
        expected.filter((words) => words.length > 0),
      );
    });

  it('names what is not known yet in capitals, which no shell obeys', async () => {
    for (const action of ALL_ACTIONS)
      for (const words of await wordsOf(commandLines(action, ID).filter((line) => !line.startsWith('read '))))
        assert.ok(words.includes(ID), `${action}: ${words.join(' ')}`);
    assert.deepEqual(commandLines('resize', ID), [`openstack server resize --flavor=FLAVOR ${ID}`]);
  });

  it('asks for the version that one needs which runs from a volume', async () => {
    assert.deepEqual(await wordsOf(commandLines('rebuild', ID, { image: 'i', fromVolume: true })), [
      ['--os-compute-api-version', '2.93', 'server', 'rebuild', '--image=i', '--reimage-boot-volume', ID],
    ]);
    assert.deepEqual(await wordsOf(commandLines('rescue', ID, { image: 'i', fromVolume: true })), [
      ['--os-compute-api-version', '2.87', 'server', 'rescue', '--image=i', ID],
    ]);
  });

  it('tells what was chosen of one among several', () => {
    const mine = server({ volumesAttached: ['a', 'b', 'c'], volumesDeletedWith: ['c', 'b'] });
    const other = server({ volumesAttached: ['d'] });
    const going = {
      addresses: [{ server: other, address: '192.0.2.9' }],
      volumes: [
        { server: mine, id: 'a' },
        { server: mine, id: 'b' },
        { server: other, id: 'd' },
      ],
    };
    assert.deepEqual(endingCommands(going, mine), {
      addressesReleased: [],
      volumesDeleted: ['a'],
      volumesKept: ['c'],
    });
  });

  it('keeps a password out of the command', () => {
    assert.deepEqual(commandLines('set-password', ID), [
      'read -rs NEW_PASSWORD',
      `openstack server set --password="$NEW_PASSWORD" ${ID}`,
    ]);
  });

  it('quotes whatever somebody may have named a thing', async () => {
    const odd = [
      '',
      ' ',
      "'",
      '"',
      '$HOME',
      '`id`',
      'a\nb',
      'a\rb',
      '\u001b[31m',
      '\u0003',
      '~',
      '*',
      '!!',
      '<x>',
      '#',
      'ü\n😀',
      '\\n\n',
      "it's\n",
    ];
    for (const word of odd) {
      const line = quoted(word);
      // eslint-disable-next-line no-control-regex
      assert.doesNotMatch(line, /[\u0000-\u001f]/, JSON.stringify(line));
      assert.deepEqual(await wordsOf([`openstack ${line}`]), [[word]], JSON.stringify(word));
    }
  });

  it('is understood by the OpenStack client', async (t) => {
    const reason = await whyNoClient();
    if (reason !== undefined) {
      t.skip(reason);
      return;
    }
    const lines = ALL_ACTIONS.flatMap((action) => [
      ...commandLines(action, ID, TABLE[action][0]),
      ...commandLines(action, ID),
    ]).filter((line) => !/^read |floating ip/.test(line));
    const words = await wordsOf(lines);
    const reading = run(PYTHON, ['-c', PARSE], { env: { PATH: '/usr/bin:/bin' }, timeout: 60_000 });
    reading.child.stdin?.end(JSON.stringify(words));
    const { stdout } = await reading;
    const read = stdout.trim().split('\n');
    assert.equal(read.length, lines.length);
    for (const server of read) assert.match(server, new RegExp(ID));
  });
});
