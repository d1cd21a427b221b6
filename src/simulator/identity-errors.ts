import { titleOf } from './faults.js';
import { json } from './http.js';

export function keystoneError(
  status: number,
  message: string,
  headers: Readonly<Record<string, string>> = {},
): Response {
  return json({ error: { code: status, message, title: titleOf(status) } }, status, {
    Vary: 'X-Auth-Token',
    ...headers,
  });
}
