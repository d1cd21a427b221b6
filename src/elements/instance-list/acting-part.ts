// What is loaded when somebody comes along who may look closer, or do something: docs/decisions/chunks.md.
import { menuStyles } from '../../ui/menu.js';
import { bulkBarStyles } from './bulk-bar.styles.js';

export { closeOrphanedMenu, openMenu } from '../../ui/menu.js';
export { ActionRunner } from './action-runner.js';
export { bulkBar } from './bulk-bar.js';
export { renderDetails } from './details.js';
export { linkItems } from './link-items.js';

export const actingStyles = [menuStyles, bulkBarStyles];
