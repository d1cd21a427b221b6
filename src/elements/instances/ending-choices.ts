import { html, nothing, type TemplateResult } from 'lit';
import { instanceConfirmationMessages as messages } from '../../i18n/en/instance-confirmation.js';
import { ComputeClient, type Server } from '../../openstack/compute.js';
import { isAbort } from '../../openstack/errors.js';
import type { FloatingIp } from '../../openstack/network.js';
import { compareVersions } from '../../openstack/versions.js';
import { VolumeClient, type Volume } from '../../openstack/volume.js';
import type { Connection } from '../../session/connection.js';
import { checkField } from '../../ui/field.js';
import { iconWarning } from '../../ui/icons.js';
import { errorNotice } from '../../ui/notice.js';
import type { OverlayHost } from '../../ui/overlay-host.js';
import { nameOf } from '../instance-list/words.js';
import { addressesOf, floatingIps, floatingOf, mayOwn, type OwnAddress } from './belongings.js';
import { addressKey, goesAlong, isReleased, type Choices } from './choices.js';
import { all } from './rows.js';

/** An instance that is about to go, and where it is. */
export interface Ending {
  readonly server: Server;
  readonly connection: Connection;
}

interface AddressChoice extends Ending {
  readonly address: string;
  readonly launched: boolean;
}

interface VolumeChoice extends Ending {
  readonly id: string;
  readonly volume: Volume | undefined;
}

/** What is known of one connection. */
interface Around {
  readonly floating: readonly FloatingIp[];
  readonly volumes: ReadonlyMap<string, Volume>;
  /** Whether it can be said after the launch which volumes go along. */
  readonly decides: boolean;
}

/** Compute, PUT /servers/{id}/os-volume_attachments/{volume}, `delete_on_termination`. */
const DECIDES_SINCE = '2.85';

/**
 * What goes along with instances that are deleted or shelved: their public addresses and, with deleted ones, their
 * volumes, one by one or all at once. It can be answered at once; names and sizes come while it stands there.
 */
export class EndingChoices {
  readonly #host: OverlayHost;
  readonly #action: 'delete' | 'shelve';
  readonly #endings: readonly Ending[];
  readonly #addresses = new Map<string, boolean>();
  readonly #volumes = new Map<string, boolean>();
  readonly #around = new Map<Connection, Around>();
  #error: unknown;

  constructor(host: OverlayHost, action: 'delete' | 'shelve', endings: readonly Ending[]) {
    this.#host = host;
    this.#action = action;
    this.#endings = endings;
  }

  /** What was chosen so far. */
  get choices(): Choices {
    return { addresses: this.#addresses, volumes: this.#volumes };
  }

  /** The public addresses that will be given back, and the volumes that will be deleted. */
  get going(): { readonly addresses: readonly AddressChoice[]; readonly volumes: readonly VolumeChoice[] } {
    return {
      addresses: this.#addressChoices.filter((each) => this.#releases(each)),
      volumes: this.#volumeChoices.filter(({ id, server }) => goesAlong(id, server, this.choices)),
    };
  }

  /** Learns what the servers themselves do not tell. */
  async load(update: () => void, signal: AbortSignal): Promise<void> {
    this.#error = undefined;
    const connections = new Set(this.#endings.map(({ connection }) => connection));
    await Promise.all(
      [...connections].map(async (connection) => {
        const here = this.#endings.filter((each) => each.connection === connection);
        const floating = here.some(({ server }) => mayOwn(server));
        const volumes =
          this.#action === 'delete' && here.some((each) => each.server.volumesAttached.length > 0);
        try {
          this.#around.set(connection, {
            floating: floating ? await floatingIps(connection, signal) : [],
            volumes: volumes ? await volumesOf(connection, signal) : new Map(),
            decides: volumes && (await decides(connection, signal)),
          });
        } catch (error) {
          if (isAbort(error) || signal.aborted) return;
          this.#error = error;
        }
      }),
    );
    if (!signal.aborted) update();
  }

