/**
 * How requests reach a cloud that does not allow the page's origin.
 *
 * - `path`: a reverse proxy at a prefix of the portal's own origin. `https://nova.example:8774/v2.1/servers` is asked
 *   for at `<prefix>/nova.example:8774/v2.1/servers`; a cloud on plain http at `<prefix>/http/nova.example:8774/...`.
 * - `exosphere`: Exosphere's Cloud CORS Proxy. The path goes to `url`, the host and port in the headers
 *   `exo-proxy-orig-host` and `exo-proxy-orig-port`. That proxy always speaks https to the cloud.
 */
export type Proxy =
  { readonly kind: 'path'; readonly prefix: string } | { readonly kind: 'exosphere'; readonly url: string };

/**
 * Reads the `proxy` setting: `/openstack` or `https://portal.example/openstack` is a path proxy,
 * `exosphere:/proxy` or `exosphere:https://portal.example/proxy` an Exosphere one.
 *
 * @returns undefined when there is no text, or none of these forms
 */
export function parseProxy(text: string | null | undefined): Proxy | undefined {
  const [, exosphere, address = ''] =
    /^(exosphere:)?((?:https?:\/\/[^/\s]+|(?=\/(?!\/)))[^\s?#]*)$/i.exec(text?.trim() ?? '') ?? [];
  const base = address.replace(/\/+$/, '');
  if (!address) return undefined;
  return exosphere ? { kind: 'exosphere', url: base } : { kind: 'path', prefix: base };
}

/** Where a request really goes, and what it must carry to be passed on. */
export function throughProxy(
  proxy: Proxy | undefined,
  target: string,
): { url: string; headers: Record<string, string> } {
  if (!proxy) return { url: target, headers: {} };
  const { protocol, host, hostname, port, pathname, search } = new URL(target);
  const rest = pathname + search;
  const plain = protocol === 'http:';
  return proxy.kind === 'path'
    ? { url: `${proxy.prefix}${plain ? '/http' : ''}/${host}${rest}`, headers: {} }
    : {
        url: proxy.url + rest,
        headers: { 'exo-proxy-orig-host': hostname, 'exo-proxy-orig-port': port || (plain ? '80' : '443') },
      };
}
