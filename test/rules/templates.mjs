/** Reads the static part of Lit templates: what stands between the expressions. */

/** Stands for one `${expression}`; a private-use character no source contains. */
export const HOLE = '\uE000';

/** Is this the node of a Lit template that ends up as markup (html, svg, mathml)? */
export const isMarkup = (node) =>
  node.type === 'TaggedTemplateExpression' &&
  node.tag.type === 'Identifier' &&
  ['html', 'svg', 'mathml', 'staticHtml'].includes(node.tag.name);

export const source = (node) => node.quasi.quasis.map((quasi) => quasi.value.cooked ?? '').join(HOLE);

/**
 * Splits markup into tags, attributes and text. Small on purpose: Lit forbids what would need a real parser
 * (expressions in tag or attribute names), and comments are dropped.
 *
 * @param {string} markup
 * @returns {{ tags: string[], attributes: { name: string, value: string }[], texts: string[] }}
 */
export function dissect(markup) {
  const tags = [];
  const attributes = [];
  const texts = [];
  const bare = markup.replace(/<!--[\s\S]*?-->/g, '');
  const tag = /<\/?([a-zA-Z\uE000][^\s/>]*)((?:"[^"]*"|'[^']*'|[^>"'])*)>/g;
  let at = 0;
  for (const match of bare.matchAll(tag)) {
    texts.push(bare.slice(at, match.index));
    at = match.index + match[0].length;
    if (match[0].startsWith('</')) continue;
    tags.push(match[1].toLowerCase());
    for (const [, name, double, single, plain] of match[2].matchAll(
      /([^\s=>"'/]+)(?:\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s>]+)))?/g,
    )) {
      attributes.push({ name, value: double ?? single ?? plain ?? '' });
    }
  }
  texts.push(bare.slice(at));
  return { tags, attributes, texts: texts.filter((text) => text.trim() !== '') };
}
