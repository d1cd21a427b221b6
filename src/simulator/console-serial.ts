import type { ConsoleEnd } from './console-end.js';

const ABOUT = 'This is a simulated machine: nothing here is real, and nothing is kept.';
const HELP = `It knows: help, hostname, whoami, uname, date, echo, clear, exit.`;
/** Keys that are no letters: arrows and the like. */
const ESC = '\u001b';
const SEQUENCE = new RegExp(`${ESC}(?:\\[[\\d;]*[A-Za-z~])?`, 'g');

const decoder = new TextDecoder();
const encoder = new TextEncoder();

/** A serial line with a login prompt that takes any name, and a shell of a few words. */
export const serialEnd: ConsoleEnd = (wire, { name }) => {
  const host = name.toLowerCase().replace(/[^a-z0-9-]+/g, '-') || 'instance';
  let user: string | undefined;
  let line = '';
  const say = (text: string): void => {
    wire.say(encoder.encode(text));
  };
  const prompt = (): void => {
    say(user === undefined ? `${host} login: ` : `\u001b[1;32m${user}@${host}\u001b[0m:~$ `);
  };
  const run = (words: string): void => {
    const [command = '', ...rest] = words.split(/\s+/);
    switch (command) {
      case '':
        break;
      case 'help':
        say(`${ABOUT}\r\n${HELP}\r\n`);
        break;
      case 'hostname':
        say(`${host}\r\n`);
        break;
      case 'whoami':
        say(`${user ?? ''}\r\n`);
        break;
      case 'uname':
        say('Simulator\r\n');
        break;
      case 'date':
        say(`${new Date().toUTCString()}\r\n`);
        break;
      case 'echo':
        say(`${rest.join(' ')}\r\n`);
        break;
      case 'clear':
        say('\u001b[2J\u001b[H');
        break;
      case 'exit':
      case 'logout':
        user = undefined;
        break;
      default:
        say(`${command}: not found. ${HELP}\r\n`);
    }
  };
  const enter = (): void => {
    const words = line.trim();
    line = '';
    say('\r\n');
    if (user !== undefined) run(words);
    else if (words !== '') {
      user = words.replace(/[^\w.-]+/g, '');
      say(`${ABOUT}\r\n`);
    }
    prompt();
  };
  say(`${ABOUT}\r\n\r\n`);
  prompt();
  return (bytes) => {
    for (const char of decoder.decode(bytes).replace(SEQUENCE, '')) {
      if (char === '\r' || char === '\n') enter();
      else if (char === '\u007f' || char === '\b') {
        if (line === '') continue;
        line = line.slice(0, -1);
        say('\b \b');
      } else if (char === '\u0003') {
        line = '';
        say('^C\r\n');
        prompt();
      } else if (char === '\u0004') {
        if (user === undefined || line !== '') continue;
        user = undefined;
        say('logout\r\n');
        prompt();
      } else if (char >= ' ') {
        line += char;
        say(char);
      }
    }
  };
};
