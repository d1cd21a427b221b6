import type { ServiceType } from './catalog.js';
import type { Secret } from './secret.js';

/**
 * What went wrong, as far as an interface has to tell it apart.
 *
 * `invalid`: the cloud refused the input (400, 413, 422), or the kit did before sending it. `network`: no answer;
 * `reason` says `offline`, `unreachable`, `mixed-content` or `answer-lost`. `protocol`: an answer that is not what
 * the API promises. `server`: 5xx.
 */
export type ErrorKind =
  | 'auth'
  | 'forbidden'
  | 'quota'
  | 'conflict'
  | 'not-found'
  | 'invalid'
  | 'rate-limit'
  | 'server'
  | 'network'
  | 'cors'
  | 'timeout'
  | 'protocol';

/** What was being tried, in the words an interface has a sentence for. */
export type Action =
  | 'sign-in'
  | 'sign-out'
  | 'renew-session'
  | 'discover-cloud'
  | 'list-projects'
  | 'change-password'
  | 'list-application-credentials'
  | 'create-application-credential'
  | 'delete-application-credential'
  | 'select-project'
  | 'list-instances'
  | 'read-instance'
  | 'create-instance'
  | 'delete-instance'
  | 'start-instance'
  | 'stop-instance'
  | 'reboot-instance'
  | 'pause-instance'
  | 'unpause-instance'
  | 'suspend-instance'
  | 'resume-instance'
  | 'shelve-instance'
  | 'unshelve-instance'
  | 'lock-instance'
  | 'unlock-instance'
  | 'rescue-instance'
  | 'unrescue-instance'
  | 'resize-instance'
  | 'confirm-resize'
  | 'revert-resize'
  | 'rebuild-instance'
  | 'create-snapshot'
  | 'set-password'
  | 'restore-instance'
  | 'change-instance'
  | 'attach-volume'
  | 'detach-volume'
  | 'attach-interface'
  | 'detach-interface'
  | 'change-security-groups'
  | 'read-console'
  | 'open-console'
  | 'read-history'
  | 'list-flavors'
  | 'list-images'
  | 'list-keypairs'
  | 'list-server-groups'
  | 'create-server-group'
  | 'delete-server-group'
  | 'create-keypair'
  | 'delete-keypair'
  | 'read-limits'
  | 'list-networks'
  | 'create-network'
  | 'list-security-groups'
  | 'create-security-group'
  | 'create-port'
  | 'delete-port'
  | 'create-router'
  | 'delete-network'
  | 'delete-security-group'
  | 'list-floating-ips'
  | 'create-floating-ip'
  | 'delete-floating-ip'
  | 'assign-floating-ip'
  | 'unassign-floating-ip'
  | 'change-floating-ip'
  | 'list-volumes'
  | 'create-volume'
  | 'delete-volume'
  | 'change-volume'
  | 'list-dns'
  | 'create-dns-record'
  | 'delete-dns-record'
  | 'read-versions'
  | 'read-config';

/** An action, and what it is done to as the person calls it (`web-1`). */
export interface Attempt {
  readonly action: Action;
  readonly name?: string | undefined;
}

/**
 * Which quota is used up, as far as the cloud's message tells.
 *
 * `resource` is the service's own word: `instances`, `cores`, `ram` (MiB), `keypairs`, `server_groups`, `volumes`,
 * `gigabytes`, `snapshots`, `floatingip`, `network`, `port`, `security_group`, ...
 */
export interface QuotaReason {
  readonly resource: string;
  readonly requested?: number;
  readonly used?: number;
  readonly limit?: number;
}

/** The facts of an error; everything but kind and attempt may be unknown. */
export interface ErrorFacts {
  readonly kind: ErrorKind;
  readonly attempt: Attempt;
  readonly service?: ServiceType | undefined;
  readonly status?: number | undefined;
  readonly requestId?: string | undefined;
  readonly detail?: string | undefined;
  readonly reason?: string | undefined;
  readonly quota?: QuotaReason | undefined;
  readonly retryAfter?: number | undefined;
  readonly configLines?: readonly string[] | undefined;
  readonly url?: string | undefined;
  readonly challenge?: Challenge | undefined;
}

