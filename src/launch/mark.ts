/**
 * The metadata key that every server launched by the kit carries. Its value is `<launch id> <number>/<count>`, for
 * example `1f0c…-9a 2/3`: which launch made it, and which of how many it is. What a lost answer leaves open is
 * settled by looking for this mark, so nothing is made twice. It holds no secret and nothing about a person.
 */
export const LAUNCH_MARK = 'exo:launch';

export interface LaunchMark {
  /** The launch, a random UUID. */
  readonly launchId: string;
  /** From 1 to `count`. */
  readonly number: number;
  readonly count: number;
}

export function writeMark({ launchId, number, count }: LaunchMark): string {
  return `${launchId} ${number}/${count}`;
}

/** The mark in a server's metadata; undefined for one that was made by other means. */
export function readMark(metadata: Readonly<Record<string, string>>): LaunchMark | undefined {
  const parts = /^(\S{1,200}) (\d{1,4})\/(\d{1,4})$/.exec(metadata[LAUNCH_MARK] ?? '');
  const [, launchId, number, count] = parts ?? [];
  if (launchId === undefined) return undefined;
  return { launchId, number: Number(number), count: Number(count) };
}

/** A new launch id. `crypto.randomUUID` is missing on pages served without TLS, `getRandomValues` is not. */
export function newLaunchId(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  const hex = [...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join('');
  return hex.replace(/^(.{8})(.{4}).(.{3}).(.{3})(.{12})$/, '$1-$2-4$3-a$4-$5');
}
