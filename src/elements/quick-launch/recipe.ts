import { isBootable } from '../../launch/images.js';
import { matchesName } from '../../launch/named.js';
import type { LaunchRequest } from '../../launch/plan.js';
import { offerTypes } from '../../launch/types.js';
import type { LaunchDefaults, LaunchType } from '../../session/settings.js';
import { profilesOf } from '../launch-wizard/decide-more.js';
import { rowsOf, type Draft, type Known } from '../launch-wizard/launch-wizard.state.js';

/** What a portal wants launched, as it writes it. */
export interface Recipe {
  /** Name of one of the configuration's `launch.types`; an image is not looked for then. */
  readonly type?: string | undefined;
  readonly image?: string | undefined;
  readonly size?: string | undefined;
  readonly profile?: string | undefined;
}

/** What of a recipe is not there; `unfilled`: the type is known, and no image fits it. */
export interface MissingPart {
  readonly what: keyof Recipe | 'unfilled';
  /** As the portal writes it. */
  readonly name: string;
}

/** The type that a recipe names, in whatever case. */
export function typeFor({ type }: Recipe, { types = [] }: LaunchDefaults): LaunchType | undefined {
  return type === undefined ? undefined : types.find(({ name }) => matchesName(name, type));
}

/** What a recipe means here and now: ids, or what of it is not there. Of several images that fit it is the newest. */
export function readRecipe(recipe: Recipe, known: Known, preferences: LaunchDefaults): Draft | MissingPart {
  const { type, image, size, profile } = recipe;
  const images = rowsOf(known.images)
    .filter(isBootable)
    .sort((a, b) => b.created.localeCompare(a.created));
  let imageId: string | undefined;
  if (type !== undefined) {
    const found = typeFor(recipe, preferences);
    if (!found) return { what: 'type', name: type };
    imageId = offerTypes([found], images)[0]?.first?.image?.id;
    if (imageId === undefined) return { what: 'unfilled', name: found.name };
  } else if (image !== undefined) {
    imageId = named(images, image)?.id;
    if (imageId === undefined) return { what: 'image', name: image };
  }
  const flavor = size === undefined ? undefined : named(rowsOf(known.flavors), size);
  if (size !== undefined && !flavor) return { what: 'size', name: size };
  const kind = profilesOf(preferences).find((each) => each === profile);
  if (profile !== undefined && !kind) return { what: 'profile', name: profile };
  return { imageId, flavorId: flavor?.id, profile: kind };
}

/** By id, by name as it stands, and then by what it means. */
function named<R extends { readonly id: string; readonly name: string }>(
  rows: readonly R[],
  wanted: string,
): R | undefined {
  return (
    rows.find(({ id }) => id === wanted) ??
    rows.find(({ name }) => name === wanted) ??
    rows.find(({ name }) => matchesName(name, wanted))
  );
}

/** Whether a launch that ended half-way was one of this recipe: of its size, and its image or a former one. */
export function isOf(
  { imageId, flavorId }: Pick<LaunchRequest, 'imageId' | 'flavorId'>,
  recipe: Recipe,
  known: Known,
  preferences: LaunchDefaults,
): boolean {
  const { type, image, size } = recipe;
  const sizes = rowsOf(known.flavors).filter(({ id }) => id === flavorId);
  if (size !== undefined && !named(sizes, size)) return false;
  const images = rowsOf(known.images).filter(({ id }) => id === imageId);
  if (type === undefined) return image === undefined || named(images, image) !== undefined;
  const found = typeFor(recipe, preferences);
  return found !== undefined && offerTypes([found], images)[0]?.first !== undefined;
}
