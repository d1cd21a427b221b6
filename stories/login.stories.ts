import type { Meta, StoryObj } from '@storybook/web-components-vite';
import { html, type TemplateResult } from 'lit';
import '../src/elements/exo-login.js';
import type { ExoLogin } from '../src/elements/login/login.js';
import type { Session } from '../src/session/session.js';
import type { SessionSettings } from '../src/session/settings.js';
import { eventually, signedIn, signedOut, signIn, twoClouds } from './cloud.js';

interface Loaded {
  session: Session | undefined;
}

const meta: Meta = { title: 'Elements/exo-login', component: 'exo-login' };
export default meta;

type Story = StoryObj;

function show(_args: unknown, { loaded }: { loaded: Partial<Loaded> }): TemplateResult {
  return html`<exo-login .session=${loaded.session}></exo-login>`;
}

function story(
  load: () => Promise<Session | undefined> | Session | undefined,
  more: Partial<Story> = {},
): Story {
  return { loaders: [async () => ({ session: await load() })], render: show, ...more };
}

function element(canvas: HTMLElement): ExoLogin {
  const found = canvas.querySelector('exo-login');
  if (!found) throw new Error('the story shows no <exo-login>');
  return found;
}

function fill(login: ExoLogin, values: Readonly<Record<string, string>>): void {
  for (const [id, value] of Object.entries(values)) {
    const input = login.renderRoot.querySelector<HTMLInputElement>(`#${id}`);
    if (!input) throw new Error(`there is no field ${id}`);
    input.value = value;
    input.dispatchEvent(new Event('input', { bubbles: true, composed: true }));
  }
  login.renderRoot.querySelector<HTMLButtonElement>('button[type=submit]')?.click();
}

/** The portal has fixed the cloud: three fields. */
export const Ready = story(() => signedOut().session);

/** Any cloud: the identity service is asked for too. */
export const AnyCloud = story(
  () => signedOut({ settings: { authUrl: undefined, cloudName: undefined } }).session,
);

/** Something was left out. */
export const Incomplete = story(() => signedOut({ settings: { authUrl: undefined } }).session, {
  play: async ({ canvasElement }) => {
    const login = element(canvasElement);
    fill(login, { authUrl: 'not an address', domain: '' });
    await eventually(
      () => login.renderRoot.querySelector('[aria-invalid]') !== null,
      'the fields are marked',
    );
  },
});

/** The cloud refuses the password. */
export const Failed = story(() => signedOut().session, {
  play: async ({ canvasElement }) => {
    const login = element(canvasElement);
    fill(login, { userName: 'demo', password: 'not it' });
    await eventually(() => login.matches(':state(failed)'), 'the attempt failed');
  },
});

/** The cloud does not let browsers in; the operator gets the lines that are missing. */
export const CloudWithoutCors = story(
  () => {
    const { cloud, session } = signedOut();
    // A browser gives no answer at all where one may not be read.
    cloud.fail({ method: 'POST', path: '/auth/tokens', times: Infinity }, { drop: true });
    return session;
  },
  {
    play: async ({ canvasElement }) => {
      const login = element(canvasElement);
      fill(login, { userName: 'demo', password: 'demo-password' });
      await eventually(() => login.matches(':state(failed)'), 'the attempt failed');
    },
  },
);

/** On the way. */
export const Busy = story(
  () => {
    const { cloud, session } = signedOut();
    cloud.fail({ path: '/auth/tokens', times: Infinity }, { latency: 3_600_000 });
    return session;
  },
  {
    play: async ({ canvasElement }) => {
      const login = element(canvasElement);
      fill(login, { userName: 'demo', password: 'demo-password' });
      await eventually(() => login.matches(':state(busy)'), 'it is on the way');
    },
  },
);

/** Two projects. */
export const ChooseProject = story(async () => {
  const made = signedOut();
  await signIn(made, 'demo', 'none of them');
  return made.session;
});

/** Many projects are searched. */
export const ChooseOfMany = story(async () => {
  const names = Array.from(
    { length: 40 },
    (_, i) => `Department of Hydrology, working group ${String(i + 1)}`,
  );
  const roles = Object.fromEntries(names.map((name) => [name, ['member']]));
  const made = signedOut({ users: [{ name: 'many', password: 'many-password', roles }] });
  await signIn(made, 'many', 'none of them');
  return made.session;
});

/** An account without a project. */
export const Empty = story(async () => {
  const made = signedOut({ users: [{ name: 'new', password: 'new-password', roles: {} }] });
  await signIn(made, 'new');
  return made.session;
});

