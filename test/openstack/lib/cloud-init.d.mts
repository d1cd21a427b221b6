/** The interpreter that distributions build their packages for. */
export const PYTHON: string;

/** What PYTHONPATH has to be for `import cloudinit`, which is fetched first where that is possible without asking. */
export function ensureCloudInit(): Promise<string | undefined>;

/** Why a suite is skipped without it. */
export const HOW_TO_INSTALL: string;
