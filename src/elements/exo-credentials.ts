import { ExoCredentials } from './credentials/credentials.js';

ExoCredentials.define();

declare global {
  interface HTMLElementTagNameMap {
    'exo-credentials': ExoCredentials;
  }
}
