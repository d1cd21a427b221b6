import type { NewRule } from '../openstack/network-making.js';
import { userDataLines } from './command-user-data.js';
import { volumeTag } from './exosphere/mounts.js';
import { kitVolumes } from './kit-volumes.js';
import { MOUNT_PREFIX } from './kit-places.js';
import { numberedNames } from './names.js';
import type { LaunchPlan, LaunchStep } from './plan.js';
import { volumeName } from './volume-names.js';
import { profileMetadata } from './profiles.js';

/** Names for the ids of a plan, where they are known; people read those more easily. */
export interface CommandNames {
  /** Name of an image, a size, a network or a security group; undefined where it is not known, or not the only one. */
  nameOf?(id: string): string | undefined;
  /** A key pair is still to be made in this file; without it the public half stands in the line. */
  readonly keyFile?: string | undefined;
}

/** What needs no quotes in any shell that is related to Bourne's. */
const SAFE = /^[\w%+=:,./@-]+$/;
/** Would be obeyed by a terminal, or end a line, when pasted. */
const CONTROL = /[\u0000-\u001f\u007f-\u009f]/; // eslint-disable-line no-control-regex

/** One word of a command, whatever it holds: for sh, bash, zsh and their kin. */
function word(text: string): string {
  if (SAFE.test(text) && !text.startsWith('-')) return text;
  if (!CONTROL.test(text)) return `'${text.replaceAll("'", String.raw`'\''`)}'`;
  const escaped = [...new TextEncoder().encode(text)].map((byte) => {
    const character = String.fromCharCode(byte);
    if (byte < 0x20 || byte > 0x7e) return `\\x${byte.toString(16).padStart(2, '0')}`;
    return character === "'" || character === '\\' ? `\\${character}` : character;
  });
  return `$'${escaped.join('')}'`;
}

/** A name at the end; after `--` nothing is an option. */
const last = (text: string): string => (text.startsWith('-') ? `-- ${word(text)}` : word(text));
const option = (name: string, value: string): string => `--${name}=${word(value)}`;
const kept = (variable: string, column: string, words: readonly string[]): string =>
  `${variable}=$(openstack ${words[0] ?? ''} -f value -c ${column} ${words.slice(1).join(' ')})`;

/**
 * The commands of the OpenStack client that do what a launch does, in an order in which they can be run one by one, in
 * a shell such as bash or zsh. What a step makes is kept in a variable for those after it. The boot script is a file
 * `user-data`, to which what a profile adds is put; our own marks are not in them. Pure.
 */
export function commandLines(plan: LaunchPlan, names: CommandNames = {}): readonly string[] {
  const called = (id: string) => names.nameOf?.(id) ?? id;
  return plan.steps.flatMap((step) => linesOf(step, plan, names, called));
}

