import {
  bodyOf,
  json,
  newApp,
  nothing,
  isAdmin,
  tokenIn,
  unauthorized,
  type App,
  type Call,
} from './http.js';
import { arrayAt, objectAt, stringAt, stringList } from './json.js';
import type { ApplicationCredential, ProjectRecord, Token } from './model.js';
import { keystoneError } from './identity-errors.js';
import { issueToken, renderToken } from './identity-tokens.js';
import { catalogFor } from './catalog.js';
import { tokenValue } from './ids.js';

const VERSION_UPDATED = '2020-04-07T00:00:00Z';

function version(base: string): Record<string, unknown> {
  return {
    id: 'v3.14',
    status: 'stable',
    updated: VERSION_UPDATED,
    links: [{ rel: 'self', href: `${base}/v3/` }],
    'media-types': [{ base: 'application/json', type: 'application/vnd.openstack.identity-v3+json' }],
  };
}

function links(call: Call, path: string): Record<string, unknown> {
  return { next: null, self: `${originOf(call)}/v3${path}`, previous: null };
}

function originOf(call: Call): string {
  return new URL(call.env.base).origin;
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
    links: { self: `${originOf(call)}/v3/projects/${project.id}` },
  };
}

/** The projects the token's user has a role in. */
function projectsOf(call: Call, token: Token): ProjectRecord[] {
  return [...call.env.state.projects.values()].filter(
    (project) => (token.user.roles.get(project.id)?.length ?? 0) > 0,
  );
}

function authenticated(call: Call): Token | Response {
  return tokenIn(call) ?? unauthorized(originOf(call));
}

function forbidden(action: string): Response {
  return keystoneError(403, `You are not authorized to perform the requested action: ${action}.`);
}

