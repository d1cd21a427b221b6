import { html, nothing, type TemplateResult } from 'lit';
import { instanceDetailMessages as messages } from '../../../i18n/en/instance-details.js';
import { instancePreparedMessages } from '../../../i18n/en/instance-prepared.js';
import { mountPoint } from '../../../launch/exosphere/mounts.js';
import { exosphereOrigin } from '../../../launch/exosphere/origin.js';
import { kitMountPoint } from '../../../launch/kit-places.js';
import { ComputeClient } from '../../../openstack/compute.js';
import { volumeAttachments, type VolumeAttachment } from '../../../openstack/server-actions.js';
import { VolumeClient, type Volume } from '../../../openstack/volume.js';
import { copyButton } from '../../../ui/copy-button.js';
import { Asked } from '../asked.js';
import { actionOf, answered, tokenOf } from '../parts.js';
import type { Section, SectionHost } from '../section.js';

interface Attached extends VolumeAttachment {
  /** What block storage knows of it, where there is such a service. */
  readonly volume: Volume | undefined;
}

/** What is attached, where it appears, and what goes with the instance. */
class Volumes implements Section {
  readonly #host: SectionHost;
  readonly #asked: Asked<readonly Attached[]>;
  #token = '';

  constructor(host: SectionHost) {
    this.#host = host;
    this.#asked = new Asked(host, async (signal) => {
      const { connection, server } = host.shown;
      const attachments = await volumeAttachments(connection.client(ComputeClient), server, { signal });
      const volumes = new Map<string, Volume>();
      if (attachments.length > 0 && connection.has('block-storage'))
        for await (const { rows } of connection.client(VolumeClient).volumes({ signal }))
          for (const row of rows) volumes.set(row.id, row);
      return attachments.map((each) => ({ ...each, volume: volumes.get(each.id) }));
    });
  }

  show(): void {
    this.#token = tokenOf(this.#host.shown.server);
    this.#asked.again();
  }

  hide(): void {
    this.#asked.stop();
  }

  render(): TemplateResult {
    const host = this.#host;
    const { localizer } = host;
    const token = tokenOf(host.shown.server);
    if (token !== this.#token) this.show();
    return html`<div class="section-head">
        <h3 class="subheading">${localizer.text(messages, 'volumes')}</h3>
        <div class="do">${actionOf(host, 'attach-volume')} ${actionOf(host, 'detach-volume')}</div>
      </div>
      ${answered(host, this.#asked, (all) =>
        all.length === 0
          ? html`<p class="quiet-text">${localizer.text(messages, 'noVolumes')}</p>`
          : html`<ul class="items">
              ${all.map((each) => this.#item(each))}
            </ul>`,
      )}
      <p class="quiet-text">${localizer.text(messages, 'mountHint')}</p>`;
  }

  #item({ id, device, deletedWithServer, volume, tag }: Attached): TemplateResult {
    const { localizer, shown } = this.#host;
    const { metadata } = shown.server;
    const origin = exosphereOrigin(metadata);
    const place = origin
      ? mountPoint(origin.version, metadata, { id, device, tag })
      : kitMountPoint(metadata, id);
    const name = volume?.name || localizer.text(messages, 'unnamedVolume', { id: id.slice(0, 8) });
    const about = [
      volume && localizer.wording.gibibytes(volume.size),
      volume?.volumeType,
      device && localizer.text(messages, 'device', { device }),
      place && localizer.text(instancePreparedMessages, 'mountedAt', { place }),
      volume?.bootable ? localizer.text(messages, 'bootable') : undefined,
      volume?.encrypted ? localizer.text(messages, 'encrypted') : undefined,
    ];
    return html`<li class="item" part="item">
      <div>
        <p class="item-name"><bdi>${name}</bdi></p>
        <p class="about">${about.filter(Boolean).join(' · ')}</p>
        ${
          deletedWithServer === undefined
            ? nothing
            : html`<p class="about">
                ${localizer.text(messages, deletedWithServer ? 'goesWith' : 'staysWithout')}
              </p>`
        }
      </div>
      ${copyButton(this.#host, { value: id, what: localizer.text(messages, 'copyVolumeId', { name }) })}
    </li>`;
  }
}

export const create = (host: SectionHost): Section => new Volumes(host);
