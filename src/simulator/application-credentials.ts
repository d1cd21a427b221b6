import { bodyOf, json, nothing, param, type App, type Call } from './http.js';
import { keystoneError, keystoneOrigin } from './identity-errors.js';
import { tokenValue } from './ids.js';
import { arrayAt, objectAt, stringAt } from './json.js';
import type { ApplicationCredential, Token } from './model.js';

type Guarded = (answer: (call: Call, token: Token) => Response) => (call: Call) => Response;

function render(call: Call, credential: ApplicationCredential): Record<string, unknown> {
  const { expiresAt } = credential;
  return {
    id: credential.id,
    name: credential.name,
    description: credential.description,
    user_id: credential.userId,
    project_id: credential.projectId,
    system: null,
    expires_at:
      expiresAt === undefined ? null : new Date(expiresAt).toISOString().replace(/\.\d+Z$/, '.000000'),
    unrestricted: credential.unrestricted ? true : null,
    ...(credential.accessRules && { access_rules: credential.accessRules }),
    roles: credential.roles.map((name) => ({
      id: call.env.state.idFor(`role/${name}`),
      name,
      domain_id: null,
      description: null,
      options: { immutable: true },
    })),
    links: { self: `${keystoneOrigin(call)}/v3/application_credentials/${credential.id}` },
  };
}

/** Own credentials only: nobody manages another user's. */
function foreign(call: Call, token: Token, action: string): Response | undefined {
  return token.user.id === param(call, 'user')
    ? undefined
    : keystoneError(call, 403, `You are not authorized to perform the requested action: ${action}.`);
}

/** A restricted application credential makes and deletes none of its kind. */
function restricted(call: Call, token: Token): Response | undefined {
  return token.applicationCredential && !token.applicationCredential.unrestricted
    ? keystoneError(
        call,
        403,
        "You are not authorized to perform the requested action: Using method 'application_credential' is not allowed for managing additional application credentials..",
      )
    : undefined;
}

/** When a credential shall expire: undefined for never, a refusal for a moment that is none or past. */
function expiryOf(call: Call, text: string | undefined): number | undefined | Response {
  if (text === undefined) return undefined;
  const time = Date.parse(/[Zz]$|[+-]\d\d:?\d\d$/.test(text) ? text : `${text}Z`);
  const rest =
    'The server could not comply with the request since it is either malformed or otherwise incorrect. The client is assumed to be in error.';
  if (Number.isNaN(time)) return keystoneError(call, 400, `Timestamp not in expected format. ${rest}`);
  return time > call.env.state.now()
    ? time
    : keystoneError(call, 400, `The 'expires_at' must not be before now. ${rest}`);
}

/** `/v3/users/{id}/application_credentials` and `/v3/users/{id}/access_rules`. */
export function applicationCredentials(app: App, signedIn: Guarded): void {
  const base = '/v3/users/:user/application_credentials';
  const own = (call: Call, token: Token): ApplicationCredential[] =>
    call.env.state.applicationCredentials.filter(({ userId }) => userId === token.user.id);
  const missing = (call: Call): Response =>
    keystoneError(call, 404, `Could not find Application Credential: ${param(call, 'id')}.`);

  app.get(
    base,
    signedIn((call, token) => {
      const refusal = foreign(call, token, 'identity:list_application_credentials');
      if (refusal) return refusal;
      const name = call.req.query('name');
      return json({
        application_credentials: own(call, token)
          .filter((credential) => name === undefined || credential.name === name)
          .map((credential) => render(call, credential)),
        links: {
          next: null,
          self: `${keystoneOrigin(call)}/v3/users/${token.user.id}/application_credentials`,
          previous: null,
        },
      });
    }),
  );

  app.get(
    '/v3/users/:user/access_rules',
    signedIn((call, token) => {
      const refusal = foreign(call, token, 'identity:list_access_rules');
      if (refusal) return refusal;
      const rules = own(call, token).flatMap(({ accessRules }) => accessRules ?? []);
      return json({
        access_rules: [...new Map(rules.map((rule) => [rule.id, rule])).values()],
        links: {
          next: null,
          self: `${keystoneOrigin(call)}/v3/users/${token.user.id}/access_rules`,
          previous: null,
        },
      });
    }),
  );

  app.post(base, async (call) => {
    const body = await bodyOf(call);
    return signedIn((_call, token) => {
      const refusal =
        foreign(call, token, 'identity:create_application_credential') ?? restricted(call, token);
      return refusal ?? create(call, token, objectAt(body, 'application_credential'));
    })(call);
  });

  app.get(
    `${base}/:id`,
    signedIn((call, token) => {
      const refusal = foreign(call, token, 'identity:get_application_credential');
      if (refusal) return refusal;
      const found = own(call, token).find(({ id }) => id === param(call, 'id'));
      return found ? json({ application_credential: render(call, found) }) : missing(call);
    }),
  );

  app.delete(
    `${base}/:id`,
    signedIn((call, token) => {
      const refusal =
        foreign(call, token, 'identity:delete_application_credential') ?? restricted(call, token);
      if (refusal) return refusal;
      const { state } = call.env;
      const found = own(call, token).find(({ id }) => id === param(call, 'id'));
      if (!found) return missing(call);
      state.applicationCredentials = state.applicationCredentials.filter((other) => other !== found);
      // Tokens made with it die with it.
      for (const issued of state.tokens.values())
        if (issued.applicationCredential === found) issued.revoked = true;
      return nothing(204);
    }),
  );
}

function create(call: Call, token: Token, wanted: Record<string, unknown> | undefined): Response {
  const { state } = call.env;
  const name = stringAt(wanted, 'name');
  if (!wanted || name === undefined || name === '') {
    return keystoneError(
      call,
      400,
      "'name' is a required property\n\nFailed validating 'required' in schema",
    );
  }
  if (!token.project) {
    return keystoneError(
      call,
      400,
      'Invalid application credential: an application credential needs a project scope',
    );
  }
  const { applicationCredentials: all } = state;
  if (all.some((other) => other.userId === token.user.id && other.name === name)) {
    return keystoneError(
      call,
      409,
      `Conflict occurred attempting to store application_credential - Duplicate entry found with name ${name}.`,
    );
  }
  const named = (arrayAt(wanted, 'roles') ?? []).map((role) => stringAt(role, 'name') ?? '');
  const roles = named.length > 0 ? named : [...token.roles];
  if (!roles.every((role) => token.roles.includes(role))) {
    return keystoneError(
      call,
      400,
      'Invalid application credential: Cannot create an application credential with unassigned role',
    );
  }
  const rules = arrayAt(wanted, 'access_rules');
  const expiresAt = expiryOf(call, stringAt(wanted, 'expires_at'));
  if (expiresAt instanceof Response) return expiresAt;
  const credential: ApplicationCredential = {
    id: state.ids.id(),
    name,
    description: stringAt(wanted, 'description') ?? null,
    secret: stringAt(wanted, 'secret') ?? tokenValue().slice(6),
    userId: token.user.id,
    projectId: token.project.id,
    roles,
    unrestricted: wanted['unrestricted'] === true,
    expiresAt,
    accessRules: rules?.map((rule) => ({
      id: stringAt(rule, 'id') ?? state.ids.id(),
      service: stringAt(rule, 'service') ?? '',
      method: stringAt(rule, 'method') ?? '',
      path: stringAt(rule, 'path') ?? '',
    })),
  };
  all.push(credential);
  return json({ application_credential: { ...render(call, credential), secret: credential.secret } }, 201);
}
