import { isRecord } from '../../openstack/schema.js';
import { EXO_METADATA, FLOATING_IP_CREATE, FLOATING_IP_OPTIONS, type FloatingIpOption } from './keys.js';
import { readSetup, type Setup } from './setup.js';
import type { Workflow } from './workflow.js';

/** An instance that Exosphere has made, or a launch of ours in its way: what it says of itself. */
export interface ExosphereOrigin {
  /** 0 for the oldest, which say no version; 6 today. */
  readonly version: number;
  /** Name of who launched it. */
  readonly creator: string | undefined;
  /** Undefined for versions that tell nothing of it. */
  readonly setup: Setup | undefined;
  /** What can be opened in the browser; undefined where it was launched without. */
  readonly guacamole: { readonly shell: boolean; readonly desktop: boolean } | undefined;
  readonly floatingIp: { readonly option: FloatingIpOption; readonly reuse: string };
  readonly workflow: Workflow | undefined;
}

type Metadata = Readonly<Record<string, string>>;

function json(text: string | undefined): Readonly<Record<string, unknown>> | undefined {
  try {
    const value: unknown = text === undefined ? undefined : JSON.parse(text);
    return isRecord(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

/** Undefined for an instance that was made by other means. */
export function exosphereOrigin(metadata: Metadata): ExosphereOrigin | undefined {
  const version = versionOf(metadata);
  if (version === undefined) return undefined;
  const setup = metadata[EXO_METADATA.setup];
  const option = metadata[EXO_METADATA.floatingIpOption];
  return {
    version,
    creator: metadata[EXO_METADATA.creator] || undefined,
    setup: setup === undefined ? undefined : readSetup(setup),
    guacamole: guacamoleOf(metadata),
    floatingIp: {
      option:
        option === undefined
          ? 'doNotUseFloatingIp'
          : (FLOATING_IP_OPTIONS.find((known) => known === option) ?? 'automatic'),
      reuse: metadata[EXO_METADATA.floatingIpReuse] ?? FLOATING_IP_CREATE,
    },
    workflow: workflowOf(metadata),
  };
}

function versionOf(metadata: Metadata): number | undefined {
  const said = metadata[EXO_METADATA.version];
  if (said === undefined) return metadata[EXO_METADATA.password] === undefined ? undefined : 0;
  return /^\d{1,4}$/.test(said) ? Number(said) : undefined;
}

function guacamoleOf(metadata: Metadata): ExosphereOrigin['guacamole'] {
  const value = json(metadata[EXO_METADATA.guacamole]);
  if (typeof value?.['ssh'] !== 'boolean' || typeof value['vnc'] !== 'boolean') return undefined;
  return { shell: value['ssh'], desktop: value['vnc'] };
}

function workflowOf(metadata: Metadata): Workflow | undefined {
  const value = json(metadata[EXO_METADATA.workflow]);
  const { repo, ref, path } = value ?? {};
  if (typeof repo !== 'string' || typeof ref !== 'string' || typeof path !== 'string') return undefined;
  return repo === '' ? undefined : { repo, ref, path };
}

/** `exoGuac`. */
export function writeGuacamole(desktop: boolean): string {
  return JSON.stringify({ v: 1, ssh: true, vnc: desktop });
}
