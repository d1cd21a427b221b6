import { isRecord } from '../../openstack/schema.js';
import { readDraft, writeDraft } from './draft-text.js';
import type { Draft } from './wishes.js';

/** A draft as it is kept, and the link that it began with. */
export interface KeptDraft {
  readonly draft: Draft;
  /** The fragment that was taken over already: a reload does not take it over what was changed since. */
  readonly link: string;
}

/** A draft under the name that somebody gave it. */
export interface Template {
  readonly name: string;
  readonly draft: Draft;
}

const MOST_TEMPLATES = 50;

/** Of whom and where a draft is, so that nobody sees another's in the same tab. */
export const draftKey = (where: { authUrl: string; projectId: string; userId: string }) =>
  `exo.launch.draft.${where.authUrl}|${where.projectId}|${where.userId}`;
/** Templates are of a cloud, for they name its images and sizes. */
export const templatesKey = (authUrl: string) => `exo.launch.templates.${authUrl}`;

/** Where storage is refused nothing is kept, and nothing fails. */
function tried<T>(use: () => T): T | undefined {
  try {
    return use();
  } catch {
    return undefined;
  }
}

/** `device`: where the tab has none, the one that was kept last on this device. */
export function loadDraft(key: string, device: boolean): KeptDraft {
  const value = tried((): unknown => {
    const text = sessionStorage.getItem(key) ?? (device ? localStorage.getItem(key) : null);
    return JSON.parse(text ?? 'null');
  });
  if (!isRecord(value)) return { draft: {}, link: '' };
  const link = typeof value['link'] === 'string' ? value['link'] : '';
  return { draft: readDraft(JSON.stringify(value['draft'] ?? null)), link };
}

/** Keeps it for the tab, and with `device` for the time after the tab is closed. */
export function saveDraft(key: string, { draft, link }: KeptDraft, device: boolean): void {
  const text = writeDraft(draft);
  const keep = (storage: Storage, kept: string) =>
    kept === '{}' ? storage.removeItem(key) : storage.setItem(key, kept);
  const whole = (of: string) =>
    of === '' && text === '{}' ? text : `{"draft":${text},"link":${JSON.stringify(of)}}`;
  tried(() => keep(sessionStorage, whole(link)));
  // Another day the same link is another wish.
  if (device) tried(() => keep(localStorage, whole('')));
}

export function loadTemplates(key: string): readonly Template[] {
  const value = tried((): unknown => JSON.parse(globalThis.localStorage.getItem(key) ?? 'null'));
  if (!Array.isArray(value)) return [];
  return value.flatMap((each: unknown) =>
    isRecord(each) && typeof each['name'] === 'string'
      ? [{ name: each['name'], draft: readDraft(JSON.stringify(each['draft'] ?? null)) }]
      : [],
  );
}

/** False where the browser keeps nothing. */
export function saveTemplates(key: string, templates: readonly Template[]): boolean {
  const kept = templates
    .slice(0, MOST_TEMPLATES)
    .map(({ name, draft }) => `{"name":${JSON.stringify(name)},"draft":${writeDraft(draft)}}`);
  const done = tried(() => {
    if (kept.length === 0) globalThis.localStorage.removeItem(key);
    else globalThis.localStorage.setItem(key, `[${kept.join(',')}]`);
    return true;
  });
  return done === true;
}
