import { ExoInstanceList } from './instance-list/instance-list.js';
import type { InstanceListEventMap } from './instance-list/events.js';

ExoInstanceList.define();

declare global {
  interface HTMLElementTagNameMap {
    'exo-instance-list': ExoInstanceList;
  }
  /* eslint-disable @typescript-eslint/no-empty-object-type */
  interface HTMLElementEventMap extends InstanceListEventMap {}
  interface DocumentEventMap extends InstanceListEventMap {}
}
