import { json, param, type App, type Call } from './http.js';
import { knownQuery, page, refuse, selfLinks, since } from './compute-version.js';
import { isoMicros } from './ids.js';
import type { ActionRecord, ServerRecord } from './model.js';
import { serverIn } from './servers.js';

/** What was done to a server, by whom, and what came of it: `/servers/{id}/os-instance-actions`. */

function view(call: Call, server: ServerRecord, action: ActionRecord): Record<string, unknown> {
  return {
    action: action.action,
    instance_uuid: server.id,
    request_id: action.requestId,
    user_id: action.userId,
    project_id: server.projectId,
    start_time: isoMicros(action.start),
    message: action.failed ? 'Error' : null,
    ...(since(call, 58) && { updated_at: isoMicros(action.updated) }),
  };
}

const QUERY = new Set(['limit', 'marker', 'changes-since', 'changes-before']);

export function instanceActions(app: App, root: string): void {
  const path = `${root}/servers/:id/os-instance-actions`;
  app.get(path, (call) => {
    const server = serverIn(call);
    if (!since(call, 58)) {
      return json({ instanceActions: server.actions.map((action) => view(call, server, action)) });
    }
    knownQuery(call, QUERY);
    const shown = page(call, server.actions, ({ requestId }) => requestId);
    const [self] = selfLinks(call, 'servers', `${server.id}/os-instance-actions`);
    const href = typeof self === 'object' && self !== null && 'href' in self ? String(self.href) : '';
    return json({
      instanceActions: shown.items.map((action) => view(call, server, action)),
      ...(shown.next !== undefined && { links: [{ rel: 'next', href: `${href}?${shown.next}` }] }),
    });
  });
  app.get(`${path}/:request`, (call) => {
    const server = serverIn(call);
    const wanted = param(call, 'request');
    const action = server.actions.find(({ requestId }) => requestId === wanted);
    if (!action) refuse(404, `Action for request_id ${wanted} on instance ${server.id} not found`);
    return json({
      instanceAction: {
        ...view(call, server, action),
        // Before 2.51 events are for administrators.
        ...(since(call, 51) && {
          events: action.events.map((event) => ({
            event: event.event,
            start_time: isoMicros(event.start),
            finish_time: event.finish === null ? null : isoMicros(event.finish),
            result: event.result,
            ...(since(call, 62) && { hostId: server.host === null ? '' : 'f0e1d2c3'.repeat(7) }),
            ...(since(call, 84) && { details: null }),
          })),
        }),
      },
    });
  });
}
