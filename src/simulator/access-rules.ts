import type { Call } from './http.js';
import type { AccessRule, Token } from './model.js';

/** By the beginning of a path, what the service calls itself in its `service_type`; Cinder's rules may name either. */
const TYPES: Readonly<Record<string, readonly string[]>> = {
  compute: ['compute'],
  image: ['image'],
  network: ['network'],
  volume: ['block-storage', 'volumev3'],
  dns: ['dns'],
  placement: ['placement'],
};

/** Whether a path matches the pattern of a rule: `*` and `{name}` stand for a part, `**` for anything. */
export function matches(path: string, pattern: string): boolean {
  const expression = pattern
    .split(/(\*\*|\*|\{[^}]*\})/)
    .map((part, index) =>
      index % 2 === 0 ? part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&') : part === '**' ? '.*' : '[^/]+',
    )
    .join('');
  return new RegExp(`^${expression}$`).test(path);
}

/** Whether the application credential behind a token, if there is one with rules, allows a request. */
export function isAllowed(call: Call, token: Token): boolean {
  const rules = token.applicationCredential?.accessRules;
  if (!rules) return true;
  const { path, method } = call.req;
  const types = TYPES[path.split('/')[1] ?? ''] ?? ['identity'];
  const fits = (rule: AccessRule): boolean =>
    rule.method === method && types.includes(rule.service) && matches(path, rule.path);
  return rules.some(fits);
}
