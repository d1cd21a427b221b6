/** How much of something a project uses and may use. */
export interface Quota {
  readonly used: number;
  /** Infinity when unlimited. */
  readonly limit: number;
}

/** A quota from the services' numbers, where -1 is unlimited. */
export function quota(used: number, limit: number): Quota {
  return { used, limit: limit < 0 ? Infinity : limit };
}
