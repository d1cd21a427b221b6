import type { ReactiveController, ReactiveControllerHost } from 'lit';
import { loadViews, saveViews, type KeptViews } from './kept-views.js';
import {
  readView,
  viewInFragment,
  withViewInFragment,
  writeView,
  type ViewSettings,
} from './view-settings.js';

/** What the keeper needs of the list. */
export interface ViewKeeperHost extends ReactiveControllerHost, HTMLElement {
  /** The name of the list's view in this browser and in the address. */
  readonly viewName: string | undefined;
  readonly viewInUrl: boolean;
  /** Whether this browser may keep anything; undefined while that is not known. */
  readonly mayRemember: boolean | undefined;
  applyView(view: ViewSettings): void;
}

/** Keeps the view where the portal wants it: in this browser from visit to visit, and in the address of the page. */
export class ViewKeeper implements ReactiveController {
  readonly #host: ViewKeeperHost;
  #kept: KeptViews = { last: undefined, named: {} };
  #loaded = false;
  #listening: AbortController | undefined;

  constructor(host: ViewKeeperHost) {
    this.#host = host;
    host.addController(this);
  }

  get named(): Readonly<Record<string, string>> {
    return this.#kept.named;
  }

  get #name(): string {
    return this.#host.viewName ?? 'instances';
  }

  hostConnected(): void {
    const view = this.#host.ownerDocument.defaultView;
    this.#listening = new AbortController();
    view?.addEventListener('hashchange', () => this.#readAddress(), { signal: this.#listening.signal });
  }

  hostDisconnected(): void {
    this.#listening?.abort();
  }

  /** Call before each rendering: takes up what was kept as soon as it is known whether anything may be. */
  takeUp(): void {
    if (this.#loaded || this.#host.mayRemember === undefined) return;
    this.#loaded = true;
    if (this.#host.mayRemember) this.#kept = loadViews(this.#name);
    // Who follows a link wants to see what it shows, whatever was seen here last.
    if (!this.#readAddress() && this.#kept.last !== undefined)
      this.#host.applyView(readView(this.#kept.last));
  }

  /** The view is another one now. */
  changed(view: ViewSettings): void {
    const { location, history } = this.#host.ownerDocument.defaultView ?? {};
    if (this.#host.viewInUrl && location && history) {
      const fragment = withViewInFragment(location.hash, this.#name, writeView(view));
      if (fragment !== location.hash)
        history.replaceState(history.state, '', `${location.pathname}${location.search}${fragment}`);
    }
    // What was typed to find one thing is not what the next visit is about.
    this.#keep({ ...this.#kept, last: writeView({ ...view, query: '' }) });
  }

  save(name: string, view: ViewSettings): void {
    this.#keep({ ...this.#kept, named: { ...this.#kept.named, [name]: writeView(view) } });
  }

  forget(name: string): void {
    const { [name]: _, ...named } = this.#kept.named;
    this.#keep({ ...this.#kept, named });
  }

  apply(name: string): void {
    const view = this.#kept.named[name];
    if (view !== undefined) this.#host.applyView(readView(view));
  }

  #keep(kept: KeptViews): void {
    this.#kept = kept;
    if (this.#host.mayRemember) saveViews(this.#name, kept);
    this.#host.requestUpdate();
  }

  #readAddress(): boolean {
    const fragment = this.#host.ownerDocument.defaultView?.location.hash ?? '';
    const view = this.#host.viewInUrl ? viewInFragment(fragment, this.#name) : undefined;
    if (view === undefined) return false;
    this.#host.applyView(readView(view));
    return true;
  }
}
