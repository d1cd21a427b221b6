import type { Call } from './http.js';
import { isUuid } from './ids.js';
import { isObject, pythonRepr, pythonStr, type JsonObject } from './json.js';
import { refuse, since, unexpected } from './compute-version.js';

/** The checks of Nova's JSON schemas that a client can run into, with the words they are refused in. */

/** The services count code points. */
export function tooLong(text: string): boolean {
  return text.length > 255 && Array.from(text).length > 255;
}

/** Refuses a field in the form of nova/api/validation/validators.py. */
export function invalidField(field: string, value: unknown, reason: string): never {
  refuse(400, `Invalid input for field/attribute ${field}. Value: ${pythonStr(value)}. ${reason}`);
}

/** Names: 1 to 255 characters, printable, no space at either end. */
export function checkName(field: string, value: unknown): string {
  if (typeof value !== 'string') {
    return invalidField(field, value, `${pythonRepr(value)} is not of type 'string'`);
  }
  if (value.length < 1) invalidField(field, value, `${pythonRepr(value)} is too short`);
  if (tooLong(value)) invalidField(field, value, `${pythonRepr(value)} is too long`);
  // eslint-disable-next-line no-control-regex -- control characters are what is refused
  if (/[\u0000-\u001f\u007f]/.test(value) || value.trim() !== value) {
    refuse(
      400,
      "An invalid 'name' value was provided. The name must be: printable characters. Can not start or end with whitespace.",
    );
  }
  return value;
}

/** Text of at most 255 characters, or nothing at all. */
export function checkDescription(value: unknown): string | null {
  if (value === null || value === undefined) return null;
  if (typeof value !== 'string') {
    return invalidField('description', value, `${pythonRepr(value)} is not of type 'string', 'null'`);
  }
  if (tooLong(value)) invalidField('description', value, `${pythonRepr(value)} is too long`);
  return value;
}

export function checkHostname(value: unknown): string | undefined {
  if (value === undefined) return undefined;
  const pattern = /^[a-zA-Z0-9]+[a-zA-Z0-9-]*[a-zA-Z0-9]+$/;
  if (typeof value !== 'string' || !pattern.test(value))
    return invalidField('hostname', value, `${pythonRepr(value)} does not match '${pattern.source}'`);
  if (value.length > 63) invalidField('hostname', value, `${pythonRepr(value)} is too long`);
  return value;
}

/** Refuses members of `value` that are not `known`. */
export function checkMembers(field: string, value: unknown, known: readonly string[]): JsonObject {
  if (!isObject(value)) {
    return invalidField(field, value, `${pythonRepr(value)} is not of type 'object'`);
  }
  const unknown = Object.keys(value).filter((key) => !known.includes(key));
  if (unknown.length > 0) invalidField(field, value, unexpected(unknown));
  return value;
}

const BOOLEAN_WORDS: readonly unknown[] = [
  true, 'True', 'TRUE', 'true', '1', 'ON', 'On', 'on', 'YES', 'Yes', 'yes',
  false, 'False', 'FALSE', 'false', '0', 'OFF', 'Off', 'off', 'NO', 'No', 'no',
]; // prettier-ignore

/** Keys of 1 to 255 plain characters, values of at most 255. */
export function checkMetadata(field: string, value: unknown): Record<string, string> {
  if (!isObject(value)) {
    return invalidField(field, value, `${pythonRepr(value)} is not of type 'object'`);
  }
  const result: Record<string, string> = {};
  for (const [key, item] of Object.entries(value)) {
    if (!/^[a-zA-Z0-9\-_:. ]{1,255}$/.test(key)) {
      invalidField(
        field,
        value,
        `${pythonRepr(key)} does not match any of the regexes: '^[a-zA-Z0-9-_:. ]{1,255}$'`,
      );
    }
    if (typeof item !== 'string') {
      return invalidField(key, item, `${pythonRepr(item)} is not of type 'string'`);
    }
    if (tooLong(item)) invalidField(key, item, `${pythonRepr(item)} is too long`);
    result[key] = item;
  }
  return result;
}

/** At most 60 characters, no slash and no comma. */
export function checkTag(value: unknown, index = 0): string {
  const field = String(index);
  if (typeof value !== 'string') {
    return invalidField(field, value, `${pythonRepr(value)} is not of type 'string'`);
  }
  if (value.length < 1) invalidField(field, value, `${pythonRepr(value)} is too short`);
  if (value.length > 60) invalidField(field, value, `${pythonRepr(value)} is too long`);
  if (!/^[^,/]*$/.test(value)) {
    invalidField(field, value, `${pythonRepr(value)} does not match '^[^,/]*$'`);
  }
  return value;
}

const BASE_FIELDS = [
  'name',
  'imageRef',
  'flavorRef',
  'adminPass',
  'metadata',
  'networks',
  'OS-DCF:diskConfig',
  'accessIPv4',
  'accessIPv6',
  'availability_zone',
  'block_device_mapping',
  'block_device_mapping_v2',
  'config_drive',
  'key_name',
  'min_count',
  'max_count',
  'return_reservation_id',
  'security_groups',
  'user_data',
];

