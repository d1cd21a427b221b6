import type { LaunchRequest } from '../../src/launch/plan.js';

/** What can happen to a request. `lost`: the cloud does what was asked, and nobody hears of it. */
export const MISFORTUNES = ['409', '413', '429', '500', '503', 'timeout', 'lost'] as const;
export type Misfortune = (typeof MISFORTUNES)[number];

/** Wishes that name something which is not there, and are refused by Nova. */
export function goneWishes(gone: string): readonly Partial<LaunchRequest>[] {
  return [
    { network: { kind: 'network', id: gone, name: 'lab' } },
    { securityGroups: [gone] },
    { key: { kind: 'existing', name: 'gone' } },
    { flavorId: gone },
    { availabilityZone: 'gone' },
    { serverGroupId: gone },
    { boot: { kind: 'volume', volumeId: gone, deleteWithServer: false }, imageId: '' },
  ];
}

/** The answer of a cloud that refuses with a status. */
export function refused(status: number): Response {
  return Response.json(
    { error: { code: status, message: 'Not now.' } },
    { status, headers: { 'Retry-After': '1' } },
  );
}
