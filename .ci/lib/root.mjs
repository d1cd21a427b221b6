import { fileURLToPath } from 'node:url';

/** The repository's top folder, whatever the working directory. */
export const root = fileURLToPath(new URL('../../', import.meta.url));
