/** Path of the client; undefined when none is installed. */
export function findStockClient(): string | undefined;

/** Path of the client, which is installed first where that is possible without asking. */
export function ensureStockClient(): Promise<string | undefined>;

/** Why a suite is skipped without it. */
export const HOW_TO_INSTALL: string;

/** Runs the client with further environment variables; gives what it printed. */
export function openstack(args: readonly string[], env?: Readonly<Record<string, string>>): Promise<string>;
