import { isOpenStackError, OpenStackError } from '../openstack/errors.js';
import { isUnclear, oldestFirst, type Tell } from './attempts.js';
import type { Making, StepOf } from './making.js';
import { LAUNCH_MARK, LAUNCH_RECIPE, readMark, writeMark, type LaunchPart } from './mark.js';
import { volumeName } from './volume-names.js';

/** Milliseconds between looks at a volume that is being made, and for how many looks an answer may be missing. */
const VOLUME_PAUSE = 2_000;
const SILENT_LOOKS = 10;

/** Makes a volume and waits until it can be used; what a first try left in error is replaced. */
export async function makeVolume(m: Making, step: StepOf<'volume'>, tell: Tell): Promise<void> {
  const { name: server, number, index, volume } = step;
  const client = m.services.volume();
  const part: LaunchPart = index === 0 ? 'boot' : `volume-${index}`;
  const name = volumeName(server, index);
  const find = async () =>
    oldestFirst(
      (await client.volumes(name, m.call)).filter(({ metadata }) =>
        m.isOurs(readMark(metadata), part, number),
      ),
    );
  if (m.again) {
    const [broken] = await find();
    if (broken?.status === 'error') {
      tell({ kind: 'replacing' });
      await client.deleteVolume(broken.id, name, m.call);
      await volumeIs(m, broken.id, name, 'gone');
      tell(undefined);
    }
  }
  const { recipe } = m.plan;
  const metadata = {
    [LAUNCH_MARK]: writeMark(m.mark(part, number)),
    ...(recipe.alone !== '' && { [LAUNCH_RECIPE]: recipe.alone }),
  };
  const { id } = await m.once(tell, {
    find,
    create: () => client.createVolume({ name, ...volume, availabilityZone: undefined, metadata }, m.call),
    remove: async (made) => {
      await volumeIs(m, made.id, name, 'usable');
      await client.deleteVolume(made.id, name, m.call);
    },
  });
  m.remember({ kind: 'volume', id, name });
  m.there.volumes.set(`${number}-${index}`, id);
  await volumeIs(m, id, name, 'usable');
}

/** Waits for a volume; a look that fails says nothing until many have. */
async function volumeIs(m: Making, id: string, name: string, wanted: 'usable' | 'gone'): Promise<void> {
  const client = m.services.volume();
  for (let silent = 0; ;) {
    let status = '';
    try {
      ({ status } = await client.volume(id, name, m.call));
      silent = 0;
    } catch (error) {
      if (!isOpenStackError(error)) throw error;
      if (wanted === 'gone' && error.kind === 'not-found') return;
      if (!(isUnclear(error) || error.kind === 'rate-limit') || ++silent > SILENT_LOOKS) throw error;
    }
    if (wanted === 'usable' && /^(?:available|reserved|attaching|in-use)$/.test(status)) return;
    if (status.startsWith('error')) {
      throw new OpenStackError({
        kind: 'server',
        attempt: { action: wanted === 'gone' ? 'delete-volume' : 'create-volume', name },
        service: 'block-storage',
        detail: `The volume is in status "${status}".`,
      });
    }
    await m.services.clock.sleep(VOLUME_PAUSE, m.signal);
  }
}
