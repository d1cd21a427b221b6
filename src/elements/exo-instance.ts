import { ExoInstance } from './instance/instance.js';

ExoInstance.define();

declare global {
  interface HTMLElementTagNameMap {
    'exo-instance': ExoInstance;
  }
}
