import { mountCommand, type KitVolume } from './kit-volumes.js';

/** What the profile `kit` is told. */
export interface KitProfile {
  readonly kind: 'kit';
  /** Public keys, in OpenSSH form, for the image's own account, beside the key pair. */
  readonly keys: readonly string[];
  /** Names of packages, as the image's distribution knows them. */
  readonly packages: readonly string[];
}

/** One JSON object on the serial console, which can be read without a way into the instance. */
const say = (status: string) =>
  `printf '{"status":"${status}","epoch":%s000}\\n' "$(date +%s)" > /dev/console || true`;

/** What the kit asks of cloud-init; docs/kit.md. JSON is YAML, and needs no library to be written without mistakes. */
export function kitConfig({ keys, packages }: KitProfile, volumes: readonly KitVolume[] = []): string {
  const config = {
    ...(keys.length > 0 && { ssh_authorized_keys: keys }),
    ...(packages.length > 0 && { package_update: true, packages }),
    bootcmd: [
      ['cloud-init-per', 'instance', 'exo-running', 'sh', '-c', say('running')],
      ...(volumes.length > 0 ? [mountCommand(volumes)] : []),
    ],
    runcmd: [['sh', '-c', say('complete')]],
    // Of two cloud-configs both lists are carried out, instead of one alone.
    merge_how: 'list(append)+dict(recurse_array)+str()',
  };
  return `#cloud-config\n${JSON.stringify(config, undefined, 1).replace(NOT_IN_YAML, escaped)}\n`;
}

/** JSON takes these as they are, and YAML does not, or takes them for the end of a line. */
const NOT_IN_YAML = /[\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff]/g;

function escaped(char: string): string {
  return `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`;
}
