import { json, nothing, type App, type Call } from './http.js';
import { keystoneError, keystoneOrigin } from './identity-errors.js';
import { renderToken } from './identity-tokens.js';
import { tokenValue } from './ids.js';
import type { Token, User } from './model.js';

/** What the simulated OpenID provider has given out; each good for once. */
interface Code {
  readonly user: User;
  readonly clientId: string;
  readonly redirectUri: string;
  readonly challenge: string;
}

interface Provider {
  readonly codes: Map<string, Code>;
  readonly accessTokens: Map<string, User>;
}

const WEBSSO = [
  '/v3/auth/OS-FEDERATION/websso/:protocol',
  '/v3/auth/OS-FEDERATION/identity_providers/:idp/protocols/:protocol/websso',
];
const PROVIDER = '/lakeside';

/**
 * Federated identity: Lakeside University vouches for every user of the cloud. As a browser meets it in WebSSO, with
 * a sign-in page and Keystone's form that posts the token to a trusted dashboard; and as an OpenID provider at
 * `/lakeside` for codes with PKCE, whose access tokens Keystone takes at OS-FEDERATION's `auth`.
 */
export function federation(app: App): void {
  const provider: Provider = { codes: new Map(), accessTokens: new Map() };
  for (const path of WEBSSO) {
    app.get(path, (call) => {
      const origin = trusted(call);
      return origin instanceof Response ? origin : signInPage(call);
    });
    app.post(path, async (call) => {
      const origin = trusted(call);
      if (origin instanceof Response) return origin;
      const user = await whoIs(call);
      return user ? callbackForm(origin, issue(call, user).value) : signInPage(call, true);
    });
  }
  openIdProvider(app, provider);

  const auth = (call: Call): Response => {
    const [, bearer = ''] = /^Bearer (.+)$/i.exec(call.req.header('Authorization') ?? '') ?? [];
    const user = provider.accessTokens.get(bearer);
    if (!user) return keystoneError(call, 401, 'The request you have made requires authentication.');
    const token = issue(call, user);
    return json({ token: renderToken(call, token, false) }, 201, { 'X-Subject-Token': token.value });
  };
  const path = '/v3/OS-FEDERATION/identity_providers/:idp/protocols/:protocol/auth';
  app.get(path, auth);
  app.post(path, auth);
}

/** Keystone compares the whole text with its `trusted_dashboard`s. */
function trusted(call: Call): string | Response {
  const origin = call.req.query('origin');
  if (!origin) return keystoneError(call, 400, 'Request must have an origin query parameter');
  const { trustedDashboards } = call.env.state.settings;
  const known =
    trustedDashboards?.includes(origin) ??
    (URL.canParse(origin) && /^(?:localhost|127\.0\.0\.1)$/.test(new URL(origin).hostname));
  return known ? origin : keystoneError(call, 401, `${origin} is not a trusted dashboard host`);
}

/** An unscoped token, as for somebody whom the mapping has let in. */
function issue(call: Call, user: User): Token {
  const { state } = call.env;
  const now = Math.floor(state.now() / 1000) * 1000;
  const token: Token = {
    value: tokenValue(),
    user,
    project: undefined,
    roles: [],
    methods: ['openid'],
    issuedAt: now,
    expiresAt: now + state.settings.tokenMs,
    auditId: tokenValue().slice(6, 28),
    revoked: false,
  };
  state.tokens.set(token.value, token);
  return token;
}

async function whoIs(call: Call): Promise<User | undefined> {
  const form = new URLSearchParams(await call.req.text());
  const user = call.env.state.users.get(form.get('username') ?? '');
  return user?.enabled && user.password === form.get('password') ? user : undefined;
}

