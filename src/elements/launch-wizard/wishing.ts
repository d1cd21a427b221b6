import { html, nothing, type TemplateResult } from 'lit';
import { launchLikeMessages as likeMessages } from '../../i18n/en/launch-like.js';
import { launchDraftsMessages as messages } from '../../i18n/en/launch-drafts.js';
import { isOpenStackError } from '../../openstack/errors.js';
import type { Server } from '../../openstack/server.js';
import type { Connection } from '../../session/connection.js';
import type { SessionElement } from '../session-element.js';
import type { Gone } from './gone.js';
import { rowsOf, type Known } from './known.js';
import { hasDisks, likeDisks, readDisks, type Disks } from './like-disks.js';
import { likePrepared, type Left, type Likeness } from './like-prepared.js';
import { settingOf } from './setting.js';
import { canLookUp, draftOf, modelOf, wantsMore, type LaunchWish } from './wish.js';
import type { BootDraft, Draft } from './wishes.js';

/** What a wish takes of the wizard. */
export interface WishingHost extends SessionElement {
  /** Asks for what is looked at later otherwise. */
  lookCloser(): void;
}

/** The volumes of an instance that another one is wished like: asked for at the wish, never before. */
interface AskedDisks {
  readonly connection: Connection;
  readonly aborted: AbortController;
  /** `unread`: they could not be read. Undefined while they are on their way. */
  answer: Disks | 'unread' | undefined;
}

/** Makes a draft of what is wished from outside the form, and says what of it cannot be had. */
export class Wishing {
  readonly #host: WishingHost;
  #wish: LaunchWish | undefined;
  #disks: AskedDisks | undefined;
  #missing: readonly string[] = [];
  #left: readonly Left[] = [];
  /** Name of the instance that another one was wished like. */
  #model = '';

  constructor(host: WishingHost) {
    this.#host = host;
  }

  wish(wish: LaunchWish): void {
    this.#wish = wish;
    this.#disks?.aborted.abort();
    this.#disks = undefined;
  }

  /** Somebody began anew. */
  forget(): void {
    this.#missing = [];
    this.#left = [];
  }

  /** The draft, once everything is there that the wish is looked up in; undefined before, and where nothing is wished. */
  take(known: Known): Draft | undefined {
    const { connection, currentSession } = this.#host;
    const wish = this.#wish;
    if (!wish || !connection) return undefined;
    if (wantsMore(wish)) this.#host.lookCloser();
    if (!canLookUp(known, wish)) return undefined;
    const model = modelOf(wish, known);
    const disks = model && this.#disksOf(model, known, connection);
    if (model && !disks) return undefined;
    const setting = settingOf(connection, currentSession, { canGenerate: false, suggestedName: '' });
    const prepared = model && likePrepared(model.metadata, setting);
    const { draft, missing } = draftOf(wish, known, {
      // A portal that starts everything from volumes does not change what this one starts from.
      ...(model?.imageId !== undefined && setting.preferences.bootVolume && { boot: { kind: 'image' } }),
      ...disks?.draft,
      ...(wish.image !== undefined && onImage(disks?.draft.boot)),
      ...prepared?.draft,
    });
    this.#wish = undefined;
    this.#disks = undefined;
    this.#model = model?.name ?? '';
    // An id says nothing to anybody.
    const imageGone = model?.imageId !== undefined && missing.includes(model.imageId);
    this.#missing = [...missing.filter((name) => name !== model?.imageId), ...(disks?.missing ?? [])];
    this.#left = [
      ...(imageGone ? [{ what: 'image' } as const] : []),
      ...(disks?.left ?? []),
      ...(prepared?.left ?? []),
    ];
    return draft;
  }

  /** What was wished and cannot be had, and what of a draft that was kept is no longer there. */
  notes(gone: readonly Gone[]): TemplateResult {
    const { localizer } = this.#host;
    const sure = this.#left.filter((each) => each.what !== 'maybe-script');
    return html`<div class="notes" role="status">
      ${gone.map((what) => html`<p class="caution">${localizer.text(messages, `gone-${what}`)}</p>`)}
      ${
        this.#missing.length > 0
          ? html`<p class="caution">${localizer.text(messages, 'missing', { names: this.#missing })}</p>`
          : nothing
      }
      ${
        sure.length > 0
          ? html`<p class="caution">${localizer.text(likeMessages, 'left', { name: this.#model })}</p>
              <ul class="sentences">
                ${sure.map((each) => html`<li>${this.#words(each)}</li>`)}
              </ul>`
          : nothing
      }
      ${
        sure.length < this.#left.length
          ? html`<p class="quiet-text">${this.#words({ what: 'maybe-script' })}</p>`
          : nothing
      }
    </div>`;
  }

  #words(left: Left): string {
    const { localizer } = this.#host;
    switch (left.what) {
      case 'profile':
        return localizer.text(likeMessages, `left-profile-${left.kind}`);
      case 'workflow':
        return localizer.text(likeMessages, 'left-workflow', { repo: left.repo });
      case 'volumes':
        return localizer.text(likeMessages, 'left-volumes', { names: left.names });
      case 'maybe-script':
        return localizer.text(likeMessages, 'maybe-script', { name: this.#model });
      default:
        return localizer.text(likeMessages, `left-${left.what}`);
    }
  }

  /** What its volumes say; undefined while they are asked for. */
  #disksOf(model: Server, known: Known, connection: Connection): Likeness | undefined {
    if (!hasDisks(model)) return { draft: {}, left: [], missing: [] };
    const images = rowsOf(known.images);
    if (!connection.has('block-storage')) return likeDisks(model, undefined, images);
    if (this.#disks?.connection !== connection) {
      this.#disks?.aborted.abort();
      this.#disks = { connection, aborted: new AbortController(), answer: undefined };
      void this.#ask(this.#disks, model);
    }
    const { answer } = this.#disks;
    return answer && likeDisks(model, answer === 'unread' ? undefined : answer, images);
  }

  async #ask(asked: AskedDisks, model: Server): Promise<void> {
    const { connection, aborted } = asked;
    try {
      asked.answer = await readDisks(connection, model, aborted.signal);
    } catch (error) {
      if (aborted.signal.aborted) return;
      if (!isOpenStackError(error)) throw error;
      asked.answer = 'unread';
    }
    this.#host.requestUpdate();
  }
}

/** Who wishes for an image wants it on the volume, and not what the model's was made from. */
function onImage(boot: BootDraft | undefined): Draft | undefined {
  return boot?.kind === 'snapshot'
    ? { boot: { kind: 'new-volume', size: boot.size, type: boot.type, keep: boot.keep } }
    : undefined;
}
