/** Which instance, and which part of its details. */
export interface InstanceSectionDetail {
  /** As the cloud knows it. */
  readonly id: string;
  readonly section: string;
}

/** Fired when somebody has turned to another part of the details, so that a page may put it into its address. */
export class ExoInstanceSectionEvent extends CustomEvent<InstanceSectionDetail> {
  static readonly type = 'exo-instance-section';

  constructor(detail: InstanceSectionDetail) {
    super(ExoInstanceSectionEvent.type, {
      detail: Object.freeze({ ...detail }),
      bubbles: true,
      composed: true,
    });
  }
}

/** Fired when somebody wants to leave the details, for a page that shows something else then. */
export class ExoInstanceCloseEvent extends CustomEvent<{ readonly id: string }> {
  static readonly type = 'exo-instance-close';

  constructor(detail: { readonly id: string }) {
    super(ExoInstanceCloseEvent.type, {
      detail: Object.freeze({ ...detail }),
      bubbles: true,
      composed: true,
    });
  }
}

declare global {
  interface HTMLElementEventMap {
    'exo-instance-section': ExoInstanceSectionEvent;
    'exo-instance-close': ExoInstanceCloseEvent;
  }
  interface DocumentEventMap {
    'exo-instance-section': ExoInstanceSectionEvent;
    'exo-instance-close': ExoInstanceCloseEvent;
  }
}