/** Somebody is signed in. */
export const SignedIn = story(async () => (await signedIn()).session);

/** Somebody is signed in to a cloud of several sites. */
export const SignedInWithRegions = story(
  async () => (await signedIn({ regions: ['North', 'South'] })).session,
);

/** The sign-in has ended; the rest of the page is as it was. */
export const Expired = story(async () => {
  const { cloud, session } = await signedIn();
  cloud.revokeTokens();
  const { computeProbe } = await import('../test/elements/login/compute-probe.js');
  computeProbe(session).catch(() => undefined);
  await eventually(() => session.state.status === 'expired', 'the end was noticed');
  return session;
});

/** The session is being configured or restored. */
export const Loading = story(() => {
  const { cloud, session } = signedOut();
  cloud.fail({ path: '/never' }, { latency: 3_600_000 });
  session.loadConfig('https://cloud.example/never').catch(() => undefined);
  return session;
});

/** The page names a session that is not there. */
export const NoSession: Story = { render: () => html`<exo-login session="somewhere-else"></exo-login>` };

const EVERY_WAY = {
  signIn: {
    methods: ['sso', 'password', 'application-credential', 'file'],
    providers: [{ id: 'uni', label: 'Lakeside University', protocol: 'openid' }],
    signUpUrl: 'https://example.org/account',
    termsUrl: 'https://example.org/terms',
  },
} as const satisfies SessionSettings;

/** All that a portal can offer, single sign-on first. */
export const EveryWay = story(() => signedOut({ settings: EVERY_WAY }).session);

/** Several clouds to choose from. */
export const SeveralClouds = story(() => twoClouds().session);

function press(login: ExoLogin, name: string): void {
  [...login.renderRoot.querySelectorAll('button')].find((each) => each.textContent.includes(name))?.click();
}

async function shows(login: ExoLogin, selector: string): Promise<void> {
  await eventually(() => login.renderRoot.querySelector(selector) !== null, `${selector} is there`);
}

/** For programs and devices: id and secret. */
export const ApplicationCredential = story(() => signedOut({ settings: EVERY_WAY }).session, {
  play: async ({ canvasElement }) => {
    press(element(canvasElement), 'application credential');
    await shows(element(canvasElement), '#credential');
  },
});

/** The cloud's own file, pasted or dropped. */
export const File = story(() => signedOut({ settings: EVERY_WAY }).session, {
  play: async ({ canvasElement }) => {
    press(element(canvasElement), 'openrc');
    await shows(element(canvasElement), '#file');
  },
});

/** What was found in a file is confirmed. */
export const FileFound = story(() => signedOut({ settings: EVERY_WAY }).session, {
  play: async ({ canvasElement }) => {
    const login = element(canvasElement);
    press(login, 'openrc');
    await shows(login, '#file');
    const text = login.renderRoot.querySelector<HTMLTextAreaElement>('#file');
    if (text)
      text.value = `clouds:
  lakeside: { auth: { auth_url: "https://cloud.example/v3", username: demo, project_name: research }, region_name: North }
  hillside: { auth: { auth_url: "https://hill.example/v3", username: ada, password: x } }
  federated: { auth_type: v3oidcpassword, auth: { auth_url: "https://hill.example/v3" } }`;
    press(login, 'Continue');
    await shows(login, '.found input');
    login.renderRoot.querySelector<HTMLInputElement>('.found input')?.click();
    await shows(login, '#answer-0');
  },
});

/** The second step of an account with a second factor. */
export const SecondFactor = story(() => signedOut().session, {
  play: async ({ canvasElement }) => {
    fill(element(canvasElement), { userName: 'mfa', password: 'mfa-password' });
    await shows(element(canvasElement), '#passcode');
  },
});

/** The code was wrong. */
export const WrongCode = story(() => signedOut().session, {
  play: async ({ canvasElement }) => {
    const login = element(canvasElement);
    fill(login, { userName: 'mfa', password: 'mfa-password' });
    await shows(login, '#passcode');
    fill(login, { passcode: '000000' });
    await shows(login, '.notice.error');
  },
});

/** The password has run out: a new one is set in place. */
export const PasswordExpired = story(() => signedOut().session, {
  play: async ({ canvasElement }) => {
    fill(element(canvasElement), { userName: 'expired', password: 'expired-password' });
    await shows(element(canvasElement), '#newPassword');
  },
});
