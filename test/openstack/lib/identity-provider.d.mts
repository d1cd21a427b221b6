/** Where the OpenID provider answers; Apache and Keystone of the local cloud know it by this. */
export const ISSUER: string;

/** Serves it; `callbacks` are the pages that may ask for a code themselves, with PKCE. */
export function serveIdentityProvider(options?: {
  readonly callbacks?: readonly string[];
}): Promise<{ readonly issuer: string; close(): Promise<void> }>;
