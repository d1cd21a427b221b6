import { bodyOf, json, nothing, param, projectOf, type App, type Call } from './http.js';
import { isoMicros } from './ids.js';
import { objectAt, stringAt, type JsonObject } from './json.js';
import type { VolumeSnapshotRecord } from './model.js';
import { refuseVolume, requireVolumeMember, VOLUME_ROOT } from './volume-common.js';

function render(snapshot: VolumeSnapshotRecord): JsonObject {
  return {
    id: snapshot.id,
    name: snapshot.name,
    description: snapshot.description,
    volume_id: snapshot.volumeId,
    size: snapshot.size,
    status: snapshot.status,
    created_at: isoMicros(snapshot.created),
    updated_at: isoMicros(snapshot.created),
    metadata: {},
  };
}

/** `/snapshots`: lists, create, show, delete. */
export function volumeSnapshots(app: App): void {
  const own = (call: Call): VolumeSnapshotRecord[] =>
    [...call.env.region.volumeSnapshots.values()].filter(({ projectId }) => projectId === projectOf(call));
  const snapshotIn = (call: Call): VolumeSnapshotRecord => {
    const id = param(call, 'id');
    return own(call).find((row) => row.id === id) ?? refuseVolume(404, `Snapshot ${id} could not be found.`);
  };
  for (const path of ['snapshots', 'snapshots/detail'])
    app.get(`${VOLUME_ROOT}/${path}`, (call) => json({ snapshots: own(call).map(render) }));
  app.get(`${VOLUME_ROOT}/snapshots/:id`, (call) => json({ snapshot: render(snapshotIn(call)) }));
  app.post(`${VOLUME_ROOT}/snapshots`, async (call) => {
    const wanted = objectAt(await bodyOf(call), 'snapshot');
    if (!wanted) refuseVolume(400, "'snapshot' is a required property");
    requireVolumeMember(call, 'volume:create_snapshot');
    const volumeId = stringAt(wanted, 'volume_id') ?? '';
    const { region, state } = call.env;
    const volume = region.volumes.get(volumeId);
    if (volume?.projectId !== projectOf(call)) refuseVolume(404, `Volume ${volumeId} could not be found.`);
    if (volume.status !== 'available' && wanted['force'] !== true)
      refuseVolume(400, 'Invalid volume: Volume status must be available to create a snapshot.');
    const made: VolumeSnapshotRecord = {
      id: state.ids.uuid(),
      name: stringAt(wanted, 'name') ?? null,
      description: stringAt(wanted, 'description') ?? null,
      volumeId,
      projectId: volume.projectId,
      userId: call.get('token').user.id,
      size: volume.size,
      status: 'creating',
      bootable: volume.bootable,
      imageId: volume.imageId,
      created: state.now(),
    };
    region.volumeSnapshots.set(made.id, made);
    state.schedule(made.created + state.settings.actionMs, () => (made.status = 'available'));
    return json({ snapshot: render(made) }, 202);
  });
  app.delete(`${VOLUME_ROOT}/snapshots/:id`, (call) => {
    const row = snapshotIn(call);
    requireVolumeMember(call, 'volume:delete_snapshot');
    call.env.region.volumeSnapshots.delete(row.id);
    return nothing(202);
  });
}
