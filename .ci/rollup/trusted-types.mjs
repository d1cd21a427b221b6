/** The name of the Trusted Types policy of the Lit inside our bundles; part of the documented CSP. */
export const POLICY = 'exo-lit';

const CREATES =
  /(\w+)\.createPolicy\(\s*(["'])lit-html\2\s*,\s*(\{\s*createHTML:\s*\(?(\w+)\)?\s*=>\s*\4,?\s*\})\s*,?\s*\)/g;

/**
 * Gives the policy of lit-html our own name, so that a host page with its own Lit keeps the name `lit-html`, and
 * makes a refusal harmless: a second copy of the kit on a page whose CSP lacks 'allow-duplicates' must not throw
 * while its module is evaluated. The policy stays private to the module.
 */
export function renamePolicy(code) {
  let count = 0;
  const renamed = code.replace(CREATES, (_, trustedTypes, _quote, rules) => {
    count += 1;
    return `(()=>{try{return ${trustedTypes}.createPolicy("${POLICY}",${rules})}catch{}})()`;
  });
  if (count !== 1) throw new Error(`lit-html creates ${count} Trusted Types policies in a known form, not 1`);
  return renamed;
}

export const isLitHtml = (id) => /[\\/]lit-html[\\/](development[\\/])?lit-html\.js$/.test(id);

/** The same for Rollup. */
export const trustedTypes = () => ({
  name: 'exo-trusted-types',
  transform: (code, id) => (isLitHtml(id) ? { code: renamePolicy(code), map: null } : null),
});
