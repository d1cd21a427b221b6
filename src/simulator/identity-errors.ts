import { titleOf } from './faults.js';
import { json, type Call } from './http.js';

/** Where Keystone stands, whichever region is asked. */
export function keystoneOrigin(call: Call): string {
  return new URL(call.env.base).origin;
}

/** An error in Keystone's shape; a 401 says where to sign in. */
export function keystoneError(call: Call, status: number, message: string): Response {
  return json({ error: { code: status, message, title: titleOf(status) } }, status, {
    ...(status === 401 && { 'WWW-Authenticate': `Keystone uri="${keystoneOrigin(call)}/v3"` }),
  });
}

/** Keystone's way of saying what a body lacks. */
export function expecting(attribute: string, target: string): string {
  return `Expecting to find ${attribute} in ${target}. The server could not comply with the request since it is either malformed or otherwise incorrect. The client is assumed to be in error.`;
}
