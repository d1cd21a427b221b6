import { html, nothing, type TemplateResult } from 'lit';
import { instanceDetailMessages as messages } from '../../../i18n/en/instance-details.js';
import { ComputeClient, type ServerAddress } from '../../../openstack/compute.js';
import { DnsClient } from '../../../openstack/dns.js';
import { isOpenStackError } from '../../../openstack/errors.js';
import { FloatingIpClient } from '../../../openstack/floating-ips.js';
import { NetworkClient, type FloatingIp, type Network } from '../../../openstack/network.js';
import { serverInterfaces, type ServerInterface } from '../../../openstack/server-actions.js';
import { networksOf } from '../../../session/collections.js';
import { actionButton } from '../../../ui/action-button.js';
import { copyButton } from '../../../ui/copy-button.js';
import { confirmDialog, dialogStyles } from '../../../ui/dialog.js';
import { announce } from '../../../ui/live-region.js';
import { errorNotice } from '../../../ui/notice.js';
import { refusalText } from '../../instance-list/words.js';
import { barredBy } from '../../instances/availability.js';
import { orderAddresses } from '../../instance-list/addresses.js';
import { endAddressCommands } from '../../instances/command-line.js';
import { commandView, commandViewStyles } from '../../instances/command-view.js';
import { Asked } from '../asked.js';
import { answered, Beside, tokenOf } from '../parts.js';
import type { Section, SectionHost } from '../section.js';
import { giveAddress, insideOf, type Inside } from './address-form.js';

interface Around {
  readonly floating: readonly FloatingIp[];
  readonly interfaces: readonly ServerInterface[];
  /** Host names by address. */
  readonly names: ReadonlyMap<string, readonly string[]>;
}

/** Its addresses: those inside, and those that reach it from outside. */
class Addresses implements Section {
  readonly styles = [dialogStyles, ...commandViewStyles];
  readonly #host: SectionHost;
  readonly #networks: Beside<Network>;
  readonly #asked: Asked<Around>;
  #token = '';
  #busy = false;
  #failure: unknown;

  constructor(host: SectionHost) {
    this.#host = host;
    this.#networks = new Beside(host, networksOf);
    this.#asked = new Asked(host, (signal) => this.#ask(signal));
  }

  show(): void {
    this.#token = tokenOf(this.#host.shown.server);
    this.#networks.show();
    this.#asked.again();
  }

  hide(): void {
    this.#networks.hide();
    this.#asked.stop();
  }

