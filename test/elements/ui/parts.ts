import { html, type CSSResultGroup, type TemplateResult } from 'lit';
import { actionButtonStyles } from '../../../src/ui/action-button.js';
import { BaseElement } from '../../../src/ui/base-element.js';
import { controlStyles } from '../../../src/ui/control.styles.js';
import { dialogStyles } from '../../../src/ui/dialog.js';
import { menuStyles } from '../../../src/ui/menu.js';
import { meterStyles } from '../../../src/ui/meter.js';
import { skeletonStyles } from '../../../src/ui/skeleton.js';
import { statusStyles } from '../../../src/ui/status.js';

/** An element that renders what a test gives it, with all the styles of the parts. */
export class PartsElement extends BaseElement {
  static override readonly tag: string = 'test-parts';
  static override styles: CSSResultGroup = [
    controlStyles,
    dialogStyles,
    menuStyles,
    actionButtonStyles,
    statusStyles,
    meterStyles,
    skeletonStyles,
  ];

  view: (element: PartsElement) => unknown = () => html``;

  protected override render(): unknown {
    return this.view(this);
  }

  /** For tests of what subclasses may do. */
  state(name: string | undefined, group?: string): void {
    this.showState(name, group);
  }
}

PartsElement.define();

export async function partsFixture(
  view: (element: PartsElement) => TemplateResult,
  place: ParentNode & Node = document.body,
): Promise<PartsElement> {
  const element = document.createElement('test-parts');
  if (!(element instanceof PartsElement)) throw new Error('test-parts is not registered');
  element.view = view;
  place.append(element);
  created.push(element);
  await element.updateComplete;
  return element;
}

const created: Element[] = [];

export function removeParts(): void {
  for (const element of created.splice(0)) element.remove();
}

/** The one element in the shadow tree that matches. */
export function part(element: Element, selector: string): HTMLElement;
export function part<T extends HTMLElement>(element: Element, selector: string, type: new () => T): T;
export function part(element: Element, selector: string, type = HTMLElement): HTMLElement {
  const found = element.shadowRoot?.querySelector(selector);
  if (!(found instanceof type)) throw new Error(`nothing matches ${selector}`);
  return found;
}
