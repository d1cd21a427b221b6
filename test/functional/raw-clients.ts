import { versioned } from '../../src/openstack/catalog.js';
import { isOpenStackError } from '../../src/openstack/errors.js';
import { ServiceClient, type ServiceClientOptions } from '../../src/openstack/service.js';

// What the kit itself never asks for, or does not tell of: to make ready what a launch starts from, and to read it back.

type Row = Record<string, unknown>;

abstract class RawClient extends ServiceClient {
  protected async ask<T>(
    method: 'GET' | 'POST' | 'DELETE',
    path: string,
    body?: unknown,
    microversion?: string,
  ) {
    const { data } = await this.request<T>({
      attempt: { action: 'list-instances' },
      method,
      path,
      microversion,
      ...(body !== undefined && { body }),
      ...(method === 'DELETE' && { expect: 'nothing' }),
      read: (answer) => answer as T,
    });
    return data;
  }
}

export class RawCompute extends RawClient {
  static readonly type = 'compute';

  constructor(o: ServiceClientOptions) {
    super({ ...o, endpoint: versioned(o.endpoint, 'v2.1') });
  }

  async server(id: string): Promise<Row> {
    return (await this.ask<{ server: Row }>('GET', `/servers/${id}`)).server;
  }
}

export interface RawVolumeRow {
  readonly id: string;
  readonly size: number;
  readonly status: string;
  readonly volume_type: string;
  readonly bootable: string;
  readonly snapshot_id: string | null;
  readonly volume_image_metadata?: { readonly image_id?: string };
}

export class RawVolume extends RawClient {
  static readonly type = 'block-storage';

  constructor(o: ServiceClientOptions) {
    const base = versioned(o.endpoint, 'v3');
    super({ ...o, endpoint: base === o.endpoint.replace(/\/+$/, '') ? base : `${base}/${o.projectId}` });
  }

  async volume(id: string): Promise<RawVolumeRow> {
    return (await this.ask<{ volume: RawVolumeRow }>('GET', `/volumes/${id}`)).volume;
  }

  /** False while something is made of it. */
  async removeVolume(id: string): Promise<boolean> {
    try {
      await this.ask('DELETE', `/volumes/${id}`);
      return true;
    } catch (error) {
      if (!isOpenStackError(error)) throw error;
      return error.kind === 'not-found';
    }
  }

  async createSnapshot(volumeId: string, name: string): Promise<{ readonly id: string }> {
    const body = { snapshot: { volume_id: volumeId, name } };
    return (await this.ask<{ snapshot: { id: string } }>('POST', '/snapshots', body)).snapshot;
  }

  async snapshot(id: string): Promise<{ readonly status: string }> {
    return (await this.ask<{ snapshot: { status: string } }>('GET', `/snapshots/${id}`)).snapshot;
  }

  async removeSnapshot(id: string): Promise<void> {
    await this.ask('DELETE', `/snapshots/${id}`);
  }
}

export class RawImage extends RawClient {
  static readonly type = 'image';

  constructor(o: ServiceClientOptions) {
    super({ ...o, endpoint: versioned(o.endpoint, 'v2') });
  }

  async named(name: string): Promise<{ readonly id: string; readonly status: string } | undefined> {
    const { images } = await this.ask<{ images: { id: string; status: string }[] }>(
      'GET',
      `/images?name=${encodeURIComponent(name)}`,
    );
    return images[0];
  }

  /** An image without data; undefined where members may not. */
  async create(name: string): Promise<string | undefined> {
    try {
      const body = { name, disk_format: 'raw', container_format: 'bare' };
      return (await this.ask<{ id: string }>('POST', '/images', body)).id;
    } catch (error) {
      if (isOpenStackError(error) && error.kind === 'forbidden') return undefined;
      throw error;
    }
  }

  async remove(id: string): Promise<void> {
    await this.ask('DELETE', `/images/${id}`);
  }
}
