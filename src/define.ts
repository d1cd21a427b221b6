import { ExoInstanceList } from './elements/instance-list/instance-list.js';
import { ExoLaunchWizard } from './elements/launch-wizard/launch-wizard.js';
import { ExoLogin } from './elements/login/login.js';
import { ExoProjectPicker } from './elements/project-picker/project-picker.js';
import { ExoSessionStatus } from './elements/session-status/session-status.js';
import { ExoSession } from './elements/session/session.js';
import { defineElement, type ExoElementClass } from './ui/define-element.js';

/** Every element of the kit. The session comes first: what is upgraded after it finds it at once. */
export const ELEMENTS: readonly ExoElementClass[] = [
  ExoSession,
  ExoLogin,
  ExoSessionStatus,
  ExoProjectPicker,
  ExoInstanceList,
  ExoLaunchWizard,
];

/** How `defineAll` registers. */
export interface DefineOptions {
  /** What takes the place of `exo` in the tags: `acme` gives `<acme-instance-list>`. Lower case. */
  prefix?: string;
  /** Where they are registered; the page's registry without it. */
  registry?: CustomElementRegistry;
  /** Which ones; all of them without it. */
  elements?: readonly ExoElementClass[];
}

/**
 * Registers the elements of the kit. Never throws: a tag that is taken keeps its first definition, and another
 * version is named in one warning in the console.
 */
export function defineAll(options: DefineOptions = {}): void {
  const { prefix = 'exo', registry, elements = ELEMENTS } = options;
  for (const element of elements) defineElement(element, element.tag.replace(/^exo(?=-)/, prefix), registry);
}
