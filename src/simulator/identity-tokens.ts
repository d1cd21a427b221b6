import { catalogFor } from './catalog.js';
import { json, type Call } from './http.js';
import { expecting, keystoneError } from './identity-errors.js';
import { tokenValue } from './ids.js';
import { arrayAt, objectAt, stringAt, type JsonObject } from './json.js';
import { secondFactor, receiptIn } from './identity-receipts.js';
import type { ApplicationCredential, ProjectRecord, Token, User } from './model.js';
import { isPasscode } from './totp.js';

const DOMAIN = { id: 'default', name: 'Default' };

interface Proof {
  readonly user: User;
  readonly methods: readonly string[];
  /** A token got by token never outlives the one it came from. */
  readonly expiresAt?: number;
  readonly applicationCredential?: ApplicationCredential;
}

function wrong(call: Call): Response {
  return keystoneError(call, 401, 'The request you have made requires authentication.');
}

function invalid(call: Call, message: string): Response {
  return keystoneError(call, 400, message);
}

/** Whether a domain given by id or by name is the one there is. */
function isDefaultDomain(domain: JsonObject | undefined): boolean {
  const id = stringAt(domain, 'id');
  return id === undefined ? stringAt(domain, 'name') === DOMAIN.name : id === DOMAIN.id;
}

function findUser(call: Call, wanted: JsonObject): User | undefined {
  const id = stringAt(wanted, 'id');
  const name = stringAt(wanted, 'name');
  if (id === undefined && !isDefaultDomain(objectAt(wanted, 'domain'))) return undefined;
  return [...call.env.state.users.values()].find((user) =>
    id === undefined ? user.name === name : user.id === id,
  );
}

function byPassword(call: Call, identity: JsonObject): Proof | Response {
  const wanted = objectAt(objectAt(identity, 'password'), 'user');
  if (!wanted) {
    return invalid(call, expecting('user', 'None'));
  }
  if (wanted['id'] === undefined && wanted['name'] === undefined) {
    return invalid(call, 'Invalid input for field identity/password/user: id or name must be present.');
  }
  if (wanted['id'] === undefined && wanted['domain'] === undefined) {
    return invalid(call, expecting('domain', 'user'));
  }
  const user = findUser(call, wanted);
  const password = stringAt(wanted, 'password');
  if (!user?.enabled || password === undefined || password !== user.password) return wrong(call);
  if (user.passwordExpired) {
    return keystoneError(call, 401, `The password is expired and needs to be changed for user: ${user.id}.`);
  }
  return { user, methods: ['password'] };
}

async function byTotp(call: Call, identity: JsonObject): Promise<Proof | Response> {
  const wanted = objectAt(objectAt(identity, 'totp'), 'user');
  if (!wanted) return invalid(call, expecting('user', 'None'));
  const user = findUser(call, wanted);
  const code = stringAt(wanted, 'passcode') ?? '';
  if (!user?.enabled || user.totpSecret === undefined) return wrong(call);
  if (!(await isPasscode(user.totpSecret, call.env.state.now(), code))) return wrong(call);
  return { user, methods: ['totp'] };
}

function byToken(call: Call, identity: JsonObject): Proof | Response {
  const value = stringAt(objectAt(identity, 'token'), 'id') ?? '';
  const token = call.env.state.tokens.get(value);
  if (!token) return keystoneError(call, 404, 'Could not recognize Fernet token');
  if (token.revoked || token.expiresAt <= call.env.state.now()) {
    return keystoneError(call, 404, 'Could not find token: the token is no longer valid.');
  }
  if (token.applicationCredential) {
    return keystoneError(
      call,
      403,
      'You are not authorized to perform the requested action: Using a delegated token to create another token is not allowed..',
    );
  }
  return {
    user: token.user,
    methods: [...new Set(['token', ...token.methods])],
    expiresAt: token.expiresAt,
  };
}

function byApplicationCredential(call: Call, identity: JsonObject): Proof | Response {
  const wanted = objectAt(identity, 'application_credential');
  const id = stringAt(wanted, 'id');
  const state = call.env.state;
  const wantedUser = objectAt(wanted, 'user');
  const user = wantedUser && findUser(call, wantedUser);
  const found = state.applicationCredentials.find((credential) =>
    id === undefined
      ? credential.userId === user?.id && credential.name === stringAt(wanted, 'name')
      : credential.id === id,
  );
  if (!found && id !== undefined)
    return keystoneError(call, 404, `Could not find Application Credential: ${id}.`);
  if (wantedUser && !user)
    return keystoneError(
      call,
      404,
      `Could not find user: ${stringAt(wantedUser, 'id') ?? stringAt(wantedUser, 'name') ?? ''}.`,
    );
  const owner = found && [...state.users.values()].find((other) => other.id === found.userId);
  if (!found || !owner?.enabled || stringAt(wanted, 'secret') !== found.secret) return wrong(call);
  if (found.expiresAt !== undefined && found.expiresAt <= state.now()) return wrong(call);
  return {
    user: owner,
    methods: ['application_credential'],
    applicationCredential: found,
    ...(found.expiresAt !== undefined && { expiresAt: found.expiresAt }),
  };
}

