import { expect, fixture, html, oneEvent } from '@open-wc/testing';
import '../../../src/elements/exo-session-status.js';
import type { ExoSessionStatus } from '../../../src/elements/session-status/session-status.js';
import { PSEUDO_LOCALE } from '../../../src/i18n/pseudo.js';
import { eventually, signedIn, signedInTwice, signedOut, type StoryCloud } from '../../../stories/cloud.js';
import { computeProbe } from '../login/compute-probe.js';

async function show({ session }: StoryCloud): Promise<ExoSessionStatus> {
  const element = await fixture<ExoSessionStatus>(
    html`<exo-session-status .session=${session}></exo-session-status>`,
  );
  await element.updateComplete;
  return element;
}

function text(element: ExoSessionStatus): string {
  return element.renderRoot.textContent.replace(/\s+/g, ' ');
}

function button(element: ExoSessionStatus, name: string): HTMLButtonElement {
  const found = [...element.renderRoot.querySelectorAll('button')].find(
    (each) => each.textContent.trim() === name,
  );
  if (!found) throw new Error(`no button is named ${name}`);
  return found;
}

describe('<exo-session-status>', () => {
  it('says who is signed in and where', async () => {
    const element = await show(await signedIn());
    expect(text(element)).to.contain('demo');
    expect(element.renderRoot.querySelector('select')?.selectedOptions[0]?.textContent.trim()).to.equal(
      'demo',
    );
    expect(text(element)).to.contain('Signed in until');
    expect(element.matches(':state(ready)')).to.equal(true);
    await expect(element).to.be.accessible();
  });

  it('switches to another project', async () => {
    const story = await signedIn();
    const element = await show(story);
    const select = element.renderRoot.querySelector('select');
    if (!select) throw new Error('no projects to choose from');
    select.value =
      [...select.options].find((option) => option.textContent.trim() === 'research')?.value ?? '';
    select.dispatchEvent(new Event('change'));
    await eventually(() => story.session.current?.project.name === 'research', 'research is current');
    await element.updateComplete;
    expect(select.selectedOptions[0]?.textContent.trim()).to.equal('research');
  });

  it('goes back to the project that is open when another cannot be opened, and says why', async () => {
    const story = await signedIn();
    const element = await show(story);
    story.cloud.fail({ method: 'POST', path: '/auth/tokens', times: Infinity }, { status: 403 });
    const select = element.renderRoot.querySelector('select');
    if (!select) throw new Error('no projects to choose from');
    select.value =
      [...select.options].find((option) => option.textContent.trim() === 'research')?.value ?? '';
    select.dispatchEvent(new Event('change'));
    await eventually(() => element.matches(':state(failed)'), 'it failed');
    await element.updateComplete;
    expect(element.renderRoot.querySelector('[role=alert]')?.textContent).to.contain('research');
    expect(select.selectedOptions[0]?.textContent.trim()).to.equal('demo');
  });

  it('shows a person with one project no choice', async () => {
    const element = await show(await signedIn({ user: 'solo' }));
    expect(element.renderRoot.querySelector('select')).to.equal(null);
  });

  it('tells somebody who may only look that it is so', async () => {
    const element = await show(await signedIn({ user: 'reader' }));
    expect(text(element)).to.contain('View only');
  });

  it('warns before the end in words', async () => {
    const element = await show(await signedIn({ tokenSeconds: 400 }));
    expect(element.matches(':state(expiring)')).to.equal(true);
    expect(text(element)).to.contain('Sign-in runs out in 6 minutes');
  });

  it('offers to sign in again when the sign-in was revoked', async () => {
    const story = await signedIn();
    const element = await show(story);
    story.cloud.revokeTokens();
    const waiting = computeProbe(story.session).catch(() => undefined);
    await eventually(() => element.matches(':state(expired)'), 'the end is shown');
    await element.updateComplete;
    const asked = oneEvent(element, 'exo-sign-in-open');
    button(element, 'Sign in again').click();
    await asked;
    await story.session.signOut();
    await waiting;
  });

  it('signs out, if the page does not object', async () => {
    const story = await signedIn();
    const element = await show(story);
    element.addEventListener('exo-sign-out-request', (event) => event.preventDefault(), { once: true });
    button(element, 'Sign out').click();
    expect(story.session.state.status).to.equal('signed-in');
    button(element, 'Sign out').click();
    await eventually(() => element.matches(':state(signed-out)'), 'signed out');
  });

  it('offers to sign in to a session nobody has signed in to', async () => {
    const element = await show(signedOut());
    expect(text(element)).to.contain('Not signed in');
    const asked = oneEvent(element, 'exo-sign-in-open');
    button(element, 'Sign in').click();
    await asked;
  });

  it('has no text of its own outside its locale', async () => {
    const element = await show(await signedIn({ user: 'reader', settings: { locale: PSEUDO_LOCALE } }));
    for (const each of element.renderRoot.querySelectorAll('button, .badge, .expiry')) {
      expect(each.ariaLabel ?? each.textContent.trim()).to.match(/^⟦/);
    }
  });
});