function openIdProvider(app: App, { codes, accessTokens }: Provider): void {
  app.get(`${PROVIDER}/.well-known/openid-configuration`, (call) => {
    const issuer = keystoneOrigin(call) + PROVIDER;
    return json({
      issuer,
      authorization_endpoint: `${issuer}/authorize`,
      token_endpoint: `${issuer}/token`,
      response_types_supported: ['code'],
      code_challenge_methods_supported: ['S256'],
      token_endpoint_auth_methods_supported: ['none'],
    });
  });

  const asked = (call: Call): { redirect: URL; code: Omit<Code, 'user'> } | undefined => {
    const redirectUri = call.req.query('redirect_uri') ?? '';
    const challenge = call.req.query('code_challenge') ?? '';
    if (!URL.canParse(redirectUri) || !challenge || call.req.query('code_challenge_method') !== 'S256')
      return undefined;
    const redirect = new URL(redirectUri);
    redirect.searchParams.set('state', call.req.query('state') ?? '');
    return { redirect, code: { clientId: call.req.query('client_id') ?? '', redirectUri, challenge } };
  };
  const path = `${PROVIDER}/authorize`;
  app.get(path, (call) => {
    const wanted = asked(call);
    if (!wanted) return json({ error: 'invalid_request' }, 400);
    wanted.redirect.searchParams.set('error', 'access_denied');
    return signInPage(call, false, wanted.redirect.href);
  });
  app.post(path, async (call) => {
    const wanted = asked(call);
    if (!wanted) return json({ error: 'invalid_request' }, 400);
    const user = await whoIs(call);
    if (!user) return signInPage(call, true);
    const code = tokenValue();
    codes.set(code, { ...wanted.code, user });
    wanted.redirect.searchParams.set('code', code);
    return nothing(303, { Location: wanted.redirect.href });
  });

  app.post(`${PROVIDER}/token`, async (call) => {
    const form = new URLSearchParams(await call.req.text());
    const code = form.get('code') ?? '';
    const known = codes.get(code);
    codes.delete(code);
    const right =
      known?.redirectUri === form.get('redirect_uri') &&
      known?.clientId === form.get('client_id') &&
      known?.challenge === (await challengeOf(form.get('code_verifier') ?? ''));
    if (!known || !right) return json({ error: 'invalid_grant' }, 400);
    const accessToken = tokenValue();
    accessTokens.set(accessToken, known.user);
    return json({ access_token: accessToken, token_type: 'Bearer', expires_in: 300 });
  });
}

async function challengeOf(verifier: string): Promise<string> {
  const digest = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(verifier));
  return btoa(String.fromCharCode(...new Uint8Array(digest)))
    .replaceAll('+', '-')
    .replaceAll('/', '_')
    .replace(/=+$/, '');
}

function html(body: string, title: string): Response {
  const text = `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>${title}</title>
<style>body{font:1rem/1.5 system-ui,sans-serif;margin:10vh auto;max-width:22rem;padding:0 1rem;color:#1c2733}
label,input,button{display:block;width:100%;box-sizing:border-box;font:inherit}input,button{padding:.5rem;margin:.25rem 0 1rem}
button{background:#1f4e79;color:#fff;border:0;border-radius:.25rem}[role=alert]{color:#a11}</style></head>
<body>${body}</body></html>`;
  return new Response(text, { headers: { 'Content-Type': 'text/html; charset=utf-8' } });
}

/** Where a member of the university says who they are. The form goes to where the page is, its query included. */
function signInPage(call: Call, wrong = false, cancel?: string): Response {
  const status = wrong ? '<p role="alert">This is not the right user name and password.</p>' : '';
  const refuse = cancel ? `<p><a href="${escape(cancel)}">Cancel</a></p>` : '';
  return html(
    `<h1>Lakeside University</h1>${status}<p>Sign in to go on to ${escape(new URL(call.req.url).host)}.</p>
<form method="post" action="${escape(call.req.url)}">
<label for="username">User name</label><input id="username" name="username" autocomplete="username" required value="demo">
<label for="password">Password</label><input id="password" name="password" type="password" autocomplete="current-password" required>
<button>Sign in</button></form>${refuse}<p><small>A simulated institution: every user of the cloud is known here, such as demo with demo-password.</small></p>`,
    'Lakeside University: sign in',
  );
}

/** Keystone's `sso_callback_template.html`. */
function callbackForm(host: string, token: string): Response {
  return html(
    `<form id="sso" name="sso" action="${escape(host)}" method="post">Please wait...<br>
<input type="hidden" name="token" id="token" value="${escape(token)}">
<noscript><input type="submit" name="submit_no_javascript" id="submit_no_javascript" value="If your JavaScript is disabled, please click to continue"></noscript></form>
<script type="text/javascript">window.onload = function() { document.forms['sso'].submit(); }</script>`,
    'Keystone WebSSO redirect',
  );
}

function escape(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('"', '&quot;').replaceAll('<', '&lt;');
}
