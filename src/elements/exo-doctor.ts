import { ExoDoctor } from './doctor/doctor.js';

ExoDoctor.define();

declare global {
  interface HTMLElementTagNameMap {
    'exo-doctor': ExoDoctor;
  }
}