function linesOf(
  step: LaunchStep,
  plan: LaunchPlan,
  { keyFile }: CommandNames,
  called: (id: string) => string,
): readonly string[] {
  const { request } = plan;
  switch (step.kind) {
    case 'keypair':
      return keyFile === undefined
        ? [
            `openstack keypair create --public-key <(printf '%s\\n' ${word(step.publicKey)}) ${last(step.name)}`,
          ]
        : [
            `ssh-keygen -t ed25519 -N '' -f ${word(keyFile)}`,
            `openstack keypair create --public-key ${word(`${keyFile}.pub`)} ${last(step.name)}`,
          ];
    case 'group':
      return [
        `openstack security group create ${last(step.name)}`,
        ...step.rules.map(
          (rule) => `openstack security group rule create ${ruleOptions(rule)} ${last(step.name)}`,
        ),
      ];
    case 'network':
      return [kept('NETWORK', 'id', ['network auto allocated topology create', '--or-show'])];
    case 'own-network':
      return [kept('NETWORK', 'id', ['network create', last(step.name)])];
    case 'subnet':
      return [
        kept('SUBNET', 'id', [
          'subnet create',
          '--network "$NETWORK"',
          option('subnet-range', step.cidr),
          last(step.name),
        ]),
      ];
    case 'router':
      return [
        kept('ROUTER', 'id', [
          'router create',
          option('external-gateway', called(step.externalNetworkId)),
          last(step.name),
        ]),
        'openstack router add subnet "$ROUTER" "$SUBNET"',
      ];
    case 'way-out':
      return [
        kept('ROUTER', 'id', [
          'router create',
          option('external-gateway', called(step.externalNetworkId)),
          last(step.name),
        ]),
        `for subnet in $(openstack subnet list ${option('network', called(step.networkId))} --ip-version=4 -f value -c ID); do openstack router add subnet "$ROUTER" "$subnet"; done`,
      ];
    case 'port':
      return [
        kept(`PORT_${step.number}`, 'id', [
          'port create',
          networkOption(plan, called),
          ...(request.fixedIp === undefined ? [] : [option('fixed-ip', `ip-address=${request.fixedIp}`)]),
          ...groupsOf(plan, called).map((group) => option('security-group', group)),
          last(step.name),
        ]),
      ];
    case 'address': {
      const port = `--port "$PORT_${step.number}"`;
      return step.wish.kind === 'new'
        ? [
            kept(`ADDRESS_${step.number}`, 'floating_ip_address', [
              'floating ip create',
              port,
              last(called(step.wish.networkId)),
            ]),
          ]
        : [
            `openstack floating ip set ${port} ${word(step.wish.id)}`,
            `ADDRESS_${step.number}=${word(step.wish.address)}`,
          ];
    }
    case 'volume': {
      const { size, type, imageId, snapshotId } = step.volume;
      return [
        kept(volumeVariable(step.number, step.index), 'id', [
          'volume create',
          `--size=${size}`,
          ...(type === undefined ? [] : [option('type', type)]),
          ...(imageId === undefined ? [] : [option('image', called(imageId))]),
          ...(snapshotId === undefined ? [] : [option('snapshot', snapshotId)]),
          last(volumeName(step.name, step.index)),
        ]),
      ];
    }
    case 'server-group':
      return [
        kept('GROUP', 'id', [
          '--os-compute-api-version 2.15 server group create',
          `--policy=${step.policy}`,
          last(request.newServerGroup?.name ?? step.name),
        ]),
      ];
    case 'dns':
      return [
        `openstack recordset create --type=A --record="$ADDRESS_${step.number}" ${last(step.zone)} ${last(`${step.host}.${step.zone}`)}`,
      ];
    case 'server':
      return serverLines(plan, step.number, step.name, called);
    default:
      return [];
  }
}

const volumeVariable = (number: number, index: number) =>
  index === 0 ? `BOOT_${number}` : `VOLUME_${number}_${index}`;

function ruleOptions({ protocol, ethertype, ports, from }: NewRule): string {
  return [
    '--ingress',
    `--ethertype=${ethertype}`,
    `--protocol=${protocol}`,
    ...(ports ? [`--dst-port=${ports[0]}:${ports[1]}`] : []),
    ...(from === undefined ? [] : [option('remote-ip', from)]),
  ].join(' ');
}

function networkOption({ request: { network } }: LaunchPlan, called: (id: string) => string): string {
  return network.kind === 'network' ? option('network', called(network.id)) : '--network="$NETWORK"';
}

function groupsOf({ request }: LaunchPlan, called: (id: string) => string): readonly string[] {
  return [...request.securityGroups.map(called), ...(request.newGroup ? [request.newGroup.name] : [])];
}

/** Ids that are not known yet, in the place of which a shell puts what is in a variable. */
const placeholder = (index: number) => `00000000-0000-4000-8000-${String(index).padStart(12, '0')}`;

/** A new volume is of use once it is made, or what goes on it has been copied. */
const wait = (variable: string) =>
  `while openstack volume show -f value -c status "$${variable}" | grep -qE 'creating|downloading'; do sleep 2; done`;

