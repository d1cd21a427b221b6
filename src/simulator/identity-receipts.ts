import { json, type Call } from './http.js';
import { keystoneError } from './identity-errors.js';
import { tokenValue } from './ids.js';
import type { Receipt, User } from './model.js';

const LIFETIME = 300_000;
const HEADER = 'Openstack-Auth-Receipt';
const RULES: readonly (readonly string[])[] = [['password', 'totp']];

function moment(time: number): string {
  return new Date(time).toISOString().replace(/\.\d+Z$/, '.000000Z');
}

/** What a request has proved before; a refusal where that is too long ago, or made up. */
export function receiptIn(call: Call): Receipt | Response | undefined {
  const value = call.req.header(HEADER);
  if (value === undefined) return undefined;
  const { state } = call.env;
  const known = state.receipts.get(value);
  return known && known.expiresAt > state.now()
    ? known
    : keystoneError(call, 401, `Could not find auth receipt: ${value}.`);
}

/** Keystone's demand for another proof, where the user's rules want one. */
export function secondFactor(call: Call, user: User, methods: readonly string[]): Response | undefined {
  // A token stands for what was proved for it; an application credential does not.
  if (user.totpSecret === undefined || methods.includes('token')) return undefined;
  if (RULES.some((rule) => rule.every((method) => methods.includes(method)))) return undefined;
  const { state } = call.env;
  const issuedAt = Math.floor(state.now() / 1000) * 1000;
  const expiresAt = issuedAt + LIFETIME;
  const receipt: Receipt = { value: tokenValue(), user, methods, issuedAt, expiresAt };
  state.receipts.set(receipt.value, receipt);
  return json(
    {
      receipt: {
        methods,
        user: { domain: { id: 'default', name: 'Default' }, id: user.id, name: user.name },
        expires_at: moment(expiresAt),
        issued_at: moment(issuedAt),
      },
      required_auth_methods: RULES,
    },
    401,
    { [HEADER]: receipt.value },
  );
}