async function prove(
  call: Call,
  identity: JsonObject,
  methods: readonly unknown[],
): Promise<Proof | Response> {
  const receipt = receiptIn(call);
  if (receipt instanceof Response) return receipt;
  let all: Proof | undefined = receipt && { user: receipt.user, methods: receipt.methods };
  for (const method of methods) {
    let proof: Proof | Response;
    if (method === 'password') proof = byPassword(call, identity);
    else if (method === 'totp') proof = await byTotp(call, identity);
    else if (method === 'token') proof = byToken(call, identity);
    else if (method === 'application_credential') proof = byApplicationCredential(call, identity);
    else {
      return json(
        {
          error: {
            code: 401,
            message: 'Attempted to authenticate with an unsupported method.',
            title: 'Unauthorized',
            identity: {
              methods: [
                'external',
                'password',
                'token',
                'oauth1',
                'mapped',
                'totp',
                'application_credential',
              ],
            },
          },
        },
        401,
        { 'WWW-Authenticate': `Keystone uri="${new URL(call.env.base).origin}/v3"` },
      );
    }
    if (proof instanceof Response) return proof;
    if (all && all.user !== proof.user) return wrong(call);
    all = { ...proof, methods: [...new Set([...proof.methods, ...(all?.methods ?? [])])] };
  }
  return all ?? wrong(call);
}

/** The project a scope names; undefined for none, a refusal for one the user may not enter. */
function scopeOf(
  call: Call,
  proof: Proof,
  scope: unknown,
): { project: ProjectRecord | undefined; roles: readonly string[] } | Response {
  const { projects } = call.env.state;
  const credential = proof.applicationCredential;
  if (credential) {
    if (scope !== undefined) {
      return keystoneError(
        call,
        401,
        'Error authenticating with application credential: Application credentials cannot request a scope.',
      );
    }
    const project = projects.get(credential.projectId);
    return project ? { project, roles: credential.roles } : wrong(call);
  }
  if (scope === undefined || scope === 'unscoped' || objectAt({ scope }, 'scope')?.['unscoped']) {
    const fallback = proof.user.defaultProjectId;
    const project = scope === undefined && fallback ? projects.get(fallback) : undefined;
    return { project, roles: project ? (proof.user.roles.get(project.id) ?? []) : [] };
  }
  const wanted = objectAt(scope, 'project');
  if (!wanted) return wrong(call);
  const id = stringAt(wanted, 'id');
  if (id === undefined && wanted['name'] === undefined) {
    return invalid(call, 'Invalid input for field scope/project: id or name must be present.');
  }
  if (id === undefined && !isDefaultDomain(objectAt(wanted, 'domain'))) return wrong(call);
  const project = [...projects.values()].find((other) =>
    id === undefined ? other.name === stringAt(wanted, 'name') : other.id === id,
  );
  const roles = project && proof.user.roles.get(project.id);
  if (!project?.enabled || !roles || roles.length === 0) return wrong(call);
  return { project, roles };
}

/** `POST /v3/auth/tokens`: the token, or Keystone's refusal. */
export async function issueToken(call: Call, body: JsonObject | undefined): Promise<Token | Response> {
  if (!body) return invalid(call, expecting('valid JSON', 'request body'));
  const auth = objectAt(body, 'auth');
  if (!auth) return invalid(call, expecting('auth', 'request body'));
  const identity = objectAt(auth, 'identity');
  if (!identity) {
    return invalid(call, "'identity' is a required property\n\nFailed validating 'required' in schema");
  }
  const methods = arrayAt(identity, 'methods');
  if (!methods) {
    return invalid(
      call,
      "Invalid input for field 'identity': 'methods' is a required property\n\nFailed validating 'required' in schema['properties']['identity']",
    );
  }
  const proof = await prove(call, identity, methods);
  if (proof instanceof Response) return proof;
  const more = secondFactor(call, proof.user, proof.methods);
  if (more) return more;
  const scope = scopeOf(call, proof, auth['scope']);
  if (scope instanceof Response) return scope;
  const { state } = call.env;
  const now = Math.floor(state.now() / 1000) * 1000;
  const token: Token = {
    value: tokenValue(),
    user: proof.user,
    project: scope.project,
    roles: scope.roles,
    methods: proof.methods,
    issuedAt: now,
    expiresAt: Math.min(now + state.settings.tokenMs, proof.expiresAt ?? Infinity),
    auditId: tokenValue().slice(6, 28),
    ...(proof.applicationCredential && { applicationCredential: proof.applicationCredential }),
    revoked: false,
  };
  state.tokens.set(token.value, token);
  return token;
}

function moment(time: number): string {
  return new Date(time).toISOString().replace(/\.\d+Z$/, '.000000Z');
}

/** The `token` member of Keystone's answer. */
export function renderToken(call: Call, token: Token, withCatalog: boolean): JsonObject {
  const { state } = call.env;
  return {
    methods: token.methods,
    user: {
      domain: DOMAIN,
      id: token.user.id,
      name: token.user.name,
      password_expires_at: null,
    },
    audit_ids: [token.auditId],
    expires_at: moment(token.expiresAt),
    issued_at: moment(token.issuedAt),
    ...(token.project && {
      project: { domain: DOMAIN, id: token.project.id, name: token.project.name },
      is_domain: false,
      roles: token.roles.map((name) => ({ id: state.idFor(`role/${name}`), name })),
      ...(withCatalog && { catalog: catalogFor(call, token) }),
    }),
    ...(token.applicationCredential && {
      application_credential: {
        id: token.applicationCredential.id,
        name: token.applicationCredential.name,
        restricted: !token.applicationCredential.unrestricted,
        ...(token.applicationCredential.accessRules && {
          access_rules: token.applicationCredential.accessRules,
        }),
      },
    }),
  };
}
