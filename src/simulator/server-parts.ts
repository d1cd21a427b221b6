import { bodyOf, json, nothing, param, type App, type Call } from './http.js';
import { isObject, pythonRepr } from './json.js';
import { done, refuse, since } from './compute-version.js';
import { instanceActions } from './instance-actions.js';
import type { ServerRecord } from './model.js';
import { metadataRefusal } from './quota.js';
import { remoteConsoles } from './remote-consoles.js';
import { serverAttachments } from './server-attachments.js';
import { guard } from './server-guard.js';
import { change } from './server-life.js';
import { checkMetadata, checkTag, invalidField } from './server-schema.js';
import { detailedServer } from './server-view.js';
import { serverIn } from './servers.js';

/** What hangs below `/servers/{id}`. */
export function serverParts(app: App, root: string): void {
  app.get(`${root}/servers/:id/ips`, (call) => {
    const { addresses } = detailedServer(call, serverIn(call), { single: true });
    const short: Record<string, unknown> = {};
    for (const [label, rows] of Object.entries(isObject(addresses) ? addresses : {})) {
      const list: unknown[] = Array.isArray(rows) ? rows : [];
      short[label] = list.map((row) =>
        isObject(row) ? { version: row['version'], addr: row['addr'] } : row,
      );
    }
    return json({ addresses: short });
  });
  app.get(`${root}/servers/:id/os-interface`, (call) => {
    const server = serverIn(call);
    return json({
      interfaceAttachments: call.env.region.portsOf(server.id).map((port) => ({
        port_state: port.status,
        port_id: port.id,
        net_id: port.networkId,
        mac_addr: port.mac,
        fixed_ips: port.fixedIps.map(({ subnetId, ip }) => ({ subnet_id: subnetId, ip_address: ip })),
        ...(since(call, 70) && { tag: null }),
      })),
    });
  });
  app.get(`${root}/servers/:id/os-volume_attachments`, (call) => {
    const server = serverIn(call);
    return json({
      volumeAttachments: server.volumes.map((volume) => ({
        ...(!since(call, 89) && { id: volume.id }),
        serverId: server.id,
        volumeId: volume.id,
        device: call.env.region.volumes.get(volume.id)?.attachment?.device ?? null,
        ...(since(call, 70) && { tag: volume.tag ?? null }),
        ...(since(call, 79) && { delete_on_termination: volume.deleteOnTermination }),
      })),
    });
  });
  app.get(`${root}/servers/:id/os-security-groups`, (call) => securityGroups(call));
  guestPassword(app, root);
  instanceActions(app, root);
  app.get(`${root}/servers/:id/diagnostics`, (call) => {
    serverIn(call);
    refuse(403, "Policy doesn't allow os_compute_api:os-server-diagnostics to be performed.");
  });
  remoteConsoles(app, root, serverIn);
  serverAttachments(app, root);
  serverMetadata(app, root);
  serverTags(app, root);
}

/** What a guest has left for its owner, which can be taken away so that it may leave another. */
function guestPassword(app: App, root: string): void {
  const path = `${root}/servers/:id/os-server-password`;
  app.get(path, (call) => {
    const left = serverIn(call).guestPassword;
    return json({ password: left && left.at <= call.env.state.now() ? left.value : '' });
  });
  app.delete(path, (call) => {
    const server = serverIn(call);
    guard(call, server, {
      name: 'clear password',
      policy: 'os_compute_api:os-server-password:clear',
      tasks: 'any',
      mustHaveLaunched: false,
      passesLock: true,
    });
    server.guestPassword = undefined;
    return done(204);
  });
}

/** The groups of all of a server's ports, in the form Nova had before there was Neutron. */
function securityGroups(call: Call): Response {
  const server = serverIn(call);
  const { region } = call.env;
  const ids = new Set(region.portsOf(server.id).flatMap((port) => port.securityGroups));
  return json({
    security_groups: [...ids].flatMap((id) => {
      const group = region.securityGroups.get(id);
      if (!group) return [];
      const rules = group.rules.filter((rule) => rule.direction === 'ingress');
      return [
        {
          id,
          name: group.name,
          description: group.description,
          tenant_id: server.projectId,
          rules: rules.map((rule) => ({
            id: rule.id,
            parent_group_id: id,
            ip_protocol: rule.protocol,
            from_port: rule.portMin,
            to_port: rule.portMax,
            group:
              rule.remoteGroupId === null
                ? {}
                : {
                    name: region.securityGroups.get(rule.remoteGroupId)?.name ?? '',
                    tenant_id: group.projectId,
                  },
            ip_range:
              rule.remoteIpPrefix !== null
                ? { cidr: rule.remoteIpPrefix }
                : rule.remoteGroupId === null
                  ? { cidr: rule.ethertype === 'IPv6' ? '::/0' : '0.0.0.0/0' }
                  : {},
          })),
        },
      ];
    }),
  });
}

/** Metadata and tags can be changed of a server that rests in one of these states. */
const STEADY = ['active', 'paused', 'suspended', 'stopped'] as const;
const METADATA = { name: 'update metadata', from: STEADY, tasks: 'any' } as const;

