import { defineAll } from './define.js';

/** The script-tag build: all elements, defined at once under their own names, and the kit's API as exports. */
export * from './index.js';

defineAll();
