import { once, onceAlone, onceAmongOthers, oldestFirst, type Maker, type Tell } from './attempts.js';
import { readDescription, writeDescription, type LaunchMark, type LaunchPart } from './mark.js';
import type { LaunchPlan, LaunchStep } from './plan.js';
import type { Leftover } from './progress.js';
import type { LaunchServices } from './services.js';

/** One kind of step. */
export type StepOf<K extends LaunchStep['kind']> = Extract<LaunchStep, { kind: K }>;

/** What a run is about, and where what it makes is written down. */
export interface MakingOptions {
  readonly plan: LaunchPlan;
  readonly services: LaunchServices;
  readonly signal: AbortSignal;
  /** The plan was run before: whatever it makes may be there. */
  readonly again: boolean;
  remember(made: Leftover): void;
}

/** Ids of what is there of a launch so far. */
interface There {
  networkId: string | undefined;
  subnetId: string | undefined;
  groupId: string | undefined;
  serverGroupId: string | undefined;
  /** By the number of the instance. */
  readonly ports: Map<number, string>;
  /** The addresses themselves, by the number of the instance. */
  readonly addresses: Map<number, string>;
  /** By `<number>-<index>`; the one to start from has the index 0. */
  readonly volumes: Map<string, string>;
}

/** What all steps of a run share: what is there, how something is made once, and whose it is. */
export class Making {
  readonly plan: LaunchPlan;
  readonly services: LaunchServices;
  readonly signal: AbortSignal;
  readonly again: boolean;
  readonly remember: (made: Leftover) => void;
  readonly #since: number;
  readonly there: There = {
    networkId: undefined,
    subnetId: undefined,
    groupId: undefined,
    serverGroupId: undefined,
    ports: new Map(),
    addresses: new Map(),
    volumes: new Map(),
  };

  constructor(o: MakingOptions) {
    this.plan = o.plan;
    this.services = o.services;
    this.signal = o.signal;
    this.again = o.again;
    this.remember = (made) => o.remember(made);
    this.#since = o.services.clock.now();
  }

  get call(): { signal: AbortSignal } {
    return { signal: this.signal };
  }

  get attempts() {
    return { clock: this.services.clock, signal: this.signal };
  }

  /** Makes something that carries the launch's mark, or takes the one that is there. */
  once<T extends { readonly id: string }>(tell: Tell, maker: Maker<T>): Promise<T> {
    if (this.again) return onceAmongOthers({ ...this.attempts, tell, ...maker });
    return onceAlone({ ...this.attempts, since: this.#since, tell, ...maker });
  }

  /** Does something that may as well be done twice. */
  repeat(tell: Tell, create: () => Promise<void>): Promise<void> {
    return once({ ...this.attempts, tell, find: () => Promise.resolve(undefined), create });
  }

  /** Those of this launch, the oldest first. */
  described<T extends { readonly id: string; readonly created: string; readonly description: string }>(
    things: readonly T[],
    part: LaunchPart,
    number = 1,
  ): readonly T[] {
    return oldestFirst(
      things.filter(({ description }) => this.isOurs(readDescription(description), part, number)),
    );
  }

  mark(part: LaunchPart, number = 1, recipe = ''): LaunchMark {
    const { launchId, names } = this.plan;
    return { launchId, number, count: names.length, part, recipe };
  }

  description(part: LaunchPart, number = 1, recipe = ''): string {
    return writeDescription(this.mark(part, number, recipe));
  }

  isOurs(mark: LaunchMark | undefined, part: LaunchPart, number = 1): boolean {
    return mark?.launchId === this.plan.launchId && mark.number === number && mark.part === part;
  }
}
