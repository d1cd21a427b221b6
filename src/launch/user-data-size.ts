/** Bytes that a boot script takes; text is sent as UTF-8. */
export function userDataBytes(data: string | Uint8Array): number {
  return typeof data === 'string' ? new TextEncoder().encode(data).length : data.length;
}
