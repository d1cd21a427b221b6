import type { QuotaReason } from './errors.js';

/**
 * Finds which quota is used up in a service's message.
 *
 * Nova: `Quota exceeded for cores, ram: Requested 4, 8192, but already used 18, 4096 of 20, 8192 cores, ram`; with
 * unified limits `Resource servers is over limit of 10 due to current usage 10 and delta 1`. Cinder: `Requested
 * volume or snapshot exceeds allowed gigabytes quota. Requested 500G, quota is 100G and 20G has been consumed.`
 * Neutron: `Quota exceeded for resources: ['floatingip'].`
 */
export function readQuota(message: string): QuotaReason | undefined {
  const nova =
    /quota exceeded for ([\w, ]+?): requested ([-\d, ]+), but already used ([-\d, ]+) of ([-\d, ]+)/i.exec(
      message,
    );
  if (nova) {
    const [resource, requested, used, limit] = nova.slice(1).map((part) => part.split(',')[0]?.trim() ?? '');
    return reason(resource, requested, used, limit);
  }
  const unified =
    /resource ([\w:-]+) is over limit of (-?\d+) due to current usage (\d+) and delta (\d+)/i.exec(message);
  if (unified) return reason(UNIFIED[unified[1] ?? ''] ?? unified[1], unified[4], unified[3], unified[2]);
  const cinder =
    /exceeds allowed ([\w ]+?) quota\.? requested (\d+)\w?, quota is (\d+)\w? and (\d+)\w? has been consumed/i.exec(
      message,
    );
  if (cinder) return reason(cinder[1]?.toLowerCase().replace(/ /g, '_'), cinder[2], cinder[4], cinder[3]);
  const maximum =
    /maximum number of ([\w ]+?) (?:allowed )?(?:\((\d+)\) )?(?:is )?(?:exceeded|exceeds)/i.exec(message);
  if (maximum) return reason(noun(maximum[1]), undefined, maximum[2], maximum[2]);
  const named = /quota (?:limit )?exceeded(?: for(?: resources?:?)?|, too many) (?:\[?u?['"])?([\w ]+)/i.exec(
    message,
  );
  if (named) return reason(noun(named[1]));
  return /quota (?:limit )?exceeded|exceed\w* (?:the |allowed )?[\w ]*quota|over quota/i.test(message)
    ? { resource: '' }
    : undefined;
}

/** Unified limits name things by their class; the words of the other messages are kept instead. */
const UNIFIED: Readonly<Record<string, string>> = {
  servers: 'instances',
  'class:VCPU': 'cores',
  'class:MEMORY_MB': 'ram',
  server_key_pairs: 'keypairs',
};

function noun(words = ''): string {
  const word = words.trim().toLowerCase().replace(/ /g, '_');
  return word === 'key_pairs' ? 'keypairs' : word;
}

function reason(resource = '', requested?: string, used?: string, limit?: string): QuotaReason {
  return {
    resource,
    ...(requested && { requested: Number(requested) }),
    ...(used && { used: Number(used) }),
    ...(limit && { limit: Number(limit) }),
  };
}
