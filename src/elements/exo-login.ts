import { ExoLogin } from './login/login.js';

ExoLogin.define();

declare global {
  interface HTMLElementTagNameMap {
    'exo-login': ExoLogin;
  }
}
