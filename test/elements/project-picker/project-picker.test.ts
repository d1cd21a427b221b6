import { expect, fixture, html } from '@open-wc/testing';
import '../../../src/elements/exo-project-picker.js';
import type { ExoProjectPicker } from '../../../src/elements/project-picker/project-picker.js';
import type { Session } from '../../../src/session/session.js';
import { alsoSignIn, eventually, signedIn, signedInTwice, signedOut } from '../../../stories/cloud.js';

async function picker(session: Session, inline = true): Promise<ExoProjectPicker> {
  return fixture<ExoProjectPicker>(
    html`<exo-project-picker ?inline=${inline} .session=${session}></exo-project-picker>`,
  );
}

const buttons = (element: ExoProjectPicker) => [
  ...element.renderRoot.querySelectorAll<HTMLButtonElement>('.go'),
];

function go(element: ExoProjectPicker, name: string): HTMLButtonElement {
  const found = buttons(element).find((button) => button.title === `Go to ${name}`);
  if (!found) throw new Error(`there is no ${name}`);
  return found;
}

function tick(element: ExoProjectPicker, name: string, at = 0): HTMLInputElement {
  const found = [...element.renderRoot.querySelectorAll('input')].filter((input) =>
    input.ariaLabel?.startsWith(`Show ${name} `),
  )[at];
  if (!found) throw new Error(`there is no box of ${name}`);
  return found;
}

