import { jsxTypesPlugin } from '@wc-toolkit/jsx-types';
import { customElementVsCodePlugin } from 'custom-element-vs-code-integration';

/** Private and protected members, and what every Lit element has, are no API. */
const onlyPublic = () => ({
  name: 'exo-only-public',
  packageLinkPhase({ customElementsManifest }) {
    for (const module of customElementsManifest.modules) {
      for (const declaration of module.declarations ?? []) {
        if (!declaration.members) continue;
        declaration.members = declaration.members.filter(
          ({ name, privacy, static: isStatic }) =>
            privacy !== 'private' && privacy !== 'protected' && !name.startsWith('#') && !isStatic,
        );
      }
    }
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
      componentTypePath: (_name, tag) => `../dist/types/elements/${tag}.js`,
    }),
  ],
};
