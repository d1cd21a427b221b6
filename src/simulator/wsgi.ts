import { titleOf } from './faults.js';

/** The page webob makes of an error that no service put into its own shape. */
export function htmlError(status: number, message: string, detail = ''): Response {
  const title = `${status} ${titleOf(status)}`;
  return new Response(
    `<html>\n <head>\n  <title>${title}</title>\n </head>\n <body>\n  <h1>${title}</h1>\n  ${escape(message)}<br /><br />\n${escape(detail)}\n\n\n </body>\n</html>`,
    { status, headers: { 'Content-Type': 'text/html; charset=UTF-8' } },
  );
}

function escape(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll("'", '&#x27;')
    .replaceAll('"', '&quot;');
}
