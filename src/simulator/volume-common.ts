import { json, mayWrite, projectOf, Refusal, type Call } from './http.js';
import { novaFaultName } from './faults.js';
import type { VolumeQuota, VolumeRecord } from './model.js';
import { DEFAULT_VOLUME_QUOTA } from './quota.js';

export const VOLUME_ROOT = '/volume/v3/:project';
/** The highest microversion, 3.70. */
export const VOLUME_MAX_MINOR = 70;

/** An error in Cinder's shape, which is Nova's. */
export function refusal(status: number, name: string, message: string): Response {
  return json({ [name]: { code: status, message } }, status);
}

/** Ends the request with an error in Cinder's shape. */
export function refuseVolume(status: number, message: string): never {
  throw new Refusal(refusal(status, novaFaultName(status), message));
}

/** Refuses who is only a reader. */
export function requireVolumeMember(call: Call, policy: string): void {
  if (!mayWrite(call.get('token'))) refuseVolume(403, `Policy doesn't allow ${policy} to be performed.`);
}

export function volumeQuotaOf(call: Call): VolumeQuota {
  return call.env.region.volumeQuotas.get(projectOf(call)) ?? DEFAULT_VOLUME_QUOTA;
}

/** The project's volumes, newest first. */
export function ownVolumes(call: Call): VolumeRecord[] {
  return [...call.env.region.volumes.values()]
    .filter((volume) => volume.projectId === projectOf(call))
    .sort((a, b) => b.created - a.created || (a.id < b.id ? 1 : -1));
}

/** Whether the request asks for microversion 3.`minor` or later. */
export function volumeSince(call: Call, minor: number): boolean {
  return call.get('minor') >= minor;
}
