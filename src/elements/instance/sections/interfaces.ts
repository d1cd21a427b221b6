import { html, type TemplateResult } from 'lit';
import { instanceDetailMessages as messages } from '../../../i18n/en/instance-details.js';
import { ComputeClient } from '../../../openstack/compute.js';
import type { Network } from '../../../openstack/network.js';
import { serverInterfaces, type ServerInterface } from '../../../openstack/server-actions.js';
import { networksOf } from '../../../session/collections.js';
import { copyButton } from '../../../ui/copy-button.js';
import { Asked } from '../asked.js';
import { actionOf, answered, Beside, tokenOf } from '../parts.js';
import type { Section, SectionHost } from '../section.js';

/** Which networks it is in, by which port, with which addresses. */
class Interfaces implements Section {
  readonly #host: SectionHost;
  readonly #networks: Beside<Network>;
  readonly #asked: Asked<readonly ServerInterface[]>;
  #token = '';

  constructor(host: SectionHost) {
    this.#host = host;
    this.#networks = new Beside(host, networksOf);
    this.#asked = new Asked(host, (signal) => {
      const { connection, server } = host.shown;
      return serverInterfaces(connection.client(ComputeClient), server, { signal });
    });
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

  render(): TemplateResult {
    const host = this.#host;
    const { localizer } = host;
    if (tokenOf(host.shown.server) !== this.#token) this.show();
    return html`<div class="section-head">
        <h3 class="subheading">${localizer.text(messages, 'interfaces')}</h3>
        <div class="do">${actionOf(host, 'attach-interface')} ${actionOf(host, 'detach-interface')}</div>
      </div>
      ${answered(host, this.#asked, (all) =>
        all.length === 0
          ? html`<p class="quiet-text">${localizer.text(messages, 'noInterfaces')}</p>`
          : html`<ul class="items">
              ${all.map((each) => this.#item(each))}
            </ul>`,
      )}`;
  }

  #item({ id, networkId, mac, addresses }: ServerInterface): TemplateResult {
    const host = this.#host;
    const { localizer } = host;
    const name = this.#networks.find(networkId)?.name || networkId.slice(0, 8);
    return html`<li class="item" part="item">
      <div>
        <p class="item-name"><bdi>${name}</bdi></p>
        <p class="about digits" dir="ltr">${addresses.join(', ')}</p>
        <p class="about">${localizer.text(messages, 'mac', { mac })}</p>
      </div>
      ${copyButton(host, { value: id, what: localizer.text(messages, 'copyPortId', { name }) })}
    </li>`;
  }
}

export const create = (host: SectionHost): Section => new Interfaces(host);
