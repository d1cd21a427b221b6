import type { Section, SectionHost } from '../section.js';

interface SectionModule {
  create(host: SectionHost): Section;
}

/** The sections in the order of their tabs, each loaded when it is first looked at. */
export const SECTIONS = {
  overview: () => import('./overview.js'),
  connect: () => import('./connect.js'),
  addresses: () => import('./addresses.js'),
  volumes: () => import('./volumes.js'),
  security: () => import('./security.js'),
  interfaces: () => import('./interfaces.js'),
  log: () => import('./log.js'),
  console: () => import('./console.js'),
  history: () => import('./history.js'),
  graphs: () => import('./graphs.js'),
  raw: () => import('./raw.js'),
} as const satisfies Record<string, () => Promise<SectionModule>>;

export type SectionName = keyof typeof SECTIONS;

export const SECTION_NAMES = Object.keys(SECTIONS).filter(isSectionName);

export function isSectionName(name: string | undefined): name is SectionName {
  return name !== undefined && Object.hasOwn(SECTIONS, name);
}
