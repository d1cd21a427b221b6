import { importTarget, belowSrc, storeyOf } from './paths.mjs';

/** What each storey may import: whole, and (`types`) only the types of. The files of src itself may import all but the simulator. */
const STOREYS = {
  openstack: { whole: [], types: [] },
  live: { whole: ['openstack'], types: [] },
  session: { whole: ['openstack', 'live'], types: ['i18n'] },
  launch: { whole: ['openstack', 'live', 'session'], types: ['i18n'] },
  i18n: { whole: [], types: ['openstack'] },
  ui: { whole: ['i18n'], types: ['openstack'] },
  elements: { whole: ['openstack', 'live', 'session', 'launch', 'ui', 'i18n'], types: [] },
  simulator: { whole: [], types: ['openstack'] },
  '': { whole: ['openstack', 'live', 'session', 'launch', 'ui', 'i18n', 'elements'], types: ['simulator'] },
};

/** Which packages a storey may import; `lit` stands for lit and everything below it. */
const PACKAGES = {
  openstack: [],
  live: [],
  session: [],
  launch: [],
  i18n: [],
  ui: ['lit', '@lit/context'],
  elements: ['lit', '@lit/context'],
  simulator: ['hono', '@hono/node-server', 'node:'],
  '': ['lit'],
};

/**
 * Single modules that may import more: the context key that every copy of the kit shares, and the reader of
 * clouds.yaml and the drawing of series over time, which are loaded when they are used.
 */
const MODULES = {
  'session/context.ts': ['lit', '@lit/context'],
  'session/files/clouds-yaml.ts': ['yaml'],
  'elements/instance/usage/plot.ts': ['uplot'],
  'elements/console/adopted-xterm.ts': ['@xterm/xterm', '@xterm/addon-fit'],
  'elements/console/vnc-screen.ts': ['@novnc/novnc'],
};

const packageOf = (specifier) =>
  specifier.startsWith('node:')
    ? 'node:'
    : specifier
        .split('/')
        .slice(0, specifier.startsWith('@') ? 2 : 1)
        .join('/');

/** openstack <- live <- session <- launch <- elements; ui and i18n below elements. An import only goes down. */
export default {
  meta: {
    type: 'problem',
    messages: {
      climbs: '{{from}} may not import {{to}}: imports only go down (see "The house" in CONTRIBUTING.md).',
      types: '{{from}} may import only types of {{to}}: write `import type`.',
      package: '{{from}} may not import the package {{to}}.',
    },
    schema: [],
  },
  create(context) {
    const file = belowSrc(context.filename);
    if (file === undefined) return {};
    const from = storeyOf(file);
    const allowed = STOREYS[from];
    if (!allowed) return {};

    const check = (node, specifier, typeOnly) => {
      const data = { from: from === '' ? file : `src/${from}`, to: specifier };
      if (!specifier.startsWith('.')) {
        const name = packageOf(specifier);
        const fits = PACKAGES[from].includes(name) || MODULES[file]?.includes(name) === true;
        if (!fits && !typeOnly) context.report({ node, messageId: 'package', data });
        return;
      }
      const target = importTarget(context.filename, specifier);
      if (target === undefined) {
        // package.json and its like, beside src: data, no code
        if (!specifier.endsWith('.json')) context.report({ node, messageId: 'climbs', data });
        return;
      }
      const to = storeyOf(target);
      if (to === from || allowed.whole.includes(to)) return;
      if (!allowed.types.includes(to)) context.report({ node, messageId: 'climbs', data });
      else if (!typeOnly) context.report({ node, messageId: 'types', data });
    };

    return {
      ImportDeclaration(node) {
        check(node, node.source.value, node.importKind === 'type');
      },
      ExportNamedDeclaration(node) {
        if (node.source) check(node, node.source.value, node.exportKind === 'type');
      },
      ExportAllDeclaration(node) {
        check(node, node.source.value, node.exportKind === 'type');
      },
      ImportExpression(node) {
        if (node.source.type === 'Literal') check(node, String(node.source.value), false);
      },
      TSImportType(node) {
        const literal = node.source ?? node.argument?.literal;
        if (literal?.type === 'Literal') check(node, String(literal.value), true);
      },
    };
  },
};
