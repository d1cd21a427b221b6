import { html, nothing, type TemplateResult } from 'lit';
import { instanceDetailMessages as messages } from '../../../i18n/en/instance-details.js';
import { openings, type Opening } from '../../../launch/security.js';
import type { Localizer } from '../../../i18n/localizer.js';
import { ComputeClient } from '../../../openstack/compute.js';
import type { Network, SecurityGroup } from '../../../openstack/network.js';
import { serverSecurityGroups } from '../../../openstack/server-actions.js';
import { ServerPortClient, type ServerPort } from '../../../openstack/server-ports.js';
import { networksOf, securityGroupsOf } from '../../../session/collections.js';
import { actionButton } from '../../../ui/action-button.js';
import { announce } from '../../../ui/live-region.js';
import { menuButton, type MenuItem } from '../../../ui/menu.js';
import { errorNotice, notice } from '../../../ui/notice.js';
import { refusalText } from '../../instance-list/words.js';
import { refusal } from '../../instances/availability.js';
import { Asked } from '../asked.js';
import { actionOf, answered, Beside, tokenOf } from '../parts.js';
import type { Section, SectionHost } from '../section.js';

/** One thing that is let in, as a sentence. */
export function openingText(localizer: Localizer, { protocol, ports, from }: Opening): string {
  const place =
    from === 'anywhere'
      ? localizer.text(messages, 'fromAnywhere')
      : localizer.text(messages, 'from', { from });
  if (protocol === 'any') return localizer.text(messages, 'everythingFrom', { place });
  if (protocol === 'icmp') return localizer.text(messages, 'pingFrom', { place });
  const name = protocol.toUpperCase();
  if (!ports) return localizer.text(messages, 'protocolFrom', { protocol: name, place });
  const [first, last] = ports;
  if (first !== last)
    return localizer.text(messages, 'portsFrom', {
      protocol: name,
      first: String(first),
      last: String(last),
      place,
    });
  const known =
    protocol !== 'tcp'
      ? undefined
      : first === 3389
        ? localizer.text(messages, 'remoteDesktop')
        : SERVICES[first];
  return known === undefined
    ? localizer.text(messages, 'portFrom', { protocol: name, port: String(first), place })
    : localizer.text(messages, 'serviceFrom', { service: known, port: String(first), place });
}

/** What usually listens there. Names of protocols are the same in every language. */
const SERVICES: Readonly<Record<number, string>> = {
  22: 'SSH',
  80: 'HTTP',
  443: 'HTTPS',
  5900: 'VNC',
  8888: 'Jupyter',
};

interface Let {
  readonly groups: readonly { readonly id: string; readonly name: string }[];
  readonly ports: readonly ServerPort[];
}

/** Which firewall groups it is in, and what they let through, in words. */
class Security implements Section {
  readonly #host: SectionHost;
  readonly #groups: Beside<SecurityGroup>;
  readonly #networks: Beside<Network>;
  readonly #asked: Asked<Let>;
  #token = '';
  #busy = false;
  #failure: unknown;

