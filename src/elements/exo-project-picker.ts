import type { ProjectPickerEventMap } from './project-picker/events.js';
import { ExoProjectPicker } from './project-picker/project-picker.js';

ExoProjectPicker.define();

declare global {
  interface HTMLElementTagNameMap {
    'exo-project-picker': ExoProjectPicker;
  }
  /* eslint-disable @typescript-eslint/no-empty-object-type */
  interface HTMLElementEventMap extends ProjectPickerEventMap {}
  interface DocumentEventMap extends ProjectPickerEventMap {}
}
