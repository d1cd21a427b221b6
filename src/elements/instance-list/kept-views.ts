/** Views under the names people gave them, and the one of the last visit, as `writeView` writes them. */
export interface KeptViews {
  readonly last: string | undefined;
  readonly named: Readonly<Record<string, string>>;
}

const NOTHING: KeptViews = { last: undefined, named: {} };

const keyOf = (list: string) => `exo.instance-list.${list}`;

/** What this browser keeps of a list; nothing where storage is refused. */
export function loadViews(list: string): KeptViews {
  try {
    const value: unknown = JSON.parse(globalThis.localStorage.getItem(keyOf(list)) ?? 'null');
    if (typeof value !== 'object' || value === null) return NOTHING;
    const last = 'last' in value && typeof value.last === 'string' ? value.last : undefined;
    const named = 'named' in value && typeof value.named === 'object' && value.named ? value.named : {};
    const views = Object.entries(named).filter(
      (entry): entry is [string, string] => typeof entry[1] === 'string',
    );
    return { last, named: Object.fromEntries(views) };
  } catch {
    return NOTHING;
  }
}

export function saveViews(list: string, views: KeptViews): void {
  try {
    const isEmpty = !views.last && Object.keys(views.named).length === 0;
    if (isEmpty) globalThis.localStorage.removeItem(keyOf(list));
    else globalThis.localStorage.setItem(keyOf(list), JSON.stringify(views));
  } catch {
    // Storage is refused or full: then the view lasts as long as the page.
  }
}
