import { exosphereParts, OWN_PART } from './exosphere/prepare.js';
import { kitConfig } from './kit.js';
import type { KitVolume } from './kit-volumes.js';
import type { LaunchProfile } from './profiles.js';
import { userDataKind } from './user-data.js';

/** The file that the person has; what is in it may be a secret, and is never shown. */
const OWN_FILE = 'user-data';
const BOUNDARY = '===exo-user-data===';
/** Ends what stands between; no line of ours is so. */
const END = 'END-OF-PART';

/** The command lines that make the file with the user data, and its name; no name without any. */
export interface UserDataLines {
  readonly lines: readonly string[];
  readonly file: string | undefined;
}

/**
 * What writes the user data of an instance in a shell.
 *
 * @param file to write, where the user's own is not enough
 * @param volumes whose ids are variables of the shell: `variableOf` tells which
 */
export function userDataLines(
  profile: LaunchProfile,
  own: string | Uint8Array | undefined,
  file: string,
  volumes: readonly KitVolume[],
  variableOf: (id: string) => string,
): UserDataLines {
  const given = own !== undefined && own.length > 0;
  if (profile.kind === 'plain') return { lines: [], file: given ? OWN_FILE : undefined };
  const filter = volumes.map(({ id }) => ` -e "s/${id}/$${variableOf(id)}/"`).join('');
  if (profile.kind === 'kit') {
    const reader = filter === '' ? 'cat' : `sed${filter}`;
    const config = kitConfig(profile, volumes);
    if (!given) return { lines: [`${reader} > ${file} << '${END}'\n${config}${END}`], file };
    const ours = `${reader} << '${END}' | part text/cloud-config kit.yaml\n${config}${END}`;
    return { lines: message(file, ownPart(own, 'part-001'), [ours]), file };
  }
  const parts = exosphereParts(profile).map(
    ({ type, name, text }) => `part ${type} ${name} << '${END}'\n${text}${END}`,
  );
  return { lines: message(file, given ? ownPart(own, OWN_PART) : undefined, parts), file };
}

function ownPart(own: string | Uint8Array, name: string): string {
  switch (userDataKind(own)) {
    case 'mime':
      return `printf '\\n--${BOUNDARY}\\n'; cat ${OWN_FILE}`;
    case 'gzip':
      return `part application/gzip ${name} < ${OWN_FILE}`;
    default:
      return `part text/plain ${name} < ${OWN_FILE}`;
  }
}

/** Put together by the shell, so that what stands in the lines can be read. */
function message(file: string, own: string | undefined, ours: readonly string[]): readonly string[] {
  const head = `Content-Type: %s\\nContent-Transfer-Encoding: base64\\nContent-Disposition: attachment; filename="%s"\\n\\n`;
  return [
    `part() { printf '\\n--${BOUNDARY}\\n${head}' "$1" "$2"; base64; }`,
    [
      '{',
      `printf 'Content-Type: multipart/mixed; boundary="${BOUNDARY}"\\nMIME-Version: 1.0\\n'`,
      ...(own === undefined ? [] : [own]),
      ...ours,
      `printf '\\n--${BOUNDARY}--\\n'`,
      `} > ${file}`,
    ].join('\n'),
  ];
}
