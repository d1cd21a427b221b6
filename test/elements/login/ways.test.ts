import { expect, fixture, html } from '@open-wc/testing';
import '../../../src/elements/exo-login.js';
import type { ExoLogin } from '../../../src/elements/login/login.js';
import { ComputeClient } from '../../../src/openstack/compute.js';
import { ApplicationCredentialClient } from '../../../src/openstack/application-credentials.js';
import type { SessionSettings } from '../../../src/session/settings.js';
import { MFA_SECRET, passcodeAt } from '../../../src/simulator/index.js';
import { eventually, signedIn, signedOut, twoClouds, type StoryCloud } from '../../../stories/cloud.js';
import { button, input, show, submit, text, type } from './page.js';

const ALL: SessionSettings = { signIn: { methods: ['password', 'application-credential', 'file'] } };

/** A cloud in which demo has made a credential; nobody is signed in. */
async function withCredential(): Promise<StoryCloud & { id: string; secret: string }> {
  const story = await signedIn({ settings: ALL });
  const { current } = story.session;
  if (!current) throw new Error('nobody is signed in');
  const made = await current.client(ApplicationCredentialClient).create(current.user.id, { name: 'backup' });
  await story.session.signOut();
  return { ...story, id: made.id, secret: made.secret.reveal() };
}

async function choose(element: ExoLogin, name: string, heading: string): Promise<void> {
  button(element, name).click();
  await eventually(() => text(element).includes(heading), `the form with ${heading} is there`);
}