/** What a cloud that wants more than a password gives for the next step. Reference: Identity, `Openstack-Auth-Receipt`. */
export interface Challenge {
  /** Stands for what was proven already. */
  readonly receipt: Secret;
  /** Sets of methods, each of which is enough. */
  readonly methods: readonly (readonly string[])[];
  readonly userId: string | undefined;
}

const BRAND = Symbol.for('exo.error');

/**
 * Every error the wire ends in, except a caller's own abort ({@link isAbort}). `message` is a technical line for
 * logs; sentences for people are made from the fields.
 */
export class OpenStackError extends Error {
  readonly kind: ErrorKind;
  readonly attempt: Attempt;
  /** The service that was asked. */
  readonly service: ServiceType | undefined;
  /** HTTP status, where there was an answer. */
  readonly status: number | undefined;
  /** `req-...`, to quote to the cloud's support. */
  readonly requestId: string | undefined;
  /** The cloud's own message: HTML stripped, secrets replaced, at most 500 characters. */
  readonly detail: string | undefined;
  /**
   * A word for programs: `wrong-credentials`, `token-expired`, `token-revoked`, `second-factor`, `password-expired`,
   * `account-locked`, `no-access`, `offline`, `unreachable`, `mixed-content`, `answer-lost`, `cors`,
   * `cors-token-header`, `html-answer`, `truncated`, `unexpected-body`, `microversion`, `no-endpoint`,
   * `service-missing`, `not-keystone`, `user-data-too-large`, `in-use`, `no-way-out`,
   * `name-taken`.
   */
  readonly reason: string | undefined;
  readonly quota: QuotaReason | undefined;
  /** Seconds after which the service wants to be asked again. */
  readonly retryAfter: number | undefined;
  /** For kind `cors`: the lines that are missing in the service's configuration. */
  readonly configLines: readonly string[];
  /** The cloud's URL without its query. */
  readonly url: string | undefined;
  /** Host and port of `url`. */
  readonly host: string | undefined;
  /** For reason `second-factor`. */
  readonly challenge: Challenge | undefined;

  constructor(facts: ErrorFacts) {
    const { kind, attempt, service, status, detail, reason } = facts;
    const head = [attempt.action, service, status, reason ?? kind].filter(Boolean).join(' ');
    super(detail ? `${head}: ${detail}` : head);
    this.name = 'OpenStackError';
    this.kind = kind;
    this.attempt = attempt;
    this.service = service;
    this.status = status;
    this.requestId = facts.requestId;
    this.detail = detail;
    this.reason = reason;
    this.quota = facts.quota;
    this.retryAfter = facts.retryAfter;
    this.configLines = facts.configLines ?? [];
    this.challenge = facts.challenge;
    const url = facts.url !== undefined && URL.canParse(facts.url) ? new URL(facts.url) : undefined;
    this.url = url && url.origin + url.pathname;
    this.host = url?.host;
  }

  get [BRAND](): true {
    return true;
  }
}

/** Whether a value is an OpenStackError, of this copy of the kit or another one on the page. */
export function isOpenStackError(value: unknown): value is OpenStackError {
  return typeof value === 'object' && value !== null && BRAND in value;
}

/** Whether a value is what a promise rejects with after its AbortSignal was aborted. */
export function isAbort(value: unknown): boolean {
  return typeof value === 'object' && value !== null && 'name' in value && value.name === 'AbortError';
}

/** The same error with some facts known better. */
export function refine(error: ErrorFacts, facts: Partial<ErrorFacts>): OpenStackError {
  return new OpenStackError({ ...error, ...facts });
}
