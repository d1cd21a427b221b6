import { ExoQuickLaunch } from './quick-launch/quick-launch.js';

ExoQuickLaunch.define();

declare global {
  interface HTMLElementTagNameMap {
    'exo-quick-launch': ExoQuickLaunch;
  }
}
