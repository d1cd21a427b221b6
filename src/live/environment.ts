import { systemClock, type Clock } from '../openstack/clock.js';

/**
 * What keeping data fresh needs to know of the surroundings: the time, whether the page is looked at, whether there
 * is a network. Tests inject their own, so that an hour passes in a millisecond.
 */
export interface Environment {
  readonly clock: Clock;
  /** Whether the page can be seen: a hidden one asks the cloud nothing. */
  visible(): boolean;
  /** Whether the browser believes it has a network. */
  online(): boolean;
  /** Calls back whenever `visible()` or `online()` may have changed; returns the way to stop that. */
  onChange(listener: () => void): () => void;
}

/** The surroundings of a page. Outside of a browser: always visible, always online. */
export function browserEnvironment(clock: Clock = systemClock): Environment {
  const page = globalThis.document;
  const browser = globalThis.window;
  return {
    clock,
    visible: () => page?.visibilityState !== 'hidden',
    online: () => browser?.navigator.onLine ?? true,
    onChange(listener) {
      const stop = new AbortController();
      const { signal } = stop;
      page?.addEventListener('visibilitychange', listener, { signal });
      // `pageshow`: a page that comes back from the back/forward cache fires no visibilitychange everywhere.
      for (const type of ['online', 'offline', 'pageshow'])
        browser?.addEventListener(type, listener, { signal });
      return () => stop.abort();
    },
  };
}
