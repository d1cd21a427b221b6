import { readFileSync, writeFileSync } from 'node:fs';
import { jsxTypesPlugin } from '@wc-toolkit/jsx-types';
import { customElementVsCodePlugin } from 'custom-element-vs-code-integration';

/**
 * What is no API goes: private and protected members, what is marked @internal, reactive state, and events that were
 * guessed from a dispatchEvent() instead of documented by @fires.
 */
const onlyPublic = () => {
  /** By class: names of members that are marked, or are `{ state: true }` among the static properties. */
  const hidden = new Map();
  const isInternal = (ts, node) => ts.getJSDocTags(node).some(({ tagName }) => tagName.text === 'internal');
  const isState = (ts, { initializer }) =>
    initializer &&
    ts.isObjectLiteralExpression(initializer) &&
    initializer.properties.some((option) => option.name?.getText() === 'state');
  return {
    name: 'exo-only-public',
    analyzePhase({ ts, node }) {
      if (!ts.isClassDeclaration(node) || !node.name) return;
      const names = new Set();
      for (const member of node.members) {
        if (!member.name) continue;
        if (isInternal(ts, member)) names.add(member.name.getText());
        const properties =
          member.name.getText() === 'properties' ? (member.initializer?.properties ?? []) : [];
        for (const property of properties) if (isState(ts, property)) names.add(property.name.getText());
      }
      hidden.set(node.name.text, names);
    },
    packageLinkPhase({ customElementsManifest }) {
      for (const { declarations = [] } of customElementsManifest.modules) {
        for (const declaration of declarations) {
          const isPublic = ({ name, privacy, static: isStatic, inheritedFrom }) =>
            privacy !== 'private' &&
            privacy !== 'protected' &&
            !name.startsWith('#') &&
            !isStatic &&
            !hidden.get(inheritedFrom?.name ?? declaration.name)?.has(name);
          declaration.members &&= declaration.members.filter(isPublic);
          const members = new Set(declaration.members?.map(({ name }) => name));
          declaration.attributes &&= declaration.attributes.filter(({ fieldName }) => members.has(fieldName));
          declaration.events &&= declaration.events.filter(({ description }) => description);
        }
      }
    },
  };
};

/** The JSX types name the classes of events without importing them. */
const importEvents = (file) => ({
  name: 'exo-import-events',
  packageLinkPhase() {
    const types = readFileSync(file, 'utf8');
    const events = [...new Set(types.match(/\bExo\w+Event\b/g))].sort();
    writeFileSync(file, `import type { ${events.join(', ')} } from '../dist/types/index.js';\n${types}`);
  },
});

export default {
  globs: ['src/elements/**/*.ts', 'src/ui/base-element.ts'],
  exclude: ['**/*.styles.ts'],
  litelement: true,
  outdir: '.',
  packagejson: false,
  plugins: [
    onlyPublic(),
    customElementVsCodePlugin({ outdir: 'gen' }),
    jsxTypesPlugin({
      outdir: 'gen',
      fileName: 'jsx.d.ts',
      componentTypePath: () => '../dist/types/index.js',
    }),
    importEvents('gen/jsx.d.ts'),
  ],
};