describe('<exo-project-picker>', () => {
  it('shows nothing to somebody with one project on one cloud', async () => {
    const { session } = await signedIn({ user: 'solo' });
    const element = await picker(session);
    expect(element.matches(':state(single)')).to.equal(true);
    expect(element.renderRoot.querySelector('button')).to.equal(null);
  });

  it('goes to another project', async () => {
    const { session } = await signedIn();
    const element = await picker(session);
    const changed: unknown[] = [];
    element.addEventListener('exo-project-change', ({ detail }) => changed.push(detail));
    go(element, 'research').click();
    await eventually(() => session.current?.project.name === 'research', 'the project was opened');
    await eventually(() => changed.length === 1, 'the page was told');
    expect(session.connections.map(({ project }) => project.name)).to.deep.equal(['research']);
    await element.updateComplete;
    expect(go(element, 'research').getAttribute('aria-current')).to.equal('true');
  });

  it('asks the page first', async () => {
    const { session } = await signedIn();
    const element = await picker(session);
    const asked: string[] = [];
    element.addEventListener('exo-project-switch-request', (event) => {
      event.preventDefault();
      asked.push(`${event.detail.change} ${event.detail.to.project.name}`);
    });
    go(element, 'research').click();
    tick(element, 'research').click();
    expect(asked).to.deep.equal(['switch research', 'add research']);
    expect(session.connections.length).to.equal(1);
    expect(element.busy).to.equal(undefined);
  });

  it('shows several at once, stays where it is, and shows one less again', async () => {
    const { session } = await signedIn();
    const element = await picker(session);
    tick(element, 'research').click();
    await eventually(() => session.connections.length === 2, 'both are open');
    await eventually(() => element.busy === undefined, 'it is done');
    expect(session.current?.project.name).to.equal('demo');
    await element.updateComplete;
    expect(tick(element, 'research').checked).to.equal(true);
    tick(element, 'research').click();
    await eventually(() => session.connections.length === 1, 'one is open');
    await element.updateComplete;
    expect(tick(element, 'demo').ariaDisabled).to.equal('true');
    tick(element, 'demo').click();
    expect(session.connections.length, 'the last one stays').to.equal(1);
  });

  it('lists the accounts of two clouds apart, and adds another', async () => {
    const { session } = await signedInTwice();
    const element = await picker(session);
    const heads = [...element.renderRoot.querySelectorAll('h3')].map((head) =>
      head.textContent.replace(/\s+/g, ' ').trim(),
    );
    expect(heads).to.deep.equal(['Lakeside Cloud as demo', 'Hillside Cloud as demo']);
    const wanted: unknown[] = [];
    element.addEventListener('exo-sign-in-open', ({ detail }) => wanted.push(detail));
    element.renderRoot.querySelector<HTMLElement>('[part="add"]')?.click();
    expect(wanted).to.deep.equal([{ name: '', add: true }]);
  });

  it('signs out of one account alone', async () => {
    const { session } = await signedInTwice();
    const element = await picker(session);
    const [, second] = element.renderRoot.querySelectorAll<HTMLElement>('.account-head button');
    expect(second?.ariaLabel).to.equal('Sign out demo at Hillside Cloud');
    second?.click();
    await eventually(() => session.logins.length === 1, 'one account is left');
    expect(session.current?.cloudName).to.equal('Lakeside Cloud');
  });

  it('keeps two accounts of one cloud apart', async () => {
    const { cloud, session } = await signedIn();
    await alsoSignIn(session, cloud.authUrl, 'reader');
    const element = await picker(session);
    expect(element.renderRoot.querySelectorAll('.account').length).to.equal(2);
    expect(session.current?.user.name).to.equal('reader');
  });

  it('chooses regions as projects', async () => {
    const { session } = await signedIn({ regions: ['North', 'South'] });
    const element = await picker(session);
    tick(element, 'demo · South').click();
    await eventually(() => session.connections.length === 2, 'both regions are open');
    await eventually(() => element.busy === undefined, 'it is done');
    expect(session.current?.region).to.equal('North');
    go(element, 'demo · South').click();
    await eventually(() => session.current?.region === 'South', 'it is current');
    expect(session.connections.length).to.equal(2);
  });

  it('finds a project among hundreds', async () => {
    const names = Array.from({ length: 300 }, (_, at) => `course-${String(at)}`);
    const made = signedOut({
      users: [
        {
          name: 'busy',
          password: 'busy-password',
          roles: Object.fromEntries(names.map((name) => [name, ['member']])),
        },
      ],
    });
    await alsoSignIn(made.session, made.cloud.authUrl, 'busy', 'course-7');
    const element = await picker(made.session);
    const search = element.renderRoot.querySelector<HTMLInputElement>('input[type="search"]');
    if (!search) throw new Error('there is no search');
    search.value = 'Course 299';
    search.dispatchEvent(new Event('input'));
    await element.updateComplete;
    expect(buttons(element).map(({ title }) => title)).to.deep.equal(['Go to course-299']);
  });

  it('shows what failed, and stays where it was', async () => {
    const { cloud, session } = await signedIn();
    const element = await picker(session);
    cloud.fail({ method: 'POST', path: '/auth/tokens', times: 1 }, { status: 403 });
    go(element, 'research').click();
    await eventually(() => element.matches(':state(failed)'), 'it failed');
    expect(session.current?.project.name).to.equal('demo');
    expect(element.renderRoot.querySelector('[role="alert"]')).not.to.equal(null);
  });

  it('opens a dialog from its button, and gives the keyboard back', async () => {
    const { session } = await signedInTwice();
    const element = await picker(session, false);
    const button = element.renderRoot.querySelector<HTMLButtonElement>('.compact');
    button?.focus();
    button?.click();
    const dialog = element.renderRoot.querySelector('dialog');
    expect(dialog?.open).to.equal(true);
    expect(element.shadowRoot?.activeElement?.matches('[aria-current], [type="search"]')).to.equal(true);
    await expect(element).to.be.accessible();
    dialog?.close();
    await eventually(() => element.shadowRoot?.activeElement === button, 'the button has the keyboard again');
  });

  it('is accessible, tabs from box to name, and says where one is', async () => {
    const { session } = await signedInTwice();
    const element = await picker(session);
    await expect(element).to.be.accessible();
    const order = [
      ...element.renderRoot.querySelectorAll<HTMLElement>('.account:first-child :is(input, button)'),
    ]
      .map((control) => control.ariaLabel ?? control.title)
      .slice(0, 3);
    expect(order[0]).to.equal('Sign out demo at Lakeside Cloud');
    expect(order[1]).to.match(/^Show demo in lists over all projects/);
    expect(order[2]).to.equal('Go to demo');
  });
});
