import { transform } from 'esbuild';
import MagicString from 'magic-string';

/** Around these a line break in the source is layout, not a space between words. */
const BLOCKS =
  'address|article|aside|circle|col|colgroup|datalist|dd|details|dialog|div|dl|dt|fieldset|figure|footer|form|g|' +
  'h[1-6]|header|hr|legend|li|line|main|nav|ol|optgroup|option|p|path|polyline|rect|section|summary|svg|table|tbody|' +
  'td|tfoot|th|thead|tr|ul';
const AFTER_BLOCK = new RegExp(`(</?(?:${BLOCKS})(?:\\s[^<>]*)?>)\\s+(?=<|$)`, 'gi');
const BEFORE_BLOCK = new RegExp(`(^|>)\\s+(?=</?(?:${BLOCKS})[\\s/>])`, 'gi');
const CSS_TARGETS = ['chrome120', 'firefox120', 'safari17'];

const escape = (text) => text.replace(/\\/g, '\\\\').replace(/`/g, '\\`').replace(/\$\{/g, '\\${');

async function walk(node, visit) {
  if (!node || typeof node !== 'object') return;
  if (Array.isArray(node)) {
    for (const child of node) await walk(child, visit);
    return;
  }
  if (typeof node.type === 'string') await visit(node);
  for (const key in node) if (key !== 'type') await walk(node[key], visit);
}

/** White space in the static part of a markup template, raw: one space where words may touch, none between blocks. */
export const squeezeMarkup = (raw) =>
  raw
    .replace(/<!--[^\uE000]*?-->/g, '')
    .replace(/\s*\n\s*/g, ' ')
    .replace(AFTER_BLOCK, '$1')
    .replace(BEFORE_BLOCK, '$1');

/** White space in a piece of CSS between two expressions; pieces are no valid CSS, so no minifier can read them. */
export const squeezeCss = (raw) =>
  raw
    .replace(/\/\*[\s\S]*?\*\//g, '')
    .replace(/\s+/g, ' ')
    .replace(/ ?([{};]) ?/g, '$1');

export async function minifyCss(css) {
  const { code, warnings } = await transform(css, { loader: 'css', minify: true, target: CSS_TARGETS });
  if (warnings.length > 0) throw new Error(`css: ${warnings.map(({ text }) => text).join('; ')}`);
  return code.trim();
}

/**
 * Minifies html`…`, svg`…` and css`…` of our sources, after the types are stripped and before the modules are joined.
 * Templates with elements in which white space counts are left alone.
 */
export const templates = () => ({
  name: 'exo-templates',
  async transform(code, id) {
    if (!/\/src\/.*\.ts$/.test(id) || !/\b(html|css|svg)`/.test(code)) return null;
    const out = new MagicString(code);
    await walk(this.parse(code), async (node) => {
      if (node.type !== 'TaggedTemplateExpression' || !['html', 'svg', 'css'].includes(node.tag.name)) return;
      const { quasis } = node.quasi;
      if (node.tag.name === 'css' && quasis.length === 1) {
        const [only] = quasis;
        if (only.end > only.start)
          out.overwrite(only.start, only.end, escape(await minifyCss(only.value.cooked)));
        return;
      }
      if (node.tag.name !== 'css' && quasis.some((q) => /<(pre|textarea|script|style)\b/.test(q.value.raw)))
        return;
      const squeeze = node.tag.name === 'css' ? squeezeCss : squeezeMarkup;
      for (const [i, quasi] of quasis.entries()) {
        if (quasi.end === quasi.start) continue;
        let text = squeeze(quasi.value.raw);
        // the edges of the whole template: what surrounds it decides about spaces, never the template itself
        if (i === 0) text = text.trimStart();
        if (i === quasis.length - 1) text = text.trimEnd();
        out.overwrite(quasi.start, quasi.end, text);
      }
    });
    return out.hasChanged()
      ? { code: out.toString(), map: out.generateMap({ hires: true, source: id }) }
      : null;
  },
});
