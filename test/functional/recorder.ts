/** One answer that came on the way, as the contract check wants to name it. */
export interface Recorded {
  readonly method: string;
  /** Path with ids replaced by `{id}`, without query. */
  readonly path: string;
  readonly status: number;
}

const ID = /(?<=\/)([0-9a-f]{32}|[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12})(?=\/|$)/g;

/** Notes what passes through a `fetch`, and passes it on untouched. */
export function record(fetch: typeof globalThis.fetch): {
  fetch: typeof globalThis.fetch;
  answers: Recorded[];
} {
  const answers: Recorded[] = [];
  return {
    answers,
    async fetch(input, init) {
      const request = new Request(input, init);
      const response = await fetch(request);
      const path = new URL(request.url).pathname.replace(ID, '{id}');
      answers.push({ method: request.method, path, status: response.status });
      return response;
    },
  };
}

/** The lists that page; elsewhere a service may refuse the word. */
const LISTS = /\/(servers\/detail|flavors\/detail|os-keypairs|images|networks|security-groups|floatingips)$/;

/**
 * The same cloud with the smallest pages: whatever page size a list asks for, it gets one row at a
 * time, as from a service whose own maximum is that low.
 */
export function oneRowPages(fetch: typeof globalThis.fetch): typeof globalThis.fetch {
  return async (input, init) => {
    const request = new Request(input, init);
    const url = new URL(request.url);
    if (request.method !== 'GET' || !LISTS.test(url.pathname)) return fetch(request);
    url.searchParams.set('limit', '1');
    return fetch(new Request(url, { headers: request.headers, signal: request.signal }));
  };
}
