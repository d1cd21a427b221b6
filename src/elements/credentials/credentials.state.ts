import type { AccessRule, ApplicationCredential } from '../../openstack/application-credentials.js';
import type { Catalog } from '../../openstack/catalog.js';

/** How long a credential lasts, by the word of the choice. */
export const LIFETIMES = {
  expiryDay: 1,
  expiryWeek: 7,
  expiryMonth: 30,
  expiryYear: 365,
  expiryNever: undefined,
} as const satisfies Record<string, number | undefined>;
export type Lifetime = keyof typeof LIFETIMES;

const DAY = 86_400_000;

/** When it ends; undefined for never. */
export function endOfLifetime(lifetime: Lifetime, now: number): Date | undefined {
  const days = LIFETIMES[lifetime];
  return days === undefined ? undefined : new Date(now + days * DAY);
}

/** What a credential may be limited to. */
export type RuleSet = 'rulesNone' | 'rulesReadOnly' | 'rulesKit';

const METHODS = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE'];
/** Those that the kit speaks to. */
const KIT = new Set([
  'compute',
  'image',
  'network',
  'block-storage',
  'volumev3',
  'placement',
  'dns',
  'orchestration',
]);

/** The access rules of a set, for the services of a catalog by the names it has for them. */
export function rulesOf(set: RuleSet, catalog: Catalog): readonly AccessRule[] | undefined {
  if (set === 'rulesNone') return undefined;
  const methods = set === 'rulesReadOnly' ? ['GET', 'HEAD'] : METHODS;
  const services = catalog.entries
    .map(({ type }) => type)
    .filter((type) => type !== 'identity' && (set === 'rulesReadOnly' || KIT.has(type)));
  return [...new Set(services)].flatMap((service) =>
    methods.map((method) => ({ service, method, path: '/**' })),
  );
}

/** A name that none of the others has. */
export function suggestedName(project: string, now: Date, taken: ReadonlySet<string>): string {
  const base = `${project || 'credential'}-${now.toISOString().slice(0, 10)}`;
  let name = base;
  for (let n = 2; taken.has(name); n++) name = `${base}-${n}`;
  return name;
}

/** Those that are still good first, the ones that end soonest on top; those that never end before those that have. */
export function arranged(
  credentials: readonly ApplicationCredential[],
  now: number,
): readonly ApplicationCredential[] {
  const order = ({ expiresAt }: ApplicationCredential): number =>
    expiresAt === undefined ? 1e15 : expiresAt.getTime() <= now ? 2e15 : expiresAt.getTime();
  return [...credentials].sort((a, b) => order(a) - order(b) || a.name.localeCompare(b.name));
}
