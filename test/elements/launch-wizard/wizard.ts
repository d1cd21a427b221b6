import { fixture, html } from '@open-wc/testing';
import '../../../src/elements/exo-launch-wizard.js';
import type { ExoLaunchWizard } from '../../../src/elements/launch-wizard/launch-wizard.js';
import type { KeypairRecord, ServerRecord } from '../../../src/simulator/model.js';
import { eventually, type StoryCloud } from '../../../stories/cloud.js';

/** A wizard on a page, as a person and their tests see it. */
export async function show({ session }: Partial<StoryCloud>): Promise<ExoLaunchWizard> {
  const wizard = await fixture<ExoLaunchWizard>(
    html`<exo-launch-wizard .session=${session}></exo-launch-wizard>`,
  );
  await wizard.updateComplete;
  return wizard;
}

/** A wizard that somebody has turned to, and that has loaded all that it offers. */
export async function showReady(story: StoryCloud): Promise<ExoLaunchWizard> {
  const wizard = await showOpened(story);
  await turnTo(wizard);
  return wizard;
}

/** Puts a finger on a wizard, and waits until it has asked for what it asks then. */
export async function turnTo(wizard: ExoLaunchWizard): Promise<void> {
  wizard.dispatchEvent(new PointerEvent('pointerdown'));
  await wizard.settled();
  await wizard.updateComplete;
}

/** A wizard that has opened, and that nobody has turned to yet. */
export async function showOpened(story: Pick<StoryCloud, 'session'>): Promise<ExoLaunchWizard> {
  const wizard = await show(story);
  // What is out of sight loads nothing.
  wizard.scrollIntoView();
  await eventually(
    () => !text(wizard).includes('being loaded') && wizard.renderRoot.querySelector('#launch') !== null,
    'everything is loaded',
  );
  return wizard;
}

export function text(wizard: ExoLaunchWizard): string {
  return wizard.renderRoot.textContent.replace(/\s+/g, ' ');
}

export function button(wizard: ExoLaunchWizard, name: string): HTMLButtonElement {
  const found = [...wizard.renderRoot.querySelectorAll('button')].filter(
    (each) => each.textContent.trim() === name || each.getAttribute('aria-label') === name,
  );
  const [first] = found;
  if (!first) throw new Error(`no button is named ${name}: ${text(wizard)}`);
  return first;
}

export async function open(wizard: ExoLaunchWizard, part: string): Promise<HTMLDetailsElement> {
  const details = wizard.renderRoot.querySelector<HTMLDetailsElement>(`details#${part}`);
  if (!details) throw new Error(`there is no ${part}`);
  if (!details.open) details.querySelector('summary')?.click();
  await eventually(
    () => details.querySelector('.section-body > :not(.skeleton-rows)') !== null,
    `${part} is open`,
  );
  return details;
}

export function input(wizard: ExoLaunchWizard, label: string): HTMLInputElement | HTMLTextAreaElement {
  for (const each of wizard.renderRoot.querySelectorAll('label')) {
    if (each.textContent.trim().replace(/\s*\(optional\)$/, '') !== label) continue;
    const found = wizard.renderRoot.querySelector(`#${CSS.escape(each.htmlFor)}`);
    if (found instanceof HTMLInputElement || found instanceof HTMLTextAreaElement) return found;
  }
  throw new Error(`no field is labelled ${label}`);
}

export async function type(wizard: ExoLaunchWizard, label: string, value: string): Promise<void> {
  const field = input(wizard, label);
  field.value = value;
  field.dispatchEvent(new InputEvent('input', { bubbles: true, composed: true }));
  await wizard.updateComplete;
}

/** The radio button or checkbox whose label begins so. */
export function choice(wizard: ExoLaunchWizard, name: string): HTMLInputElement {
  for (const label of wizard.renderRoot.querySelectorAll('label')) {
    const found = label.querySelector('input');
    const title = label.querySelector('.title')?.textContent.trim();
    if (found && title === name) return found;
  }
  throw new Error(`nothing to choose is named ${name}`);
}

export async function choose(wizard: ExoLaunchWizard, name: string): Promise<void> {
  choice(wizard, name).click();
  await wizard.updateComplete;
}

export async function state(
  wizard: ExoLaunchWizard,
  name: 'launching' | 'launched' | 'launch-failed' | 'ready',
): Promise<void> {
  try {
    await eventually(() => wizard.matches(`:state(${name})`), `the wizard is ${name}`);
  } catch (error) {
    throw new Error(`${String(error)}; it says: ${text(wizard)}`, { cause: error });
  }
  await wizard.updateComplete;
}

/** The servers that launches of the kit have made, those deleted left out. */
export function launched({ cloud }: StoryCloud): ServerRecord[] {
  return [...(cloud.state.regions[0]?.servers.values() ?? [])].filter(
    ({ metadata, deleted }) => metadata['exo:launch'] !== undefined && !deleted,
  );
}

export function keypairs({ cloud }: StoryCloud): readonly KeypairRecord[] {
  return cloud.state.regions[0]?.keypairs ?? [];
}

/** All that a page could read of the wizard: its markup, values of fields included. */
export function everythingIn(wizard: ExoLaunchWizard): string {
  const values = [...wizard.renderRoot.querySelectorAll<HTMLInputElement>('input, textarea')].map(
    ({ value }) => value,
  );
  return [wizard.outerHTML, wizard.shadowRoot?.innerHTML, ...values].join('\n');
}
