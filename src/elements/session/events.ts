import type { ExoSignInOpenEvent } from './sign-in-open-event.js';
export { ExoSignInOpenEvent, type SignInOpenDetail } from './sign-in-open-event.js';

/** Where a session stands, as plain data. Nothing in it is secret. */
export interface ExoSessionChangeDetail {
  /** Name of the session; empty for the page's default one. */
  readonly name: string;
  readonly status:
    | 'signed-out'
    | 'restoring'
    | 'signing-in'
    | 'second-factor'
    | 'password-expired'
    | 'choosing'
    | 'signed-in'
    | 'expired';
  /** Why nobody is signed in, or why the sign-in ended. */
  readonly because: 'new' | 'signed-out' | 'expired' | 'revoked' | undefined;
  readonly cloud: string | undefined;
  readonly user: string | undefined;
  readonly project: { readonly id: string; readonly name: string } | undefined;
  readonly region: string | undefined;
  /** ISO 8601, by the cloud's clock. */
  readonly expiresAt: string | undefined;
}

/** Fired when somebody has signed in or out, or stands in another project or region. */
export class ExoSessionChangeEvent extends CustomEvent<ExoSessionChangeDetail> {
  static readonly type = 'exo-session-change';

  constructor(detail: ExoSessionChangeDetail) {
    super(ExoSessionChangeEvent.type, {
      detail: Object.freeze({ ...detail }),
      bubbles: true,
      composed: true,
    });
  }
}

/** Fired some minutes before a sign-in ends that only the person can renew. */
export class ExoSessionExpiringEvent extends CustomEvent<{
  readonly name: string;
  readonly expiresAt: string;
}> {
  static readonly type = 'exo-session-expiring';

  constructor(detail: { name: string; expiresAt: string }) {
    super(ExoSessionExpiringEvent.type, {
      detail: Object.freeze({ ...detail }),
      bubbles: true,
      composed: true,
    });
  }
}

/** Fired when a sign-in has ended by itself or was revoked. What is on the page stays. */
export class ExoSessionExpiredEvent extends CustomEvent<{
  readonly name: string;
  readonly because: 'expired' | 'revoked';
}> {
  static readonly type = 'exo-session-expired';

  constructor(detail: { name: string; because: 'expired' | 'revoked' }) {
    super(ExoSessionExpiredEvent.type, {
      detail: Object.freeze({ ...detail }),
      bubbles: true,
      composed: true,
    });
  }
}

/** Who is about to be signed out. */
export interface SignOutRequestDetail {
  /** The name of the session. */
  readonly name: string;
  /** The id of one login of several; all without it. */
  readonly login?: string;
}

/** Fired before signing out at a person's wish. Cancelable: a portal may ask first, or sign out by its own way. */
export class ExoSignOutRequestEvent extends CustomEvent<SignOutRequestDetail> {
  static readonly type = 'exo-sign-out-request';

  constructor(detail: SignOutRequestDetail) {
    super(ExoSignOutRequestEvent.type, {
      detail: Object.freeze({ ...detail }),
      bubbles: true,
      composed: true,
      cancelable: true,
    });
  }
}

/** Fired when somebody wants to see what of a cloud works from here: the page shows its diagnosis. */
export class ExoDiagnoseOpenEvent extends CustomEvent<{
  readonly name: string;
  readonly connection: string;
}> {
  static readonly type = 'exo-diagnose-open';

  /** @param detail `name` of the session and the id of the connection to look at */
  constructor(detail: { name: string; connection: string }) {
    super(ExoDiagnoseOpenEvent.type, { detail: Object.freeze({ ...detail }), bubbles: true, composed: true });
  }
}

declare global {
  interface HTMLElementEventMap {
    'exo-session-change': ExoSessionChangeEvent;
    'exo-session-expiring': ExoSessionExpiringEvent;
    'exo-session-expired': ExoSessionExpiredEvent;
    'exo-sign-out-request': ExoSignOutRequestEvent;
    'exo-sign-in-open': ExoSignInOpenEvent;
    'exo-diagnose-open': ExoDiagnoseOpenEvent;
  }
  interface DocumentEventMap {
    'exo-session-change': ExoSessionChangeEvent;
    'exo-session-expiring': ExoSessionExpiringEvent;
    'exo-session-expired': ExoSessionExpiredEvent;
    'exo-sign-out-request': ExoSignOutRequestEvent;
    'exo-sign-in-open': ExoSignInOpenEvent;
    'exo-diagnose-open': ExoDiagnoseOpenEvent;
  }
}
