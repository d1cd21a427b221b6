import { instanceActionMessages as messages } from '../../i18n/en/instance-actions.js';
import type { Server } from '../../openstack/compute.js';
import { iconCopy } from '../../ui/icons.js';
import type { MenuItem } from '../../ui/menu.js';
import type { OverlayHost } from '../../ui/overlay-host.js';
import { refusalText } from '../instance-list/words.js';
import { likeServer } from '../launch-wizard/like.js';
import type { LaunchWish } from '../launch-wizard/wish.js';
import { barredBy, type Rights } from './availability.js';

/** An instance that another one is wanted like, as events name it. */
interface Model {
  /** As its cloud knows it. */
  readonly id: string;
  /** The id of its connection. */
  readonly connection: string;
  readonly name: string;
}

export interface LaunchLikeDetail extends Model {
  /**
   * For `launchLike()` of the wizard: names and ids of what the instance is made of. The rest is not in it, for the
   * wizard takes that from the instance once it is wished: metadata, tags, how it was prepared, its volumes.
   */
  readonly wish: Omit<LaunchWish, 'metadata' | 'tags' | 'volumes'>;
}

/**
 * Somebody wants another instance like one that is there; the page shows its launch wizard and hands it `detail.wish`.
 * Nothing is launched by it.
 */
export class ExoLaunchLikeEvent extends CustomEvent<LaunchLikeDetail> {
  static readonly type = 'exo-launch-like';

  constructor(model: Model, server: Server) {
    const { metadata: _own, tags: _tags, groups, moreNetworks, ...wish } = likeServer(server);
    super(ExoLaunchLikeEvent.type, {
      bubbles: true,
      composed: true,
      detail: Object.freeze({
        ...model,
        wish: Object.freeze({
          like: model.id,
          ...wish,
          ...(groups && { groups: Object.freeze(groups) }),
          ...(moreNetworks && { moreNetworks: Object.freeze(moreNetworks) }),
        }),
      }),
    });
  }
}

/** The entry of a menu; who may not launch here is told so. */
export function launchLikeItem(
  host: OverlayHost,
  server: Server,
  rights: Rights,
  place: Pick<Model, 'id' | 'connection'>,
): MenuItem {
  const no = barredBy(rights);
  return {
    label: host.localizer.text(messages, 'launchLike'),
    icon: iconCopy(),
    reason: no && refusalText(host.localizer, no),
    onSelect: () =>
      host.dispatchEvent(
        new ExoLaunchLikeEvent({ id: place.id, connection: place.connection, name: server.name }, server),
      ),
  };
}

declare global {
  interface HTMLElementEventMap {
    'exo-launch-like': ExoLaunchLikeEvent;
  }
  interface DocumentEventMap {
    'exo-launch-like': ExoLaunchLikeEvent;
  }
}
