/** Somebody who may sign in. */
export interface Account {
  readonly name: string;
  readonly password: string;
  readonly domain: { readonly id: string; readonly name: string };
  /** The project to work in. */
  readonly project: string;
}

export interface WaysIn {
  /** The same identity service, or one with the same people, under a path; ends in `/v3`. */
  readonly prefixed?: string | undefined;
  /** Has to give a one-time code as well; `secret` is base32. */
  readonly mfa?: { readonly account: Account; readonly secret: string } | undefined;
  /** The password has run out. */
  readonly expired?: Account | undefined;
  /** Has a role in a project that is disabled. */
  readonly closed?: { readonly account: Account; readonly project: string } | undefined;
  /** A project of the member that sees several regions. */
  readonly regions?: { readonly project: string; readonly names: readonly string[] } | undefined;
  /** Whether the services know which of them access rules mean. */
  readonly accessRules?: boolean | undefined;
}

/**
 * A cloud that a suite runs against: the simulator, or real services. What a cloud does not
 * offer is undefined, and the tests that need it are skipped with that reason.
 */
export interface TestCloud {
  readonly title: string;
  readonly authUrl: string;
  readonly fetch: typeof globalThis.fetch;
  readonly member: Account;
  /** Holds nothing but the role `reader` in the member's project. */
  readonly reader: Account | undefined;
  /** A project of the member in which not one more instance fits. */
  readonly noQuotaProject: string | undefined;
  /** The less common ways in, as far as the cloud has somebody for each. */
  readonly ways?: WaysIn | undefined;
  /** How long a transition may take before a test gives up, in milliseconds. */
  readonly patience: number;
  /** The same for a revoked token to be refused everywhere: services remember that it was good, by default for 300 s. */
  readonly tokenPatience: number;
}

/** How the real cloud is handed from the runner to the suites (environment variable, JSON). */
export const TEST_CLOUD_VARIABLE = 'EXO_TEST_CLOUD';

/** What the runner hands over: everything of a {@link TestCloud} that is plain data. */
export type CloudDescription = Omit<TestCloud, 'fetch'>;

/** The cloud the runner brought up or found; undefined when there is none. */
export function realCloud(): TestCloud | undefined {
  const text = process.env[TEST_CLOUD_VARIABLE];
  if (text === undefined || text === '') return undefined;
  const description: unknown = JSON.parse(text);
  if (!isDescription(description)) throw new Error(`${TEST_CLOUD_VARIABLE} does not describe a cloud`);
  return { ...description, fetch: (input, init) => globalThis.fetch(input, init) };
}

function isDescription(value: unknown): value is CloudDescription {
  return typeof value === 'object' && value !== null && 'authUrl' in value && 'member' in value;
}
