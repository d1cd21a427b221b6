import { expect } from '@open-wc/testing';
import '../../../src/elements/exo-login.js';
import { OpenStackError } from '../../../src/openstack/errors.js';
import { eventually, signedOut } from '../../../stories/cloud.js';
import { show, text } from './page.js';

describe('<exo-login>: single sign-on', () => {
  const settings = {
    signIn: { providers: [{ id: 'lakeside', label: 'Lakeside University', protocol: 'openid' }] },
  };

  it('tells how a sign-in ended that another page has begun', async () => {
    const story = signedOut({ settings });
    const element = await show(story);
    const error = new OpenStackError({
      kind: 'auth',
      attempt: { action: 'sign-in' },
      reason: 'sso-refused',
    });
    story.session.dispatchEvent(new CustomEvent('error', { detail: { error } }));
    await eventually(() => text(element).includes('did not let you in'), 'the sentence is there');
  });

  it('says that a window was blocked', async () => {
    const open = window.open.bind(window);
    window.open = () => null;
    try {
      const element = await show(signedOut({ settings }));
      const button = element.renderRoot.querySelector<HTMLButtonElement>('[part=provider]');
      expect(button?.textContent.trim()).to.equal('Sign in with Lakeside University');
      button?.click();
      await eventually(() => text(element).includes('blocked the window'), 'the sentence is there');
    } finally {
      window.open = open;
    }
  });
});
