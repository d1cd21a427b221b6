import type { RequestLogEntry } from './request-log.js';

/**
 * The same request for a shell: `curl` with the token as `$OS_TOKEN`, to be set beforehand
 * (`OS_TOKEN=$(openstack token issue -f value -c id)`).
 */
export function curlOf({ method, url, headers, body }: RequestLogEntry): string {
  const needsToken = !new URL(url).pathname.endsWith('/auth/tokens') || method !== 'POST';
  const parts = [
    'curl',
    '-sS',
    ...(method === 'GET' ? [] : ['-X', method]),
    ...(needsToken ? ['-H', '"X-Auth-Token: $OS_TOKEN"'] : []),
    ...Object.entries({ Accept: 'application/json', ...headers }).flatMap(([name, value]) => [
      '-H',
      quoted(`${name}: ${value}`),
    ]),
    ...(body === undefined ? [] : ['-H', quoted('Content-Type: application/json'), '-d', quoted(body)]),
    quoted(url),
  ];
  return parts.join(' ');
}

/** As one word of a shell, whatever is in it. */
export function quoted(text: string): string {
  return `'${text.replaceAll("'", `'\\''`)}'`;
}
