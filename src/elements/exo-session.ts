import { ExoSession } from './session/session.js';

ExoSession.define();

declare global {
  interface HTMLElementTagNameMap {
    'exo-session': ExoSession;
  }
}
