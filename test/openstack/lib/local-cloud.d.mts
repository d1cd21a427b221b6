/** Stops one daemon of the local cloud, such as `glance-api`. */
export function stopDaemon(name: string): Promise<void>;

/** Starts it again; returns when it answers. */
export function startDaemon(name: string): Promise<void>;
