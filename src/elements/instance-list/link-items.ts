import { instanceMessages as messages } from '../../i18n/en/instance.js';
import { iconInfo, iconKey, iconNetwork, iconTerminal } from '../../ui/icons.js';
import type { MenuItem } from '../../ui/menu.js';
import { launchLikeItem } from '../instances/launch-like.js';
import type { ActingHost } from './acting.js';

const ICONS = {
  overview: iconInfo,
  connect: iconKey,
  addresses: iconNetwork,
  volumes: undefined,
  security: undefined,
  interfaces: undefined,
  log: undefined,
  console: iconTerminal,
  history: undefined,
  graphs: undefined,
  raw: undefined,
} as const;

function isSection(name: string): name is keyof typeof ICONS {
  return Object.hasOwn(ICONS, name);
}

/**
 * What of an instance the page shows in its own place, as entries of a menu, and another launch like it where the page
 * offers that; a name that is not known is left out.
 */
export function linkItems(host: ActingHost, id: string): readonly MenuItem[] {
  const { localizer, gathered } = host;
  const links = (host.sections ?? '')
    .split(/[\s,]+/)
    .filter(isSection)
    .map((section) => ({
      label: localizer.text(messages, `section-${section}`),
      icon: ICONS[section]?.(),
      onSelect: () => host.openSection(id, section),
    }));
  const server = gathered.get(id);
  const origin = gathered.originOf(id);
  if (!host.launchLike || !server || !origin) return links;
  const place = { id: origin.id, connection: origin.connection.id };
  return [...links, launchLikeItem(host, server, host.rightsTo(server), place)];
}
