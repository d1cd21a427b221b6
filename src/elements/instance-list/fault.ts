/** What went wrong with an instance, as far as Nova's words tell; each has messages `fault-<kind>` and `fault-<kind>-helps`. */
export type FaultKind = 'no-room' | 'network' | 'image' | 'volume' | 'quota' | 'other';

/**
 * The texts come from Nova and its drivers, and are English everywhere: `nova/exception.py` and
 * `nova/compute/manager.py`.
 */
const SIGNS: readonly (readonly [FaultKind, RegExp])[] = [
  ['quota', /quota|limit exceeded/i],
  [
    'no-room',
    /no valid host|exceeded maximum number of retries|insufficient (compute )?resources|allocation candidates/i,
  ],
  ['volume', /block device|volume/i],
  ['network', /network|port|vif|ip address/i],
  ['image', /image|disk/i],
];

export function faultKind(message: string): FaultKind {
  return SIGNS.find(([, sign]) => sign.test(message))?.[0] ?? 'other';
}
