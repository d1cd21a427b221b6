import { fixture, html } from '@open-wc/testing';
import type { ExoLogin } from '../../../src/elements/login/login.js';
import type { Session } from '../../../src/session/session.js';

/** The field of a label. */
export function input(element: ExoLogin, label: string): HTMLInputElement | HTMLTextAreaElement {
  for (const each of element.renderRoot.querySelectorAll('label')) {
    const named = each.textContent.trim().replace(/\s+/g, ' ');
    if (named !== label && named !== `${label} (optional)`) continue;
    const found = element.renderRoot.querySelector(`#${each.htmlFor}`);
    if (found instanceof HTMLInputElement || found instanceof HTMLTextAreaElement) return found;
  }
  throw new Error(`no field is labelled ${label}`);
}

export function type(element: ExoLogin, label: string, value: string): void {
  const field = input(element, label);
  field.value = value;
  field.dispatchEvent(new Event('input', { bubbles: true, composed: true }));
}

export function button(element: ExoLogin, name: string): HTMLButtonElement {
  const found = [...element.renderRoot.querySelectorAll('button')].find(
    (each) => each.textContent.trim().startsWith(name) || each.getAttribute('aria-label') === name,
  );
  if (!found) throw new Error(`no button is named ${name}`);
  return found;
}

export function text(element: ExoLogin): string {
  return element.renderRoot.textContent.replace(/\s+/g, ' ');
}

export async function show({ session }: { readonly session: Session }): Promise<ExoLogin> {
  const element = await fixture<ExoLogin>(html`<exo-login .session=${session}></exo-login>`);
  await element.updateComplete;
  return element;
}

export async function submit(element: ExoLogin, user = 'demo', password = 'demo-password'): Promise<void> {
  type(element, 'User name', user);
  type(element, 'Password', password);
  button(element, 'Sign in').click();
  await element.updateComplete;
}
