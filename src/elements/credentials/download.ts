/** Hands a text to the person as a file; nothing of it stays in the page. */
export function saveAs(document: Document, file: string, text: string, type = 'text/plain'): void {
  const url = URL.createObjectURL(new Blob([text], { type }));
  const link = document.createElement('a');
  link.href = url;
  link.download = file;
  link.click();
  // The browser has taken it over by the next turn of its loop.
  setTimeout(() => {
    URL.revokeObjectURL(url);
  });
}
