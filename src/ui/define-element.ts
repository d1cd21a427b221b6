/** An element class of the kit, as registration needs it. */
export interface ExoElementClass extends CustomElementConstructor {
  readonly tag: string;
  readonly version: string;
}

/** The versions that this copy of the kit has found in its place. One warning for each will do. */
const found = new Set<string>();

/** Registers `element` as `tag`; see `BaseElement.define`. */
export function defineElement(
  element: ExoElementClass,
  tag: string,
  registry: CustomElementRegistry | undefined = globalThis.customElements,
): void {
  // There is no registry in Node, where the kit may be imported but not shown.
  if (registry === undefined) return;
  const taken: unknown = registry.get(tag);
  if (taken) {
    const theirs = typeof taken === 'function' && 'version' in taken ? String(taken.version) : 'unknown';
    if (theirs !== element.version && !found.has(theirs)) {
      found.add(theirs);
      console.warn(
        `<${tag}> is already defined in version ${theirs}; version ${element.version} is ignored.`,
      );
    }
    return;
  }
  try {
    registry.define(tag, element);
  } catch {
    try {
      registry.define(tag, class extends element {});
    } catch (error) {
      // The tag is no valid name. The page's own error handling gets to know, and its script goes on.
      globalThis.reportError(error);
    }
  }
}
