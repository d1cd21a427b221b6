import { test as base } from '@playwright/test';
import { watchSecrets } from './secrets.js';

/** Every story ends with a look for what must not be left in its page. */
export const test = base.extend({
  page: async ({ page }, use) => {
    const noneIsLeft = watchSecrets(page);
    await use(page);
    await noneIsLeft();
  },
});
