import { Secret } from '../src/openstack/secret.js';
import { Session } from '../src/session/session.js';
import type { SessionSettings } from '../src/session/settings.js';
import { createCloud, type Cloud, type CloudOptions } from '../src/simulator/index.js';

/** A session on a cloud of its own, for one story or one test. Nothing of it is shared with the next. */
export interface StoryCloud {
  readonly cloud: Cloud;
  readonly session: Session;
}

export interface StoryCloudOptions extends CloudOptions {
  readonly settings?: SessionSettings;
}

/** A session that nobody has signed in to yet. It keeps nothing in the browser. */
export function signedOut({ settings, ...options }: StoryCloudOptions = {}): StoryCloud {
  const cloud = createCloud(options);
  const session = new Session({
    fetch: cloud.fetch,
    settings: { authUrl: cloud.authUrl, cloudName: 'Lakeside Cloud', persist: 'none', ...settings },
  });
  return { cloud, session };
}

/** Who signs in; the seeded users are `demo`, `reader` and `solo`. */
export interface StoryUser {
  readonly user?: string;
  /** Name of the project to open; `demo` unless given. */
  readonly project?: string;
}

/** A session of somebody who is signed in. */
export async function signedIn(options: StoryCloudOptions & StoryUser = {}): Promise<StoryCloud> {
  const { user = 'demo', project = 'demo', ...rest } = options;
  const made = signedOut(rest);
  await signIn(made, user, project);
  return made;
}

/** Signs somebody in to the session of a story. */
export async function signIn({ session }: StoryCloud, user = 'demo', project = 'demo'): Promise<void> {
  await session.signIn({
    method: 'password',
    user: { name: user, domain: { name: 'Default' } },
    password: new Secret(`${user}-password`),
  });
  if (session.state.status !== 'choosing') return;
  const chosen = session.state.projects.find(({ name }) => name === project);
  if (chosen) await session.selectProject(chosen.id);
}

/** A session over two clouds, each with ids, users and projects of its own. */
export interface StoryClouds {
  readonly lakeside: Cloud;
  readonly hillside: Cloud;
  readonly session: Session;
}

export interface StoryCloudsOptions {
  readonly lakeside?: CloudOptions;
  readonly hillside?: CloudOptions;
  readonly settings?: SessionSettings;
}

/** A session that may sign in to either of two clouds; nobody has yet. */
export function twoClouds(o: StoryCloudsOptions = {}): StoryClouds {
  const lakeside = createCloud({ origin: 'https://cloud.lakeside.example', ...o.lakeside });
  const hillside = createCloud({ origin: 'https://hillside.example', ...o.hillside });
  const session = new Session({
    fetch: (request) => {
      const cloud = [lakeside, hillside].find(({ origin }) => request.url.startsWith(`${origin}/`));
      return cloud?.fetch(request) ?? Promise.reject(new TypeError('Failed to fetch'));
    },
    settings: {
      authUrl: lakeside.authUrl,
      clouds: [
        { name: 'Lakeside Cloud', authUrl: lakeside.authUrl },
        { name: 'Hillside Cloud', authUrl: hillside.authUrl },
      ],
      persist: 'none',
      ...o.settings,
    },
  });
  return { lakeside, hillside, session };
}

/** Signs one more person in, at either cloud, and makes their project the current one. */
export async function alsoSignIn(
  session: Session,
  authUrl: string,
  user = 'demo',
  project = 'demo',
): Promise<void> {
  await session.signIn(
    {
      method: 'password',
      user: { name: user, domain: { name: 'Default' } },
      password: new Secret(`${user}-password`),
    },
    { authUrl, add: true },
  );
  const { state } = session;
  if (state.status !== 'choosing') return;
  const chosen = state.projects.find(({ name }) => name === project);
  if (chosen) await session.selectProject(chosen.id, { add: true });
}

/** Somebody who is signed in to two clouds; the first is current. */
export async function signedInTwice(o: StoryCloudsOptions = {}): Promise<StoryClouds> {
  const made = twoClouds({
    ...o,
    lakeside: { seed: 'demo', ...o.lakeside },
    hillside: { seed: 'demo', ...o.hillside },
  });
  const { session, lakeside, hillside } = made;
  await alsoSignIn(session, lakeside.authUrl);
  const first = session.current;
  await alsoSignIn(session, hillside.authUrl);
  if (first) session.use(first);
  return made;
}

/** Milliseconds: a wait that succeeds costs nothing, and a busy machine is ten times as slow. */
const PATIENCE = 60_000;

/** Waits until `condition` holds; `until` says what is waited for. */
export async function eventually(condition: () => boolean, until: string): Promise<void> {
  const end = performance.now() + PATIENCE;
  while (!condition()) {
    if (performance.now() > end) throw new Error(`This did not happen: ${until}`);
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
}
