import { expect } from '@open-wc/testing';
import '../../../src/elements/exo-login.js';
import { OpenStackError } from '../../../src/openstack/errors.js';
import { eventually, signedOut } from '../../../stories/cloud.js';
import { button, show, text } from './page.js';

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

  it('can be given up while the other window is open', async () => {
    const closed: boolean[] = [];
    const open = window.open.bind(window);
    // A window that never answers and never tells that it was closed, as where the pages are parted.
    window.open = () =>
      ({
        closed: false,
        location: { replace: () => undefined },
        close: () => closed.push(true),
      }) as unknown as Window;
    try {
      const element = await show(
        signedOut({
          settings: {
            signIn: {
              providers: [{ id: 'uni', label: 'Lakeside University', protocol: 'openid', how: 'redirector' }],
            },
          },
        }),
      );
      button(element, 'Sign in with Lakeside University').click();
      await eventually(() => text(element).includes('Waiting for Lakeside University'), 'it waits');
      await expect(element).to.be.accessible();
      button(element, 'Cancel').click();
      await eventually(() => text(element).includes('Sign in with Lakeside University'), 'it is over');
      expect(closed).to.deep.equal([true]);
      expect(text(element)).not.to.include('Cancel');
      expect(element.renderRoot.querySelector('[part~=notice]')).to.equal(null);
    } finally {
      window.open = open;
    }
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
