import { nothing, param, type Call } from './http.js';
import { expecting, keystoneError } from './identity-errors.js';
import { objectAt, stringAt, type JsonObject } from './json.js';

const SHORTEST = 7;

/** `POST /v3/users/{id}/password`: needs no token, since the old password may have run out. */
export function changePassword(call: Call, body: JsonObject | undefined): Response {
  const { state } = call.env;
  const wanted = objectAt(body, 'user');
  const original = stringAt(wanted, 'original_password');
  const password = stringAt(wanted, 'password');
  if (original === undefined) return keystoneError(call, 400, expecting('original_password', 'user'));
  if (password === undefined) return keystoneError(call, 400, expecting('password', 'user'));
  const user = [...state.users.values()].find(({ id }) => id === param(call, 'id'));
  if (!user?.enabled || user.password !== original)
    return keystoneError(call, 401, 'The request you have made requires authentication.');
  if (password.length < SHORTEST)
    return keystoneError(
      call,
      400,
      `Password validation error: The password does not match the requirements: at least ${SHORTEST} characters.`,
    );
  if (password === original)
    return keystoneError(
      call,
      400,
      'Changed password invalid: The new password cannot be identical to a previous password. The total number which includes the new password must be unique is 2.',
    );
  user.password = password;
  user.passwordExpired = false;
  for (const token of state.tokens.values()) if (token.user === user) token.revoked = true;
  return nothing(204);
}
