import { ExoSessionStatus } from './session-status/session-status.js';

ExoSessionStatus.define();

declare global {
  interface HTMLElementTagNameMap {
    'exo-session-status': ExoSessionStatus;
  }
}