  async #ask(signal: AbortSignal): Promise<Around> {
    const { connection, server } = this.#host.shown;
    const floatingIps = async (): Promise<readonly FloatingIp[]> => {
      const found: FloatingIp[] = [];
      if (connection.has('network'))
        for await (const { rows } of connection.client(NetworkClient).floatingIps({ signal }))
          found.push(...rows);
      return found;
    };
    const [floating, interfaces, names] = await Promise.all([
      floatingIps(),
      serverInterfaces(connection.client(ComputeClient), server, { signal }),
      this.#names(signal),
    ]);
    return { floating, interfaces, names };
  }

  /** Names are a help, and no reason to show nothing. */
  async #names(signal: AbortSignal): Promise<Around['names']> {
    const { connection, server } = this.#host.shown;
    const names = new Map<string, readonly string[]>();
    if (!connection.has('dns')) return names;
    for (const { address } of server.addresses) {
      try {
        const records = await connection.client(DnsClient).recordsTo(address, { signal });
        names.set(
          address,
          records.map(({ name }) => name.replace(/\.$/, '')),
        );
      } catch (error) {
        if (!isOpenStackError(error)) throw error;
      }
    }
    return names;
  }

  render(): TemplateResult {
    const host = this.#host;
    const { localizer, shown } = host;
    if (tokenOf(shown.server) !== this.#token) this.show();
    const addresses = orderAddresses(shown.server.addresses);
    const inside = addresses.filter(({ type }) => type !== 'floating');
    const outside = addresses.filter(({ type }) => type === 'floating');
    return html`${this.#failure === undefined ? nothing : errorNotice(host, this.#failure, { urgent: true })}
      <div class="section-head">
        <h3 class="subheading">${localizer.text(messages, 'publicAddresses')}</h3>
        ${this.#assign()}
      </div>
      ${
        outside.length === 0
          ? html`<p class="quiet-text">
              ${localizer.text(messages, this.#hasOutside ? 'noPublic' : 'noExternal')}
            </p>`
          : html`<ul class="items">
              ${outside.map((each) => this.#item(each))}
            </ul>`
      }
      <h3 class="subheading">${localizer.text(messages, 'fixedAddresses')}</h3>
      ${
        inside.length === 0
          ? html`<p class="quiet-text">${localizer.text(messages, 'noInterfaces')}</p>`
          : html`<ul class="items">
              ${inside.map((each) => this.#item(each))}
            </ul>`
      }
      ${answered(host, this.#asked, () => nothing)}`;
  }

  get #hasOutside(): boolean {
    return !this.#networks.settled || this.#networks.rows.some(({ external }) => external);
  }

  #item({ address, network, type, version }: ServerAddress): TemplateResult {
    const host = this.#host;
    const { localizer } = host;
    const names = this.#asked.value?.names.get(address) ?? [];
    const floating = this.#asked.value?.floating.find((each) => each.address === address);
    const about = [
      localizer.text(messages, 'inNetwork', { networkName: network }),
      version === 6 ? localizer.text(messages, 'ipv6') : undefined,
      type === 'floating' && floating?.fixedAddress !== undefined
        ? localizer.text(messages, 'leadsTo', { address: floating.fixedAddress })
        : undefined,
    ];
    return html`<li class="item" part="item">
      <div>
        <p class="item-name">
          <span class="digits" dir="ltr">${address}</span> ${copyButton(host, {
            value: address,
            what: localizer.text(messages, 'copyAddress', { address }),
          })}
        </p>
        ${names.map((name) => html`<p><bdi>${name}</bdi></p>`)}
        <p class="about">${about.filter(Boolean).join(' · ')}</p>
      </div>
      ${type === 'floating' && floating ? html`<div class="do">${this.#ends(floating)}</div>` : nothing}
    </li>`;
  }

  get #reason(): string | undefined {
    const { localizer, shown } = this.#host;
    const no = barredBy(shown.rights);
    return no && refusalText(localizer, no);
  }

  #ends(floating: FloatingIp): TemplateResult {
    const { localizer } = this.#host;
    const { id, address } = floating;
    const button = (kind: 'unassign' | 'release', act: () => void): TemplateResult =>
      actionButton({
        id: `${kind}-${id}`,
        label: localizer.text(messages, `${kind}Named`, { address }),
        class: 'small',
        reason: this.#reason,
        busy: this.#busy,
        onClick: act,
      });
    return html`${button('unassign', () => void this.#end(floating, 'unassign'))}
    ${button('release', () => void this.#end(floating, 'release'))}`;
  }

  #assign(): TemplateResult | typeof nothing {
    const host = this.#host;
    const { localizer, shown } = host;
    const around = this.#asked.value;
    const pools = this.#networks.rows.filter(({ external }) => external);
    if (shown.gone || !around || pools.length === 0) return nothing;
    const label = localizer.text(messages, this.#busy ? 'assigning' : 'assign');
    const reason = this.#reason;
    if (reason !== undefined) return actionButton({ id: 'assign', label, class: 'small', reason });
    const inside = this.#inside(around);
    const full = inside.every(({ taken }) => taken !== undefined);
    return actionButton({
      id: 'assign',
      label,
      class: 'small',
      busy: this.#busy,
      reason: full
        ? localizer.text(messages, inside.length === 0 ? 'nowhereToLead' : 'allHaveOne')
        : undefined,
      onClick: () => void this.#give(around, pools),
    });
  }

  #inside({ interfaces, floating }: Around): readonly Inside[] {
    return insideOf(interfaces, floating, (id) => this.#networks.find(id)?.name || id.slice(0, 8));
  }

  /** Asks which public address, and which of its own it is to lead to. */
  async #give(around: Around, pools: readonly Network[]): Promise<void> {
    const host = this.#host;
    const { connection, server } = host.shown;
    if (this.#busy) return;
    const given = await giveAddress(host, {
      pools: [...pools].sort((a, b) => Number(b.isDefault) - Number(a.isDefault)),
      free: around.floating.filter(
        ({ portId, projectId }) =>
          portId === undefined && (!projectId || projectId === connection.project.id),
      ),
      inside: this.#inside(around),
      returnFocus: () => host.shadowRoot?.querySelector<HTMLElement>('#assign') ?? this.#tab,
    });
    if (given === undefined) return;
    await this.#do(() =>
      Promise.resolve(host.localizer.text(messages, 'assigned', { address: given, name: server.name })),
    );
  }

  get #tab(): HTMLElement | null {
    return this.#host.shadowRoot?.querySelector<HTMLElement>('[role=tab][aria-selected=true]') ?? null;
  }

  async #end(floating: FloatingIp, kind: 'unassign' | 'release'): Promise<void> {
    const host = this.#host;
    const { localizer, shown } = host;
    const { connection, server } = shown;
    const { address } = floating;
    if (this.#busy) return;
    const sure = await confirmDialog(host, {
      heading: localizer.text(messages, `${kind}Question`, { address, name: server.name }),
      body: html`<div class="instance-form">
        <p>${localizer.text(messages, `${kind}Consequence`)}</p>
        ${commandView(host, endAddressCommands(kind, address))}
      </div>`,
      confirmLabel: localizer.text(messages, kind),
      danger: true,
      returnFocus: () => this.#tab,
    });
    if (!sure) return;
    await this.#do(async () => {
      if (kind === 'release') await connection.client(NetworkClient).deleteFloatingIp(floating.id, address);
      else await connection.client(FloatingIpClient).unassign(floating);
      return localizer.text(messages, kind === 'release' ? 'released' : 'unassigned', { address });
    });
  }

  async #do(work: () => Promise<string>): Promise<void> {
    const host = this.#host;
    const { servers, server } = host.shown;
    this.#busy = true;
    this.#failure = undefined;
    host.requestUpdate();
    try {
      announce(host, await work());
    } catch (error) {
      this.#failure = error;
    }
    this.#busy = false;
    host.requestUpdate();
    this.#asked.again();
    // Nova learns of it a moment later.
    servers.hurry();
    await servers.read(server.id).catch(() => undefined);
  }
}

export const create = (host: SectionHost): Section => new Addresses(host);
