import type { ServerRecord } from './model.js';
import { passphraseDue, passphraseOf, setupLines, setupOf } from './setup.js';

/** What a server writes to its serial console: boot messages, and what those made by Exosphere tell every minute. */

const MINUTE = 60_000;
/** Nova hands out the end of what was written, and no more than this. */
const MOST_CHARACTERS = 102_400;
/** What a server that has run for long is shown to have written: as much as its console would have kept. */
const LONGEST_PAST = 4 * 60 * MINUTE;

const ESC = '\u001b';
const ok = (text: string): string => `[${ESC}[0;32m  OK  ${ESC}[0m] ${text}`;
const failed = (text: string): string => `[${ESC}[0;1;31mFAILED${ESC}[0m] ${text}`;

/** Made by Exosphere, whose guests tell on the console how they are. */
function tells(server: ServerRecord): boolean {
  return setupOf(server) === 'exosphere';
}

function bootMessages(server: ServerRecord, at: number): string[] {
  const when = new Date(at).toUTCString();
  return [
    '[    0.000000] Linux version 6.8.0-49-generic (buildd@lcy02) (gcc 13.2.0) #49-Ubuntu SMP',
    '[    0.000000] Command line: root=LABEL=cloudimg-rootfs ro console=tty1 console=ttyS0',
    `[    0.012041] Memory: ${server.flavor.ram} MiB, ${server.flavor.vcpus} vCPU`,
    '[    1.204513] virtio_net virtio0 ens3: renamed from eth0',
    `[    2.871140] systemd[1]: Hostname set to <${server.hostname}>.`,
    ok(`Reached target ${ESC}[0;1;39mLocal File Systems${ESC}[0m.`),
    ok(`Started ${ESC}[0;1;39msystemd-networkd.service${ESC}[0m - Network Configuration.`),
    failed(`Failed to start ${ESC}[0;1;39mapport-autoreport.service${ESC}[0m - Process error reports.`),
    `[    6.018822] cloud-init[612]: Cloud-init v. 24.1 running 'init' at ${when}.`,
    `[    6.114091] cloud-init[612]: ${ESC}[1;33mWARNING${ESC}[0m: growpart: nothing to do for /dev/vda1`,
    ok(`Started ${ESC}[0;1;39mssh.service${ESC}[0m - OpenBSD Secure Shell server.`),
    `[   11.440716] cloud-init[871]: Cloud-init v. 24.1 finished at ${when}. Up 11.40 seconds`,
    '',
    `${server.hostname} login: `,
  ];
}

/** The same number for the same moment of the same server, from 0 to 1. */
function noise(server: ServerRecord, minute: number, salt: number): number {
  let hash = salt * 2_654_435_761 + minute * 40_503 + server.sequence * 97;
  hash = Math.imul(hash ^ (hash >>> 15), 0x2c1b3c6d);
  hash = Math.imul(hash ^ (hash >>> 12), 0x297a2d39);
  return ((hash ^ (hash >>> 15)) >>> 0) / 4_294_967_296;
}

/** How busy a server is: a slow wave with some noise, disks that fill up. Percent. */
function usage(server: ServerRecord, at: number): string {
  const minute = Math.floor(at / MINUTE);
  const wave = (Math.sin(minute / 19) + 1) / 2;
  const percent = (value: number): number => Math.max(0, Math.min(100, Math.round(value)));
  const line: Record<string, unknown> = {
    epoch: Math.round(at / 1000),
    cpuPctUsed: percent(8 + 70 * wave * noise(server, minute, 1)),
    memPctUsed: percent(32 + 22 * wave + 6 * noise(server, minute, 2)),
    rootfsPctUsed: percent(18 + ((minute % 1440) / 1440) * 30),
  };
  const gpus = Number(server.flavor.extraSpecs['resources:VGPU'] ?? 0);
  line['gpuPctUsed'] =
    gpus === 0
      ? null
      : Array.from({ length: gpus }, (_, index) => percent(90 * wave * noise(server, minute, 3 + index)));
  return JSON.stringify(line);
}

/** Writes what a server says when it starts; the first time, one that prepares itself goes through its setup too. */
export function boot(server: ServerRecord, at: number, setupMs: number): void {
  server.console.push(...bootMessages(server, at));
  if (server.launchedAt === at) {
    server.consolePlan = setupLines(server, at, setupMs);
    const due = passphraseDue(server, at, setupMs);
    if (due !== undefined) server.guestPassword = { value: passphraseOf(server), at: due };
  }
  server.consoleAt = at;
}

/** Writes what has been said until now. A server that does not run says nothing. */
export function speak(server: ServerRecord, now: number): void {
  const silent = server.vmState !== 'active' || server.powerState !== 1;
  const from = server.consoleAt ?? Math.max(server.launchedAt ?? now, now - LONGEST_PAST);
  server.consoleAt = now;
  if (silent || server.host === null) return;
  const due = server.consolePlan?.filter(({ at }) => at <= now) ?? [];
  server.consolePlan = server.consolePlan?.filter(({ at }) => at > now);
  for (const { line } of due) server.console.push(line);
  if (!tells(server)) return;
  for (let minute = Math.floor(from / MINUTE) + 1; minute * MINUTE <= now; minute++) {
    const at = minute * MINUTE;
    const since = (at - (server.launchedAt ?? at)) / 1000;
    // On some systems the line goes by the kernel's log, which puts the time since the start before it.
    const prefix = minute % 7 === 0 ? `[${since.toFixed(6).padStart(12)}] ` : '';
    server.console.push(prefix + usage(server, at));
  }
}

/** The end of what a server has written. @param lines so many; all that is kept when undefined */
export function written(server: ServerRecord, lines: number | undefined): string {
  let kept = server.console;
  if (lines !== undefined) kept = lines <= 0 ? [] : kept.slice(-lines);
  return kept.join('\n').slice(-MOST_CHARACTERS);
}
