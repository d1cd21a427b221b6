import { minify } from 'terser';

/** About 4 % smaller after gzip than esbuild's minifier: docs/decisions/minifiers.md. */
export const terser = () => ({
  name: 'exo-terser',
  async renderChunk(code, _chunk, { sourcemap }) {
    const { code: small, map } = await minify(code, {
      module: true,
      ecma: 2020,
      compress: { passes: 2 },
      sourceMap: sourcemap ? { asObject: true } : false,
    });
    return { code: small, map: map ?? null };
  },
});