  render(update: () => void, retry: () => void): unknown {
    const error =
      this.#error === undefined
        ? nothing
        : errorNotice(this.#host, this.#error, { tone: 'warning', onRetry: retry });
    return [this.#renderAddresses(update), this.#renderVolumes(update), error];
  }

  get #many(): boolean {
    return this.#endings.length > 1;
  }

  get #addressChoices(): readonly AddressChoice[] {
    return this.#endings.flatMap((ending) => {
      const { server, connection } = ending;
      const rows = this.#around.get(connection)?.floating;
      const known: readonly Pick<OwnAddress, 'address' | 'launched'>[] = rows
        ? addressesOf(server, rows)
        : floatingOf(server).map((address) => ({ address, launched: false }));
      return known.map(({ address, launched }) => ({ ...ending, address, launched }));
    });
  }

  get #volumeChoices(): readonly VolumeChoice[] {
    if (this.#action !== 'delete') return [];
    return this.#endings.flatMap((ending) =>
      ending.server.volumesAttached.map((id) => ({
        ...ending,
        id,
        volume: this.#around.get(ending.connection)?.volumes.get(id),
      })),
    );
  }

  #releases({ connection, address, launched }: AddressChoice): boolean {
    // A shelved instance wants its address again, whoever took it.
    const goes = this.#action === 'delete' && launched;
    return isReleased(connection, { address, launched: goes }, this.choices);
  }

  #renderAddresses(update: () => void): TemplateResult | typeof nothing {
    const { localizer } = this.#host;
    const all = this.#addressChoices;
    return this.#renderGroup(update, {
      id: 'addresses',
      legend: localizer.text(messages, 'addresses', { count: all.length }),
      all: localizer.text(messages, 'releaseAll'),
      rest: localizer.text(messages, 'addressesStay', { count: all.length }),
      entries: all.map((each) => ({
        label: html`<span class="digits"
            >${
              this.#many
                ? localizer.text(messages, 'releaseAddressOf', {
                    address: each.address,
                    name: nameOf(localizer, each.server),
                  })
                : localizer.text(messages, 'releaseAddress', { address: each.address })
            }</span
          >${each.launched ? html` <span class="about">${localizer.text(messages, 'launchedAddress')}</span>` : nothing}`,
        checked: this.#releases(each),
        set: (checked) => this.#addresses.set(addressKey(each.connection, each.address), checked),
      })),
    });
  }

  #renderVolumes(update: () => void): TemplateResult | typeof nothing {
    const { localizer } = this.#host;
    const all = this.#volumeChoices;
    const fixed = all.some(({ connection }) => this.#around.get(connection)?.decides === false);
    const lost = this.going.volumes.map((each) => this.#nameOf(each));
    return this.#renderGroup(update, {
      id: 'volumes',
      legend: localizer.text(messages, 'volumes', { count: all.length }),
      all: localizer.text(messages, 'deleteAll'),
      rest: fixed
        ? localizer.text(messages, 'volumesFixed')
        : localizer.text(messages, 'volumesStay', { count: all.length }),
      fixed,
      warning: lost.length > 0 ? localizer.text(messages, 'lost', { list: lost }) : undefined,
      entries: all.map((each) => ({
        label: html`${localizer.text(messages, this.#many ? 'deleteVolumeOf' : 'deleteVolume', {
            name: this.#nameOf(each),
            instanceName: nameOf(localizer, each.server),
          })} <span class="about">${this.#aboutOf(each)}</span>`,
        checked: goesAlong(each.id, each.server, this.choices),
        set: (checked) => this.#volumes.set(each.id, checked),
      })),
    });
  }

  #nameOf({ id, volume }: VolumeChoice): string {
    const { localizer } = this.#host;
    return volume?.name || localizer.text(messages, 'unnamedVolume', { id: id.slice(0, 8) });
  }

  #aboutOf({ id, volume, server }: VolumeChoice): string {
    const { localizer } = this.#host;
    const device = volume?.attachments.find(({ serverId }) => serverId !== '')?.device;
    const boots =
      server.imageId === undefined &&
      (device === undefined
        ? server.volumesAttached.length === 1 && server.volumesAttached[0] === id
        : device.endsWith('da'));
    return [
      volume && localizer.wording.gibibytes(volume.size),
      boots ? localizer.text(messages, 'bootVolume') : device,
    ]
      .filter(Boolean)
      .join(' · ');
  }

  #renderGroup(
    update: () => void,
    o: {
      readonly id: string;
      readonly legend: string;
      readonly all: string;
      readonly rest: string;
      readonly warning?: string | undefined;
      /** It can be looked at only. */
      readonly fixed?: boolean | undefined;
      readonly entries: readonly {
        readonly label: TemplateResult;
        readonly checked: boolean;
        readonly set: (checked: boolean) => void;
      }[];
    },
  ): TemplateResult | typeof nothing {
    const { entries } = o;
    if (entries.length === 0) return nothing;
    const ticked = entries.filter(({ checked }) => checked).length;
    const set = (checked: boolean, which: typeof entries) => {
      for (const each of which) each.set(checked);
      update();
    };
    return html`<fieldset class="ending" id="ending-${o.id}" aria-describedby="ending-${o.id}-rest">
      <legend class="label">${o.legend}</legend>
      ${
        entries.length > 1 && !o.fixed
          ? checkField({
              id: `all-${o.id}`,
              label: o.all,
              checked: ticked === entries.length,
              mixed: ticked > 0 && ticked < entries.length,
              onChange: (checked) => set(checked, entries),
            })
          : nothing
      }
      <div
        class=${entries.length > 1 && !o.fixed ? 'ending-list' : ''}
        tabindex=${entries.length > 6 ? 0 : nothing}
        role="group"
        aria-label=${o.legend}
      >
        ${entries.map((each, at) =>
          checkField({
            id: `ending-${o.id}-${String(at)}`,
            label: each.label,
            checked: each.checked,
            disabled: o.fixed,
            onChange: (checked) => set(checked, [each]),
          }),
        )}
      </div>
      ${
        ticked === entries.length && !o.fixed
          ? nothing
          : html`<p class="hint" id="ending-${o.id}-rest">${o.rest}</p>`
      }
      <div aria-live="polite">
        ${o.warning === undefined ? nothing : html`<p class="lost">${iconWarning()} <span>${o.warning}</span></p>`}
      </div>
    </fieldset>`;
  }
}

async function volumesOf(connection: Connection, signal: AbortSignal): Promise<ReadonlyMap<string, Volume>> {
  if (!connection.has('block-storage')) return new Map();
  const volumes = await all(connection.client(VolumeClient).volumes({ signal }));
  return new Map(volumes.map((each) => [each.id, each]));
}

async function decides(connection: Connection, signal: AbortSignal): Promise<boolean> {
  const { max } = await connection.client(ComputeClient).versions({ signal });
  return max !== undefined && compareVersions(max, DECIDES_SINCE) >= 0;
}
