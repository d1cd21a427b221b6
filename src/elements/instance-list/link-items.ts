import { instanceMessages as messages } from '../../i18n/en/instance.js';
import type { Localizer } from '../../i18n/localizer.js';
import { iconInfo, iconKey, iconNetwork, iconTerminal } from '../../ui/icons.js';
import type { MenuItem } from '../../ui/menu.js';

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

/** What of an instance the page shows in its own place, as entries of a menu; a name that is not known is left out. */
export function linkItems(
  localizer: Localizer,
  sections: string | undefined,
  onOpen: (section: string) => void,
): readonly MenuItem[] {
  return (sections ?? '')
    .split(/[\s,]+/)
    .filter(isSection)
    .map((section) => ({
      label: localizer.text(messages, `section-${section}`),
      icon: ICONS[section]?.(),
      onSelect: () => onOpen(section),
    }));
}