/** Keystone's v3 API: what signs a person in and tells where the services are. */
export function identity(): App {
  const app = newApp();

  app.get('/', (call) =>
    json({ versions: { values: [version(originOf(call))] } }, 300, {
      Location: `${originOf(call)}/v3/`,
      Vary: 'X-Auth-Token',
    }),
  );
  for (const path of ['/v3', '/v3/'])
    app.get(path, (call) => json({ version: version(originOf(call)) }, 200, { Vary: 'X-Auth-Token' }));

  app.post('/v3/auth/tokens', async (call) => {
    const body = await bodyOf(call);
    const issued = issueToken(call, body);
    if (issued instanceof Response) return issued;
    const catalog = call.req.query('nocatalog') === undefined;
    return json({ token: renderToken(call, issued, catalog) }, 201, {
      'X-Subject-Token': issued.value,
      Vary: 'X-Auth-Token',
    });
  });

  app.get('/v3/auth/tokens', (call) => {
    const token = authenticated(call);
    if (token instanceof Response) return token;
    const subject = tokenIn(call, 'X-Subject-Token');
    if (!subject) {
      return keystoneError(404, 'Could not find token: the given token is not known or no longer valid.');
    }
    // HEAD comes here too: Hono answers it without the body.
    const catalog = call.req.query('nocatalog') === undefined;
    return json({ token: renderToken(call, subject, catalog) }, 200, {
      'X-Subject-Token': subject.value,
      Vary: 'X-Auth-Token',
    });
  });

  app.delete('/v3/auth/tokens', (call) => {
    const token = authenticated(call);
    if (token instanceof Response) return token;
    const subject = tokenIn(call, 'X-Subject-Token');
    if (!subject) {
      return keystoneError(404, 'Could not find token: the given token is not known or no longer valid.');
    }
    if (subject.user !== token.user && !isAdmin(token)) return forbidden('identity:revoke_token');
    subject.revoked = true;
    return nothing(204, { Vary: 'X-Auth-Token' });
  });

  app.get('/v3/auth/projects', (call) => {
    const token = authenticated(call);
    if (token instanceof Response) return token;
    return json({
      projects: projectsOf(call, token).map((project) => renderProject(call, project)),
      links: links(call, '/auth/projects'),
    });
  });

  app.get('/v3/auth/domains', (call) => {
    const token = authenticated(call);
    if (token instanceof Response) return token;
    return json({ domains: [], links: links(call, '/auth/domains') });
  });

  app.get('/v3/auth/catalog', (call) => {
    const token = authenticated(call);
    if (token instanceof Response) return token;
    if (!token.project) {
      return keystoneError(
        403,
        'You are not authorized to perform the requested action: A project-scoped token is required to produce a service catalog.',
      );
    }
    return json({ catalog: catalogFor(call, token), links: links(call, '/auth/catalog') });
  });

  app.get('/v3/projects', (call) => {
    const token = authenticated(call);
    if (token instanceof Response) return token;
    if (!isAdmin(token)) return forbidden('identity:list_projects');
    const name = call.req.query('name');
    return json({
      projects: [...call.env.state.projects.values()]
        .filter((project) => name === undefined || project.name === name)
        .map((project) => renderProject(call, project)),
      links: links(call, '/projects'),
    });
  });

  app.get('/v3/projects/:id', (call) => {
    const token = authenticated(call);
    if (token instanceof Response) return token;
    const id = call.req.param('id');
    const project = call.env.state.projects.get(id);
    if (!project || !(isAdmin(token) || token.project === project)) {
      return isAdmin(token)
        ? keystoneError(404, `Could not find project: ${id}.`)
        : forbidden('identity:get_project');
    }
    return json({ project: renderProject(call, project) });
  });

  app.get('/v3/users/:id/projects', (call) => {
    const token = authenticated(call);
    if (token instanceof Response) return token;
    const id = call.req.param('id');
    if (token.user.id !== id && !isAdmin(token)) return forbidden('identity:list_user_projects');
    return json({
      projects: projectsOf(call, token).map((project) => renderProject(call, project)),
      links: links(call, `/users/${id}/projects`),
    });
  });

  app.get('/v3/regions', (call) => {
    const token = authenticated(call);
    if (token instanceof Response) return token;
    return json({
      regions: call.env.state.regions.map((region) => ({
        id: region.name,
        description: '',
        parent_region_id: null,
        links: { self: `${originOf(call)}/v3/regions/${region.name}` },
      })),
      links: links(call, '/regions'),
    });
  });

  applicationCredentials(app);
  app.all('/v3/*', (call) => {
    const token = tokenIn(call);
    if (!token) return unauthorized(originOf(call));
    return keystoneError(404, 'The resource could not be found.');
  });
  return app;
}

function renderCredential(call: Call, credential: ApplicationCredential): Record<string, unknown> {
  return {
    id: credential.id,
    name: credential.name,
    description: credential.description,
    project_id: credential.projectId,
    expires_at:
      credential.expiresAt === undefined
        ? null
        : new Date(credential.expiresAt).toISOString().replace(/\.\d+Z$/, '.000000'),
    unrestricted: credential.unrestricted,
    system: null,
    roles: credential.roles.map((name) => ({
      id: call.env.state.idFor(`role/${name}`),
      name,
      domain_id: null,
      description: null,
      options: {},
    })),
    links: {
      self: `${originOf(call)}/v3/users/${credential.userId}/application_credentials/${credential.id}`,
    },
  };
}

