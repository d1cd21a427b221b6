import { expect, fixture, html } from '@open-wc/testing';
import { sendKeys } from '@web/test-runner-commands';
import '../../../src/elements/exo-login.js';
import '../../../src/elements/exo-session.js';
import type { ExoLogin } from '../../../src/elements/login/login.js';
import { registry } from '../../../src/session/registry.js';
import { PSEUDO_LOCALE } from '../../../src/i18n/pseudo.js';
import { button, input, show, submit, text, type } from './page.js';
import { eventually, signedIn, signedOut } from '../../../stories/cloud.js';

describe('<exo-login>', () => {
  it('signs a person with one project straight in', async () => {
    const story = signedOut();
    const element = await show(story);
    await submit(element, 'solo', 'solo-password');
    await eventually(() => story.session.state.status === 'signed-in', 'signed in');
    await eventually(() => text(element).includes('Signed in as solo'), 'the account is shown');
  });

  it('lets a person with several projects choose one', async () => {
    const story = signedOut();
    const element = await show(story);
    await submit(element);
    await eventually(() => text(element).includes('Choose a project'), 'the projects are shown');
    expect(element.matches(':state(choosing)')).to.equal(true);
    button(element, 'research').click();
    await eventually(() => story.session.current?.project.name === 'research', 'research is open');
  });

  it('says in words that the password is wrong, keeps what was typed and puts the keyboard on the password', async () => {
    const story = signedOut();
    const element = await show(story);
    await submit(element, 'demo', 'wrong');
    await eventually(() => element.matches(':state(failed)'), 'the attempt failed');
    await element.updateComplete;
    const alert = element.renderRoot.querySelector('[role=alert]');
    expect(alert?.textContent).to.contain('did not accept');
    expect(input(element, 'User name').value).to.equal('demo');
    await eventually(
      () => element.shadowRoot?.activeElement?.id === 'password',
      'the password has the keyboard',
    );
    await expect(element).to.be.accessible();
  });

  it('hides the identity service when the portal has fixed it, and asks for it otherwise', async () => {
    const element = await show(signedOut());
    expect(text(element)).not.to.contain('Identity service URL');
    const open = await show(signedOut({ settings: { authUrl: undefined } }));
    expect(input(open, 'Identity service URL').type).to.equal('text');
    const fixed = await fixture<ExoLogin>(
      html`<exo-login
        .session=${signedOut({ settings: { authUrl: undefined } }).session}
        auth-url="https://cloud.example/v3"
      ></exo-login>`,
    );
    expect(text(fixed)).not.to.contain('Identity service URL');
  });

  it('tells of each empty field, asks nothing of the cloud, and goes to the first', async () => {
    const story = signedOut({ settings: { authUrl: undefined } });
    const element = await show(story);
    button(element, 'Sign in').click();
    await element.updateComplete;
    expect(text(element)).to.contain('Enter the address of the identity service');
    expect(text(element)).to.contain('Enter your user name');
    expect(text(element)).to.contain('Enter your password');
    await eventually(() => element.shadowRoot?.activeElement?.id === 'authUrl', 'the first has the keyboard');
    expect(story.cloud.requestCount).to.equal(0);
    type(element, 'User name', 'd');
    await element.updateComplete;
    expect(text(element)).not.to.contain('Enter your user name');
  });

  it('sends the form once, however often it is clicked', async () => {
    const story = signedOut();
    const answer = story.cloud.hold({ path: '/auth/tokens', times: Infinity });
    const element = await show(story);
    await submit(element);
    button(element, 'Signing in').click();
    button(element, 'Signing in').click();
    answer();
    await eventually(() => text(element).includes('Choose a project'), 'the projects are shown');
    const posts = story.session.log.entries.filter(({ method }) => method === 'POST');
    expect(posts).to.have.length(1);
  });

  it('leaves the password in no place but its field, and empties that', async () => {
    const story = signedOut();
    const element = await show(story);
    const password = input(element, 'Password');
    await submit(element);
    await eventually(() => story.session.state.status === 'choosing', 'signed in');
    await eventually(() => password.value === '', 'the field is empty');
    expect(document.documentElement.outerHTML + (element.shadowRoot?.innerHTML ?? '')).not.to.contain(
      'demo-password',
    );
    expect(JSON.stringify(story.session) + JSON.stringify(story.session.log.entries)).not.to.contain(
      'demo-password',
    );
  });

  it('keeps the user and what is on the page when the sign-in ended, and goes on from there', async () => {
    const story = await signedIn();
    const element = await show(story);
    const before = story.session.current;
    story.cloud.revokeTokens();
    const { computeProbe } = await import('./compute-probe.js');
    const waiting = computeProbe(story.session);
    await eventually(() => element.matches(':state(expired)'), 'the form is there again');
    await element.updateComplete;
    expect(text(element)).to.contain('Sign in again');
    expect(input(element, 'User name').value).to.equal('demo');
    type(element, 'Password', 'demo-password');
    button(element, 'Sign in').click();
    await eventually(() => story.session.state.status === 'signed-in', 'signed in again');
    expect(story.session.current).to.equal(before);
    expect(await waiting).to.equal(200);
  });

  it('finds one project among many by typing', async () => {
    const roles = Object.fromEntries(Array.from({ length: 30 }, (_, i) => [`lab-${String(i)}`, ['member']]));
    const story = signedOut({ users: [{ name: 'many', password: 'many-password', roles }] });
    const element = await show(story);
    await submit(element, 'many', 'many-password');
    await eventually(() => text(element).includes('Choose a project'), 'the projects are shown');
    const search = element.renderRoot.querySelector<HTMLInputElement>('input[type=search]');
    search?.focus();
    await sendKeys({ type: 'lab-17' });
    await eventually(() => element.renderRoot.querySelectorAll('.project').length === 1, 'one is left');
    await sendKeys({ press: 'Tab' });
    await sendKeys({ press: 'Tab' });
    await sendKeys({ press: 'Enter' });
    await eventually(() => story.session.current?.project.name === 'lab-17', 'it is open');
  });

  it('offers the regions where a cloud has several', async () => {
    const story = await signedIn({ regions: ['North', 'South'] });
    const element = await show(story);
    const select = element.renderRoot.querySelector('select');
    expect([...(select?.options ?? [])].map(({ value }) => value)).to.deep.equal(['North', 'South']);
    if (select) select.value = 'South';
    select?.dispatchEvent(new Event('change'));
    await eventually(() => story.session.current?.region === 'South', 'South is current');
  });

  it('says so when there is no session on the page, or not the one it names', async () => {
    const element = await fixture<ExoLogin>(html`<exo-login></exo-login>`);
    expect(element.matches(':state(no-session)')).to.equal(true);
    expect(text(element)).to.contain('not set up on this page');
    element.sessionName = 'nowhere';
    await element.updateComplete;
    expect(text(element)).to.contain('nowhere');
  });

  it('is there as soon as a session comes', async () => {
    const element = await fixture<ExoLogin>(html`<exo-login></exo-login>`);
    registry.set('', signedOut().session);
    await eventually(() => text(element).includes('User name'), 'the form is there');
    registry.set('', undefined);
  });

  it('asks the page before signing out, and obeys', async () => {
    const story = await signedIn();
    const element = await show(story);
    element.addEventListener('exo-sign-out-request', (event) => event.preventDefault(), { once: true });
    button(element, 'Sign out').click();
    expect(story.session.state.status).to.equal('signed-in');
    button(element, 'Sign out').click();
    await eventually(() => story.session.state.status === 'signed-out', 'signed out');
  });

  it('has no text of its own outside its locale', async () => {
    const story = signedOut({ settings: { locale: PSEUDO_LOCALE } });
    const element = await show(story);
    for (const label of element.renderRoot.querySelectorAll('label, button, h2, p')) {
      const words = label.textContent.trim();
      if (words !== '') expect(words, words).to.match(/^⟦/);
    }
  });

  it('is accessible while it waits for a choice', async () => {
    const story = signedOut();
    const element = await show(story);
    await expect(element).to.be.accessible();
    await submit(element);
    await eventually(() => text(element).includes('Choose a project'), 'the projects are shown');
    await expect(element).to.be.accessible();
  });
});
