import type { ConsoleEnd } from './console-end.js';

/**
 * A VNC server that draws a test picture, and what is typed. Reference: RFC 6143, with the RRE encoding, which every
 * viewer that draws in a browser asks for.
 */

/** Five rows of three pixels each, a digit a row. */
const FONT: Readonly<Record<string, string>> = {
  ...{ A: '25755', B: '65656', C: '34443', D: '65556', E: '74647', F: '74644', G: '34553', H: '55755' },
  ...{ I: '72227', J: '11152', K: '55655', L: '44447', M: '57755', N: '65555', O: '25552', P: '65644' },
  ...{ Q: '25563', R: '65655', S: '34216', T: '72222', U: '55557', V: '55552', W: '55775', X: '55255' },
  ...{ Y: '55222', Z: '71247', 0: '75557', 1: '26227', 2: '61247', 3: '61216', 4: '55711', 5: '74616' },
  ...{ 6: '34656', 7: '71122', 8: '25252', 9: '35316', '-': '00700', '.': '00002', ':': '02020' },
  ...{ '/': '11244', _: '00007', '!': '22202', '?': '61202', ',': '00024', '+': '02720', '=': '07070' },
};

const WIDTH = 640;
const HEIGHT = 480;
const BACK = 0x14213d;
const INK = 0xf1f5f9;
const MARK = 0xfca311;
const BARS = [0xffffff, 0xffff00, 0x00ffff, 0x00ff00, 0xff00ff, 0xff0000, 0x0000ff];
const MOST_TYPED = 24;
/** TightPNG: hypervisors send parts of a screen as pictures where a viewer takes them. */
const PICTURES = -260;
/** A square of 32 by 32 pixels, #2a9d8f. */
const SQUARE =
  'iVBORw0KGgoAAAANSUhEUgAAACAAAAAgCAIAAAD8GO2jAAAAKklEQVR42mPQmttPU8QwasGoBaMWjFowasGoBaMWjFowasGoBaMWDBULAN4LWEyLoYo5AAAAAElFTkSuQmCC';

