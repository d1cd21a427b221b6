// Whole namespaces: where there is no bundler and no page, these packages have no named exports to import.
import * as fitAddon from '@xterm/addon-fit';
import type { FitAddon } from '@xterm/addon-fit';
import * as xterm from '@xterm/xterm';
import type { ITerminalOptions, Terminal } from '@xterm/xterm';

/**
 * xterm.js styles itself with `<style>` elements and `style` attributes, which a policy of `style-src 'self'` forbids.
 * Here its style sheets are adopted by the shadow root, and its attributes are set through CSSOM; both are allowed.
 * To be removed when xterm.js does so itself: https://github.com/xtermjs/xterm.js/issues/4445
 */
export function openTerminal(
  box: HTMLElement,
  options: ITerminalOptions,
): { terminal: Terminal; fit: FitAddon; close(): void } {
  const terminal = new xterm.Terminal({ ...options, documentOverride: withoutStyleAttributes(document) });
  const fit = new fitAddon.FitAddon();
  terminal.loadAddon(fit);
  // What is in no document is not checked against the policy: there it makes its <style> elements.
  const nowhere = document.createElement('div');
  terminal.open(nowhere);
  const forget = adoptStyles(nowhere, box.getRootNode());
  box.append(...nowhere.childNodes);
  // It has measured its letters where they have no size.
  terminal.clearTextureAtlas();
  fit.fit();
  const resized = new ResizeObserver(() => {
    fit.fit();
  });
  resized.observe(box);
  return {
    terminal,
    fit,
    close: () => {
      resized.disconnect();
      terminal.dispose();
      forget();
      box.replaceChildren();
    },
  };
}

/** Turns `<style>` elements into adopted sheets that follow what their owner writes into them. */
function adoptStyles(from: HTMLElement, root: Node): () => void {
  if (!(root instanceof ShadowRoot) && !(root instanceof Document)) return () => undefined;
  const sheets = [...from.querySelectorAll('style')].map((style) => {
    const sheet = new CSSStyleSheet();
    const write = (text: string | null): void => {
      sheet.replaceSync(text ?? '');
    };
    write(style.textContent);
    Object.defineProperty(style, 'textContent', { set: write, get: () => '' });
    style.remove();
    return sheet;
  });
  root.adoptedStyleSheets = [...root.adoptedStyleSheets, ...sheets];
  return () => {
    root.adoptedStyleSheets = root.adoptedStyleSheets.filter((sheet) => !sheets.includes(sheet));
  };
}

/** A document whose `<span>` elements take a `style` attribute through CSSOM: true colours are set so. */
function withoutStyleAttributes(real: Document): Document {
  const create = (name: string): HTMLElement => {
    const element = real.createElement(name);
    if (name === 'span')
      element.setAttribute = (attribute, value) => {
        if (attribute === 'style') element.style.cssText = value;
        else Element.prototype.setAttribute.call(element, attribute, value);
      };
    return element;
  };
  return new Proxy(real, {
    get(target, property) {
      if (property === 'createElement') return create;
      const value: unknown = Reflect.get(target, property, target);
      return typeof value === 'function'
        ? (...args: unknown[]): unknown => Reflect.apply(value, target, args)
        : value;
    },
  });
}
