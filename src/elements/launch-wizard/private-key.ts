import type { GeneratedKey } from '../../launch/ssh-key.js';
import type { Secret } from '../../openstack/secret.js';
import { copyText } from '../../ui/copy-button.js';
import type { OverlayHost } from '../../ui/overlay-host.js';
import { saveFile } from '../../ui/save-file.js';
import { noteSaved, noteUnsaved } from './unsaved-keys.js';

/**
 * The private half of a key that was made here, from its making to the one download. It stands in no template, no
 * attribute and no event.
 */
export class PrivateKeyKeeper {
  readonly #host: OverlayHost;
  #secret: Secret | undefined;
  #publicKey = '';
  #file = '';
  #saved = false;

  constructor(host: OverlayHost) {
    this.#host = host;
  }

  /** `waiting`: to be saved. `saved`: it was, and is not here any more. */
  get state(): 'none' | 'waiting' | 'saved' {
    return this.#secret ? 'waiting' : this.#saved ? 'saved' : 'none';
  }

  /** Name of the file, as it is or was offered. */
  get file(): string {
    return this.#file;
  }

  keep(key: GeneratedKey, name: string): void {
    this.#secret = key.privateKey;
    this.#publicKey = key.publicKey;
    // Until it is saved: a page that ends before leaves a key that nobody has.
    noteUnsaved(key.publicKey);
    this.#file = `${name.trim().replace(/[^\w.-]+/g, '-')}.pem`;
    this.#saved = false;
    this.guard(true);
  }

  /** Lets the browser ask before the tab is closed while there is something to lose; off for an element that is on no page. */
  guard(on: boolean): void {
    const window = this.#host.ownerDocument.defaultView;
    if (on && this.#secret) window?.addEventListener('beforeunload', this.#handleLeave);
    else window?.removeEventListener('beforeunload', this.#handleLeave);
  }

  /** Hands the file to the browser, once. */
  download(): void {
    if (!this.#secret) return;
    saveFile(this.#host, this.#file, this.#secret.reveal(), 'application/x-pem-file');
    this.settle();
  }

  /** Puts it on the clipboard; it can still be downloaded. False where the browser refuses. */
  async copy(): Promise<boolean> {
    const copied = this.#secret !== undefined && (await copyText(this.#host, this.#secret.reveal()));
    if (copied) noteSaved(this.#publicKey);
    return copied;
  }

  /** It is saved: nothing of it stays here. */
  settle(): void {
    this.#saved = this.#secret !== undefined;
    if (this.#saved) noteSaved(this.#publicKey);
    this.#drop();
  }

  /** Forgets everything, saved or not. */
  forget(): void {
    this.#saved = false;
    this.#drop();
  }

  #drop(): void {
    this.#secret = undefined;
    this.guard(false);
  }

  /** Closing the tab now would lose the only copy: the browser asks. */
  readonly #handleLeave = (event: BeforeUnloadEvent): void => {
    event.preventDefault();
  };
}
