import { fixture, html } from '@open-wc/testing';
import '../../../src/elements/exo-instance-list.js';
import { bulkBarStyles } from '../../../src/elements/instance-list/bulk-bar.styles.js';
import type { ExoInstanceList } from '../../../src/elements/instance-list/instance-list.js';
import { eventually, type StoryCloud } from '../../../stories/cloud.js';

/** A list of one session, with its rows. */
export async function showRows(story: StoryCloud, template = listOf(story)): Promise<ExoInstanceList> {
  const list = await show(story, template);
  await eventually(() => rows(list).length > 0, 'rows are shown');
  return list;
}

/** With what acts, which a page has when the pointer comes into the list. */
export async function show(story: StoryCloud, template = listOf(story)): Promise<ExoInstanceList> {
  const list = await showAtFirst(story, template);
  list.dispatchEvent(new Event('pointerover'));
  await eventually(() => hasActing(list), 'what acts is loaded');
  return list;
}

export function hasActing({ shadowRoot }: ExoInstanceList): boolean {
  const { styleSheet } = bulkBarStyles;
  return styleSheet !== undefined && shadowRoot?.adoptedStyleSheets.includes(styleSheet) === true;
}

/** As it is before anybody has come along. */
export async function showAtFirst(story: StoryCloud, template = listOf(story)): Promise<ExoInstanceList> {
  const element = await fixture<HTMLElement>(template);
  const list = element.matches('exo-instance-list') ? element : element.querySelector('exo-instance-list');
  if (!isList(list)) throw new Error('the template shows no list');
  await list.updateComplete;
  return list;
}

function isList(element: Element | null): element is ExoInstanceList {
  return element?.localName === 'exo-instance-list';
}

function listOf({ session }: StoryCloud) {
  return html`<exo-instance-list .session=${session}></exo-instance-list>`;
}

/** The rows, without what is open below them. */
export function rows(list: ExoInstanceList): HTMLElement[] {
  return [...list.renderRoot.querySelectorAll<HTMLElement>('tr[data-row]:not(.details)')];
}

export function names(list: ExoInstanceList): string[] {
  return rows(list).map((row) => textOf(row.querySelector('.open')));
}

export function row(list: ExoInstanceList, name: string): HTMLElement {
  const found = rows(list).find((each) => textOf(each.querySelector('.open')) === name);
  if (!found) throw new Error(`there is no row ${name}, only ${names(list).join(', ')}`);
  return found;
}

export function details(list: ExoInstanceList, name: string): HTMLElement | null {
  const { row: id } = row(list, name).dataset;
  return list.renderRoot.querySelector(`tr.details[data-row="${id ?? ''}"]`);
}

export function textOf(node: Node | null | undefined): string {
  return (node?.textContent ?? '').replace(/\s+/g, ' ').trim();
}

/** Status word and what is happening. */
export function statusOf(list: ExoInstanceList, name: string): string {
  return textOf(row(list, name).querySelector('.state'));
}

export function button(root: ParentNode | null, name: string): HTMLButtonElement {
  const found = [...(root?.querySelectorAll('button') ?? [])].find(
    (each) => (each.getAttribute('aria-label') ?? textOf(each)) === name,
  );
  if (!found) throw new Error(`no button is named ${name}`);
  return found;
}

/** Why a button is out of use; empty when it is not. */
export function reasonOf(element: Element | null): string {
  if (element?.getAttribute('aria-disabled') !== 'true') return '';
  const root = element.getRootNode();
  const id = element.getAttribute('aria-describedby') ?? '';
  return root instanceof ShadowRoot ? textOf(root.getElementById(id)) : '';
}

export function box(list: ExoInstanceList, name: string): HTMLInputElement {
  const found = row(list, name).querySelector<HTMLInputElement>('.tick input');
  if (!found) throw new Error(`${name} has no box to tick`);
  return found;
}

export function shiftClick(element: HTMLElement): void {
  element.dispatchEvent(
    new MouseEvent('click', { bubbles: true, composed: true, cancelable: true, shiftKey: true }),
  );
}

/** The name of what has the keyboard; chai takes minutes to print an element that is not the one expected. */
export function keyboard(list: ExoInstanceList): string {
  const active = list.shadowRoot?.activeElement;
  return active?.getAttribute('aria-label') ?? textOf(active);
}

export function bar(list: ExoInstanceList): HTMLElement | null {
  return list.renderRoot.querySelector<HTMLElement>('.bulk:not([hidden])');
}

export function dialog(list: ExoInstanceList): HTMLDialogElement | null {
  return list.renderRoot.querySelector<HTMLDialogElement>('dialog[open]');
}

/** Answers the question that is open, or is about to open. */
export async function answer(list: ExoInstanceList, label: string): Promise<string> {
  await eventually(() => dialog(list) !== null, 'it asks');
  const asked = textOf(dialog(list));
  button(dialog(list), label).click();
  await eventually(() => dialog(list) === null, 'the question is gone');
  return asked;
}

export function menuItems(list: ExoInstanceList): HTMLElement[] {
  return [...list.renderRoot.querySelectorAll<HTMLElement>('[role="menuitem"]')];
}

/** Opens the menu of a row and answers the entry whose label begins so. */
export async function menuItem(list: ExoInstanceList, name: string, label: string): Promise<HTMLElement> {
  button(row(list, name), `Actions for ${name}`).click();
  await eventually(() => menuItems(list).length > 0, 'the menu is open');
  const found = menuItems(list).find((item) => textOf(item).startsWith(label));
  if (!found) throw new Error(`the menu has no ${label}`);
  return found;
}

export function search(list: ExoInstanceList, text: string): void {
  const input = list.renderRoot.querySelector<HTMLInputElement>('input[type="search"]');
  if (!input) throw new Error('there is no search box');
  input.value = text;
  input.dispatchEvent(new InputEvent('input', { bubbles: true, composed: true }));
}

export function filter(list: ExoInstanceList): HTMLSelectElement {
  const found = list.renderRoot.querySelector<HTMLSelectElement>('.filter select');
  if (!found) throw new Error('there is no status filter');
  return found;
}

export function choose(select: HTMLSelectElement, label: RegExp): void {
  const option = [...select.options].find((each) => label.test(each.label.trim()));
  if (!option) throw new Error(`there is no ${label.source} in ${textOf(select)}`);
  select.value = option.value;
  select.dispatchEvent(new Event('change', { bubbles: true }));
}

/** What has been said to a screen reader. */
export function said(list: ExoInstanceList): string {
  return textOf(list.overlays.querySelector('[aria-live="polite"]'));
}

/** Lets the cloud's time pass, and asks it again. */
export async function later({ cloud }: StoryCloud, list: ExoInstanceList, seconds = 60): Promise<void> {
  cloud.advance(seconds * 1000);
  await list.refresh();
  await list.updateComplete;
}

export function server({ cloud }: StoryCloud, name: string) {
  const found = [...(cloud.state.regions[0]?.servers.values() ?? [])].find((each) => each.name === name);
  if (!found) throw new Error(`the cloud has no server ${name}`);
  return found;
}

/** Collects the events of one type. */
export function collect<K extends keyof HTMLElementEventMap>(target: HTMLElement, type: K) {
  const events: HTMLElementEventMap[K][] = [];
  target.addEventListener(type, (event) => events.push(event));
  return events;
}
