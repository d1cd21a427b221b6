import type { Connection } from './connection.js';

/** Where one stands, as a link says it. */
export interface Place {
  /** Host and port of the identity service. */
  readonly cloud: string;
  readonly projectId: string;
  readonly region: string | undefined;
}

const KEY = 'exo';

/** The place of a connection, for the fragment of a link: `exo=cloud.example:5000/<project id>/<region>`. */
export function placeOf({ authUrl, project, region }: Connection): string {
  const parts = [new URL(authUrl).host, project.id, ...(region === undefined ? [] : [region])];
  return `${KEY}=${parts.map(encodeURIComponent).join('/')}`;
}

/** The place that the fragment of a link names, among whatever else it holds. */
export function readPlace(hash: string): Place | undefined {
  const found = hash
    .replace(/^#/, '')
    .split('&')
    .find((part) => part.startsWith(`${KEY}=`));
  const [cloud, projectId, region] = (found ?? '')
    .slice(KEY.length + 1)
    .split('/')
    .map(decoded);
  return cloud && projectId ? { cloud, projectId, region: region === '' ? undefined : region } : undefined;
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return '';
  }
}
