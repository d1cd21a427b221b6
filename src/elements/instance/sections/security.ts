import { html, nothing, type TemplateResult } from 'lit';
import { instanceDetailMessages as messages } from '../../../i18n/en/instance-details.js';
import { openings, type Opening } from '../../../launch/security.js';
import type { Localizer } from '../../../i18n/localizer.js';
import { ComputeClient } from '../../../openstack/compute.js';
import type { SecurityGroup } from '../../../openstack/network.js';
import { serverSecurityGroups } from '../../../openstack/server-actions.js';
import { securityGroupsOf } from '../../../session/collections.js';
import { notice } from '../../../ui/notice.js';
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

/** Which firewall groups it is in, and what they let through, in words. */
class Security implements Section {
  readonly #host: SectionHost;
  readonly #groups: Beside<SecurityGroup>;
  readonly #asked: Asked<readonly { readonly id: string; readonly name: string }[]>;
  #token = '';

  constructor(host: SectionHost) {
    this.#host = host;
    this.#groups = new Beside(host, securityGroupsOf);
    this.#asked = new Asked(host, (signal) => {
      const { connection, server } = host.shown;
      return serverSecurityGroups(connection.client(ComputeClient), server, { signal });
    });
  }

  show(): void {
    this.#token = this.#now;
    this.#groups.show();
    this.#asked.again();
  }

  hide(): void {
    this.#groups.hide();
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
    return html`<div class="section-head">
        <h3 class="subheading">${localizer.text(messages, 'letIn')}</h3>
        ${actionOf(host, 'security-groups')}
      </div>
      ${answered(host, this.#asked, (groups) => {
        const once = [...new Map(groups.map((group) => [group.id, group])).values()];
        return once.length === 0
          ? notice({
              tone: 'info',
              heading: localizer.text(messages, 'noGroups'),
              helps: localizer.text(messages, 'noGroupsHelps'),
            })
          : html`<ul class="items">
              ${once.map((group) => this.#item(group))}
            </ul>`;
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
}

export const create = (host: SectionHost): Section => new Security(host);