function applicationCredentials(app: App): void {
  const base = '/v3/users/:user/application_credentials';

  /** A restricted application credential cannot manage application credentials, its own kind. */
  function owner(call: Call, action: string): Token | Response {
    const token = authenticated(call);
    if (token instanceof Response) return token;
    if (token.user.id !== call.req.param('user')) return forbidden(action);
    if (token.applicationCredential && !token.applicationCredential.unrestricted) {
      return forbidden(
        "Using method 'application_credential' is not allowed for managing additional application credentials",
      );
    }
    return token;
  }

  app.get(base, (call) => {
    const token = owner(call, 'identity:list_application_credentials');
    if (token instanceof Response) return token;
    const name = call.req.query('name');
    const own = call.env.state.applicationCredentials.filter(
      (credential) => credential.userId === token.user.id && (name === undefined || credential.name === name),
    );
    return json({
      application_credentials: own.map((credential) => renderCredential(call, credential)),
      links: links(call, `/users/${token.user.id}/application_credentials`),
    });
  });

  app.post(base, async (call) => {
    const token = owner(call, 'identity:create_application_credential');
    if (token instanceof Response) return token;
    const wanted = objectAt(await bodyOf(call), 'application_credential');
    const name = stringAt(wanted, 'name');
    if (!wanted || name === undefined || name === '') {
      return keystoneError(400, "'name' is a required property\n\nFailed validating 'required' in schema");
    }
    if (!token.project) {
      return keystoneError(
        400,
        'Invalid application credential: an application credential needs a project scope',
      );
    }
    const state = call.env.state;
    if (state.applicationCredentials.some((other) => other.userId === token.user.id && other.name === name)) {
      return keystoneError(
        409,
        `Conflict occurred attempting to store application_credential - Duplicate entry found with name ${name}.`,
      );
    }
    const named = (arrayAt(wanted, 'roles') ?? []).map((role) => stringAt(role, 'name') ?? '');
    const roles = named.length > 0 ? stringList(named) : [...token.roles];
    const missing = roles.find((role) => !token.roles.includes(role));
    if (missing !== undefined) {
      return keystoneError(404, `Could not find role assignment with role: ${missing}.`);
    }
    const expires = stringAt(wanted, 'expires_at');
    const expiresAt =
      expires === undefined
        ? undefined
        : Date.parse(/[Zz]|[+-]\d\d:?\d\d$/.test(expires) ? expires : `${expires}Z`);
    if (expiresAt !== undefined && !(expiresAt > state.now())) {
      return keystoneError(
        400,
        'Timestamp not in expected format. The server could not comply with the request since it is either malformed or otherwise incorrect. The client is assumed to be in error.',
      );
    }
    const credential: ApplicationCredential = {
      id: state.ids.id(),
      name,
      description: stringAt(wanted, 'description') ?? null,
      secret: stringAt(wanted, 'secret') ?? tokenValue(),
      userId: token.user.id,
      projectId: token.project.id,
      roles,
      unrestricted: wanted['unrestricted'] === true,
      expiresAt,
    };
    state.applicationCredentials.push(credential);
    return json(
      {
        application_credential: {
          ...renderCredential(call, credential),
          secret: credential.secret,
        },
      },
      201,
    );
  });

  app.get(`${base}/:id`, (call) => {
    const token = owner(call, 'identity:get_application_credential');
    if (token instanceof Response) return token;
    const found = call.env.state.applicationCredentials.find(
      (credential) => credential.id === call.req.param('id') && credential.userId === token.user.id,
    );
    if (!found) {
      return keystoneError(404, `Could not find Application Credential: ${call.req.param('id') ?? ''}.`);
    }
    return json({ application_credential: renderCredential(call, found) });
  });

  app.delete(`${base}/:id`, (call) => {
    const token = owner(call, 'identity:delete_application_credential');
    if (token instanceof Response) return token;
    const state = call.env.state;
    const id = call.req.param('id');
    const found = state.applicationCredentials.find(
      (credential) => credential.id === id && credential.userId === token.user.id,
    );
    if (!found) return keystoneError(404, `Could not find Application Credential: ${id ?? ''}.`);
    state.applicationCredentials = state.applicationCredentials.filter((other) => other !== found);
    // Tokens made with it die with it.
    for (const issued of state.tokens.values())
      if (issued.applicationCredential === found) issued.revoked = true;
    return nothing(204);
  });
}
