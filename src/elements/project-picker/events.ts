/** A place to work in: a project of an account, in a region. Nothing in it is secret. */
export interface ProjectPlace {
  /** What people call the cloud. */
  readonly cloud: string;
  /** The id of the account, as in `session.logins`. */
  readonly login: string;
  readonly project: { readonly id: string; readonly name: string };
  /** Undefined where it is left to the session. */
  readonly region: string | undefined;
}

export interface ProjectSwitchRequestDetail {
  /** The name of the session. */
  readonly name: string;
  /** `switch`: work there; `add`: show it as well; `close`: show it no more. */
  readonly change: 'switch' | 'add' | 'close';
  readonly to: ProjectPlace;
}

/**
 * Somebody wants to work in another project, to see one more or one less. After `preventDefault()` nothing changes, so
 * that a page can keep what is half done.
 */
export class ExoProjectSwitchRequestEvent extends CustomEvent<ProjectSwitchRequestDetail> {
  static readonly type = 'exo-project-switch-request';

  constructor(detail: ProjectSwitchRequestDetail) {
    super(ExoProjectSwitchRequestEvent.type, {
      bubbles: true,
      composed: true,
      cancelable: true,
      detail: Object.freeze({ ...detail, to: Object.freeze(detail.to) }),
    });
  }
}

export interface ProjectChangeDetail {
  /** The name of the session. */
  readonly name: string;
  /** The id of the connection that is current now. */
  readonly connection: string | undefined;
  /** The ids of all that are open. */
  readonly connections: readonly string[];
}

/** Another project is current, or others are open, by this element. */
export class ExoProjectChangeEvent extends CustomEvent<ProjectChangeDetail> {
  static readonly type = 'exo-project-change';

  constructor(detail: ProjectChangeDetail) {
    super(ExoProjectChangeEvent.type, {
      bubbles: true,
      composed: true,
      detail: Object.freeze({ ...detail, connections: Object.freeze([...detail.connections]) }),
    });
  }
}

/** The events of `<exo-project-picker>` by name. */
export interface ProjectPickerEventMap {
  'exo-project-switch-request': ExoProjectSwitchRequestEvent;
  'exo-project-change': ExoProjectChangeEvent;
}