export function serverMetadata(app: App, root: string): void {
  const path = `${root}/servers/:id/metadata`;
  const save = (call: Call, server: ServerRecord, next: Record<string, string>): Response => {
    const refused = metadataRefusal(call.env.region, server.projectId, next);
    if (refused !== undefined) refuse(403, refused);
    server.metadata = next;
    change(server, call.env.state.now(), {});
    return json({ metadata: next });
  };
  app.get(path, (call) => json({ metadata: serverIn(call).metadata }));
  const asked = async (call: Call): Promise<Record<string, string>> => {
    const body = await bodyOf(call);
    if (body?.['metadata'] === undefined) refuse(400, "'metadata' is a required property");
    return checkMetadata('metadata', body['metadata']);
  };
  app.post(path, async (call) => {
    const wanted = await asked(call);
    const server = serverIn(call);
    guard(call, server, { ...METADATA, policy: 'os_compute_api:server-metadata:create' });
    return save(call, server, { ...server.metadata, ...wanted });
  });
  app.put(path, async (call) => {
    const wanted = await asked(call);
    const server = serverIn(call);
    guard(call, server, { ...METADATA, policy: 'os_compute_api:server-metadata:update_all' });
    return save(call, server, wanted);
  });
  app.get(`${path}/:key`, (call) => {
    const key = param(call, 'key');
    const value = serverIn(call).metadata[key];
    if (value === undefined) refuse(404, 'Metadata item was not found');
    return json({ meta: { [key]: value } });
  });
  app.put(`${path}/:key`, async (call) => {
    const key = param(call, 'key');
    const body = await bodyOf(call);
    if (body?.['meta'] === undefined) refuse(400, "'meta' is a required property");
    const wanted = checkMetadata('meta', body['meta']);
    if (Object.keys(wanted).length > 1)
      invalidField('meta', wanted, `${pythonRepr(wanted)} has too many properties`);
    const server = serverIn(call);
    guard(call, server, { ...METADATA, policy: 'os_compute_api:server-metadata:update' });
    const value = wanted[key];
    if (value === undefined) refuse(400, 'Request body and URI mismatch');
    save(call, server, { ...server.metadata, [key]: value });
    return json({ meta: { [key]: value } });
  });
  app.delete(`${path}/:key`, (call) => {
    const key = param(call, 'key');
    const server = serverIn(call);
    guard(call, server, {
      ...METADATA,
      name: 'delete metadata',
      policy: 'os_compute_api:server-metadata:delete',
    });
    if (server.metadata[key] === undefined) refuse(404, 'Metadata item was not found');
    const { [key]: _removed, ...rest } = server.metadata;
    save(call, server, rest);
    return done(204);
  });
}

export function serverTags(app: App, root: string): void {
  const path = `${root}/servers/:id/tags`;
  const tagged = (call: Call): ServerRecord => {
    if (!since(call, 26)) refuse(404, 'The resource could not be found.');
    return serverIn(call);
  };
  const save = (call: Call, server: ServerRecord, next: string[]): void => {
    guard(call, server, {
      name: 'update tags',
      policy: 'os_compute_api:os-server-tags:update_all',
      from: STEADY,
      tasks: 'any',
      mustHaveLaunched: false,
      passesLock: true,
    });
    if (next.length > 50) refuse(400, 'The number of tags exceeded the per-server limit 50');
    server.tags = next;
    change(server, call.env.state.now(), {});
  };
  app.get(path, (call) => json({ tags: tagged(call).tags }));
  app.put(path, async (call) => {
    const server = tagged(call);
    const body = await bodyOf(call);
    const wanted = body?.['tags'];
    if (!isObject(body) || !Array.isArray(wanted)) {
      invalidField('tags', wanted, `${pythonRepr(wanted)} is not of type 'array'`);
    }
    const list: unknown[] = wanted;
    if (list.length > 50) invalidField('tags', list, `${pythonRepr(list)} is too long`);
    save(call, server, [...new Set(list.map((tag, index) => checkTag(tag, index)))]);
    return json({ tags: server.tags });
  });
  app.delete(path, (call) => {
    save(call, tagged(call), []);
    return done(204);
  });
  app.get(`${path}/:tag`, (call) => {
    const server = tagged(call);
    const tag = param(call, 'tag');
    if (!server.tags.includes(tag)) refuse(404, `Server ${server.id} has no tag '${tag}'`);
    return done(204);
  });
  app.put(`${path}/:tag`, (call) => {
    const server = tagged(call);
    const tag = checkTag(param(call, 'tag'));
    if (server.tags.includes(tag)) return done(204);
    save(call, server, [...server.tags, tag]);
    return nothing(201, {
      Location: `${call.env.base}/compute/v2.1/servers/${server.id}/tags/${tag}`,
    });
  });
  app.delete(`${path}/:tag`, (call) => {
    const server = tagged(call);
    const tag = param(call, 'tag');
    if (!server.tags.includes(tag)) refuse(404, `Instance ${server.id} has no tag '${tag}'`);
    save(
      call,
      server,
      server.tags.filter((other) => other !== tag),
    );
    return done(204);
  });
}