/** Fields that came with a microversion; `personality` went with 2.57. */
const NEWER_FIELDS: readonly (readonly [string, number])[] = [
  ['description', 19],
  ['tags', 52],
  ['trusted_image_certificates', 63],
  ['host', 74],
  ['hypervisor_hostname', 74],
  ['hostname', 90],
];

function allowedFields(call: Call): Set<string> {
  const allowed = new Set(BASE_FIELDS);
  for (const [field, minor] of NEWER_FIELDS) if (since(call, minor)) allowed.add(field);
  if (!since(call, 57)) allowed.add('personality');
  return allowed;
}

/** The `server` member of a create request, or a refusal. */
export function checkCreate(call: Call, body: JsonObject | undefined): JsonObject {
  if (!body) refuse(400, 'Malformed request body');
  const server = body['server'];
  if (server === undefined) refuse(400, "'server' is a required property");
  if (!isObject(server)) {
    return invalidField('server', server, `${pythonRepr(server)} is not of type 'object'`);
  }
  const allowed = allowedFields(call);
  const unknown = Object.keys(server).filter((key) => !allowed.has(key));
  if (unknown.length > 0) invalidField('server', server, unexpected(unknown));
  const required = ['name', 'flavorRef', ...(since(call, 37) ? ['networks'] : [])];
  for (const field of required)
    if (server[field] === undefined)
      invalidField('server', server, `${pythonRepr(field)} is a required property`);
  checkName('name', server['name']);
  checkFields(call, server);
  const hints = ['server', 'os:scheduler_hints', 'OS-SCH-HNT:scheduler_hints'];
  const extra = Object.keys(body).filter((key) => !hints.includes(key));
  if (extra.length > 0) refuse(400, unexpected(extra));
  return server;
}

function checkFields(call: Call, server: JsonObject): void {
  const { imageRef, networks, user_data: userData, key_name: keyName, tags } = server;
  if (imageRef !== undefined && imageRef !== '' && !(typeof imageRef === 'string' && isUuid(imageRef)))
    invalidField('imageRef', imageRef, `${pythonRepr(imageRef)} is not valid under any of the given schemas`);
  if (server['metadata'] !== undefined) checkMetadata('metadata', server['metadata']);
  if (keyName !== undefined) checkName('key_name', keyName);
  checkDescription(server['description']);
  checkHostname(server['hostname']);
  const drive = server['config_drive'];
  if (drive !== undefined && !BOOLEAN_WORDS.includes(drive))
    invalidField('config_drive', drive, `${pythonRepr(drive)} is not one of ${pythonRepr(BOOLEAN_WORDS)}`);
  for (const field of ['min_count', 'max_count']) {
    const value = server[field];
    if (value === undefined) continue;
    if (!/^[0-9]+$/.test(String(value)))
      invalidField(field, value, `${pythonRepr(value)} does not match '^[0-9]*$'`);
    if (Number(value) < 1) invalidField(field, value, `${pythonRepr(value)} is less than the minimum of 1`);
  }
  if (userData !== undefined) checkUserData(userData);
  if (tags !== undefined) {
    const list: unknown[] = Array.isArray(tags) ? tags : [];
    if (list.length > 50) invalidField('tags', tags, `${pythonRepr(tags)} is too long`);
    list.forEach((tag, index) => checkTag(tag, index));
  }
  checkNetworks(call, networks);
}

function checkUserData(value: unknown): void {
  if (typeof value !== 'string') {
    invalidField('user_data', value, `${pythonRepr(value)} is not of type 'string'`);
  }
  if (value.length > 65_535) invalidField('user_data', value, `${pythonRepr(value)} is too long`);
  // Nova decodes as Python does, which passes over what is not of the alphabet.
  const clean = value.replace(/[^A-Za-z0-9+/=]/g, '');
  if (clean.replaceAll('=', '').length % 4 === 1 || clean.length % 4 !== 0)
    invalidField('user_data', value, `${pythonRepr(value)} is not a 'base64'`);
}

function checkNetworks(call: Call, networks: unknown): void {
  if (networks === undefined) return;
  if (typeof networks === 'string' && since(call, 37) && /^(auto|none)$/.test(networks)) return;
  if (!Array.isArray(networks)) {
    invalidField(
      'networks',
      networks,
      since(call, 37)
        ? `${pythonRepr(networks)} is not valid under any of the given schemas`
        : `${pythonRepr(networks)} is not of type 'array'`,
    );
  }
  const list: unknown[] = networks;
  const members = ['fixed_ip', 'port', 'uuid', ...(since(call, 42) ? ['tag'] : [])];
  for (const item of list) {
    const uuid = isObject(item) ? item['uuid'] : undefined;
    const port = isObject(item) ? item['port'] : undefined;
    const known = isObject(item) && Object.keys(item).every((key) => members.includes(key));
    if (typeof port === 'string' && isUuid(port) && known) continue;
    if (typeof uuid === 'string' && isUuid(uuid) && known) continue;
    if (known && uuid === undefined) refuse(400, "Bad network format: missing 'uuid'");
    if (since(call, 37)) {
      invalidField(
        'networks',
        networks,
        `${pythonRepr(networks)} is not valid under any of the given schemas`,
      );
    }
    if (!known) checkMembers('0', item, members);
    refuse(400, `Bad networks format: network uuid is not in proper format (${pythonStr(uuid)})`);
  }
}
