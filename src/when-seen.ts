/** How the elements of some tags are loaded, by tag. */
export type Loaders = Readonly<Record<string, () => Promise<unknown>>>;

/**
 * Loads each element when its tag first appears. Looks into open shadow roots that are there when their host is first
 * seen; an application that adds elements to a shadow root later imports the element's own file.
 *
 * @returns observes another root
 */
export function loadWhenSeen(loaders: Loaders): (root: ParentNode & Node) => void {
  const asked = new Set<string>();
  const observed = new WeakSet<Node>();

  function load(tag: string): void {
    const loader = Object.hasOwn(loaders, tag) ? loaders[tag] : undefined;
    if (!loader || asked.has(tag)) return;
    asked.add(tag);
    loader().catch((error: unknown) => {
      // A part of the kit that did not arrive may arrive the next time its tag is seen.
      asked.delete(tag);
      reportError(error);
    });
  }

  function lookAt(element: Element): void {
    load(element.localName);
    if (element.shadowRoot) observe(element.shadowRoot);
  }

  function look(root: ParentNode): void {
    for (const element of root.querySelectorAll('*')) lookAt(element);
  }

  function observe(root: ParentNode & Node): void {
    if (observed.has(root)) return;
    observed.add(root);
    look(root);
    new MutationObserver((records) => {
      for (const { addedNodes } of records) {
        for (const node of addedNodes) {
          if (!(node instanceof Element)) continue;
          lookAt(node);
          look(node);
        }
      }
    }).observe(root, { childList: true, subtree: true });
  }

  return observe;
}
