import { anything, flag, key, list, member, needed, optional, readRow, rowReader, text } from './schema.js';
import { Secret } from './secret.js';
import { ServiceClient, type CallOptions } from './service.js';

/** One call that a credential may make; `path` may hold `*`, `**` and `{name}`. */
export interface AccessRule {
  /** The service's type in the catalog, such as `compute`. */
  readonly service: string;
  readonly method: string;
  readonly path: string;
}

const accessRule = rowReader(
  'access_rule',
  { id: optional('id', text), service: key('service'), method: key('method'), path: key('path') },
  'open',
);

const role = rowReader('application_credential.role', { name: needed('name', text, '') }, 'open');

const credential = rowReader(
  'application_credential',
  {
    id: key('id'),
    name: needed('name', text, ''),
    description: optional('description', text, ''),
    projectId: optional('project_id', text),
    roles: optional('roles', list(role), []),
    expiresAt: optional('expires_at', text),
    unrestricted: optional('unrestricted', flag, false),
    accessRules: optional('access_rules', list(accessRule), []),
    secret: optional('secret', anything),
  },
  'open',
);

/** A password of its own for programs, for one project, which its owner can take back at any time. */
export interface ApplicationCredential {
  readonly id: string;
  readonly name: string;
  readonly description: string;
  readonly projectId: string | undefined;
  /** Names. */
  readonly roles: readonly string[];
  /** Undefined: it does not end by itself. */
  readonly expiresAt: Date | undefined;
  /** Whether it may make and delete credentials itself. */
  readonly unrestricted: boolean;
  /** What it may do; empty: all that its roles may. */
  readonly accessRules: readonly AccessRule[];
}

/** Told once, when it is made. */
export interface NewApplicationCredential extends ApplicationCredential {
  readonly secret: Secret;
}

export interface CreateApplicationCredential {
  /** Each of a user's credentials has another. */
  readonly name: string;
  readonly description?: string | undefined;
  /** Names of roles that the user has in the project; all of them when left out. */
  readonly roles?: readonly string[] | undefined;
  readonly expiresAt?: Date | undefined;
  readonly unrestricted?: boolean | undefined;
  readonly accessRules?: readonly AccessRule[] | undefined;
}

/** By its beginning a credential that the kit made for a device is told from those that people made. */
const KIT = 'exo-widgets ';

/** The name of a credential that keeps somebody signed in on a device. */
export function kitCredentialName(host: string, now: Date): string {
  return `${KIT}${host} ${now.toISOString().slice(0, 19)}Z`;
}

/** Whether the kit made a credential to keep somebody signed in on a device. */
export function isKitCredential({ name }: { readonly name: string }): boolean {
  return name.startsWith(KIT);
}

/**
 * A user's application credentials. Reference: Identity v3, `/v3/users/{user_id}/application_credentials`. All reject
 * with an OpenStackError; kind `forbidden` where the cloud, or a restricted credential, does not allow it.
 */
export class ApplicationCredentialClient extends ServiceClient {
  static readonly type = 'identity';

  /** Those of all projects. Reference: GET /v3/users/{user_id}/application_credentials. */
  async list(userId: string, o: CallOptions = {}): Promise<ApplicationCredential[]> {
    const { data } = await this.request({
      attempt: { action: 'list-application-credentials' },
      method: 'GET',
      path: pathOf(userId),
      signal: o.signal,
      read: (body) =>
        readRow(list(credential), member(body, 'application_credentials'), 'application_credentials').map(
          credentialOf,
        ),
    });
    return data;
  }

  /**
   * Makes one for the project that the token is for. Reference: POST /v3/users/{user_id}/application_credentials.
   *
   * @throws OpenStackError kind `conflict` where the name is taken
   */
  async create(
    userId: string,
    wanted: CreateApplicationCredential,
    o: CallOptions = {},
  ): Promise<NewApplicationCredential> {
    const { name, description, roles, expiresAt, unrestricted, accessRules } = wanted;
    const { data } = await this.request({
      attempt: { action: 'create-application-credential', name },
      method: 'POST',
      path: pathOf(userId),
      body: {
        application_credential: {
          name,
          ...(description && { description }),
          ...(roles && { roles: roles.map((each) => ({ name: each })) }),
          ...(expiresAt && { expires_at: expiresAt.toISOString().slice(0, 19) }),
          ...(unrestricted && { unrestricted }),
          ...(accessRules && { access_rules: accessRules }),
        },
      },
      signal: o.signal,
      read: (body) => {
        const row = readRow(credential, member(body, 'application_credential'), 'application_credential');
        if (typeof row.secret !== 'string') throw new TypeError('no secret in the answer');
        return { ...credentialOf(row), secret: new Secret(row.secret) };
      },
    });
    return data;
  }

  /** Deletes one; its tokens end with it. Reference: DELETE /v3/users/{user_id}/application_credentials/{id}. */
  async delete(userId: string, { id, name }: Named, o: CallOptions = {}): Promise<void> {
    await this.request({
      attempt: { action: 'delete-application-credential', name },
      method: 'DELETE',
      path: `${pathOf(userId)}/${encodeURIComponent(id)}`,
      expect: 'nothing',
      signal: o.signal,
      read: () => undefined,
    });
  }
}

interface Named {
  readonly id: string;
  readonly name?: string | undefined;
}

function pathOf(userId: string): string {
  return `/users/${encodeURIComponent(userId)}/application_credentials`;
}

/** Keystone writes the time without a zone; it is UTC. */
function timeOf(text: string | undefined): Date | undefined {
  if (text === undefined) return undefined;
  const time = new Date(/Z$|[+-]\d\d:?\d\d$/i.test(text) ? text : `${text}Z`);
  return Number.isNaN(time.getTime()) ? undefined : time;
}

function credentialOf({ secret: _, ...row }: CredentialRow): ApplicationCredential {
  return {
    ...row,
    roles: row.roles.map(({ name }) => name),
    expiresAt: timeOf(row.expiresAt),
    accessRules: row.accessRules.map(({ service, method, path }) => ({ service, method, path })),
  };
}

type CredentialRow = NonNullable<ReturnType<typeof credential>>;
