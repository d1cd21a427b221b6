import { bodyOf, json, nothing, projectOf, type App, type Call } from './http.js';
import { objectAt, stringAt } from './json.js';
import type { PortRecord, RouterRecord, SubnetRecord } from './model.js';
import {
  checkNetworkQuota,
  NETWORK_ROOT,
  neutronList,
  onlyFields,
  ownRows,
  refuseMissing,
  refuseNetwork,
  requireNetworkMember,
  rowIn,
  wantedIn,
} from './network-common.js';
import { connectRouter, createRouter, disconnectRouter, nextExternalAddress } from './network-state.js';
import { renderRouter } from './network-view.js';
import type { RegionState } from './state.js';

const ATTRIBUTES = [
  'admin_state_up',
  'external_gateway_info',
  'availability_zone_hints',
  'flavor_id',
  'routes',
];

export function routers(app: App): void {
  const root = NETWORK_ROOT;
  const own = (call: Call): RouterRecord[] => ownRows(call, call.env.region.routers);
  app.get(`${root}/routers`, (call) =>
    neutronList(
      call,
      'routers',
      own(call).map((row) => renderRouter(row, call.env.region)),
      ['admin_state_up'],
    ),
  );
  app.get(`${root}/routers/:id`, (call) =>
    json({ router: onlyFields(call, renderRouter(rowIn(call, own(call), 'router'), call.env.region)) }),
  );
  app.post(`${root}/routers`, async (call) => {
    const wanted = await wantedIn(call, 'router', ATTRIBUTES);
    requireNetworkMember(call, 'create_router');
    checkNetworkQuota(call, 'router');
    const made = createRouter(call.env.state, call.env.region, {
      name: stringAt(wanted, 'name') ?? '',
      projectId: projectOf(call),
      externalNetworkId: stringAt(objectAt(wanted, 'external_gateway_info'), 'network_id') ?? null,
    });
    made.description = stringAt(wanted, 'description') ?? '';
    return json({ router: renderRouter(made, call.env.region) }, 201);
  });
  app.put(`${root}/routers/:id`, async (call) => {
    const row = rowIn(call, own(call), 'router');
    const wanted = await wantedIn(call, 'router', ATTRIBUTES);
    requireNetworkMember(call, 'update_router');
    row.name = stringAt(wanted, 'name') ?? row.name;
    if ('external_gateway_info' in wanted) {
      const id = stringAt(objectAt(wanted, 'external_gateway_info'), 'network_id') ?? null;
      if (id !== null && !call.env.region.networks.get(id)?.external) refuseMissing('network', id);
      row.externalNetworkId = id;
      row.externalIp = id === null ? null : nextExternalAddress(call.env.region, id);
    }
    row.updated = call.env.state.now();
    row.revision++;
    return json({ router: renderRouter(row, call.env.region) });
  });
  app.delete(`${root}/routers/:id`, (call) => {
    const row = rowIn(call, own(call), 'router');
    requireNetworkMember(call, 'delete_router');
    const attached = call.env.region.portsOf(row.id);
    if (attached.length > 0) {
      refuseNetwork(
        409,
        'RouterInUse',
        `Router ${row.id} has ports still attached: ${attached.map(({ id }) => id).join(', ')}`,
      );
    }
    call.env.region.routers.delete(row.id);
    return nothing(204);
  });
  for (const action of ['add_router_interface', 'remove_router_interface'] as const)
    app.put(`${root}/routers/:id/${action}`, async (call) => {
      const row = rowIn(call, own(call), 'router');
      requireNetworkMember(call, action);
      const { region, state } = call.env;
      const id = stringAt(await bodyOf(call), 'subnet_id') ?? '';
      const subnet = region.subnets.get(id);
      if (!subnet) refuseMissing('subnet', id);
      if (action === 'add_router_interface' && row.subnetIds.includes(id))
        refuseNetwork(400, 'BadRequest', `Bad router request: Router already has a port on subnet ${id}.`);
      if (action === 'add_router_interface') requireFreeGateway(region, subnet);
      else requireNoFloatingIps(region, row, subnet);
      const port =
        action === 'add_router_interface'
          ? connectRouter(state, region, row, subnet)
          : disconnectRouter(region, row, subnet);
      if (!port) {
        refuseNetwork(
          404,
          'RouterInterfaceNotFoundForSubnet',
          `Router ${row.id} has no interface on subnet ${id}`,
        );
      }
      return json({
        id: row.id,
        tenant_id: row.projectId,
        port_id: port.id,
        network_id: subnet.networkId,
        subnet_id: id,
        subnet_ids: [id],
      });
    });
}

function requireFreeGateway({ ports }: RegionState, { id, gatewayIp }: SubnetRecord): void {
  if (gatewayIp === null)
    refuseNetwork(
      400,
      'BadRequest',
      'Bad router request: Subnet for router interface must have a gateway IP.',
    );
  const isTaken = ({ fixedIps }: PortRecord) =>
    fixedIps.some(({ subnetId, ip }) => subnetId === id && ip === gatewayIp);
  if ([...ports.values()].some(isTaken))
    refuseNetwork(
      409,
      'IpAddressAlreadyAllocated',
      `IP address ${gatewayIp} already allocated in subnet ${id}`,
    );
}

function requireNoFloatingIps(
  { ports, floatingIpsByPort }: RegionState,
  router: RouterRecord,
  subnet: SubnetRecord,
): void {
  const isReached = ({ id, fixedIps }: PortRecord) =>
    floatingIpsByPort.get(id)?.networkId === router.externalNetworkId &&
    fixedIps.some(({ subnetId }) => subnetId === subnet.id);
  if (router.subnetIds.includes(subnet.id) && [...ports.values()].some(isReached))
    refuseNetwork(
      409,
      'RouterInterfaceInUseByFloatingIP',
      `Router interface for subnet ${subnet.id} on router ${router.id} cannot be deleted, as it is required by one or more floating IPs.`,
    );
}
