/**
 * The full zod probes `new Function`, which a strict Content Security Policy reports, and weighs five times as much;
 * z.config() would change the host page's own copy.
 */
export default {
  meta: {
    type: 'problem',
    messages: {
      full: "Import 'zod/mini': '{{name}}' probes new Function and is five times as large.",
      config: 'z.config() is shared with every copy of zod on the page: leave it alone.',
    },
    schema: [],
  },
  create(context) {
    const check = (node, source) => {
      if (typeof source?.value !== 'string' || !/^zod(\/|$)/.test(source.value)) return;
      if (source.value !== 'zod/mini')
        context.report({ node, messageId: 'full', data: { name: source.value } });
    };
    return {
      ImportDeclaration: (node) => check(node, node.source),
      ExportNamedDeclaration: (node) => check(node, node.source),
      ExportAllDeclaration: (node) => check(node, node.source),
      ImportExpression: (node) => check(node, node.source),
      "CallExpression[callee.type='MemberExpression'][callee.property.name='config']"(node) {
        if (node.callee.object.type === 'Identifier' && ['z', 'zod'].includes(node.callee.object.name)) {
          context.report({ node, messageId: 'config' });
        }
      },
    };
  },
};
