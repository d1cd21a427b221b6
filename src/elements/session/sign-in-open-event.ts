/** What a sign-in is to do. */
export interface SignInOpenDetail {
  /** The name of the session. */
  readonly name: string;
  /** Another account is to stand beside those that are there. */
  readonly add?: boolean;
  /** The id of the login that has ended and is to go on; of the current one without it. */
  readonly login?: string;
}

/** Fired when a person wants to sign in where there is no form: the page shows its `<exo-login>`. */
export class ExoSignInOpenEvent extends CustomEvent<SignInOpenDetail> {
  static readonly type = 'exo-sign-in-open';

  constructor(detail: SignInOpenDetail) {
    super(ExoSignInOpenEvent.type, { detail: Object.freeze({ ...detail }), bubbles: true, composed: true });
  }
}