  constructor(host: SectionHost) {
    this.#host = host;
    this.#groups = new Beside(host, securityGroupsOf);
    this.#networks = new Beside(host, networksOf);
    this.#asked = new Asked(host, async (signal) => {
      const { connection, server } = host.shown;
      const [groups, ports] = await Promise.all([
        serverSecurityGroups(connection.client(ComputeClient), server, { signal }),
        connection.has('network') ? connection.client(ServerPortClient).ports(server.id, { signal }) : [],
      ]);
      return { groups, ports };
    });
  }

  show(): void {
    this.#token = this.#now;
    this.#groups.show();
    this.#networks.show();
    this.#asked.again();
  }

  hide(): void {
    this.#groups.hide();
    this.#networks.hide();
    this.#asked.stop();
  }

  get #now(): string {
    const { server } = this.#host.shown;
    return tokenOf(server) + JSON.stringify(server.securityGroups);
  }

  render(): TemplateResult {
    const host = this.#host;
    const { localizer } = host;
    if (this.#now !== this.#token) this.show();
    return html`${this.#failure === undefined ? nothing : errorNotice(host, this.#failure, { urgent: true })}
      <div class="section-head">
        <h3 class="subheading">${localizer.text(messages, 'letIn')}</h3>
        ${actionOf(host, 'security-groups')}
      </div>
      ${answered(host, this.#asked, ({ groups, ports }) => {
        const once = [...new Map(groups.map((group) => [group.id, group])).values()];
        return once.length === 0
          ? notice({
              tone: 'info',
              heading: localizer.text(messages, 'noGroups'),
              helps: localizer.text(messages, 'noGroupsHelps'),
            })
          : html`<ul class="items">
                ${once.map((group) => this.#item(group))}
              </ul>
              ${ports.length > 1 ? this.#byPort(ports) : nothing}`;
      })}
      <p class="quiet-text">${localizer.text(messages, 'letOut')}</p>`;
  }

  #item({ id, name }: { readonly id: string; readonly name: string }): TemplateResult {
    const { localizer } = this.#host;
    const group = this.#groups.find(id);
    const open = group ? openings(group) : [];
    return html`<li class="item" part="item">
      <div>
        <p class="item-name"><bdi>${name}</bdi></p>
        ${group?.description ? html`<p class="about"><bdi>${group.description}</bdi></p>` : nothing}
        ${
          group
            ? open.length === 0
              ? html`<p class="about">${localizer.text(messages, 'nothingIn')}</p>`
              : html`<ul>
                  ${open.map((each) => html`<li>${openingText(localizer, each)}</li>`)}
                </ul>`
            : html`<p class="about">
                ${localizer.text(messages, this.#groups.settled ? 'rulesUnknown' : 'loading')}
              </p>`
        }
      </div>
    </li>`;
  }

  /** Where there are several connections, each has groups of its own. */
  #byPort(ports: readonly ServerPort[]): TemplateResult {
    const { localizer } = this.#host;
    return html`<h3 class="subheading">${localizer.text(messages, 'byPort')}</h3>
      <ul class="items">
        ${ports.map((port) => this.#port(port))}
      </ul>`;
  }

  #port(port: ServerPort): TemplateResult {
    const { localizer } = this.#host;
    const { networkId, addresses, securityGroups } = port;
    const network = this.#networks.find(networkId)?.name || networkId.slice(0, 8);
    const names = securityGroups.map((id) => this.#groups.find(id)?.name || id.slice(0, 8));
    return html`<li class="item" part="item">
      <div>
        <p class="item-name"><bdi>${network}</bdi></p>
        <p class="about digits" dir="ltr">${addresses.join(', ')}</p>
        <p>
          ${
            names.length === 0
              ? localizer.text(messages, 'noGroups')
              : html`<bdi>${localizer.wording.list(names)}</bdi>`
          }
        </p>
      </div>
      ${this.#change(port, network)}
    </li>`;
  }

  #change(port: ServerPort, network: string): TemplateResult | typeof nothing {
    const host = this.#host;
    const { localizer, shown } = host;
    if (shown.gone) return nothing;
    const no = refusal('security-groups', shown.server, shown.rights);
    const text = localizer.text(messages, 'changePort');
    if (no)
      return actionButton({
        id: `groups-${port.id}`,
        label: text,
        class: 'small',
        reason: refusalText(localizer, no),
      });
    const has = new Set(port.securityGroups);
    const items = (): readonly MenuItem[] =>
      this.#groups.rows.map(({ id, name }) => ({
        label: localizer.text(messages, has.has(id) ? 'takeOut' : 'putInto', { name }),
        onSelect: () => {
          const next = has.has(id)
            ? port.securityGroups.filter((each) => each !== id)
            : [...port.securityGroups, id];
          void this.#set(port, next);
        },
      }));
    return menuButton(host, {
      label: localizer.text(messages, 'changePortOf', { name: network }),
      text,
      class: 'small',
      items,
    });
  }

  async #set(port: ServerPort, groups: readonly string[]): Promise<void> {
    const host = this.#host;
    const { connection, server, servers } = host.shown;
    if (this.#busy) return;
    this.#busy = true;
    this.#failure = undefined;
    try {
      await connection.client(ServerPortClient).setGroups(port.id, groups, server.name);
      announce(host, host.localizer.text(messages, 'portChanged'));
    } catch (error) {
      this.#failure = error;
    }
    this.#busy = false;
    host.requestUpdate();
    this.#asked.again();
    servers.hurry();
  }
}

export const create = (host: SectionHost): Section => new Security(host);
