import type { Server } from '../../openstack/compute.js';

/** One column of the file: its head, and what each row has in it. */
export interface ExportColumn {
  readonly head: string;
  readonly of: (server: Server) => string;
}

/**
 * Rows as comma-separated values (RFC 4180), with a byte order mark so that spreadsheets read it as UTF-8. A text that a
 * spreadsheet would run as a formula (https://owasp.org/www-community/attacks/CSV_Injection) gets an apostrophe in
 * front: names and tags are written by anybody in the project.
 */
export function toCsv(rows: readonly Server[], columns: readonly ExportColumn[]): string {
  const lines = [columns.map(({ head }) => head), ...rows.map((row) => columns.map(({ of }) => of(row)))];
  return `\ufeff${lines.map((line) => line.map(csvField).join(',')).join('\r\n')}\r\n`;
}

export function csvField(text: string): string {
  const safe = /^\s*[=+\-@\t\r|]/.test(text) ? `'${text}` : text;
  return /[",\r\n;']/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

/** Rows with all that is known of each, under the names of this kit's `Server`. */
export function toJson(rows: readonly Server[], idOf: (server: Server) => string): string {
  return JSON.stringify(
    rows.map(({ pending: _, ...row }) => ({ ...row, id: idOf({ pending: _, ...row }) })),
    undefined,
    2,
  );
}