describe('<exo-session-status> over two clouds', () => {
  async function details() {
    const made = await signedInTwice();
    const element = await fixture<ExoSessionStatus>(
      html`<exo-session-status .session=${made.session}></exo-session-status>`,
    );
    element.renderRoot.querySelector<HTMLElement>('[part="about"]')?.click();
    const dialog = element.renderRoot.querySelector('dialog');
    if (!dialog?.open) throw new Error('the details are not shown');
    const named = (name: string) => {
      const found = [...dialog.querySelectorAll('button')].find(
        (button) => (button.ariaLabel ?? button.textContent.trim()) === name,
      );
      if (!found) throw new Error(`there is no button ${name}`);
      return found;
    };
    return { ...made, element, dialog, named };
  }

  it('says of each who, where and with which roles', async () => {
    const { element, dialog } = await details();
    const said = [...dialog.querySelectorAll('.account')].map((each) =>
      each.textContent.replace(/\s+/g, ' ').trim(),
    );
    expect(said[0]).to.match(
      /^Lakeside Cloud as demo Signed in until .* demo · RegionOne You are here Roles: /,
    );
    expect(said[1]).to.match(/^Hillside Cloud as demo Signed in until .* demo · RegionOne Roles: /);
    await expect(element).to.be.accessible();
  });

  it('signs out of one account, and of all', async () => {
    const { session, named } = await details();
    named('Sign out demo at Hillside Cloud').click();
    await eventually(() => session.logins.length === 1, 'one is left');
    expect(session.state.status).to.equal('signed-in');
  });

  it('asks the page for a diagnosis of one connection', async () => {
    const { session, element, dialog } = await details();
    const asked: string[] = [];
    element.addEventListener('exo-diagnose-open', ({ detail }) => asked.push(detail.connection));
    dialog.querySelectorAll<HTMLElement>('.where button')[1]?.click();
    expect(asked).to.deep.equal([session.connections[1]?.id]);
    await eventually(() => !element.renderRoot.querySelector('dialog'), 'the details are closed');
  });

  it('offers to sign in again where a sign-in has run out, whichever is current', async () => {
    const { session, hillside, element, dialog, named } = await details();
    const [here, there] = session.connections;
    hillside.revokeTokens();
    if (!here || !there) throw new Error('both are open');
    session.use(there);
    computeProbe(session).catch(() => undefined);
    await eventually(() => there.ended, 'the end was noticed');
    session.use(here);
    await eventually(() => element.matches(':state(other-expired)'), 'it is shown');
    expect(dialog.textContent).to.contain('Your sign-in has run out');
    const wanted: unknown[] = [];
    element.addEventListener('exo-sign-in-open', ({ detail }) => wanted.push(detail.login));
    named('Sign in again').click();
    expect(wanted).to.deep.equal([there.loginId]);
  });
});
