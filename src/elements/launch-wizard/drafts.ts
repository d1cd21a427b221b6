import { css, html, nothing, type ReactiveController, type TemplateResult } from 'lit';
import { launchDraftsMessages as messages } from '../../i18n/en/launch-drafts.js';
import type { Connection } from '../../session/connection.js';
import type { Persist } from '../../session/settings.js';
import { addStyles } from '../../ui/add-styles.js';
import { textField } from '../../ui/field.js';
import { announce } from '../../ui/live-region.js';
import {
  draftKey,
  loadDraft,
  loadTemplates,
  saveDraft,
  saveTemplates,
  templatesKey,
  type Template,
} from './draft-store.js';
import { goneOf, withoutLost, type Gone } from './gone.js';
import type { Decision, Known, Setting } from './launch-wizard.state.js';
import { readLink } from './link.js';
import type { LaunchWish } from './wish.js';
import type { Draft } from './wishes.js';
import { Wishing, type WishingHost } from './wishing.js';

/** What drafts take of the wizard. */
export interface DraftHost extends WishingHost {
  draft: Draft;
  readonly fragment: string | undefined;
  /** Shows the form in place of a launch; one under way goes on. */
  leaveLaunch(): void;
  /** Forgets what was typed and chosen. */
  reset(): void;
}

/** Keeps the draft of a wizard in this browser, takes over links and wishes, and holds templates. */
export class Drafts implements ReactiveController {
  readonly #host: DraftHost;
  #key: string | undefined;
  #templatesKey = '';
  #keeps = false;
  #device = false;
  #link = '';
  readonly #wishing: Wishing;
  #saved: Draft | undefined;
  /** What the last wish came to. */
  #wished: Draft | undefined;
  #known: Known | undefined;
  /** What was let go of because it is not there. */
  #lost: readonly Gone[] = [];
  #fragment: string | undefined;
  #templates: readonly Template[] = [];
  /** The name that is typed for a template; undefined while none is made. */
  #name: string | undefined;
  #refused = false;

