import { bodyOf, isAdmin, json, newApp, nothing, param, tokenIn, type App, type Call } from './http.js';
import type { ProjectRecord, Token } from './model.js';
import { applicationCredentials } from './application-credentials.js';
import { catalogFor } from './catalog.js';
import { federation } from './federation.js';
import { keystoneError, keystoneOrigin } from './identity-errors.js';
import { isAllowed } from './access-rules.js';
import { changePassword } from './identity-password.js';
import { issueToken, renderToken } from './identity-tokens.js';

function version(call: Call): Record<string, unknown> {
  return {
    id: 'v3.14',
    status: 'stable',
    updated: '2020-04-07T00:00:00Z',
    links: [{ rel: 'self', href: `${keystoneOrigin(call)}/v3/` }],
    'media-types': [{ base: 'application/json', type: 'application/vnd.openstack.identity-v3+json' }],
  };
}

/** The links every Keystone list ends with. */
function links(call: Call, path: string): Record<string, unknown> {
  return { next: null, self: `${keystoneOrigin(call)}/v3${path}`, previous: null };
}

/** The project as Keystone shows it. */
function renderProject(call: Call, project: ProjectRecord): Record<string, unknown> {
  return {
    id: project.id,
    name: project.name,
    domain_id: 'default',
    description: project.description,
    enabled: project.enabled,
    parent_id: 'default',
    is_domain: false,
    tags: [],
    options: {},
    links: { self: `${keystoneOrigin(call)}/v3/projects/${project.id}` },
  };
}

/** The projects the token's user has a role in. */
function projectsOf(call: Call, token: Token): ProjectRecord[] {
  return [...call.env.state.projects.values()].filter(
    (project) => (token.user.roles.get(project.id)?.length ?? 0) > 0,
  );
}

function unauthenticated(call: Call): Response {
  return keystoneError(call, 401, 'The request you have made requires authentication.');
}

function forbidden(call: Call, action: string): Response {
  return keystoneError(call, 403, `You are not authorized to perform the requested action: ${action}.`);
}

/** The asking token; gone with the application credential it was made with. */
function authenticated(call: Call): Token | Response {
  const token = tokenIn(call);
  if (token && isAllowed(call, token)) return token;
  if (token) return keystoneError(call, 404, 'Failed to validate token');
  const known = call.env.state.tokens.get(call.req.header('X-Auth-Token') ?? '');
  const credential = known?.applicationCredential;
  if (credential && !call.env.state.applicationCredentials.includes(credential))
    return keystoneError(call, 404, `Could not find Application Credential: ${credential.id}.`);
  return unauthenticated(call);
}

/** A route for whoever has a valid token. */
function signedIn(answer: (call: Call, token: Token) => Response): (call: Call) => Response {
  return (call) => {
    const token = authenticated(call);
    return token instanceof Response ? token : answer(call, token);
  };
}

/** Keystone's v3 API: what signs a person in and tells where the services are. */
export function identity(): App {
  const app = newApp();
  app.use('*', async (call, next) => {
    await next();
    call.res.headers.append('Vary', 'X-Auth-Token');
  });
  app.get('/', (call) =>
    json({ versions: { values: [version(call)] } }, 300, { Location: `${keystoneOrigin(call)}/v3/` }),
  );
  for (const path of ['/v3', '/v3/']) app.get(path, (call) => json({ version: version(call) }));
  tokens(app);
  projects(app);
  catalogs(app);
  applicationCredentials(app, signedIn);
  federation(app);
  app.all(
    '*',
    () =>
      new Response(
        '<!doctype html>\n<html lang=en>\n<title>404 Not Found</title>\n<h1>Not Found</h1>\n<p>The requested URL was not found on the server. If you entered the URL manually please check your spelling and try again.</p>\n',
        { status: 404, headers: { 'Content-Type': 'text/html; charset=utf-8' } },
      ),
  );
  return app;
}

