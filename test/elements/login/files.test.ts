import { expect } from '@open-wc/testing';
import '../../../src/elements/exo-login.js';
import { eventually, signedOut } from '../../../stories/cloud.js';
import { button, input, show, text, type } from './page.js';

describe('<exo-login>: a file with two projects of one account', () => {
  it('asks for the password it leaves out as soon as that one is chosen, and opens both', async () => {
    const story = signedOut({ settings: { signIn: { methods: ['file'] } } });
    const element = await show(story);
    await eventually(() => text(element).includes('openrc or clouds.yaml'), 'the form is there');
    const cloud = (project: string, more = ''): string => `
  ${project}:
    auth:
      auth_url: ${story.cloud.authUrl}
      username: demo
      user_domain_name: Default
      project_name: ${project}${more}`;
    type(
      element,
      'openrc or clouds.yaml',
      `clouds:${cloud('demo', '\n      password: demo-password')}${cloud('research')}\n`,
    );
    button(element, 'Continue').click();
    await eventually(() => text(element).includes('2 ways in were found'), 'both are shown');
    expect(text(element)).to.not.include('Password for demo');
    for (const box of element.renderRoot.querySelectorAll<HTMLInputElement>('.found input[type=checkbox]'))
      box.click();
    await eventually(() => text(element).includes('Password for demo'), 'the password is asked for');
    expect(input(element, 'Password for demo').value).to.equal('');
    type(element, 'Password for demo', 'demo-password');
    button(element, 'Sign in').click();
    await eventually(() => story.session.connections.length === 2, 'both are open');
    expect(story.session.connections.map(({ project }) => project.name)).to.have.members([
      'demo',
      'research',
    ]);
  });
});
