/**
 * Tells whether the page's own Content Security Policy keeps it from an address: the WebSocket or frame itself looks
 * like one that the other end refuses.
 *
 * @returns a function to call when it no longer matters
 */
export function whenBlocked(
  document: Document,
  directive: 'connect-src' | 'frame-src',
  url: URL,
  blocked: () => void,
): () => void {
  const listening = new AbortController();
  document.addEventListener(
    'securitypolicyviolation',
    ({ effectiveDirective, blockedURI, disposition }) => {
      if (disposition !== 'enforce' || effectiveDirective !== directive) return;
      // Browsers tell the address with or without its path.
      if (URL.canParse(blockedURI) && new URL(blockedURI).host === url.host) blocked();
    },
    { signal: listening.signal },
  );
  return () => {
    listening.abort();
  };
}
