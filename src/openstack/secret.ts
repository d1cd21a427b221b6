const BRAND = Symbol.for('exo.secret');

/**
 * A password, token or application credential secret on its way to the cloud. It prints, serialises and logs as
 * `[secret]`; only {@link Secret.reveal} gives the value, and only the transport has reason to call it.
 */
export class Secret {
  readonly #value: string;

  constructor(value: string) {
    this.#value = value;
  }

  /** Whether a value is a Secret, of this copy of the kit or another one on the page. */
  static is(value: unknown): value is Secret {
    return typeof value === 'object' && value !== null && BRAND in value;
  }

  get [BRAND](): true {
    return true;
  }

  reveal(): string {
    return this.#value;
  }

  toJSON(): '[secret]' {
    return '[secret]';
  }

  toString(): '[secret]' {
    return '[secret]';
  }
}