describe('<exo-login>: the ways in', () => {
  it('are not shown where there is one', async () => {
    const element = await show(signedOut());
    expect(element.renderRoot.querySelector('[part=ways]')).to.equal(null);
  });

  it('come in the order of the portal, and the keyboard goes to the form that was chosen', async () => {
    const element = await show(signedOut({ settings: ALL }));
    const names = [...element.renderRoot.querySelectorAll('[part=ways] button')].map((each) =>
      each.textContent.trim(),
    );
    expect(names).to.deep.equal([
      'Use an application credential',
      'Use a file from your cloud (openrc, clouds.yaml)',
    ]);
    await choose(element, names[0] ?? '', 'Credential id or name');
    await eventually(
      () => element.shadowRoot?.activeElement === input(element, 'Credential id or name'),
      'the keyboard is there',
    );
    button(element, 'Use user name and password').click();
    await eventually(() => text(element).includes('User name'), 'and back again');
  });

  it('an application credential by id', async () => {
    const story = await withCredential();
    const element = await show(story);
    await choose(element, 'Use an application credential', 'Secret');
    type(element, 'Credential id or name', story.id);
    type(element, 'Secret', story.secret);
    button(element, 'Sign in').click();
    await eventually(() => story.session.state.status === 'signed-in', 'signed in');
    expect(story.session.current?.project.name).to.equal('demo');
  });

  it('an application credential by name, whose secret is wrong first', async () => {
    const story = await withCredential();
    const element = await show(story);
    await choose(element, 'Use an application credential', 'Secret');
    type(element, 'Credential id or name', 'backup');
    type(element, 'User name', 'demo');
    type(element, 'Secret', 'wrong');
    button(element, 'Sign in').click();
    await eventually(() => text(element).includes('did not accept'), 'the refusal is told');
    expect(input(element, 'Credential id or name').value).to.equal('backup');
    type(element, 'Secret', story.secret);
    button(element, 'Sign in').click();
    await eventually(() => story.session.state.status === 'signed-in', 'signed in');
  });

  it('a one-time code: one form, two steps; a wrong one is told and may be typed again', async () => {
    const story = signedOut();
    const element = await show(story);
    await submit(element, 'mfa', 'mfa-password');
    await eventually(() => text(element).includes('One-time code'), 'the code is asked for');
    const code = (): HTMLInputElement | HTMLTextAreaElement => input(element, 'One-time code');
    await eventually(() => element.shadowRoot?.activeElement === code(), 'the keyboard is on the code');
    expect(code().getAttribute('autocomplete')).to.equal('one-time-code');
    type(element, 'One-time code', '000000');
    button(element, 'Confirm').click();
    await eventually(() => text(element).includes('did not accept this code'), 'the wrong code is told');
    await expect(element).to.be.accessible();
    const right = await passcodeAt(MFA_SECRET, Date.now());
    type(element, 'One-time code', `${right.slice(0, 3)} ${right.slice(3)}`);
    button(element, 'Confirm').click();
    await eventually(() => story.session.state.status === 'signed-in', 'signed in');
    expect(story.session.current?.user.name).to.equal('mfa');
  });

  it('leads back from the second step', async () => {
    const element = await show(signedOut());
    await submit(element, 'mfa', 'mfa-password');
    await eventually(() => text(element).includes('One-time code'), 'the code is asked for');
    button(element, 'Start again').click();
    await eventually(() => text(element).includes('User name'), 'the first step is there again');
  });

  it('a password that has run out is changed in place', async () => {
    const story = signedOut();
    const element = await show(story);
    await submit(element, 'expired', 'expired-password');
    await eventually(() => text(element).includes('Set a new password'), 'a new one is asked for');
    await expect(element).to.be.accessible();
    type(element, 'New password', 'much better');
    type(element, 'New password, again', 'much bettor');
    button(element, 'Set password').click();
    await eventually(() => text(element).includes('not the same'), 'the slip is told');
    type(element, 'New password, again', 'much better');
    button(element, 'Set password').click();
    await eventually(() => story.session.state.status === 'signed-in', 'signed in');
    await story.session.signOut();
    await submit(element, 'expired', 'much better');
    await eventually(() => story.session.state.status === 'signed-in', 'the new one holds');
  });

  it('an openrc that asks for the password', async () => {
    const story = signedOut({ settings: ALL });
    const element = await show(story);
    await choose(element, 'Use a file', 'openrc or clouds.yaml');
    type(
      element,
      'openrc or clouds.yaml',
      `export OS_AUTH_URL=${story.cloud.authUrl}
export OS_USERNAME="demo"
export OS_USER_DOMAIN_NAME=Default
export OS_PROJECT_NAME=research
read -sr OS_PASSWORD_INPUT
export OS_PASSWORD=$OS_PASSWORD_INPUT`,
    );
    button(element, 'Continue').click();
    await eventually(() => text(element).includes('One way in was found'), 'what was found is shown');
    await expect(element).to.be.accessible();
    button(element, 'Sign in').click();
    await eventually(() => text(element).includes('the file leaves it out'), 'the password is asked for');
    type(element, 'Password for demo', 'demo-password');
    button(element, 'Sign in').click();
    await eventually(() => story.session.current?.project.name === 'research', 'research is open');
  });

  it('a clouds.yaml with two clouds: each is a connection', async () => {
    const { session, lakeside, hillside } = twoClouds({ settings: ALL });
    const element = await show({ session });
    await choose(element, 'Use a file', 'openrc or clouds.yaml');
    const cloud = (name: string, authUrl: string): string => `
  ${name}:
    auth:
      auth_url: ${authUrl}
      username: demo
      password: demo-password
      user_domain_name: Default
      project_name: demo
`;
    type(
      element,
      'openrc or clouds.yaml',
      `clouds:${cloud('lake', lakeside.authUrl)}${cloud('hill', hillside.authUrl)}`,
    );
    button(element, 'Continue').click();
    await eventually(() => text(element).includes('2 ways in were found'), 'both are shown');
    expect(element.shadowRoot?.innerHTML).to.not.include('demo-password');
    button(element, 'Sign in').click();
    await eventually(() => text(element).includes('Choose at least one'), 'nothing is chosen yet');
    for (const box of element.renderRoot.querySelectorAll<HTMLInputElement>('.found input[type=checkbox]'))
      box.click();
    button(element, 'Sign in').click();
    await eventually(() => session.connections.length === 2, 'both are open');
    expect(session.connections.map(({ authUrl }) => new URL(authUrl).host).sort()).to.deep.equal([
      'cloud.lakeside.example',
      'hillside.example',
    ]);
  });

  /** Chooses all the ways in of a clouds.yaml, each an account of its own. */
  async function chooseAll(element: ExoLogin, entries: readonly (readonly [string, string, string])[]) {
    await choose(element, 'Use a file', 'openrc or clouds.yaml');
    const yaml = entries.map(
      ([name, authUrl, password]) => `
  ${name}:
    auth:
      auth_url: ${authUrl}
      username: ${name}
      password: ${password}
      user_domain_name: Default
      project_name: demo
`,
    );
    type(element, 'openrc or clouds.yaml', `clouds:${yaml.join('')}`);
    button(element, 'Continue').click();
    await eventually(() => text(element).includes(`${entries.length} ways in were found`), 'all are shown');
    for (const box of element.renderRoot.querySelectorAll<HTMLInputElement>('.found input[type=checkbox]'))
      box.click();
    button(element, 'Sign in').click();
  }

  it('one way in of a file that is wrong is named, and keeps nobody out of the others', async () => {
    const { session, lakeside, hillside } = twoClouds({ settings: ALL });
    const element = await show({ session });
    await chooseAll(element, [
      ['reader', lakeside.authUrl, 'reader-password'],
      ['solo', lakeside.authUrl, 'wrong'],
      ['demo', hillside.authUrl, 'demo-password'],
    ]);
    await eventually(() => session.connections.length === 2, 'the two that are right are open');
    await eventually(() => text(element).includes('“solo”'), 'the third is named');
    expect(session.logins.map(({ user }) => user.name).sort()).to.deep.equal(['demo', 'reader']);
    await expect(element).to.be.accessible();
  });

  it('a file goes on with its other ways in after a one-time code', async () => {
    const { session, lakeside, hillside } = twoClouds({ settings: ALL });
    const element = await show({ session });
    await chooseAll(element, [
      ['mfa', lakeside.authUrl, 'mfa-password'],
      ['demo', hillside.authUrl, 'demo-password'],
    ]);
    await eventually(() => text(element).includes('One-time code'), 'the code is asked for');
    type(element, 'One-time code', await passcodeAt(MFA_SECRET, Date.now()));
    button(element, 'Confirm').click();
    await eventually(() => session.logins.length === 2, 'both are signed in');
    expect(session.logins.map(({ user }) => user.name).sort()).to.deep.equal(['demo', 'mfa']);
  });

  it('a file that is neither is told as such, and stays to be mended', async () => {
    const element = await show(signedOut({ settings: ALL }));
    await choose(element, 'Use a file', 'openrc or clouds.yaml');
    type(element, 'openrc or clouds.yaml', 'dear diary');
    button(element, 'Continue').click();
    await eventually(() => text(element).includes('neither an openrc'), 'it is told');
    expect(input(element, 'openrc or clouds.yaml').value).to.equal('dear diary');
  });

  it('lets people choose the cloud where there are several', async () => {
    const { session, hillside } = twoClouds();
    const element = await show({ session });
    const select = element.renderRoot.querySelector('select');
    if (!select) throw new Error('there is no choice of cloud');
    expect([...select.options].map((each) => each.label)).to.deep.equal(['Lakeside Cloud', 'Hillside Cloud']);
    select.value = hillside.authUrl;
    select.dispatchEvent(new Event('change', { bubbles: true }));
    await submit(element, 'solo', 'solo-password');
    await eventually(() => session.current?.authUrl === hillside.authUrl, 'signed in at the other one');
  });

  it('adds an account beside the one that is there', async () => {
    const { session, hillside } = twoClouds();
    const first = await show({ session });
    await submit(first, 'solo', 'solo-password');
    await eventually(() => session.state.status === 'signed-in', 'one is signed in');
    const element = await fixture<ExoLogin>(html`<exo-login add .session=${session}></exo-login>`);
    await eventually(() => text(element).includes('User name'), 'the form is there all the same');
    const select = element.renderRoot.querySelector('select');
    if (!select) throw new Error('there is no choice of cloud');
    select.value = hillside.authUrl;
    select.dispatchEvent(new Event('change', { bubbles: true }));
    await submit(element, 'solo', 'solo-password');
    await eventually(() => session.connections.length === 2, 'both are open');
    const servers = await Promise.all(
      session.connections.map((connection) => connection.client(ComputeClient).limits()),
    );
    expect(servers.length).to.equal(2);
  });

  it('shows where to get an account, and what people agree to', async () => {
    const element = await show(
      signedOut({
        settings: { signIn: { signUpUrl: 'https://u.example/join', termsUrl: 'https://u.example/terms' } },
      }),
    );
    const links = [...element.renderRoot.querySelectorAll('a')].map(({ textContent, href }) => [
      textContent.trim(),
      href,
    ]);
    expect(links).to.deep.equal([
      ['Get an account', 'https://u.example/join'],
      ['Terms of use', 'https://u.example/terms'],
    ]);
  });

  it('has a button for each provider of single sign-on', async () => {
    const element = await show(
      signedOut({
        settings: {
          signIn: {
            methods: ['sso', 'password'],
            providers: [
              { id: 'uni', label: 'Lakeside University', protocol: 'openid' },
              { id: 'lab', label: 'National Lab', protocol: 'openid', identityProvider: 'lab' },
            ],
          },
        },
      }),
    );
    const names = [...element.renderRoot.querySelectorAll('[part=provider]')].map((each) =>
      each.textContent.trim(),
    );
    expect(names).to.deep.equal(['Sign in with Lakeside University', 'Sign in with National Lab']);
    const [ways, form] = ['[part=ways]', 'form'].map((one) => element.renderRoot.querySelector(one));
    expect(ways && form && ways.compareDocumentPosition(form) & Node.DOCUMENT_POSITION_FOLLOWING).to.equal(
      Node.DOCUMENT_POSITION_FOLLOWING,
    );
    await expect(element).to.be.accessible();
  });
});
