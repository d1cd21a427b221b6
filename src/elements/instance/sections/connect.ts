import { html, nothing, type TemplateResult } from 'lit';
import { instanceDetailMessages as messages } from '../../../i18n/en/instance-details.js';
import { bestAddress, connectInfo } from '../../../launch/connect.js';
import { accountOf, jumpHostFor } from '../../../launch/jump-host.js';
import type { Server } from '../../../openstack/compute.js';
import type { Image } from '../../../openstack/image.js';
import { imagesOf } from '../../../session/collections.js';
import { copyButton } from '../../../ui/copy-button.js';
import { notice } from '../../../ui/notice.js';
import { actionOf, Beside, fact } from '../parts.js';
import { Prepared } from '../prepared.js';
import type { Section, SectionHost } from '../section.js';

/** Boots from a volume: Nova knows no image, and the account to sign in with is not told. */
const USER = '<user>';

/** How to get in. */
class Connect implements Section {
  readonly #host: SectionHost;
  readonly #images: Beside<Image>;
  /** Others on its network, which may be the way in. */
  readonly #others: Beside<Server>;
  readonly #prepared: Prepared;

  constructor(host: SectionHost) {
    this.#host = host;
    this.#images = new Beside(host, imagesOf);
    this.#others = new Beside(host, () => host.shown.servers);
    this.#prepared = new Prepared(host);
  }

  show(): void {
    this.#images.show();
    const { server, jumpHost } = this.#host.shown;
    const inside = connectInfo(server.addresses, undefined, undefined)?.inside;
    if (inside && jumpHost === undefined) this.#others.show();
    this.#prepared.show();
  }

  hide(): void {
    this.#images.hide();
    this.#others.hide();
    this.#prepared.hide();
  }

  render(): TemplateResult | typeof nothing {
    const host = this.#host;
    const { localizer } = host;
    const { server } = host.shown;
    const web = html`${this.#prepared.view?.web() ?? this.#prepared.failure}`;
    if (bestAddress(server.addresses) === undefined)
      return html`${notice({
        tone: 'info',
        heading: localizer.text(messages, 'noAddress'),
        helps: localizer.text(messages, server.status === 'BUILD' ? 'noAddressYet' : 'noAddressHelps'),
      })}
      ${web}`;
    const image = this.#images.find(server.imageId);
    const known = accountOf(server, image);
    const windows = known === 'Administrator';
    const { jumpHost } = host.shown;
    const through = jumpHostFor(server, this.#others.rows, this.#images.rows, jumpHost);
    const info = connectInfo(
      server.addresses,
      windows ? undefined : (known ?? USER),
      undefined,
      through?.account,
    );
    if (!info) return nothing;
    const pending = known === undefined && server.imageId !== undefined && !image && !this.#images.settled;
    return html`${
        server.status === 'ACTIVE'
          ? nothing
          : notice({
              tone: 'info',
              heading: localizer.text(messages, 'notRunning'),
              actions: server.status === 'SHUTOFF' ? actionOf(host, 'start') : undefined,
            })
      }
      ${
        info.inside
          ? notice({
              tone: 'warning',
              heading: localizer.text(messages, 'inside', { address: info.address }),
              helps:
                through === undefined
                  ? localizer.text(messages, 'insideHelps')
                  : localizer.text(messages, 'insideThrough', { name: through.name ?? through.account }),
            })
          : nothing
      }
      ${web}
      ${
        info.command === undefined || pending
          ? nothing
          : html`<h3 class="subheading">${localizer.text(messages, 'ssh')}</h3>
              <p>${localizer.text(messages, 'sshHint')}</p>
              <div class="line">
                <code tabindex="0">${info.command}</code>${copyButton(host, {
                  value: info.command,
                  what: localizer.text(messages, 'copyCommand'),
                })}
              </div>
              ${
                known === undefined
                  ? html`<p class="quiet-text">${localizer.text(messages, 'userUnknown', { user: USER })}</p>`
                  : nothing
              }`
      }
      <dl class="facts">
        ${fact(
          localizer.text(messages, 'address'),
          html`<span class="digits" dir="ltr">${info.address}</span> ${copyButton(host, {
              value: info.address,
              what: localizer.text(messages, 'copyAddress', { address: info.address }),
            })}`,
        )}
        ${known === undefined ? nothing : fact(localizer.text(messages, 'user'), html`<code>${known}</code>`)}
        ${
          server.keyName
            ? fact(localizer.text(messages, 'keypair'), html`<bdi>${server.keyName}</bdi>`)
            : fact(localizer.text(messages, 'keypair'), localizer.text(messages, 'noKeypair'))
        }
      </dl>`;
  }
}

export const create = (host: SectionHost): Section => new Connect(host);