function serverLines(
  plan: LaunchPlan,
  number: number,
  name: string,
  called: (id: string) => string,
): readonly string[] {
  const { request } = plan;
  const { volumes = [], profile = { kind: 'plain' }, boot } = request;
  const ids = volumes.map((_, i) => placeholder(i + 1));
  const variableOf = (id: string) => volumeVariable(number, ids.indexOf(id) + 1);
  const names = volumes.map((_, i) => volumeName(name, i + 1));
  const mounts = profile.kind === 'kit' ? kitVolumes(names, ids) : [];
  const file = `user-data-${number}`;
  const userData = userDataLines(profile, request.userData, file, mounts, variableOf);
  const entries = Object.entries({
    ...request.metadata,
    ...profileMetadata(profile, request.launchId, request.address, mounts),
  }).map(([entry, value]) => {
    const id = entry.startsWith(MOUNT_PREFIX) ? entry.slice(MOUNT_PREFIX.length) : undefined;
    return id === undefined || !ids.includes(id)
      ? option('property', `${entry}=${value}`)
      : `--property="${MOUNT_PREFIX}$${variableOf(id)}"=${word(value)}`;
  });
  return [
    ...(boot?.kind === 'new-volume' ? [wait(volumeVariable(number, 0))] : []),
    ...volumes.map((_, i) => wait(volumeVariable(number, i + 1))),
    ...userData.lines,
    serverLine(plan, number, name, called, [
      ...entries,
      ...(userData.file === undefined ? [] : [`--user-data=${userData.file}`]),
    ]),
  ];
}

function serverLine(
  plan: LaunchPlan,
  number: number,
  name: string,
  called: (id: string) => string,
  prepared: readonly string[],
): string {
  const { request, steps } = plan;
  const { boot, key, volumes = [], moreNetworks = [], profile } = request;
  const tags = volumes.map((_, i) =>
    profile?.kind === 'exosphere' ? volumeTag(volumeName(name, i + 1)) : undefined,
  );
  const hasPort = steps.some((step) => step.kind === 'port' && step.number === number);
  // Tags with the server are asked for from 2.52 on, descriptions from 2.19, networks left to Nova from 2.37.
  const version =
    request.tags || tags.some((tag) => tag !== undefined)
      ? ' --os-compute-api-version 2.52'
      : request.description !== undefined || (request.network.kind === 'auto' && !hasPort)
        ? ' --os-compute-api-version 2.37'
        : '';
  const bootVolume = boot?.kind === 'volume' ? word(boot.volumeId) : `"$${volumeVariable(number, 0)}"`;
  const disk = (uuid: string, index: number, goes: boolean) =>
    `--block-device uuid=${uuid},source_type=volume,destination_type=volume,boot_index=${index},delete_on_termination=${String(goes)}`;
  const networks = hasPort
    ? [`--nic port-id="$PORT_${number}"`]
    : request.network.kind === 'auto'
      ? ['--nic auto']
      : request.network.kind === 'network' && request.fixedIp !== undefined
        ? [`--nic ${word(`net-id=${request.network.id},v4-fixed-ip=${request.fixedIp}`)}`]
        : [networkOption(plan, called)];
  return [
    `openstack${version} server create --wait`,
    option('flavor', called(request.flavorId)),
    boot ? disk(bootVolume, 0, boot.deleteWithServer) : option('image', called(request.imageId)),
    ...volumes.map((_, i) => {
      const tag = tags[i];
      const line = disk(`"$${volumeVariable(number, i + 1)}"`, -1, false);
      return tag === undefined ? line : `${line},tag=${word(tag)}`;
    }),
    ...networks,
    ...moreNetworks.map((more) =>
      'portId' in more
        ? `--nic ${word(`port-id=${more.portId}`)}`
        : `--nic ${word(`net-id=${more.networkId}${more.fixedIp === undefined ? '' : `,v4-fixed-ip=${more.fixedIp}`}`)}`,
    ),
    ...(hasPort ? [] : groupsOf(plan, called).map((group) => option('security-group', group))),
    ...(key.kind === 'none' ? [] : [option('key-name', key.name)]),
    ...(request.availabilityZone === undefined
      ? []
      : [option('availability-zone', request.availabilityZone)]),
    ...(request.newServerGroup
      ? ['--hint=group="$GROUP"']
      : request.serverGroupId === undefined
        ? []
        : [option('hint', `group=${request.serverGroupId}`)]),
    ...Object.entries(request.hints ?? {}).map(([hint, value]) => option('hint', `${hint}=${value}`)),
    ...prepared,
    ...(request.tags ?? []).map((tag) => option('tag', tag)),
    ...(request.description === undefined ? [] : [option('description', request.description)]),
    ...(request.configDrive === true ? ['--config-drive=True'] : []),
    last(numberedNames(request.name, request.count)[number - 1] ?? name),
  ].join(' ');
}
