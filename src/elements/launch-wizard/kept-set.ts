/** A few words that this browser remembers, the newest; nothing where it keeps nothing. */
export class KeptSet {
  readonly #key: string;
  readonly #most: number;

  constructor(key: string, most: number) {
    this.#key = key;
    this.#most = most;
  }

  get all(): ReadonlySet<string> {
    try {
      const value: unknown = JSON.parse(globalThis.localStorage.getItem(this.#key) ?? '[]');
      return new Set(Array.isArray(value) ? value.filter((word) => typeof word === 'string') : []);
    } catch {
      return new Set();
    }
  }

  add(word: string): void {
    this.#keep([...this.all, word]);
  }

  delete(word: string): void {
    const { all } = this;
    if (all.has(word)) this.#keep([...all].filter((each) => each !== word));
  }

  #keep(words: readonly string[]): void {
    try {
      globalThis.localStorage.setItem(this.#key, JSON.stringify(words.slice(-this.#most)));
    } catch {
      // Storage is refused or full: it is known for as long as the page remembers it.
    }
  }
}
