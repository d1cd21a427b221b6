/** The version of the kit, as in package.json; a test holds them together. Copies on one page compare it. */
export const VERSION = '0.1.0';
