/** What a console has come to. No address and nothing of what is on the screen is in it. */
export interface ConsoleDetail {
  /** The instance's id. */
  readonly id: string;
  readonly type: 'vnc' | 'spice' | 'serial' | undefined;
  readonly state: 'open' | 'closed' | 'frame' | 'failed';
}

/** Fired when a console was opened, or has ended. */
export class ExoConsoleChangeEvent extends CustomEvent<ConsoleDetail> {
  static readonly type = 'exo-console-change';

  constructor(detail: ConsoleDetail) {
    super(ExoConsoleChangeEvent.type, {
      detail: Object.freeze({ ...detail }),
      bubbles: true,
      composed: true,
    });
  }
}

declare global {
  interface HTMLElementEventMap {
    'exo-console-change': ExoConsoleChangeEvent;
  }
}
