import { expect, fixture, html } from '@open-wc/testing';
import '../../../src/elements/exo-credentials.js';
import type { ExoCredentials } from '../../../src/elements/credentials/credentials.js';
import { PSEUDO_LOCALE } from '../../../src/i18n/pseudo.js';
import { ApplicationCredentialClient } from '../../../src/openstack/application-credentials.js';
import { Secret } from '../../../src/openstack/secret.js';
import { eventually, signedIn, signedOut, type StoryCloud } from '../../../stories/cloud.js';

async function show({ session }: Pick<StoryCloud, 'session'>): Promise<ExoCredentials> {
  const element = await fixture<ExoCredentials>(
    html`<exo-credentials .session=${session}></exo-credentials>`,
  );
  await element.updateComplete;
  return element;
}

const text = (element: ExoCredentials): string => element.renderRoot.textContent.replace(/\s+/g, ' ');

function button(element: ExoCredentials, name: string): HTMLButtonElement {
  const found = [...element.renderRoot.querySelectorAll('button')].find(
    (each) => each.textContent.trim() === name || each.getAttribute('aria-label') === name,
  );
  if (!found) throw new Error(`no button is named ${name}`);
  return found;
}

async function make(element: ExoCredentials, name: string): Promise<void> {
  button(element, 'Make a credential').click();
  await element.updateComplete;
  const field = element.renderRoot.querySelector<HTMLInputElement>('#name');
  if (!field) throw new Error('there is no field for the name');
  field.value = name;
  field.dispatchEvent(new Event('input', { bubbles: true }));
  button(element, 'Make credential').click();
}

describe('<exo-credentials>', () => {
  it('makes a credential, shows its secret once, and it signs in', async () => {
    const story = await signedIn();
    const element = await show(story);
    await eventually(
      () => text(element).includes('You have no application credentials'),
      'the list is empty',
    );
    expect(element.matches(':state(empty)')).to.equal(true);
    await make(element, 'backup');
    await eventually(() => text(element).includes('“backup” is ready'), 'it is made');
    await expect(element).to.be.accessible();
    const [id = '', secret = ''] = [...element.renderRoot.querySelectorAll('.made code')].map(
      (each) => each.textContent,
    );
    button(element, 'Done').click();
    await eventually(() => element.renderRoot.querySelector('[part=item]') !== null, 'it is listed');
    expect(element.shadowRoot?.innerHTML).to.not.include(secret);
    await story.session.signOut();
    await story.session.signIn({ method: 'application_credential', id, secret: new Secret(secret) });
    expect(story.session.state.status).to.equal('signed-in');
  });

  it('suggests a name, and tells of one that is taken', async () => {
    const story = await signedIn();
    const element = await show(story);
    await make(element, 'backup');
    await eventually(() => text(element).includes('is ready'), 'one is made');
    await eventually(() => element.renderRoot.querySelector('[part=item]') !== null, 'it is listed');
    await make(element, ' backup ');
    await eventually(() => text(element).includes('You have one of this name already'), 'it is told');
    await eventually(() => element.shadowRoot?.activeElement?.id === 'name', 'the keyboard is on it');
    expect(story.cloud.state.applicationCredentials.length).to.equal(1);
  });

  it('asks before deleting, the page first', async () => {
    const story = await signedIn();
    const current = story.session.current;
    await current?.client(ApplicationCredentialClient).create(current.user.id, { name: 'old' });
    const element = await show(story);
    await eventually(() => element.renderRoot.querySelector('[part=item]') !== null, 'it is listed');
    const hold = (event: Event): void => {
      event.preventDefault();
    };
    element.addEventListener('exo-delete-request', hold);
    button(element, 'Delete old').click();
    await element.updateComplete;
    expect(element.renderRoot.querySelector('dialog')).to.equal(null);
    element.removeEventListener('exo-delete-request', hold);
    button(element, 'Delete old').click();
    await eventually(() => element.renderRoot.querySelector('dialog') !== null, 'it asks');
    expect(text(element)).to.include('Delete “old”?');
    element.renderRoot.querySelector<HTMLElement>('dialog .danger')?.click();
    await eventually(() => story.cloud.state.applicationCredentials.length === 0, 'it is deleted');
    await eventually(() => text(element).includes('You have no application credentials'), 'and gone');
  });

  it('offers for deletion what the kit left behind', async () => {
    const story = await signedIn();
    const current = story.session.current;
    await current
      ?.client(ApplicationCredentialClient)
      .create(current.user.id, { name: 'exo-widgets portal.example 2026-01-01T00:00:00Z' });
    const element = await show(story);
    await eventually(() => text(element).includes('Keeps you signed in'), 'it is said');
  });

  it('limits a credential to looking', async () => {
    const story = await signedIn();
    const element = await show(story);
    button(element, 'Make a credential').click();
    await element.updateComplete;
    const select = element.renderRoot.querySelector<HTMLSelectElement>('#rules');
    if (!select) throw new Error('there is no choice of rules');
    select.value = 'rulesReadOnly';
    select.dispatchEvent(new Event('change', { bubbles: true }));
    button(element, 'Make credential').click();
    await eventually(() => story.cloud.state.applicationCredentials.length === 1, 'it is made');
    await eventually(() => /limited to \d+ calls/.test(text(element)), 'the limit is shown');
  });

  it('lists what was made while the list was on its way', async () => {
    const story = await signedIn();
    const deliver = story.cloud.hold({ method: 'GET', path: '/application_credentials' }, { answered: true });
    const element = await show(story);
    await deliver.reached;
    await make(element, 'backup');
    await eventually(() => text(element).includes('“backup” is ready'), 'it is made');
    deliver();
    await eventually(() => element.renderRoot.querySelector('[part=item]') !== null, 'it is listed');
  });

  it('says why somebody with a credential may not make others', async () => {
    const story = await signedIn();
    const current = story.session.current;
    const made = await current?.client(ApplicationCredentialClient).create(current.user.id, { name: 'x' });
    await story.session.signIn({
      method: 'application_credential',
      id: made?.id ?? '',
      secret: made?.secret ?? new Secret(''),
    });
    const element = await show(story);
    await eventually(() => text(element).includes('may not make or see others'), 'it is said');
    expect(() => button(element, 'Make a credential')).to.throw();
  });

  it('keeps the list when a refresh fails, and tells of a failure', async () => {
    const story = await signedIn();
    story.cloud.fail({ path: '/application_credentials', times: Infinity }, { status: 503 });
    const element = await show(story);
    await eventually(() => element.matches(':state(failed)'), 'the failure is shown');
    expect(text(element)).to.include('list your application credentials');
  });

  it('wants somebody to be signed in', async () => {
    const element = await show(signedOut());
    expect(element.matches(':state(no-session)')).to.equal(true);
    let asked = false;
    element.addEventListener('exo-sign-in-open', () => (asked = true));
    button(element, 'Sign in').click();
    expect(asked).to.equal(true);
    await expect(element).to.be.accessible();
  });

  it('has no text of its own outside its locale', async () => {
    const element = await show(await signedIn({ settings: { locale: PSEUDO_LOCALE } }));
    for (const each of element.renderRoot.querySelectorAll('button, p'))
      expect(each.textContent, each.textContent).to.include('⟦');
  });
});