  constructor(host: DraftHost) {
    this.#host = host;
    this.#wishing = new Wishing(host);
    host.addController(this);
    addStyles(host, [styles]);
    // What is launched is no draft any more.
    host.addEventListener('exo-launch', () => this.#leaveLink({}));
    host.addEventListener('exo-launch-close', () => this.#leaveLink(host.draft));
  }

  hostConnected(): void {
    globalThis.addEventListener('hashchange', this.#handleHash);
  }

  hostDisconnected(): void {
    globalThis.removeEventListener('hashchange', this.#handleHash);
  }

  /** A page may say late under which name links come. */
  hostUpdate(): void {
    const { fragment } = this.#host;
    if (fragment === this.#fragment || this.#key === undefined) return;
    this.#fragment = fragment;
    this.#handleHash();
  }

  /** Turns to a connection: its draft comes back, unless something is typed already. `persist`: how long the session keeps anything. */
  follow(connection: Connection, persist: Persist | undefined): void {
    const { authUrl, project, user } = connection;
    const key = draftKey({ authUrl, projectId: project.id, userId: user.id });
    if (key === this.#key) return;
    const first = this.#key === undefined;
    this.#key = key;
    const keeps = persist !== 'none';
    this.#keeps = keeps;
    this.#device = persist === 'device';
    this.#templatesKey = templatesKey(authUrl);
    this.#templates = keeps ? loadTemplates(this.#templatesKey) : [];
    const kept = keeps ? loadDraft(key, this.#device) : { draft: {}, link: '' };
    this.#link = kept.link;
    this.#fragment = this.#host.fragment;
    if (first && Object.keys(this.#host.draft).length === 0) this.#host.draft = kept.draft;
    this.#handleHash();
    this.#host.requestUpdate();
  }

  /** Wishes for something; it is chosen as soon as everything is there that it is looked up in. */
  wish(wish: LaunchWish, unusable?: readonly string[]): void {
    this.#wishing.wish(wish, unusable);
    this.#host.leaveLaunch();
    this.#host.requestUpdate();
  }

  /** Before the form is drawn: takes over what is wished, and keeps what was changed. */
  update(known: Known): void {
    this.#known = known;
    const wished = this.#wishing.take(known);
    if (wished) this.#host.draft = this.#wished = wished;
    const draft = this.#letGo(known);
    if (draft === this.#saved || this.#key === undefined) return;
    // Somebody began anew. A wish of which nothing is there is empty as well, and that is said.
    if (draft !== this.#wished && Object.keys(draft).length === 0) this.#forget();
    this.#saved = draft;
    if (this.#keeps) saveDraft(this.#key, { draft, link: this.#link }, this.#device);
  }

  #letGo(known: Known): Draft {
    const { draft, connection } = this.#host;
    const left = withoutLost(draft, known, connection?.has('dns') ?? false);
    if (left === draft) return draft;
    const lost = new Set(this.#lost);
    if (draft.serverGroupId && !left.serverGroupId) lost.add('server-group');
    if (draft.zone && !left.zone) lost.add('dns');
    this.#lost = [...lost];
    this.#host.draft = left;
    return left;
  }

  #forget(): void {
    this.#wishing.forget();
    this.#lost = [];
  }

  /** The same link is another wish from now on. */
  #leaveLink(draft: Draft): void {
    this.#link = '';
    if (this.#key !== undefined && this.#keeps) saveDraft(this.#key, { draft, link: '' }, this.#device);
  }

  readonly #handleHash = (event?: Event): void => {
    const { fragment, draft } = this.#host;
    const { hash } = globalThis.location;
    // Who follows the same link again, after the form was closed, wants what it says.
    const again = event !== undefined && Object.keys(draft).length === 0;
    if (!fragment || (hash === this.#link && !again)) return;
    const link = readLink(hash, fragment);
    if (!link) return;
    this.#link = hash;
    this.wish(link.wish, link.unusable);
  };

  /** What was wished and cannot be had: said as soon as something else is chosen in its place. */
  notes(decision: Decision, setting: Setting): TemplateResult {
    const { draft } = this.#host;
    const gone = this.#known ? goneOf(draft, this.#known, decision, setting) : [];
    return this.#wishing.notes([...gone, ...this.#lost.filter((what) => !isChosen(draft, what))]);
  }

  view(): TemplateResult {
    const { localizer } = this.#host;
    const text = (
      key: 'templates' | 'hint' | 'save' | 'afresh' | 'saveNow' | 'cancel' | 'refused' | 'removeShort',
    ) => localizer.text(messages, key);
    return html`<section class="templates" aria-label=${text('templates')}>
      ${
        this.#templates.length > 0
          ? html`<h4>${text('templates')}</h4>
              <ul>
                ${this.#templates.map(
                  (template) =>
                    html`<li>
                      <button type="button" class="quiet small use" @click=${() => this.#use(template)}>
                        ${localizer.text(messages, 'use', { name: template.name })}
                      </button>
                      <button
                        type="button"
                        class="quiet small danger"
                        aria-label=${localizer.text(messages, 'remove', { name: template.name })}
                        @click=${() => this.#remove(template)}
                      >
                        ${text('removeShort')}
                      </button>
                    </li>`,
                )}
              </ul>`
          : nothing
      }
      ${
        this.#name === undefined
          ? html`<button type="button" class="quiet small" id="save-template" @click=${() => this.#begin()}>
                ${text('save')}
              </button>
              ${
                Object.values(this.#host.draft).some((value) => value !== undefined)
                  ? html`<button type="button" class="quiet small" @click=${() => this.#afresh()}>
                      ${text('afresh')}
                    </button>`
                  : nothing
              }`
          : html`<div
              class="template-form"
              @keydown=${({ key, isComposing, target }: KeyboardEvent) => {
                if (key === 'Enter' && !isComposing && target instanceof HTMLInputElement) this.#save();
              }}
            >
              ${textField(localizer, {
                id: 'template-name',
                label: localizer.text(messages, 'name'),
                hint: text('hint'),
                value: this.#name,
                maxLength: 80,
                onInput: (value) => {
                  this.#name = value;
                  this.#host.requestUpdate();
                },
              })}
              ${this.#refused ? html`<p class="caution" role="alert">${text('refused')}</p>` : nothing}
              <div class="actions">
                <button
                  type="button"
                  aria-disabled=${this.#name.trim() === '' ? 'true' : nothing}
                  aria-describedby="template-name-hint"
                  @click=${() => this.#save()}
                >
                  ${text('saveNow')}
                </button>
                <button type="button" class="quiet" @click=${() => this.#end()}>${text('cancel')}</button>
              </div>
            </div>`
      }
    </section>`;
  }

  #afresh(): void {
    this.#host.reset();
    announce(this.#host, this.#host.localizer.text(messages, 'isAfresh'));
    void this.#focus('#name');
  }

  #begin(): void {
    this.#name = this.#host.draft.name ?? '';
    this.#refused = false;
    void this.#focus('#template-name');
  }

  #save(): void {
    const name = this.#name?.trim() ?? '';
    if (name === '') {
      void this.#focus('#template-name');
      return;
    }
    const { script: _, name: __, ...draft } = this.#host.draft;
    const others = this.#templates.filter((each) => each.name !== name);
    const templates = [...others, { name, draft }].sort((a, b) => a.name.localeCompare(b.name));
    this.#refused = !this.#keeps || !saveTemplates(this.#templatesKey, templates);
    if (this.#refused) {
      this.#host.requestUpdate();
      return;
    }
    this.#templates = templates;
    announce(this.#host, this.#host.localizer.text(messages, 'saved', { name }));
    this.#end();
  }

  #end(): void {
    this.#name = undefined;
    void this.#focus('#save-template');
  }

  #use({ name, draft }: Template): void {
    const { name: typed } = this.#host.draft;
    this.#host.draft = typed === undefined ? draft : { ...draft, name: typed };
    announce(this.#host, this.#host.localizer.text(messages, 'used', { name }));
  }

  #remove(template: Template): void {
    this.#templates = this.#templates.filter((each) => each !== template);
    saveTemplates(this.#templatesKey, this.#templates);
    announce(this.#host, this.#host.localizer.text(messages, 'removed', { name: template.name }));
    void this.#focus('#save-template');
  }

  async #focus(place: string): Promise<void> {
    this.#host.requestUpdate();
    await this.#host.updateComplete;
    this.#host.renderRoot.querySelector<HTMLElement>(place)?.focus();
  }
}

/** Whether somebody has chosen another in its place. */
function isChosen({ serverGroupId, newServerGroup, zone }: Draft, what: Gone): boolean {
  return what === 'dns' ? zone !== undefined : (serverGroupId ?? newServerGroup) !== undefined;
}

const styles = css`
  /* Out of the grid while there is nothing to say, but never hidden: a live region that appears is not read. */
  .notes:not(:has(p)) {
    position: absolute;
  }
  .notes:has(p) {
    display: grid;
    gap: var(--_space-2);
  }
  .templates > .quiet {
    margin-inline-start: calc(-1 * var(--_space-2));
  }
  .templates {
    display: grid;
    grid-template-columns: minmax(0, 1fr);
    justify-items: start;
    gap: var(--_space-2);
  }
  .templates li > .danger {
    flex: none;
  }
  .templates ul,
  .template-form {
    display: grid;
    grid-template-columns: minmax(0, 1fr);
    gap: var(--_space-1);
    inline-size: 100%;
  }
  .templates li {
    display: flex;
    align-items: start;
    justify-content: space-between;
    margin-inline: calc(-1 * var(--_space-2));
    gap: var(--_space-2);
  }
  .templates .use {
    justify-content: start;
    min-inline-size: 0;
    overflow-wrap: anywhere;
    text-align: start;
  }
`;
