import { expect } from '@open-wc/testing';
import { defineAll, ELEMENTS } from '../../../src/define.js';

describe('defineAll', () => {
  it('registers nothing until it is called', () => {
    for (const { tag } of ELEMENTS) expect(customElements.get(tag), tag).to.equal(undefined);
  });

  it('registers all elements under a prefix of the portal', () => {
    defineAll({ prefix: 'acme' });
    expect(customElements.get('acme-instance-list')).to.be.a('function');
    expect(customElements.get('exo-instance-list')).to.equal(undefined);
  });

  it('registers some, and may be called again with all', () => {
    const [first] = ELEMENTS;
    if (!first) throw new Error('no elements');
    defineAll({ elements: [first] });
    expect(customElements.get(first.tag)).to.be.a('function');
    expect(customElements.get('exo-login')).to.equal(undefined);
    defineAll();
    defineAll();
    for (const { tag } of ELEMENTS) expect(customElements.get(tag), tag).to.be.a('function');
  });

  it('knows every element under its own tag and one version', () => {
    expect(ELEMENTS.map(({ tag }) => tag)).to.deep.equal([
      'exo-session',
      'exo-login',
      'exo-session-status',
      'exo-project-picker',
      'exo-instance-list',
      'exo-launch-wizard',
    ]);
    expect(new Set(ELEMENTS.map(({ version }) => version)).size).to.equal(1);
  });
});
