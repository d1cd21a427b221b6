import { ExoApiLog } from './api-log/api-log.js';

ExoApiLog.define();

declare global {
  interface HTMLElementTagNameMap {
    'exo-api-log': ExoApiLog;
  }
}
