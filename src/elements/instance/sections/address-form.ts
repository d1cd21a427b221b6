import { html, nothing, type TemplateResult } from 'lit';
import { instanceAddressMessages as messages } from '../../../i18n/en/instance-address.js';
import { FloatingIpClient } from '../../../openstack/floating-ips.js';
import { NetworkClient, type FloatingIp, type Network } from '../../../openstack/network.js';
import type { ServerInterface } from '../../../openstack/server-actions.js';
import { selectField } from '../../../ui/field.js';
import { giveAddressCommands } from '../../instances/command-line.js';
import { formDialog } from '../../instances/form-dialog.js';
import { nameOf } from '../../instance-list/words.js';
import type { SectionHost } from '../section.js';

/** An address inside that a public one can lead to. */
export interface Inside {
  readonly portId: string;
  readonly address: string;
  /** Name of its network, as far as it is known. */
  readonly network: string;
  /** The public address that leads to it already. */
  readonly taken: string | undefined;
}

/** Where public addresses can lead to: the IPv4 addresses of all connections, those without one first. */
export function insideOf(
  interfaces: readonly ServerInterface[],
  floating: readonly FloatingIp[],
  nameOfNetwork: (id: string) => string,
): readonly Inside[] {
  const all = interfaces.flatMap(({ id, networkId, addresses }) =>
    addresses
      .filter((address) => address.includes('.'))
      .map((address) => ({
        portId: id,
        address,
        network: nameOfNetwork(networkId),
        taken: floating.find(({ portId, fixedAddress }) => portId === id && fixedAddress === address)
          ?.address,
      })),
  );
  return [...all.filter(({ taken }) => !taken), ...all.filter(({ taken }) => taken)];
}

export interface GiveOptions {
  /** External networks, the default one first. */
  readonly pools: readonly Network[];
  /** Addresses of the project that lead nowhere. */
  readonly free: readonly FloatingIp[];
  readonly inside: readonly Inside[];
  readonly returnFocus: () => HTMLElement | null;
}

/** Asks which public address, and where it is to lead; only what there is a choice of is asked for. Ends in the address. */
export async function giveAddress(host: SectionHost, o: GiveOptions): Promise<string | undefined> {
  const { localizer } = host;
  const { connection, server } = host.shown;
  // One that the project has already costs nothing more.
  const addresses = [
    ...o.free.map(({ id, address, description }) => ({
      value: `free ${id}`,
      label: [address, description].filter(Boolean).join(' · '),
    })),
    ...o.pools.map(({ id, name }) => ({
      value: `pool ${id}`,
      label:
        o.pools.length > 1
          ? localizer.text(messages, 'newFrom', { networkName: name || id.slice(0, 8) })
          : localizer.text(messages, 'newOne'),
    })),
  ];
  let chosen = addresses[0]?.value ?? '';
  let to = o.inside.find(({ taken }) => !taken) ?? o.inside[0];
  let given: string | undefined;
  const pool = () => o.pools.find(({ id }) => chosen === `pool ${id}`);
  const free = () => o.free.find(({ id }) => chosen === `free ${id}`);
  const target = (update: () => void): TemplateResult | typeof nothing =>
    o.inside.length < 2
      ? nothing
      : selectField(localizer, {
          id: 'address-inside',
          label: localizer.text(messages, 'leadsTo'),
          hint: localizer.text(messages, 'leadsToHint'),
          value: `${to?.portId ?? ''} ${to?.address ?? ''}`,
          options: o.inside.map((each) => ({
            value: `${each.portId} ${each.address}`,
            label: each.taken
              ? localizer.text(messages, 'insideTaken', {
                  address: each.address,
                  networkName: each.network,
                  publicAddress: each.taken,
                })
              : localizer.text(messages, 'insideAt', { address: each.address, networkName: each.network }),
            disabled: each.taken !== undefined,
          })),
          onChange: (value) => {
            to = o.inside.find((each) => `${each.portId} ${each.address}` === value);
            update();
          },
        });
  await formDialog(host, {
    heading: localizer.text(messages, 'heading', { name: nameOf(localizer, server) }),
    intro: localizer.text(messages, 'intro'),
    verb: () => localizer.text(messages, 'give'),
    returnFocus: o.returnFocus,
    commands: () =>
      giveAddressCommands({
        pool: pool()?.name || pool()?.id,
        address: free()?.address,
        portId: to?.portId ?? '',
        fixedAddress: to?.address ?? '',
      }),
    fields: (update) =>
      html`${selectField(localizer, {
        id: 'address-public',
        label: localizer.text(messages, 'which'),
        value: chosen,
        options: addresses,
        onChange: (value) => {
          chosen = value;
          update();
        },
      })}
      ${target(update)}`,
    submit: async () => {
      if (!to) return 'again';
      const { portId, address: fixedAddress } = to;
      const network = pool();
      const own = free();
      if (own) {
        await connection.client(FloatingIpClient).assign(own, { portId, fixedAddress });
        given = own.address;
      } else if (network) {
        // Bound at once, so that none is left over when something fails in between.
        ({ address: given } = await connection
          .client(NetworkClient)
          .createFloatingIp({ networkId: network.id, portId, fixedAddress }));
      } else return 'again';
      return 'close';
    },
  });
  return given;
}
