import type { ExoLaunchCloseEvent } from './close-event.js';

export { ExoLaunchCloseEvent } from './close-event.js';

/** What is about to be launched. No secret is in it: neither the boot script nor a key. */
export interface ExoLaunchRequestDetail {
  readonly name: string;
  readonly count: number;
  readonly imageId: string;
  readonly flavorId: string;
  /** The key pair the instances get, new ones included. */
  readonly keyName: string | undefined;
  /** Undefined: the cloud finds or makes one. */
  readonly networkId: string | undefined;
  /** Ids; empty for the project's default. */
  readonly securityGroups: readonly string[];
  readonly hasUserData: boolean;
}

/** An instance as events tell of it. */
export interface LaunchedInstance {
  readonly id: string;
  readonly name: string;
}

/** Before anything is made. Cancelable: a portal may ask for more, or launch by its own means. */
export class ExoLaunchRequestEvent extends CustomEvent<ExoLaunchRequestDetail> {
  static readonly type = 'exo-launch-request';

  constructor(detail: ExoLaunchRequestDetail) {
    super(ExoLaunchRequestEvent.type, {
      detail: Object.freeze({ ...detail, securityGroups: Object.freeze([...detail.securityGroups]) }),
      bubbles: true,
      composed: true,
      cancelable: true,
    });
  }
}

/** The cloud has taken the instances on; they are being built. */
export class ExoLaunchEvent extends CustomEvent<{ readonly instances: readonly LaunchedInstance[] }> {
  static readonly type = 'exo-launch';

  constructor(instances: readonly LaunchedInstance[]) {
    super(ExoLaunchEvent.type, { detail: freeze({ instances }), bubbles: true, composed: true });
  }
}

/** A launch has ended: `ok` when every instance is active. */
export class ExoLaunchCompleteEvent extends CustomEvent<{
  readonly instances: readonly LaunchedInstance[];
  readonly ok: boolean;
}> {
  static readonly type = 'exo-launch-complete';

  constructor(instances: readonly LaunchedInstance[], ok: boolean) {
    super(ExoLaunchCompleteEvent.type, { detail: freeze({ instances, ok }), bubbles: true, composed: true });
  }
}

function freeze<D extends { readonly instances: readonly LaunchedInstance[] }>(detail: D): D {
  for (const instance of detail.instances) Object.freeze(instance);
  Object.freeze(detail.instances);
  return Object.freeze(detail);
}

declare global {
  interface HTMLElementEventMap {
    'exo-launch-request': ExoLaunchRequestEvent;
    'exo-launch': ExoLaunchEvent;
    'exo-launch-complete': ExoLaunchCompleteEvent;
    'exo-launch-close': ExoLaunchCloseEvent;
  }
  interface DocumentEventMap {
    'exo-launch-request': ExoLaunchRequestEvent;
    'exo-launch': ExoLaunchEvent;
    'exo-launch-complete': ExoLaunchCompleteEvent;
    'exo-launch-close': ExoLaunchCloseEvent;
  }
}
