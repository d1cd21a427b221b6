import { expect } from '@open-wc/testing';
import '../../../src/loader.js';

describe('the loader', () => {
  it('defines an element when it appears, and none before', async () => {
    expect(customElements.get('exo-session')).to.equal(undefined);
    const wrapper = document.createElement('div');
    wrapper.append(document.createElement('exo-session'));
    document.body.append(wrapper);
    await customElements.whenDefined('exo-session');
    expect(customElements.get('exo-launch-wizard')).to.equal(undefined);
  });

  it('looks into open shadow roots, and sees what is added there later', async () => {
    const host = document.createElement('div');
    const root = host.attachShadow({ mode: 'open' });
    root.append(document.createElement('p'));
    document.body.append(host);
    await new Promise(requestAnimationFrame);
    root.append(document.createElement('exo-session-status'));
    await customElements.whenDefined('exo-session-status');
  });
});
