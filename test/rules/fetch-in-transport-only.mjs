import { belowSrc } from './paths.mjs';

const NETWORK = new Set(['fetch', 'XMLHttpRequest', 'WebSocket', 'EventSource', 'sendBeacon']);
const GLOBALS = new Set(['globalThis', 'window', 'self', 'navigator']);

/** One door to the network: what is asked, retried, logged and proxied is decided in src/openstack/transport.ts. */
export default {
  meta: {
    type: 'problem',
    messages: {
      door: '{{name}} is for src/openstack/transport.ts alone: send the request through Transport.',
    },
    schema: [],
  },
  create(context) {
    const file = belowSrc(context.filename);
    if (file === undefined || file === 'openstack/transport.ts' || file.startsWith('simulator/')) return {};
    const report = (node, name) => context.report({ node, messageId: 'door', data: { name } });
    return {
      MemberExpression(node) {
        if (node.object.type !== 'Identifier' || !GLOBALS.has(node.object.name)) return;
        const name = node.computed ? node.property.value : node.property.name;
        if (NETWORK.has(name)) report(node, name);
      },
      'Program:exit'(program) {
        // Only the global one: a parameter or a method called fetch is somebody else's.
        const scope = context.sourceCode.getScope(program);
        const global = [
          ...scope.through,
          ...scope.references.filter((r) => (r.resolved?.defs.length ?? 0) === 0),
        ];
        for (const reference of new Set(global)) {
          const { identifier } = reference;
          const isType = reference.isTypeReference === true || identifier.parent.type === 'TSTypeQuery';
          if (NETWORK.has(identifier.name) && !isType) report(identifier, identifier.name);
        }
      },
    };
  },
};
