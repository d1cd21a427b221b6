import type { ServerAddress, ServerStatus } from '../openstack/compute.js';
import type { OpenStackError } from '../openstack/errors.js';
import type { SetupStatus } from './exosphere/setup.js';
import type { LaunchStep } from './plan.js';

/** Why a step failed. */
export type LaunchFailure =
  /** The cloud refused, or could not be reached. `unclear`: whether it was done all the same could not be found out. */
  | { readonly kind: 'error'; readonly error: OpenStackError; readonly unclear: boolean }
  /** The instance was made and went into ERROR; `message` is Nova's. */
  | { readonly kind: 'fault'; readonly name: string; readonly message: string | undefined }
  /** The instance was deleted by somebody meanwhile. */
  | { readonly kind: 'gone'; readonly name: string }
  /** A key pair of this name is there and is another one. */
  | { readonly kind: 'key-taken'; readonly name: string }
  /** The instance runs, and its setup has failed, took too long, or does not tell. */
  | { readonly kind: 'setup'; readonly name: string; readonly status: SetupStatus }
  /** Something of ours went wrong. */
  | { readonly kind: 'internal' };

/** What a running step does just now, beyond its name. */
export type LaunchDoing =
  /** An answer was lost: looking whether it was done. */
  | { readonly kind: 'looking' }
  /** The cloud asked to wait, in seconds. */
  | { readonly kind: 'pausing'; readonly seconds: number }
  /** Removing what a first try left in ERROR. */
  | { readonly kind: 'replacing' }
  /** Nova's task: `scheduling`, `networking`, `block_device_mapping`, `spawning`, … */
  | { readonly kind: 'task'; readonly task: string }
  /** How far the setup is. */
  | { readonly kind: 'setup'; readonly status: SetupStatus };

export interface LaunchStepState {
  readonly step: LaunchStep;
  readonly status: 'waiting' | 'running' | 'done' | 'failed' | 'skipped';
  /** Milliseconds since 1970. */
  readonly startedAt: number | undefined;
  readonly endedAt: number | undefined;
  readonly doing: LaunchDoing | undefined;
  readonly failure: LaunchFailure | undefined;
}

export interface LaunchInstance {
  /** From 1. */
  readonly number: number;
  readonly name: string;
  /** Undefined until the cloud has given it one. */
  readonly id: string | undefined;
  readonly status: ServerStatus | undefined;
  readonly addresses: readonly ServerAddress[];
}

/** Something that is there because of this launch. */
export type Leftover =
  | { readonly kind: 'keypair'; readonly name: string }
  | {
      readonly kind:
        'server' | 'server-group' | 'security-group' | 'network' | 'port' | 'floating-ip' | 'volume';
      readonly id: string;
      /** As a person knows it; of a floating IP the address. */
      readonly name: string;
    }
  | {
      readonly kind: 'router';
      readonly id: string;
      readonly name: string;
      /** Id of a network of the project that was there before, and that it connects with the outside. */
      readonly connects?: string | undefined;
    }
  | { readonly kind: 'dns-record'; readonly id: string; readonly zoneId: string; readonly name: string };

/** How a launch stands. A new object for every change. */
export interface LaunchProgress {
  readonly steps: readonly LaunchStepState[];
  readonly instances: readonly LaunchInstance[];
  /**
   * `complete`: the instances are active; their setup may still be followed, and its step may fail. `failed`: at least
   * one other step failed; what was made stays until somebody decides.
   */
  readonly outcome: 'running' | 'complete' | 'failed';
  /** What this launch has made, for undoing it. */
  readonly made: readonly Leftover[];
  /** The list of servers cannot be read just now; waiting goes on. */
  readonly trouble: OpenStackError | undefined;
}
