/**
 * Loads and registers each element of the kit when it first appears in the page. Importing this module starts it.
 *
 * Looks into open shadow roots that are there when their host is first seen; an application that adds elements
 * to a shadow root later imports the element's own file.
 */
const LOADERS: Readonly<Record<string, () => Promise<unknown>>> = {
  'exo-session': () => import('./elements/exo-session.js'),
  'exo-login': () => import('./elements/exo-login.js'),
  'exo-project-picker': () => import('./elements/exo-project-picker.js'),
  'exo-session-status': () => import('./elements/exo-session-status.js'),
  'exo-instance-list': () => import('./elements/exo-instance-list.js'),
  'exo-launch-wizard': () => import('./elements/exo-launch-wizard.js'),
};

const asked = new Set<string>();

function load(tag: string): void {
  const loader = LOADERS[tag];
  if (!loader || asked.has(tag)) return;
  asked.add(tag);
  loader().catch((error: unknown) => {
    // A part of the kit that did not arrive may arrive the next time its tag is seen.
    asked.delete(tag);
    reportError(error);
  });
}

function look(root: ParentNode): void {
  for (const element of root.querySelectorAll('*')) lookAt(element);
}

function lookAt(element: Element): void {
  load(element.localName);
  if (element.shadowRoot && !observed.has(element.shadowRoot)) observe(element.shadowRoot);
}

const observed = new WeakSet<Node>();

/** Loads the elements of the kit in `root` now, and those that are added to it from now on. */
export function observe(root: ParentNode & Node): void {
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

if (typeof document !== 'undefined') observe(document);