function tokens(app: App): void {
  const path = '/v3/auth/tokens';
  app.post(path, async (call) => {
    const issued = await issueToken(call, await bodyOf(call));
    if (issued instanceof Response) return issued;
    const catalog = call.req.query('nocatalog') === undefined;
    return json({ token: renderToken(call, issued, catalog) }, 201, { 'X-Subject-Token': issued.value });
  });

  /** The token a request is about, or Keystone's refusal. */
  const subjectOf = (call: Call, action: string): Token | Response =>
    call.req.header('X-Subject-Token') === undefined
      ? forbidden(call, action)
      : (tokenIn(call, 'X-Subject-Token') ?? keystoneError(call, 404, 'Could not recognize Fernet token'));

  // HEAD comes here too, and goes out without the body.
  app.get(
    path,
    signedIn((call) => {
      const subject = subjectOf(call, 'identity:validate_token');
      if (subject instanceof Response) return subject;
      const catalog = call.req.query('nocatalog') === undefined;
      return json({ token: renderToken(call, subject, catalog) }, 200, { 'X-Subject-Token': subject.value });
    }),
  );
  app.delete(
    path,
    signedIn((call, token) => {
      const subject = subjectOf(call, 'identity:revoke_token');
      if (subject instanceof Response) return subject;
      if (subject.user !== token.user && !isAdmin(token)) return forbidden(call, 'identity:revoke_token');
      subject.revoked = true;
      return nothing(204);
    }),
  );
}

function projects(app: App): void {
  const list = (call: Call, path: string, rows: readonly ProjectRecord[]): Response =>
    json({ projects: rows.map((row) => renderProject(call, row)), links: links(call, path) });

  app.get(
    '/v3/auth/projects',
    signedIn((call, token) => list(call, '/auth/projects', projectsOf(call, token))),
  );
  app.get(
    '/v3/auth/domains',
    signedIn((call) => json({ domains: [], links: links(call, '/auth/domains') })),
  );
  app.get(
    '/v3/projects',
    signedIn((call, token) => {
      if (!isAdmin(token)) return forbidden(call, 'identity:list_projects');
      const name = call.req.query('name');
      const all = [...call.env.state.projects.values()];
      return list(
        call,
        '/projects',
        all.filter((project) => name === undefined || project.name === name),
      );
    }),
  );
  app.get(
    '/v3/projects/:id',
    signedIn((call, token) => {
      const id = param(call, 'id');
      const project = call.env.state.projects.get(id);
      if (!isAdmin(token) && (!project || token.project !== project))
        return forbidden(call, 'identity:get_project');
      return project
        ? json({ project: renderProject(call, project) })
        : keystoneError(call, 404, `Could not find project: ${id}.`);
    }),
  );
  app.get(
    '/v3/users/:id/projects',
    signedIn((call, token) => {
      const id = param(call, 'id');
      if (token.user.id !== id && !isAdmin(token)) return forbidden(call, 'identity:list_user_projects');
      return list(call, `/users/${id}/projects`, projectsOf(call, token));
    }),
  );
  app.post('/v3/users/:id/password', async (call) => changePassword(call, await bodyOf(call)));
  app.get(
    '/v3/users/:id',
    signedIn((call, token) => {
      const id = param(call, 'id');
      const user = [...call.env.state.users.values()].find((other) => other.id === id);
      if (!user || (token.user !== user && !isAdmin(token))) return forbidden(call, 'identity:get_user');
      return json({
        user: {
          id,
          name: user.name,
          email: `${user.name}@cloud.example`,
          domain_id: 'default',
          enabled: user.enabled,
          password_expires_at: null,
          options: {},
          links: { self: `${keystoneOrigin(call)}/v3/users/${id}` },
        },
      });
    }),
  );
}

/** Lists that only an administrator may read. */
const FORBIDDEN = ['services', 'endpoints', 'users', 'groups', 'roles', 'domains', 'credentials', 'policies'];

function catalogs(app: App): void {
  const region = (call: Call, name: string): Record<string, unknown> => ({
    id: name,
    description: '',
    parent_region_id: null,
    links: { self: `${keystoneOrigin(call)}/v3/regions/${name}` },
  });
  app.get(
    '/v3/auth/catalog',
    signedIn((call, token) =>
      token.project
        ? json({
            catalog: catalogFor(call, token),
            links: { self: `${keystoneOrigin(call)}/v3/auth/catalog` },
          })
        : forbidden(call, 'A project-scoped token is required to produce a service catalog.'),
    ),
  );
  app.get(
    '/v3/regions',
    signedIn((call) =>
      json({
        regions: call.env.state.regions.map(({ name }) => region(call, name)),
        links: links(call, '/regions'),
      }),
    ),
  );
  app.get(
    '/v3/regions/:id',
    signedIn((call) => {
      const id = param(call, 'id');
      return call.env.state.regions.some(({ name }) => name === id)
        ? json({ region: region(call, id) })
        : keystoneError(call, 404, `Could not find region: ${id}.`);
    }),
  );
  for (const collection of FORBIDDEN)
    app.get(
      `/v3/${collection}`,
      signedIn((call) => forbidden(call, `identity:list_${collection}`)),
    );
}
