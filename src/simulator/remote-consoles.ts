import { refuse, requireMember, since } from './compute-version.js';
import { bodyOf, json, type App, type Call } from './http.js';
import { objectAt, pythonRepr, stringAt } from './json.js';
import type { ServerRecord } from './model.js';
import type { Action } from './server-guard.js';
import { checkMembers, invalidField } from './server-schema.js';

/** The consoles of servers: addresses of viewers. On the wire `serve.ts` answers there, in a page nobody does. */

type Kind = 'vnc' | 'spice' | 'serial';

const TYPES = { vnc: 'novnc', spice: 'spice-html5', serial: 'serial' } as const;

function kindOf(protocol: string | undefined): Kind | undefined {
  return protocol === 'vnc' || protocol === 'spice' || protocol === 'serial' ? protocol : undefined;
}

function urlOf(call: Call, server: ServerRecord, kind: Kind): string {
  if (!call.env.state.settings.consoles.includes(kind))
    refuse(400, `Unavailable console type ${TYPES[kind]}.`);
  if (server.host === null || server.vmState === 'building')
    refuse(409, `Instance ${server.id} is not ready`);
  const { state, base } = call.env;
  const token = state.ids.id();
  state.consoleTokens.set(token, { kind, serverId: server.id, name: server.name });
  const at = state.settings.consoleOrigins ?? (state.settings.followHost ? ownOrigins(base) : ELSEWHERE);
  switch (kind) {
    case 'vnc':
      return `${at.vnc}/vnc_auto.html?path=%3Ftoken%3D${token}`;
    case 'spice':
      return `http://127.0.0.1:6082/spice_auto.html?token=${token}`;
    case 'serial':
      return `${at.serial}/?token=${token}`;
  }
}

const ELSEWHERE = { vnc: 'http://127.0.0.1:6080', serial: 'ws://127.0.0.1:6083' };

/** Where the consoles of a cloud on the wire are: beside its services. */
export const CONSOLES = '/__console';

function ownOrigins(base: string): { vnc: string; serial: string } {
  const { origin } = new URL(base);
  return { vnc: `${origin}${CONSOLES}`, serial: `${origin.replace(/^http/, 'ws')}${CONSOLES}` };
}

function action(name: string, kind: Kind): Action {
  return (call, server, argument) => {
    if (since(call, 6)) refuse(404, 'The resource could not be found.');
    const { type } = checkMembers(name, argument, ['type']);
    if (type !== TYPES[kind])
      invalidField('type', type, `${pythonRepr(type)} is not one of [${pythonRepr(TYPES[kind])}]`);
    requireMember(call, 'os_compute_api:os-remote-consoles');
    return json({ console: { type: TYPES[kind], url: urlOf(call, server, kind) } });
  };
}

/** Below microversion 2.6. */
export const CONSOLE_ACTIONS: Readonly<Record<string, Action>> = {
  'os-getVNCConsole': action('os-getVNCConsole', 'vnc'),
  'os-getSPICEConsole': action('os-getSPICEConsole', 'spice'),
  'os-getSerialConsole': action('os-getSerialConsole', 'serial'),
};

/** From microversion 2.6 on. */
export function remoteConsoles(app: App, root: string, serverIn: (call: Call) => ServerRecord): void {
  app.post(`${root}/servers/:id/remote-consoles`, async (call) => {
    if (!since(call, 6)) refuse(404, 'The resource could not be found.');
    const wanted = objectAt(await bodyOf(call), 'remote_console');
    const protocol = stringAt(wanted, 'protocol');
    const kind = kindOf(protocol);
    if (!kind)
      invalidField(
        'protocol',
        protocol,
        `${pythonRepr(protocol)} is not one of ['vnc', 'spice', 'rdp', 'serial', 'mks']`,
      );
    const server = serverIn(call);
    requireMember(call, 'os_compute_api:os-remote-consoles');
    return json({
      remote_console: { protocol: kind, type: TYPES[kind], url: urlOf(call, server, kind) },
    });
  });
}
