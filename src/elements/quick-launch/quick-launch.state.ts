import { decide, type Decision, type Known, type Setting } from '../launch-wizard/launch-wizard.state.js';
import { canLookUp } from '../launch-wizard/wish.js';
import { readRecipe, type MissingPart, type Recipe } from './recipe.js';

/** What stands against a launch here, as a person is told: there is nothing to choose, so few words do. */
export type QuickObstacle = 'quota' | 'size' | 'no-network' | 'images' | 'sizes' | 'name' | 'other';

/** How the button stands. */
export type QuickState =
  | { readonly kind: 'loading' }
  /** What the portal wants launched is not in this project's cloud. */
  | { readonly kind: 'missing'; readonly missing: MissingPart }
  | { readonly kind: 'blocked'; readonly why: QuickObstacle; readonly decision: Decision }
  | { readonly kind: 'ready'; readonly decision: Decision };

/** From what the portal chose, what the cloud offers and who asks. Pure. `name`: what was typed, if anything was. */
export function quickState(
  recipe: Recipe,
  name: string | undefined,
  known: Known,
  setting: Setting,
): QuickState {
  if (!canLookUp(known, {})) return { kind: 'loading' };
  const read = readRecipe(recipe, known, setting.preferences);
  if ('what' in read) return { kind: 'missing', missing: read };
  // What the portal has locked is locked for people: the recipe is the portal's own.
  const preferences = { ...setting.preferences, locked: undefined };
  const decision = decide({ ...read, name }, known, { ...setting, preferences });
  // There is no network to choose here: what cannot be listed is left to the cloud.
  const others = decision.obstacles.filter(({ why }) => !/^(?:reader|expired|networks)$/.test(why));
  if (others.some(({ why }) => why === 'loading')) return { kind: 'loading' };
  const [obstacle] = others;
  if (!obstacle) return { kind: 'ready', decision: { ...decision, obstacles: others } };
  const { size } = decision;
  const tight =
    size !== undefined && size.reasons.length > 0 && size.reasons.every(({ kind }) => kind === 'quota');
  return { kind: 'blocked', why: tight ? 'quota' : obstacleOf(obstacle.why), decision };
}

function obstacleOf(why: Decision['obstacles'][number]['why']): QuickObstacle {
  switch (why) {
    case 'quota':
    case 'count':
    case 'quota-network':
    case 'quota-address':
    case 'quota-storage':
    case 'quota-key':
    case 'quota-group':
    case 'quota-members':
    case 'quota-metadata':
      return 'quota';
    case 'size':
    case 'no-size-fits':
      return 'size';
    case 'no-network':
    case 'images':
    case 'sizes':
    case 'name':
      return why;
    default:
      return 'other';
  }
}
