import { dissect, isMarkup, source } from './templates.mjs';

const BANNED_IMPORTS = [
  [/^lit(-html)?\/directives\/style-map(\.js)?$/, 'styleMap'],
  [/^lit(-html)?\/directives\/unsafe-html(\.js)?$/, 'unsafeHTML'],
  [/^lit(-html)?\/directives\/unsafe-svg(\.js)?$/, 'unsafeSVG'],
];
const BANNED_NAMES = new Set(['styleMap', 'unsafeHTML', 'unsafeSVG']);
const SINKS = new Set(['innerHTML', 'outerHTML', 'srcdoc']);
const SINK_CALLS = new Set([
  'insertAdjacentHTML',
  'setHTMLUnsafe',
  'createContextualFragment',
  'write',
  'writeln',
]);

/** The kit runs under `style-src 'self'` and `require-trusted-types-for 'script'`: nothing it renders may need more. */
export default {
  meta: {
    type: 'problem',
    messages: {
      import: '{{name}} breaks under a strict Content Security Policy.',
      attribute:
        "A style attribute is refused under style-src 'self': use the style-props directive of src/ui.",
      element: 'A {{name}} element in a template is refused under a strict Content Security Policy.',
      sink: '{{name}} takes a string as HTML: build nodes or render a template.',
    },
    schema: [],
  },
  create(context) {
    return {
      ImportDeclaration(node) {
        const banned = BANNED_IMPORTS.find(([pattern]) => pattern.test(String(node.source.value)));
        const named = node.specifiers.find(
          (s) => s.type === 'ImportSpecifier' && BANNED_NAMES.has(s.imported.name),
        );
        const name = banned?.[1] ?? named?.imported.name;
        if (name) context.report({ node, messageId: 'import', data: { name } });
      },
      TaggedTemplateExpression(node) {
        if (!isMarkup(node)) return;
        const { tags, attributes } = dissect(source(node));
        for (const name of tags) {
          if (name === 'style' || name === 'script')
            context.report({ node, messageId: 'element', data: { name } });
        }
        if (attributes.some(({ name }) => name.toLowerCase() === 'style')) {
          context.report({ node, messageId: 'attribute' });
        }
        for (const { name } of attributes) {
          const property = name.replace(/^\./, '');
          if (name.startsWith('.') && SINKS.has(property)) {
            context.report({ node, messageId: 'sink', data: { name: property } });
          }
        }
      },
      AssignmentExpression(node) {
        const { left } = node;
        if (left.type === 'MemberExpression' && !left.computed && SINKS.has(left.property.name)) {
          context.report({ node, messageId: 'sink', data: { name: left.property.name } });
        }
      },
      CallExpression(node) {
        const { callee } = node;
        if (callee.type !== 'MemberExpression' || callee.computed) return;
        const { name } = callee.property;
        const onDocument = callee.object.type === 'Identifier' && callee.object.name === 'document';
        if (SINK_CALLS.has(name) && (!name.startsWith('write') || onDocument)) {
          context.report({ node, messageId: 'sink', data: { name } });
        }
        const [first] = node.arguments;
        if (name === 'setAttribute' && first?.type === 'Literal' && first.value === 'style') {
          context.report({ node, messageId: 'attribute' });
        }
      },
    };
  },
};
