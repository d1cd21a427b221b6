import { ExoConsole } from './console/console.js';

ExoConsole.define();

declare global {
  interface HTMLElementTagNameMap {
    'exo-console': ExoConsole;
  }
}
