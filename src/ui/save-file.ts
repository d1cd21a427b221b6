import type { OverlayHost } from './overlay-host.js';

/** How long a browser may take to begin a download, ms. */
const DOWNLOAD_BEGINS = 10_000;

/** Hands a text to the person as a file; nothing of it stays in the page. */
export function saveFile(host: OverlayHost, name: string, text: string, type = 'text/plain'): void {
  const url = URL.createObjectURL(new Blob([text], { type }));
  const link = host.ownerDocument.createElement('a');
  link.href = url;
  link.download = name;
  host.overlays.append(link);
  link.click();
  link.remove();
  setTimeout(() => {
    URL.revokeObjectURL(url);
  }, DOWNLOAD_BEGINS);
}
