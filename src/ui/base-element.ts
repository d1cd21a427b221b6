import {
  html,
  LitElement,
  render,
  type CSSResultGroup,
  type CSSResultOrNative,
  type PropertyDeclarations,
  type PropertyValues,
} from 'lit';
import { commonMessages } from '../i18n/en/common.js';
import { localeOf, onLocaleChange } from '../i18n/locale.js';
import { Localizer, type Translations } from '../i18n/localizer.js';
import type { Vocabulary } from '../i18n/vocabulary.js';
import { defineElement, type ExoElementClass } from './define-element.js';
import { ExoErrorEvent } from './error-event.js';
import { buttonStyles } from './button.styles.js';
import { copyButtonStyles } from './copy-button.js';
import { hostStyles } from './host.styles.js';
import { prepareLiveRegion } from './live-region.js';
import { notice, noticeStyles } from './notice.js';
import { closeOverlays } from './overlay-host.js';
import { VERSION } from './version.js';

/**
 * What every element of the kit is built on: guarded registration, language, states, and a render error that
 * stays inside the element.
 */
export abstract class BaseElement extends LitElement {
  /** The tag this registers as, unless another is given. */
  static readonly tag: string = '';
  /** The version of the kit this class came with. */
  static readonly version: string = VERSION;

  /**
   * Registers the element. Never throws: the first definition of a tag stays, and another version is named in
   * one warning. The same class under a second tag is registered as a subclass.
   */
  static define(this: ExoElementClass, tag?: string, registry?: CustomElementRegistry): void {
    defineElement(this, tag ?? this.tag, registry);
  }

  /** Puts what every element shares before the element's own `styles`, which so name only what is theirs. */
  protected static override finalizeStyles(styles?: CSSResultGroup): CSSResultOrNative[] {
    return super.finalizeStyles([hostStyles, buttonStyles, noticeStyles, copyButtonStyles, styles ?? []]);
  }

  static override properties: PropertyDeclarations = {
    strings: { attribute: false },
  };

  static override get observedAttributes(): string[] {
    return [...super.observedAttributes, 'lang'];
  }

  readonly #internals: ElementInternals = this.attachInternals();
  readonly #states = new Map<string, string>();
  #localizer: Localizer | undefined;
  #forgetLocale: (() => void) | undefined;

  /**
   * The portal's own sentences for this element, by namespace and key; they win over translations.
   * Set as a property: `element.strings = { login: { title: 'Sign in to Lakeside' } }`.
   */
  declare strings: Translations | undefined;

  /** Where dialogs, menus and announcements of this element live; it outlasts every rendering. */
  readonly overlays: HTMLElement = this.ownerDocument.createElement('div');

  /** Language and nouns a subclass takes from elsewhere, such as its session. */
  protected get wantedLocale(): string | undefined {
    return undefined;
  }

  protected get wantedVocabulary(): Partial<Vocabulary> | undefined {
    return undefined;
  }

  /** Speaks the language of the place this element stands in. Stable until that changes. */
  get localizer(): Localizer {
    return (this.#localizer ??= new Localizer({
      locale: this.getAttribute('lang') ?? this.wantedLocale ?? localeOf(this),
      vocabulary: this.wantedVocabulary,
      strings: this.strings,
    }));
  }

  /** Call when `wantedLocale` or `wantedVocabulary` may have changed. */
  protected forgetLocalizer(): void {
    this.#localizer = undefined;
    this.requestUpdate();
  }

  /** Sets or clears one CSS state: `exo-x:state(name)`. */
  protected toggleState(name: string, on: boolean): void {
    try {
      if (on) this.#internals.states.add(name);
      else this.#internals.states.delete(name);
    } catch {
      // Engines before 2024 want a dashed name. The state is for the page's CSS only, so it is left out there.
    }
  }

  /** Shows which of several states that exclude each other holds; `undefined` for none of the group. */
  protected showState(name: string | undefined, group = 'state'): void {
    const before = this.#states.get(group);
    if (before === name) return;
    if (before !== undefined) this.toggleState(before, false);
    if (name === undefined) {
      this.#states.delete(group);
      return;
    }
    this.#states.set(group, name);
    this.toggleState(name, true);
  }

  override connectedCallback(): void {
    super.connectedCallback();
    this.forgetLocalizer();
    this.#forgetLocale = onLocaleChange(this.ownerDocument, () => {
      this.forgetLocalizer();
    });
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#forgetLocale?.();
    this.#forgetLocale = undefined;
    closeOverlays(this);
  }

  override attributeChangedCallback(name: string, before: string | null, now: string | null): void {
    super.attributeChangedCallback(name, before, now);
    if (name === 'lang') this.forgetLocalizer();
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    super.willUpdate(changed);
    if (changed.has('strings')) this.#localizer = undefined;
  }

  protected override createRenderRoot(): HTMLElement | DocumentFragment {
    const registry = scopedRegistry(this);
    if (registry) {
      // Lit clones templates without naming a registry, so inner tags would come from the global one.
      const { ownerDocument } = this;
      this.renderOptions.creationScope = {
        importNode: (node: Node) => ownerDocument.importNode(node, { customElementRegistry: registry }),
      };
    }
    const root = super.createRenderRoot();
    this.overlays.className = 'overlays';
    root.append(this.overlays);
    prepareLiveRegion(this);
    this.renderOptions.renderBefore = this.overlays;
    return root;
  }

  /** An error of our own is shown in place of the element and reported to the page as an event, never thrown into it. */
  protected override performUpdate(): void {
    try {
      super.performUpdate();
      this.toggleState('broken', false);
      this.#markLanguage();
    } catch (error) {
      this.toggleState('broken', true);
      render(this.#renderBroken(), this.renderRoot, this.renderOptions);
      this.dispatchEvent(
        new ExoErrorEvent({
          kind: 'internal',
          reason: undefined,
          action: undefined,
          message: error instanceof Error ? error.message : String(error),
          status: undefined,
          requestId: undefined,
        }),
      );
    }
  }

  /** Where the kit has no translation, a screen reader must not read its English with the page's voice. */
  #markLanguage(): void {
    const { dir, locale } = this.localizer;
    this.showState(`words-${dir}`, 'words');
    const other = locale.split('-')[0] !== localeOf(this).split('-')[0];
    for (const child of this.renderRoot.children) {
      if (other) child.setAttribute('lang', locale);
      else if (child.hasAttribute('lang')) child.removeAttribute('lang');
    }
  }

  #renderBroken() {
    // The portal's own strings may be what failed, so they are left out.
    const localizer = new Localizer({ locale: this.localizer.locale });
    return html`${notice({
      tone: 'error',
      heading: localizer.text(commonMessages, 'brokenTitle'),
      text: localizer.text(commonMessages, 'brokenHelps'),
    })}`;
  }
}

/** The element's own registry, where the browser knows scoped registries and the element stands in one. */
function scopedRegistry(element: Element): CustomElementRegistry | undefined {
  const registry: CustomElementRegistry | null | undefined = element.customElementRegistry;
  return registry && registry !== globalThis.customElements ? registry : undefined;
}
