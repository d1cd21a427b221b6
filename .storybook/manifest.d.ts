/** Made by `npm run build`; types are checked before it is there. */
declare module '*/custom-elements.json' {
  const manifest: unknown;
  export default manifest;
}
