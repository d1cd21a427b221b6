import { createHash } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';

/** One end of a WebSocket. Reference: RFC 6455. */
export interface ServedSocket {
  send(bytes: Uint8Array): void;
  close(code?: number): void;
  onMessage: (bytes: Uint8Array) => void;
  onClose: () => void;
}

const GUID = '258EAFA5-E914-47DA-95CA-C5AB0DC85B11';
/** More than people type or paste into a console. */
const LONGEST = 1 << 20;

function frame(opcode: number, payload: Uint8Array): Buffer {
  const { length } = payload;
  const head =
    length < 126
      ? Buffer.from([0x80 | opcode, length])
      : length < 65536
        ? Buffer.from([0x80 | opcode, 126, length >> 8, length & 255])
        : Buffer.from([
            ...[0x80 | opcode, 127, 0, 0, 0, 0],
            ...[length >>> 24, (length >> 16) & 255, (length >> 8) & 255, length & 255],
          ]);
  return Buffer.concat([head, payload]);
}

/** Takes over a request for a WebSocket; undefined, and the connection ended, where it is none. */
export function acceptSocket(
  request: IncomingMessage,
  stream: Duplex,
  head: Buffer,
): ServedSocket | undefined {
  const { 'sec-websocket-key': key, 'sec-websocket-protocol': protocols = '' } = request.headers;
  if (key === undefined || request.headers.upgrade?.toLowerCase() !== 'websocket') {
    stream.end('HTTP/1.1 400 Bad Request\r\nConnection: close\r\n\r\n');
    return undefined;
  }
  const isBinary = protocols.split(/\s*,\s*/).includes('binary');
  stream.write(
    [
      'HTTP/1.1 101 Switching Protocols',
      'Upgrade: websocket',
      'Connection: Upgrade',
      `Sec-WebSocket-Accept: ${createHash('sha1')
        .update(key + GUID)
        .digest('base64')}`,
      ...(isBinary ? ['Sec-WebSocket-Protocol: binary'] : []),
      '\r\n',
    ].join('\r\n'),
  );

  let isOver = false;
  let data = head;
  const over = (): void => {
    if (isOver) return;
    isOver = true;
    socket.onClose();
  };
  const socket: ServedSocket = {
    send: (bytes) => {
      if (!isOver) stream.write(frame(2, bytes));
    },
    close: (code = 1000) => {
      if (isOver) return;
      stream.end(frame(8, Uint8Array.from([code >> 8, code & 255])));
      over();
    },
    onMessage: () => undefined,
    onClose: () => undefined,
  };

  /** One frame off the data; false when there is none yet. */
  const take = (): boolean => {
    if (data.length < 2) return false;
    const opcode = data.readUInt8(0) & 15;
    const short = data.readUInt8(1) & 127;
    const start = 2 + (short === 126 ? 2 : short === 127 ? 8 : 0);
    if (data.length < start + 4) return false;
    const length =
      short === 126 ? data.readUInt16BE(2) : short === 127 ? Number(data.readBigUInt64BE(2)) : short;
    if (length > LONGEST) {
      socket.close(1009);
      return false;
    }
    if (data.length < start + 4 + length) return false;
    const mask = data.subarray(start, start + 4);
    const payload = data
      .subarray(start + 4, start + 4 + length)
      .map((byte, index) => byte ^ (mask[index % 4] ?? 0));
    data = data.subarray(start + 4 + length);
    if (opcode === 8) socket.close();
    else if (opcode === 9) stream.write(frame(10, payload));
    else if (opcode <= 2) socket.onMessage(new Uint8Array(payload));
    return !isOver;
  };
  const read = (): void => {
    while (take());
  };
  stream.on('data', (chunk: Buffer) => {
    data = Buffer.concat([data, chunk]);
    read();
  });
  stream.on('close', over);
  stream.on('error', over);
  // What came with the request waits until the caller listens.
  queueMicrotask(read);
  return socket;
}
