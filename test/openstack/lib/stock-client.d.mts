/** Path of the client; undefined when none is installed. */
export function findStockClient(): string | undefined;

/** Runs the client with further environment variables; gives what it printed. */
export function openstack(args: readonly string[], env?: Readonly<Record<string, string>>): Promise<string>;
