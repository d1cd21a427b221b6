/** Somebody is done with the wizard, or has given it up; a page that opened it closes it now. */
export class ExoLaunchCloseEvent extends CustomEvent<null> {
  static readonly type = 'exo-launch-close';

  constructor() {
    super(ExoLaunchCloseEvent.type, { detail: null, bubbles: true, composed: true });
  }
}
