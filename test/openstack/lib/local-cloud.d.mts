/** Stops one daemon of the local cloud, such as `glance-api`. */
export function stopDaemon(name: string): Promise<void>;

/** Starts it again; returns when it answers. */
export function startDaemon(name: string): Promise<void>;

/** Where the local cloud keeps its data and logs. */
export const stateFolder: string;
