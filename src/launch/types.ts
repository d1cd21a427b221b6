import type { Image } from '../openstack/image.js';
import type { ImageMatch, LaunchType, LaunchVersion } from '../session/settings.js';
import { isBootable } from './images.js';
import { matchesName } from './named.js';

function fits(image: Image, match: ImageMatch): boolean {
  const { id, name, visibility, osDistro, osVersion, properties = {} } = match;
  return (
    (id === undefined || image.id === id) &&
    (name === undefined || matchesName(image.name, name)) &&
    (visibility === undefined || image.visibility === visibility) &&
    (osDistro === undefined || image.osDistro?.toLowerCase() === osDistro.toLowerCase()) &&
    (osVersion === undefined || image.osVersion === osVersion) &&
    Object.entries(properties).every(([key, value]) => image.properties[key] === value)
  );
}

/** A version of a type and the image that it is now. */
export interface VersionOffer {
  readonly version: LaunchVersion;
  /** The newest that fits; undefined where there is none. */
  readonly image: Image | undefined;
}

/** A curated type as it is offered. */
export interface TypeOffer {
  readonly type: LaunchType;
  readonly versions: readonly VersionOffer[];
  /** The version to begin with; undefined where none has an image. */
  readonly first: VersionOffer | undefined;
}

/** The portal's types, each version with its newest image. A match that names nothing means no image. */
export function offerTypes(types: readonly LaunchType[], images: readonly Image[]): readonly TypeOffer[] {
  const newest = images.filter(isBootable).sort((a, b) => b.created.localeCompare(a.created));
  return types.map((type) => {
    const versions = type.versions.map((version): VersionOffer => ({
      version,
      image: Object.values(version.image).some((part) => part !== undefined)
        ? newest.find((image) => fits(image, version.image))
        : undefined,
    }));
    const there = versions.filter(({ image }) => image !== undefined);
    return { type, versions, first: there.find(({ version }) => version.primary) ?? there[0] };
  });
}

/** The type and the version that an image is offered as. */
export function typeOf(
  offers: readonly TypeOffer[],
  image: Pick<Image, 'id'> | undefined,
): { readonly offer: TypeOffer; readonly version: LaunchVersion } | undefined {
  for (const offer of offers) {
    const found = offer.versions.find((each) => each.image !== undefined && each.image.id === image?.id);
    if (found) return { offer, version: found.version };
  }
  return undefined;
}
