import { decide, type Decision, type Known, type Setting } from '../launch-wizard/launch-wizard.state.js';
import { canLookUp, draftOf, type LaunchWish, type MissingWish } from '../launch-wizard/wish.js';

/** What stands against a launch here, as a person is told: there is nothing to choose, so few words do. */
export type QuickObstacle = 'quota' | 'size' | 'no-network' | 'images' | 'sizes' | 'name' | 'other';

/** How the button stands. */
export type QuickState =
  | { readonly kind: 'loading' }
  /** What the portal wants launched is not in this project's cloud. */
  | { readonly kind: 'missing'; readonly what: MissingWish; readonly name: string }
  | { readonly kind: 'blocked'; readonly why: QuickObstacle; readonly decision: Decision }
  | { readonly kind: 'ready'; readonly decision: Decision };

/** From what the portal chose, what the cloud offers and who asks. Pure. `name`: what was typed, if anything was. */
export function quickState(
  wish: LaunchWish,
  name: string | undefined,
  known: Known,
  setting: Setting,
): QuickState {
  if (!canLookUp(known, wish)) return { kind: 'loading' };
  const { draft, missing } = draftOf(wish, known);
  const [what] = missing;
  const lists = known.images?.status === 'failed' || known.flavors?.status === 'failed';
  if (what && !lists) return { kind: 'missing', what, name: wishedName(wish, what) };
  const decision = decide({ ...draft, name }, known, setting);
  const others = decision.obstacles.filter(({ why }) => !/^(?:reader|expired)$/.test(why));
  if (others.some(({ why }) => why === 'loading')) return { kind: 'loading' };
  const [obstacle] = others;
  if (!obstacle) return { kind: 'ready', decision };
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

function wishedName(wish: LaunchWish, what: MissingWish): string {
  return what === 'groups' ? (wish.groups ?? []).join(', ') : (wish[what] ?? '');
}
