/** Which application credential. */
export interface CredentialDetail {
  readonly id: string;
  readonly name: string;
}

/** Fired before an application credential is deleted. Cancelable. */
export class ExoDeleteRequestEvent extends CustomEvent<
  CredentialDetail & { readonly kind: 'application-credential' }
> {
  static readonly type = 'exo-delete-request';

  constructor(detail: CredentialDetail) {
    super(ExoDeleteRequestEvent.type, {
      detail: Object.freeze({ ...detail, kind: 'application-credential' as const }),
      bubbles: true,
      composed: true,
      cancelable: true,
    });
  }
}

/** Fired when an application credential was made or deleted. Its secret is in no event. */
export class ExoCredentialChangeEvent extends CustomEvent<
  CredentialDetail & { readonly change: 'made' | 'deleted' }
> {
  static readonly type = 'exo-credential-change';

  constructor(detail: CredentialDetail & { readonly change: 'made' | 'deleted' }) {
    super(ExoCredentialChangeEvent.type, {
      detail: Object.freeze({ ...detail }),
      bubbles: true,
      composed: true,
    });
  }
}

declare global {
  interface HTMLElementEventMap {
    'exo-credential-change': ExoCredentialChangeEvent;
  }
}
