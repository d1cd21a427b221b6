/** What went wrong, as plain data: nothing in it is secret, and nothing in it is alive. */
export interface ExoErrorDetail {
  /** Kind of the error (`auth`, `quota`, …), or `internal` when an element itself failed. */
  readonly kind: string;
  /** A machine code that narrows the kind, where there is one. */
  readonly reason: string | undefined;
  /** What was attempted: an action such as `create-instance`. */
  readonly action: string | undefined;
  /** What happened, as the person reads it. */
  readonly message: string;
  /** HTTP status of the cloud's answer, where there was one. */
  readonly status: number | undefined;
  /** The id to quote to the operator of the cloud. */
  readonly requestId: string | undefined;
}

/** Fired when something failed. The element shows it too; this is for the page's own log or banner. */
export class ExoErrorEvent extends CustomEvent<ExoErrorDetail> {
  static readonly type = 'exo-error';

  constructor(detail: ExoErrorDetail) {
    super(ExoErrorEvent.type, { detail: Object.freeze({ ...detail }), bubbles: true, composed: true });
  }
}

declare global {
  interface HTMLElementEventMap {
    'exo-error': ExoErrorEvent;
  }
  interface DocumentEventMap {
    'exo-error': ExoErrorEvent;
  }
}
