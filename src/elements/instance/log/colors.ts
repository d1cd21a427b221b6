import type { AnsiColor, AnsiStyle } from './ansi.js';

/** Colours of a log as they can be read, on a light ground and on a dark one. */

type Rgb = readonly [number, number, number];

/** The grounds a log stands on; the styles name the same ones. */
export const LIGHT_GROUND: Rgb = [0xf8, 0xfa, 0xfc];
export const DARK_GROUND: Rgb = [0x10, 0x14, 0x1a];
/** WCAG 2.2, success criterion 1.4.3. */
const ENOUGH = 4.5;

/** The 16 a terminal names, near to what terminals show. */
const NAMED: readonly Rgb[] = [
  [40, 44, 52],
  [205, 49, 49],
  [13, 145, 85],
  [176, 128, 0],
  [36, 114, 200],
  [188, 63, 188],
  [17, 141, 165],
  [190, 195, 202],
  [110, 118, 129],
  [241, 76, 76],
  [35, 180, 110],
  [220, 180, 20],
  [59, 142, 234],
  [214, 112, 214],
  [41, 184, 219],
  [240, 243, 246],
];

const rgbOf = (color: AnsiColor): Rgb => (typeof color === 'number' ? (NAMED[color] ?? [0, 0, 0]) : color);

function luminance(rgb: Rgb): number {
  const [red, green, blue] = rgb.map((value) => {
    const share = value / 255;
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * (red ?? 0) + 0.7152 * (green ?? 0) + 0.0722 * (blue ?? 0);
}

/** From 1, none, to 21, black on white. */
export function contrast(a: Rgb, b: Rgb): number {
  const [dark = 0, light = 0] = [luminance(a), luminance(b)].sort((x, y) => x - y);
  return (light + 0.05) / (dark + 0.05);
}

/** The colour, moved towards black or white as far as it takes to be read on `ground`. */
export function readable(color: Rgb, ground: Rgb): Rgb {
  const end: Rgb = luminance(ground) > 0.18 ? [0, 0, 0] : [255, 255, 255];
  let moved = color;
  for (let step = 1; step <= 20 && contrast(moved, ground) < ENOUGH; step++) {
    const share = step / 20;
    const mix = (at: 0 | 1 | 2): number => Math.round(color[at] + (end[at] - color[at]) * share);
    moved = [mix(0), mix(1), mix(2)];
  }
  return moved;
}

const css = ([red, green, blue]: Rgb): string => `rgb(${red} ${green} ${blue})`;

const pair = (light: Rgb, dark: Rgb): string => `light-dark(${css(light)}, ${css(dark)})`;

/** The CSS properties of a style; the same object for the same style. */
export const stylesOf = remember((style: AnsiStyle): Readonly<Record<string, string | undefined>> => {
  const lines = [style.underline && 'underline', style.strike && 'line-through'].filter(Boolean).join(' ');
  return {
    ...colors(style),
    'font-weight': style.bold ? '700' : undefined,
    'font-style': style.italic ? 'italic' : undefined,
    'text-decoration-line': lines === '' ? undefined : lines,
  };
});

function colors({ color, ground, inverse }: AnsiStyle): Record<string, string> {
  const front = inverse ? (ground ?? 'ground') : color;
  const back = inverse ? (color ?? 'text') : ground;
  if (back === undefined) {
    if (front === undefined || front === 'ground') return {};
    const rgb = rgbOf(front);
    return { color: pair(readable(rgb, LIGHT_GROUND), readable(rgb, DARK_GROUND)) };
  }
  // A ground of its own is the same on light and dark pages, and decides what can be read on it.
  if (back === 'text') {
    const on = (text: Rgb, page: Rgb): Rgb =>
      front === 'ground' || front === undefined ? page : readable(rgbOf(front), text);
    return {
      'background-color': pair(NAMED[0] ?? [0, 0, 0], NAMED[15] ?? [255, 255, 255]),
      color: pair(on([40, 44, 52], LIGHT_GROUND), on([240, 243, 246], DARK_GROUND)),
    };
  }
  const surface = rgbOf(back);
  const text =
    front === undefined || front === 'ground'
      ? readable([128, 128, 128], surface)
      : readable(rgbOf(front), surface);
  return { 'background-color': css(surface), color: css(text) };
}

/** A log repeats a few styles in tens of thousands of places, each the same object. */
function remember<V>(make: (style: AnsiStyle) => V): (style: AnsiStyle) => V {
  const made = new WeakMap<AnsiStyle, { readonly value: V }>();
  return (style) => {
    const known = made.get(style) ?? { value: make(style) };
    made.set(style, known);
    return known.value;
  };
}
