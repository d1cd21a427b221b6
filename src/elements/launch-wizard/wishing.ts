import { html, nothing, type TemplateResult } from 'lit';
import { launchLikeMessages as likeMessages } from '../../i18n/en/launch-like.js';
import { launchDraftsMessages as messages } from '../../i18n/en/launch-drafts.js';
import { isOpenStackError } from '../../openstack/errors.js';
import type { Image } from '../../openstack/image.js';
import type { Server } from '../../openstack/server.js';
import type { Connection } from '../../session/connection.js';
import type { SessionElement } from '../session-element.js';
import type { Gone } from './gone.js';
import { rowsOf, type Known } from './known.js';
import { hasDisks, likeDisks, readDisks, type Disks } from './like-disks.js';
import { likePlacement, placementOf, type Placement } from './like-placement.js';
import { likePrepared, type Left, type Likeness } from './like-prepared.js';
import { settingOf, type Setting } from './setting.js';
import { canLookUp, draftOf, modelOf, wantsMore, type LaunchWish } from './wish.js';
import type { BootDraft, Draft } from './wishes.js';

/** What a wish takes of the wizard. */
export interface WishingHost extends SessionElement {
  /** Asks for what is looked at later otherwise. */
  lookCloser(): void;
}

/** What an instance tells of itself that another one is wished like: asked for at the wish, never before. */
interface Asked {
  readonly connection: Connection;
  readonly aborted: AbortController;
  /** Undefined while it is on its way. */
  answer:
    | {
        /** `none`: it has none. `unread`: they could not be read. */
        readonly disks: Disks | 'none' | 'unread';
        readonly placement: Placement | 'unread';
      }
    | undefined;
}

/** Makes a draft of what is wished from outside the form, and says what of it cannot be had. */
export class Wishing {
  readonly #host: WishingHost;
  #wish: LaunchWish | undefined;
  #asked: Asked | undefined;
  #missing: readonly string[] = [];
  #wishUnusable: readonly string[] = [];
  #unusable: readonly string[] = [];
  #left: readonly Left[] = [];
  /** Name of the instance that another one was wished like. */
  #model = '';

  constructor(host: WishingHost) {
    this.#host = host;
  }

  /** @param unusable what of a link cannot be understood, by its own words; said once the rest is taken over */
  wish(wish: LaunchWish, unusable: readonly string[] = []): void {
    this.#wish = wish;
    this.#wishUnusable = unusable;
    this.#asked?.aborted.abort();
    this.#asked = undefined;
  }

  /** Somebody began anew. */
  forget(): void {
    this.#missing = [];
    this.#unusable = [];
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
    const told = model && this.#askOnce(model, connection).answer;
    if (model && !told) return undefined;
    const setting = settingOf(connection, currentSession, { canGenerate: false, suggestedName: '' });
    const likeness = model && told && likenessOf(model, told, rowsOf(known.images), setting);
    const { draft, missing } = draftOf(wish, known, {
      // A portal that starts everything from volumes does not change what this one starts from.
      ...(model?.imageId !== undefined && setting.preferences.bootVolume && { boot: { kind: 'image' } }),
      ...likeness?.draft,
      ...(wish.image !== undefined && onImage(likeness?.draft.boot)),
    });
    this.#wish = undefined;
    this.#asked = undefined;
    this.#unusable = this.#wishUnusable;
    this.#model = model?.name ?? '';
    // An id says nothing to anybody.
    const imageGone = model?.imageId !== undefined && missing.includes(model.imageId);
    this.#missing = [...missing.filter((name) => name !== model?.imageId), ...(likeness?.missing ?? [])];
    this.#left = [...(imageGone ? [{ what: 'image' } as const] : []), ...(likeness?.left ?? [])];
    return draft;
  }

  /** What was wished and cannot be had, and what of a draft that was kept is no longer there. */
  notes(gone: readonly Gone[]): TemplateResult {
    const { localizer } = this.#host;
    const sure = this.#left.filter((each) => each.what !== 'maybe');
    const maybe = this.#left.flatMap((each) => (each.what === 'maybe' ? each.had : []));
    return html`<div class="notes" role="status">
      ${gone.map((what) => html`<p class="caution">${localizer.text(messages, `gone-${what}`)}</p>`)}
      ${
        this.#unusable.length > 0
          ? html`<p class="caution">${localizer.text(messages, 'unusable', { names: this.#unusable })}</p>`
          : nothing
      }
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
        maybe.length > 0
          ? html`<p class="quiet-text">
              ${localizer.text(likeMessages, 'maybe', { name: this.#model, had: maybe })}
            </p>`
          : nothing
      }
    </div>`;
  }

  #words(left: Exclude<Left, { readonly what: 'maybe' }>): string {
    const { localizer } = this.#host;
    switch (left.what) {
      case 'profile':
        return localizer.text(likeMessages, `left-profile-${left.kind}`);
      case 'workflow':
        return localizer.text(likeMessages, 'left-workflow', { repo: left.repo });
      case 'volumes':
        return localizer.text(likeMessages, 'left-volumes', { names: left.names });
      default:
        return localizer.text(likeMessages, `left-${left.what}`);
    }
  }

  /** What the instance tells: one question of each service, side by side. */
  #askOnce(model: Server, connection: Connection): Asked {
    if (this.#asked?.connection === connection) return this.#asked;
    this.#asked?.aborted.abort();
    const asked = { connection, aborted: new AbortController(), answer: undefined };
    this.#asked = asked;
    void this.#ask(asked, model);
    return asked;
  }

  async #ask(asked: Asked, model: Server): Promise<void> {
    const { connection, aborted } = asked;
    const { signal } = aborted;
    const placing = orUnread(placementOf(connection, model, signal), signal);
    let disks: 'none' | 'unread' | Disks = hasDisks(model) ? 'unread' : 'none';
    if (disks === 'unread' && connection.has('block-storage'))
      disks = await orUnread(readDisks(connection, model, signal), signal);
    const placement = await placing;
    if (signal.aborted) return;
    asked.answer = { disks, placement };
    this.#host.requestUpdate();
  }
}

/** What could not be read is said, and stops nobody. */
async function orUnread<T>(asked: Promise<T>, signal: AbortSignal): Promise<T | 'unread'> {
  try {
    return await asked;
  } catch (error) {
    if (!signal.aborted && !isOpenStackError(error)) throw error;
    return 'unread';
  }
}

/** All that another instance takes of one. */
function likenessOf(
  model: Server,
  { disks, placement }: NonNullable<Asked['answer']>,
  images: readonly Image[],
  setting: Setting,
): Likeness {
  const parts = [
    ...(disks === 'none' ? [] : [likeDisks(model, disks === 'unread' ? undefined : disks, images)]),
    likePrepared(model.metadata, setting),
    likePlacement(model, placement === 'unread' ? undefined : placement, setting),
  ];
  return {
    draft: parts.reduce<Draft>((all, { draft }) => ({ ...all, ...draft }), {}),
    left: parts.flatMap(({ left }) => left),
    missing: parts.flatMap(({ missing }) => missing),
  };
}

/** Who wishes for an image wants it on the volume, and not what the model's was made from. */
function onImage(boot: BootDraft | undefined): Draft | undefined {
  return boot?.kind === 'snapshot'
    ? { boot: { kind: 'new-volume', size: boot.size, type: boot.type, keep: boot.keep } }
    : undefined;
}
