/**
 * Which tab of an origin asks the cloud for all of them. This is the place where an election (Web Locks) and the
 * sharing of what was fetched (BroadcastChannel) will stand; until then every tab leads itself.
 */
export interface Leadership {
  /** Whether this tab is the one that polls. */
  leads(): boolean;
  /** Calls back when `leads()` may have changed; returns the way to stop that. */
  onChange(listener: () => void): () => void;
}

/** Every tab asks for itself. */
export const alwaysLeader: Leadership = { leads: () => true, onChange: () => () => undefined };
