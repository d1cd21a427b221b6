import type { ErrorKind } from '../../openstack/errors.js';
import type { ExoLaunchLikeEvent } from '../instances/launch-like.js';
import type { InstanceAction } from './actions.js';

/** Which rows are ticked. */
export interface InstanceSelectDetail {
  /** As their clouds know them. */
  readonly ids: readonly string[];
  /** The id of the connection of each, in the same order. */
  readonly connections: readonly string[];
}

/** An instance as events name it: ids are unique on one cloud only. */
export interface NamedInstance {
  readonly id: string;
  /** The id of its connection. */
  readonly connection: string;
  readonly name: string;
}

/** The selection has changed. */
export class ExoInstanceSelectEvent extends CustomEvent<InstanceSelectDetail> {
  constructor(selected: readonly Pick<NamedInstance, 'id' | 'connection'>[]) {
    super('exo-instance-select', {
      bubbles: true,
      composed: true,
      detail: Object.freeze({
        ids: Object.freeze(selected.map(({ id }) => id)),
        connections: Object.freeze(selected.map(({ connection }) => connection)),
      }),
    });
  }
}

export interface InstanceOpenDetail extends NamedInstance {
  /** The part of it that is wanted, such as `console`: one of the list's `sections`; undefined for the whole. */
  readonly section: string | undefined;
}

/**
 * Somebody wants to see one instance. A page that shows it in its own place calls `preventDefault()`; otherwise the
 * list opens the details below the row.
 */
export class ExoInstanceOpenEvent extends CustomEvent<InstanceOpenDetail> {
  constructor(detail: InstanceOpenDetail) {
    super('exo-instance-open', {
      bubbles: true,
      composed: true,
      cancelable: true,
      detail: Object.freeze({ ...detail }),
    });
  }
}

export interface InstanceActionDetail extends NamedInstance {
  readonly action: InstanceAction;
  /** Whether the cloud has accepted it. */
  readonly ok: boolean;
  /** Why not: the kind of the error. */
  readonly kind: ErrorKind | 'internal' | undefined;
}

/** The cloud has accepted or refused an action on one instance. */
export class ExoInstanceActionEvent extends CustomEvent<InstanceActionDetail> {
  constructor(detail: InstanceActionDetail) {
    super('exo-instance-action', { bubbles: true, composed: true, detail: Object.freeze({ ...detail }) });
  }
}

/** What an action is about to be asked for. */
export interface InstanceRequestDetail {
  readonly action: InstanceAction;
  readonly ids: readonly string[];
  /** The id of the connection of each, in the same order. */
  readonly connections: readonly string[];
  readonly names: readonly string[];
}

/** The request event of each action; a hard reboot is a reboot. */
export type InstanceRequestType = `exo-${Exclude<InstanceAction, 'hard-reboot'>}-request`;

/**
 * Somebody has chosen an action. Sent before the list asks for confirmation: after `preventDefault()` nothing is
 * asked and nothing is done, so a page can forbid it, or ask in its own way and act itself.
 */
export class ExoInstanceRequestEvent extends CustomEvent<InstanceRequestDetail> {
  constructor(action: InstanceAction, servers: readonly NamedInstance[]) {
    super(`exo-${action === 'hard-reboot' ? 'reboot' : action}-request` satisfies InstanceRequestType, {
      bubbles: true,
      composed: true,
      cancelable: true,
      detail: Object.freeze({
        action,
        ids: Object.freeze(servers.map(({ id }) => id)),
        connections: Object.freeze(servers.map(({ connection }) => connection)),
        names: Object.freeze(servers.map(({ name }) => name)),
      }),
    });
  }
}

/** Somebody wants to launch an instance; the page shows its launch wizard. */
export class ExoLaunchOpenEvent extends CustomEvent<{ readonly launchId: string | undefined }> {
  /** @param launchId of a launch under way or failed that is wanted, for `showLaunch()` of the wizard; none for a new one */
  constructor(launchId?: string) {
    super('exo-launch-open', { bubbles: true, composed: true, detail: Object.freeze({ launchId }) });
  }
}

/** The events of `<exo-instance-list>` by name. */
export interface InstanceListEventMap extends Record<InstanceRequestType, ExoInstanceRequestEvent> {
  'exo-instance-select': ExoInstanceSelectEvent;
  'exo-instance-open': ExoInstanceOpenEvent;
  'exo-instance-action': ExoInstanceActionEvent;
  'exo-launch-open': ExoLaunchOpenEvent;
  'exo-launch-like': ExoLaunchLikeEvent;
}
