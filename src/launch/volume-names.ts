import type { LaunchPart } from './mark.js';
import { NAME_LIMIT } from './names.js';

/** Name of a volume of an instance; its own end stays readable when the name is long. */
export function volumeName(serverName: string, index: number): string {
  const end = volumeEnd(index);
  return (
    Array.from(serverName)
      .slice(0, NAME_LIMIT - end.length)
      .join('') + end
  );
}

/** The name of the instance that a volume was made for; undefined where its own name does not tell. */
export function serverOfVolume(name: string, part: LaunchPart): string | undefined {
  const end = volumeEnd(part === 'boot' ? 0 : Number(part.replace('volume-', '')));
  const isCut = Array.from(name).length >= NAME_LIMIT;
  return name.endsWith(end) && !isCut ? name.slice(0, -end.length) : undefined;
}

function volumeEnd(index: number): string {
  return index === 0 ? '-boot' : `-data${index === 1 ? '' : `-${index}`}`;
}
