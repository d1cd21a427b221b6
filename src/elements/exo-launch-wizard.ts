import { ExoLaunchWizard } from './launch-wizard/launch-wizard.js';

ExoLaunchWizard.define();

declare global {
  interface HTMLElementTagNameMap {
    'exo-launch-wizard': ExoLaunchWizard;
  }
}
