import type { OverlayHost } from './overlay-host.js';

interface Region {
  readonly box: HTMLElement;
  readonly said: Map<string, number>;
}

const regions = new WeakMap<OverlayHost, Region>();

/** The same words are not said again within this time, ms. */
const QUIET_FOR = 5000;

/**
 * Says something to a screen reader, politely, without moving the focus. A message that was just said is
 * left out, so a list that is polled does not chatter.
 */
export function announce(host: OverlayHost, message: string, now: () => number = Date.now): void {
  const region = regionOf(host);
  const at = now();
  const before = region.said.get(message);
  if (before !== undefined && at - before < QUIET_FOR) return;
  for (const [said, when] of region.said) if (at - when >= QUIET_FOR) region.said.delete(said);
  region.said.set(message, at);
  const line = host.ownerDocument.createElement('p');
  line.textContent = message;
  region.box.append(line);
  while (region.box.childElementCount > 3) region.box.firstElementChild?.remove();
}

/**
 * Makes the region before there is something to say: many screen readers miss what was in a region from its
 * beginning. BaseElement calls it once.
 */
export function prepareLiveRegion(host: OverlayHost): void {
  regionOf(host);
}

function regionOf(host: OverlayHost): Region {
  const found = regions.get(host);
  if (found) return found;
  const box = host.ownerDocument.createElement('div');
  box.className = 'visually-hidden';
  box.setAttribute('role', 'status');
  box.setAttribute('aria-live', 'polite');
  // A status is read as a whole otherwise, old lines with the new one.
  box.setAttribute('aria-atomic', 'false');
  host.overlays.append(box);
  const region = { box, said: new Map<string, number>() };
  regions.set(host, region);
  return region;
}
