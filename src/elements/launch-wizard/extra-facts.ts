import {
  addressesOf,
  dnsZonesOf,
  serverGroupsOf,
  snapshotsOf,
  volumesOf,
  volumeTypesOf,
  zonesOf,
} from '../../launch/extras.js';
import type { Zone } from '../../openstack/dns.js';
import type {
  AvailabilityZone,
  ServerGroup,
  VolumeSnapshot,
  VolumeType,
} from '../../openstack/launch-facts.js';
import type { FloatingIp } from '../../openstack/network.js';
import type { Volume } from '../../openstack/volume.js';
import { CollectionController, type CollectionControllerHost } from '../collection-controller.js';
import type { Extra, Extras } from './launch-wizard.state.js';

/** Asks for each list when it is first wanted, and keeps it fresh from then on. */
export class ExtraFacts {
  readonly #host: CollectionControllerHost;
  #volumes: CollectionController<Volume> | undefined;
  #snapshots: CollectionController<VolumeSnapshot> | undefined;
  #volumeTypes: CollectionController<VolumeType> | undefined;
  #zones: CollectionController<AvailabilityZone> | undefined;
  #serverGroups: CollectionController<ServerGroup> | undefined;
  #addresses: CollectionController<FloatingIp> | undefined;
  #dnsZones: CollectionController<Zone> | undefined;

  constructor(host: CollectionControllerHost) {
    this.#host = host;
  }

  want(wanted: ReadonlySet<Extra>): void {
    const host = this.#host;
    if (wanted.has('volumes')) this.#volumes ??= new CollectionController(host, volumesOf);
    if (wanted.has('snapshots')) this.#snapshots ??= new CollectionController(host, snapshotsOf);
    if (wanted.has('volumeTypes')) this.#volumeTypes ??= new CollectionController(host, volumeTypesOf);
    if (wanted.has('zones')) this.#zones ??= new CollectionController(host, zonesOf);
    if (wanted.has('serverGroups')) this.#serverGroups ??= new CollectionController(host, serverGroupsOf);
    if (wanted.has('addresses')) this.#addresses ??= new CollectionController(host, addressesOf);
    if (wanted.has('dnsZones')) this.#dnsZones ??= new CollectionController(host, dnsZonesOf);
  }

  get all(): Extras {
    return {
      volumes: this.#volumes?.state,
      snapshots: this.#snapshots?.state,
      volumeTypes: this.#volumeTypes?.state,
      zones: this.#zones?.state,
      serverGroups: this.#serverGroups?.state,
      addresses: this.#addresses?.state,
      dnsZones: this.#dnsZones?.state,
    };
  }

  /** Asks again for what could not be had. */
  retry(): void {
    const all = [
      this.#volumes,
      this.#snapshots,
      this.#volumeTypes,
      this.#zones,
      this.#serverGroups,
      this.#addresses,
      this.#dnsZones,
    ];
    for (const each of all) if (each?.state?.status === 'failed') void each.collection?.refresh();
  }
}