interface Rectangle {
  readonly colour: number;
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** Text in letters of `size` times three by five pixels. */
function letters(text: string, left: number, top: number, size: number, colour: number): Rectangle[] {
  return Array.from(text.toUpperCase()).flatMap((char, index) =>
    Array.from(FONT[char] ?? '00000').flatMap((row, y) =>
      [4, 2, 1].flatMap((bit, x) =>
        Number(row) & bit
          ? [
              {
                colour,
                x: left + (index * 4 + x) * size,
                y: top + y * size,
                width: size,
                height: size,
              },
            ]
          : [],
      ),
    ),
  );
}

const bytes16 = (...values: number[]): number[] =>
  values.flatMap((value) => [(value >> 8) & 255, value & 255]);
const bytes32 = (value: number): number[] => [...bytes16(value >>> 16), ...bytes16(value)];
const textBytes = (text: string): number[] => [...new TextEncoder().encode(text)];

/** 32 bits a pixel, little-endian, as `red green blue 0`. */
const FORMAT = [32, 24, 0, 1, ...bytes16(255, 255, 255), 0, 8, 16, 0, 0, 0];

/** Lengths of what a viewer says, by type; longer ones say how long they are. */
function lengthOf(data: readonly number[]): number {
  const at = (index: number): number => data[index] ?? 0;
  switch (data[0]) {
    case 0:
      return 20;
    case 2:
      return data.length < 4 ? Infinity : 4 + 4 * (at(2) * 256 + at(3));
    case 3:
      return 10;
    case 4:
      return 8;
    case 5:
      return 6;
    case 6:
      return data.length < 8 ? Infinity : 8 + (at(4) & 127) * 2 ** 24 + at(5) * 65536 + at(6) * 256 + at(7);
    default:
      return 0;
  }
}

export const screenEnd: ConsoleEnd = (wire, { name }) => {
  let data: number[] = [];
  let step = 0;
  let shifts = { red: 0, green: 8, blue: 16 };
  let typed = '';
  let pointer: { x: number; y: number } | undefined;
  let isControl = false;
  let isAsked = false;
  let isStale = true;
  let takesPictures = false;

  const say = (...bytes: number[]): void => {
    wire.say(Uint8Array.from(bytes));
  };
  const pixel = (colour: number): number[] => {
    const value =
      (((colour >> 16) & 255) << shifts.red) |
      (((colour >> 8) & 255) << shifts.green) |
      ((colour & 255) << shifts.blue);
    return [value & 255, (value >> 8) & 255, (value >> 16) & 255, value >>> 24];
  };
  const picture = (): Rectangle[] => [
    ...BARS.map((colour, index) => ({
      colour,
      x: Math.round((index * WIDTH) / BARS.length),
      y: 0,
      width: Math.ceil(WIDTH / BARS.length),
      height: 96,
    })),
    ...letters('Simulated machine', 32, 136, 8, INK),
    ...letters(name.slice(0, 24), 32, 208, 5, MARK),
    ...letters('Nothing here is real. Type something:', 32, 260, 3, INK),
    ...letters(`${typed}_`, 32, 312, 5, MARK),
    ...(pointer ? [{ colour: MARK, x: pointer.x - 4, y: pointer.y - 4, width: 9, height: 9 }] : []),
  ];
  const draw = (): void => {
    if (!isAsked || !isStale) return;
    isAsked = isStale = false;
    const rectangles = picture();
    const square = takesPictures ? Uint8Array.from(atob(SQUARE), (char) => char.charCodeAt(0)) : undefined;
    say(
      ...[0, 0, ...bytes16(square ? 2 : 1), ...bytes16(0, 0, WIDTH, HEIGHT), ...bytes32(2)],
      ...[...bytes32(rectangles.length), ...pixel(BACK)],
      ...rectangles.flatMap(({ colour, x, y, width, height }) => [
        ...pixel(colour),
        ...bytes16(x, y, width, height),
      ]),
      ...(square
        ? [...bytes16(WIDTH - 48, HEIGHT - 48, 32, 32), ...bytes32(PICTURES), 0xa0, square.length, ...square]
        : []),
    );
  };
  const changed = (): void => {
    isStale = true;
    draw();
  };
  const type = (text: string): void => {
    typed = (typed + text).slice(-MOST_TYPED);
    changed();
  };
  const press = (keysym: number, isDown: boolean): void => {
    if (keysym === 0xffe3 || keysym === 0xffe4) isControl = isDown;
    else if (!isDown) return;
    else if (isControl && keysym === 0x63) {
      const text = textBytes(typed);
      say(3, 0, 0, 0, ...bytes32(text.length), ...text);
    } else if (keysym === 0xff08) {
      typed = typed.slice(0, -1);
      changed();
    } else if (keysym === 0xff0d) {
      typed = '';
      changed();
    } else if (keysym >= 0x20 && keysym < 0x7f) type(String.fromCharCode(keysym));
  };
  const hear = (message: readonly number[]): void => {
    const at = (index: number): number => message[index] ?? 0;
    switch (at(0)) {
      case 0:
        shifts = { red: at(14), green: at(15), blue: at(16) };
        break;
      case 2: {
        const view = new DataView(Uint8Array.from(message).buffer);
        for (let start = 4; start < message.length; start += 4)
          if (view.getInt32(start) === PICTURES) takesPictures = true;
        break;
      }
      case 3:
        isAsked = true;
        if (at(1) === 0) isStale = true;
        draw();
        break;
      case 4:
        press(at(4) * 2 ** 24 + at(5) * 65536 + at(6) * 256 + at(7), at(1) !== 0);
        break;
      case 5:
        if (at(1) === 0) break;
        pointer = {
          x: Math.min(WIDTH - 5, Math.max(4, at(2) * 256 + at(3))),
          y: Math.min(HEIGHT - 5, Math.max(4, at(4) * 256 + at(5))),
        };
        changed();
        break;
      case 6:
        type(String.fromCharCode(...message.slice(8)));
        break;
    }
  };
  /** Version, way of securing (none), and whether others may look as well: in this order, once. */
  const GREETINGS = [
    { length: 12, answer: [1, 1] },
    { length: 1, answer: [0, 0, 0, 0] },
    {
      length: 1,
      answer: [...bytes16(WIDTH, HEIGHT), ...FORMAT, ...bytes32(textBytes(name).length), ...textBytes(name)],
    },
  ];

  wire.say(new TextEncoder().encode('RFB 003.008\n'));
  return (bytes) => {
    data.push(...bytes);
    for (;;) {
      const greeting = GREETINGS[step];
      const length = greeting?.length ?? lengthOf(data);
      if (length === 0 && data.length > 0) {
        wire.end();
        return;
      }
      if (data.length === 0 || data.length < length) return;
      const message = data.slice(0, length);
      data = data.slice(length);
      if (greeting) {
        step += 1;
        say(...greeting.answer);
      } else hear(message);
    }
  };
};
