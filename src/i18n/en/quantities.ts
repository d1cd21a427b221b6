import type { Wording } from '../wording.js';

/** `1 instance`, `3 instances` */
export function instances(w: Wording, count: number): string {
  return w.plural(count, {
    one: `{n} ${w.noun('instance')}`,
    other: `{n} ${w.noun('instance', 'many')}`,
  });
}
