import { realpathSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/** Is this the module that Node was started with? `isMain(import.meta.url)` */
export const isMain = (url) =>
  process.argv[1] !== undefined && realpathSync(process.argv[1]) === realpathSync(fileURLToPath(url));
