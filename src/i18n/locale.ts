import { onLocaleRegistered } from './localizer.js';

/** The nearest `lang`, from the element outwards through shadow roots; `en` when the page names none. */
export function localeOf(element: Element): string {
  let node: Node | null = element;
  while (node) {
    if (isElement(node)) {
      const lang = node.getAttribute('lang');
      if (lang) return lang;
      // A slotted element is read where it is shown, so its slot comes before its light-tree parent.
      node = node.assignedSlot ?? node.parentNode;
    } else {
      node = isShadowRoot(node) ? node.host : null;
    }
  }
  return 'en';
}

/** The direction in which the element is laid out, whoever set it. */
export function directionOf(element: Element): 'ltr' | 'rtl' {
  return element.ownerDocument.defaultView?.getComputedStyle(element).direction === 'rtl' ? 'rtl' : 'ltr';
}

function isElement(node: Node): node is Element {
  return node.nodeType === 1;
}

function isShadowRoot(node: Node): node is ShadowRoot {
  return node.nodeType === 11 && 'host' in node;
}

const listeners = new Set<() => void>();
let stop: (() => void) | undefined;

/**
 * Calls `listener` when a `lang` in the document changed or a language was added.
 * One observer serves all elements; it goes with the last of them.
 */
export function onLocaleChange(document: Document, listener: () => void): () => void {
  listeners.add(listener);
  stop ??= observe(document);
  return () => {
    listeners.delete(listener);
    if (listeners.size === 0) {
      stop?.();
      stop = undefined;
    }
  };
}

function observe(document: Document): () => void {
  const tell = () => {
    for (const listener of [...listeners]) listener();
  };
  const observer = new MutationObserver(tell);
  observer.observe(document.documentElement, { attributeFilter: ['lang'], subtree: true });
  const forget = onLocaleRegistered(tell);
  return () => {
    observer.disconnect();
    forget();
  };
}
