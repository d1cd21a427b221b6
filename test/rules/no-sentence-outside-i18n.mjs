import { dissect, HOLE, isMarkup, source } from './templates.mjs';
import { belowSrc } from './paths.mjs';

/** Attributes (and the properties that mirror them) that people read or hear. */
const READ_ATTRIBUTES = new Set([
  'aria-label', 'aria-description', 'aria-roledescription', 'aria-placeholder', 'aria-valuetext',
  'title', 'placeholder', 'alt', 'label',
]); // prettier-ignore
const READ_PROPERTIES = new Set([
  'ariaLabel', 'ariaDescription', 'ariaRoleDescription', 'ariaValueText', 'ariaPlaceholder',
  'title', 'placeholder', 'alt', 'label', 'textContent', 'innerText',
]); // prettier-ignore

/** A word: two letters in a row, in any script. Single letters, digits and signs (×, ·, …) are nobody's language. */
const WORD = /\p{L}{2,}/u;
/** A sentence or a label of several words: begins with a capital, holds a space between words. */
const SENTENCE = /^\p{Lu}[\p{L}’']*[,:]?(\s+\S+)+$/u;

const hasWord = (text) => WORD.test(text.replaceAll(HOLE, ' ').replace(/&[a-z]+;/gi, ' '));

/** What a person reads comes from src/i18n, so that it can be translated and its nouns renamed. A heuristic. */
export default {
  meta: {
    type: 'problem',
    messages: { words: 'Words for people belong to src/i18n: {{text}}' },
    schema: [],
  },
  create(context) {
    const file = belowSrc(context.filename);
    if (file === undefined || file.startsWith('i18n/')) return {};
    const shown = (text) => JSON.stringify(text.replaceAll(HOLE, '${…}').trim().slice(0, 60));
    const report = (node, text) => context.report({ node, messageId: 'words', data: { text: shown(text) } });
    // Plain strings are judged only where they may reach the page: the wire and the session speak in codes and
    // technical error messages.
    const judgesStrings = /^(elements|ui)\//.test(file);

    const checkString = (node, text) => {
      if (!judgesStrings || !SENTENCE.test(text.trim()) || isForDevelopers(node)) return;
      report(node, text);
    };

    return {
      TaggedTemplateExpression(node) {
        if (!isMarkup(node)) return;
        const { attributes, texts } = dissect(source(node));
        for (const text of texts) if (hasWord(text)) report(node, text);
        for (const { name, value } of attributes) {
          if (READ_ATTRIBUTES.has(name.toLowerCase()) && hasWord(value)) report(node, value);
        }
      },
      AssignmentExpression(node) {
        const { left, right } = node;
        if (left.type !== 'MemberExpression' || left.computed || !READ_PROPERTIES.has(left.property.name))
          return;
        if (right.type === 'Literal' && typeof right.value === 'string' && hasWord(right.value))
          report(node, right.value);
      },
      CallExpression(node) {
        const [name, value] = node.arguments;
        if (node.callee.type !== 'MemberExpression' || node.callee.property.name !== 'setAttribute') return;
        if (name?.type !== 'Literal' || value?.type !== 'Literal' || typeof value.value !== 'string') return;
        if (READ_ATTRIBUTES.has(String(name.value)) && hasWord(value.value)) report(node, value.value);
      },
      Literal(node) {
        if (typeof node.value === 'string') checkString(node, node.value);
      },
      TemplateLiteral(node) {
        if (node.parent.type === 'TaggedTemplateExpression') return;
        checkString(node, node.quasis.map((quasi) => quasi.value.cooked ?? '').join(HOLE));
      },
    };
  },
};

/** Thrown errors and console warnings are read by developers, in English. */
function isForDevelopers(node) {
  for (let at = node.parent; at; at = at.parent) {
    if (at.type === 'ThrowStatement' || at.type === 'TSLiteralType') return true;
    if (at.type === 'NewExpression' && /Error$/.test(at.callee.name ?? '')) return true;
    if (at.type === 'CallExpression' && at.callee.object?.name === 'console') return true;
    if (/Statement$|^VariableDeclaration$/.test(at.type)) return false;
  }
  return false;
}
