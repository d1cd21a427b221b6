import assert from 'node:assert/strict';
import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { after, before, describe, it } from 'node:test';
import { CONSOLE_ENDS } from '../../../src/simulator/console-end.js';
import { serve, type ServedCloud } from '../../../src/simulator/serve.js';

/** What a machine has said, and a way to speak to it. */
function talkTo(kind: 'vnc' | 'serial'): {
  said: () => string;
  bytes: () => number[];
  say: (text: string) => void;
} {
  const all: number[] = [];
  const hear = CONSOLE_ENDS[kind](
    { say: (bytes) => void all.push(...bytes), end: () => void all.push(...Buffer.from('<end>')) },
    { name: 'Web 1' },
  );
  return {
    said: () => Buffer.from(all).toString('utf8'),
    bytes: () => all,
    say: (text) => {
      hear(Buffer.from(text, 'latin1'));
    },
  };
}

describe('the serial line of a simulated machine', () => {
  it('says what it is, and lets anybody in', () => {
    const { said, say } = talkTo('serial');
    assert.match(said(), /simulated machine[^]*web-1 login: $/);
    say('ada\r');
    assert.match(said(), /ada@web-1/);
  });

  it('knows a few words, takes back letters, and says of others that it does not know them', () => {
    const { said, say } = talkTo('serial');
    say('ada\rwhoamx\u007fi\r');
    assert.match(said(), /\r\nada\r\n/);
    say('rm -rf /\r');
    assert.match(said(), /rm: not found/);
    say('\u0004');
    assert.match(said(), /logout\r\nweb-1 login: $/);
  });

  it('leaves arrows and the like alone', () => {
    const { said, say } = talkTo('serial');
    say('ada\r\u001b[Aecho x\r');
    assert.match(said(), /\r\nx\r\n/);
  });
});

describe('the screen of a simulated machine', () => {
  it('speaks RFB 3.8 without a password', () => {
    const { said, bytes, say } = talkTo('vnc');
    assert.equal(said(), 'RFB 003.008\n');
    say('RFB 003.008\n\u0001\u0001');
    // one way of securing: none; it is well; then width and height
    assert.deepEqual(bytes().slice(12, 22), [1, 1, 0, 0, 0, 0, 640 >> 8, 640 & 255, 480 >> 8, 480 & 255]);
    assert.ok(said().endsWith('Web 1'));
  });

  it('draws once for each time it is asked, and when something has changed', () => {
    const { bytes, say } = talkTo('vnc');
    say('RFB 003.008\n\u0001\u0001');
    const ask = `\u0003\u0001${'\u0000'.repeat(8)}`;
    const grown = (act: () => void): boolean => {
      const before = bytes().length;
      act();
      return bytes().length > before;
    };
    assert.equal(grown(() => { say(ask); }), true); // prettier-ignore
    assert.equal(grown(() => { say(ask); }), false, 'nothing has changed'); // prettier-ignore
    assert.equal(grown(() => { say('\u0004\u0001\u0000\u0000\u0000\u0000\u0000a'); }), true, 'a key'); // prettier-ignore
  });

  it('ends with who speaks of something else', () => {
    const { said, say } = talkTo('vnc');
    say('RFB 003.008\n\u0001\u0001\u00ff');
    assert.ok(said().endsWith('<end>'));
  });
});

describe('a console over the wire', () => {
  let served: ServedCloud;
  before(async () => {
    served = await serve({ port: 0, seed: 'demo' });
  });
  after(() => served.close());

  async function open(token: string): Promise<Socket> {
    const socket = connect(Number(new URL(served.url).port), '127.0.0.1');
    await once(socket, 'connect');
    socket.write(
      [
        `GET /__console/?token=${token} HTTP/1.1`,
        ...['Host: localhost', 'Connection: Upgrade', 'Upgrade: websocket', 'Sec-WebSocket-Version: 13'],
        'Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==',
        'Sec-WebSocket-Protocol: binary',
        '\r\n',
      ].join('\r\n'),
    );
    return socket;
  }

  async function until(socket: Socket, pattern: RegExp): Promise<string> {
    let all = '';
    for await (const chunk of socket as AsyncIterable<Buffer>) {
      all += chunk.toString('latin1');
      if (pattern.test(all)) break;
    }
    socket.destroy();
    assert.match(all, pattern);
    return all;
  }

  it('answers as RFC 6455 has it, then lets the machine speak', async () => {
    served.cloud.state.consoleTokens.set('good', { kind: 'serial', serverId: 'x', name: 'web-1' });
    const all = await until(await open('good'), /web-1 login: /);
    assert.match(all, /^HTTP\/1\.1 101 /);
    assert.match(all, /Sec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK\+xOo=\r\n/);
    assert.match(all, /Sec-WebSocket-Protocol: binary\r\n/);
  });

  it('hears what comes in masked pieces', async () => {
    served.cloud.state.consoleTokens.set('typing', { kind: 'serial', serverId: 'x', name: 'web-1' });
    const socket = await open('typing');
    const mask = [1, 2, 3, 4];
    const payload = [...Buffer.from('ada\r')].map((byte, index) => byte ^ (mask[index % 4] ?? 0));
    const frame = Buffer.from([0x82, 0x80 | payload.length, ...mask, ...payload]);
    socket.write(frame.subarray(0, 5));
    socket.write(frame.subarray(5));
    await until(socket, /ada@web-1/);
  });

  it('takes a token it does not know, and ends it without a word, as Nova’s proxies do', async () => {
    const all = await until(await open('bad'), /\r\n\r\n\u0088/);
    assert.doesNotMatch(all, /login/);
  });
});
