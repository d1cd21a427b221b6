/** A colour for light and one for dark surroundings. */
export interface ColorPair {
  readonly light: string;
  readonly dark: string;
}

/**
 * Every token a theme may set, without its `--exo-` prefix, with the value used when no theme sets it.
 *
 * `color-*` are pairs: which one counts follows the `color-scheme` of the page, or `--exo-color-scheme`.
 * Lengths are in `em` of the place they are used in, so that a portal changes all of them by one font size.
 * Inside the kit a token is read by its private name: `--exo-color-text` as `var(--_color-text)`.
 */
export const COLOR_TOKENS = {
  /** Text and icons. */
  'color-text': { light: '#1b2430', dark: '#e7ebf0' },
  /** Text that stands back: hints, units, times. */
  'color-text-quiet': { light: '#55606f', dark: '#a5afbc' },
  /** The ground an element stands on. */
  'color-surface': { light: '#ffffff', dark: '#161a20' },
  /** Heads of tables, rows under the pointer, skeletons, quiet boxes. */
  'color-surface-quiet': { light: '#f3f5f8', dark: '#20262e' },
  /** Dialogs, menus, tooltips. */
  'color-surface-raised': { light: '#ffffff', dark: '#1f252d' },
  /** Lines between things. */
  'color-border': { light: '#dce1e8', dark: '#353d48' },
  /** Edges of controls; at least 3:1 against the surface. */
  'color-border-strong': { light: '#78849a', dark: '#7b8798' },
  /** The one accent: what the main action and the chosen thing are filled with. */
  'color-accent': { light: '#0b5cad', dark: '#85bdf5' },
  /** Text on the accent. */
  'color-on-accent': { light: '#ffffff', dark: '#08213b' },
  /** Links and quiet actions on a surface. */
  'color-accent-text': { light: '#0b5cad', dark: '#8fc3f7' },
  /** The ground of what is chosen. */
  'color-accent-quiet': { light: '#e5f0fb', dark: '#1a3250' },
  /** The fill of an action that destroys. */
  'color-danger': { light: '#b3261e', dark: '#f2958d' },
  'color-on-danger': { light: '#ffffff', dark: '#3c0a07' },
  'color-danger-text': { light: '#ad231b', dark: '#f6a39c' },
  'color-danger-quiet': { light: '#fdeeec', dark: '#3b1f1e' },
  'color-warning-text': { light: '#855000', dark: '#f0bb62' },
  'color-warning-quiet': { light: '#fdf3e0', dark: '#372b14' },
  'color-success-text': { light: '#17693a', dark: '#80d19c' },
  'color-success-quiet': { light: '#e6f5ec', dark: '#17311f' },
  /** The ring around what has the keyboard; at least 3:1 against every surface. */
  'color-focus': { light: '#0b5cad', dark: '#8fc3f7' },
  /** What lies over the page behind a dialog. */
  'color-backdrop': { light: 'rgb(15 23 35 / 45%)', dark: 'rgb(0 0 0 / 62%)' },
} as const satisfies Record<string, ColorPair>;

/** The tokens that are not colours. */
export const OTHER_TOKENS = {
  'font-family': "system-ui, -apple-system, 'Segoe UI', Roboto, 'Noto Sans', sans-serif",
  'font-family-mono': "ui-monospace, 'SF Mono', 'Cascadia Mono', 'DejaVu Sans Mono', monospace",
  /** `medium` is the size the reader chose in the browser; a root font of 62.5% does not shrink it. */
  'font-size': 'medium',
  'line-height': '1.5',
  'font-weight-strong': '600',
  /** The spacing scale: within a control, between near things, around groups, between groups. */
  'space-1': '0.25em',
  'space-2': '0.5em',
  'space-3': '1em',
  'space-4': '1.5em',
  radius: '0.5em',
  /** Height of a row of a table: 2.75em is comfortable (44 px), 2em compact (32 px). */
  'row-height': '2.75em',
  /** Height of buttons and inputs; never under 24 px. */
  'control-height': '2.5em',
  /** What lifts dialogs and menus from the page. */
  shadow: '0 0.25em 0.75em rgb(15 23 35 / 12%), 0 0.75em 2em rgb(15 23 35 / 18%)',
  /** Length of every movement; none when the reader asks for reduced motion. */
  'motion-duration': '140ms',
} as const;

/** `light`, `dark` or `light dark`; without it the page's own `color-scheme` counts. */
export const SCHEME_TOKEN = 'color-scheme';

/** Every token's name with its prefix, for documentation and tests. */
export const TOKEN_NAMES: readonly string[] = [
  SCHEME_TOKEN,
  ...Object.keys(COLOR_TOKENS),
  ...Object.keys(OTHER_TOKENS),
].map((name) => `--exo-${name}`);

/** The declarations that give each token its private name and its default. */
export const tokenDeclarations = [
  ...Object.entries(COLOR_TOKENS).map(
    ([name, { light, dark }]) => `--_${name}:var(--exo-${name},light-dark(${light},${dark}));`,
  ),
  ...Object.entries(OTHER_TOKENS).map(([name, value]) => `--_${name}:var(--exo-${name},${value});`),
].join('');
