import { expect } from '@open-wc/testing';
import { EXOSPHERE } from '../../../stories/launches.js';
import { eventually, signedIn } from '../../../stories/cloud.js';
import type { ExoLaunchWizard } from '../../../src/elements/launch-wizard/launch-wizard.js';
import { button, launched, showReady, state, text } from './wizard.js';

/** Launches what is prepared at its first start, and lets that end in `how`. */
async function launchPrepared(how?: 'silent' | 'error'): Promise<ExoLaunchWizard> {
  const story = await signedIn({
    seed: 'demo',
    buildSeconds: how === undefined ? 0 : 1,
    settings: { launch: EXOSPHERE },
  });
  const wizard = await showReady(story);
  button(wizard, 'Launch').click();
  if (how !== undefined) {
    await eventually(() => launched(story).length > 0, 'it is there');
    const [server] = launched(story);
    if (server) server.metadata['rig_setup'] = how;
  }
  await state(wizard, 'launched');
  return wizard;
}

const says = (wizard: ExoLaunchWizard, what: string) =>
  eventually(() => text(wizard).includes(what), `it says: ${what}`);

describe('the set-up of what was launched', () => {
  it('is followed beside how to connect, with what is usual, and nobody has to wait for it', async () => {
    const wizard = await launchPrepared('silent');
    await says(wizard, 'It is being set up');
    expect(text(wizard)).to.match(/so far, usually about .* You can use it already/);
    expect(text(wizard)).to.contain('How to connect');
    expect(button(wizard, 'Done').getAttribute('aria-disabled')).to.equal(null);
    const bar = wizard.renderRoot.querySelector('progress');
    expect(bar?.getAttribute('aria-label')).to.equal('It is being set up');
    expect(bar?.value).to.be.below(1);
    await expect(wizard).to.be.accessible();
  });

  it('is said to be complete, politely, and no longer that it may take a minute', async () => {
    const wizard = await launchPrepared();
    await says(wizard, 'Its set-up is complete.');
    const said = wizard.shadowRoot?.querySelector('.visually-hidden[role=status]');
    expect(said?.textContent).to.contain('Its set-up is complete.');
    expect(text(wizard)).to.not.contain('It may take a minute more');
  });

  it('names what failed, which does not make the launch a failed one', async () => {
    const wizard = await launchPrepared('error');
    await says(wizard, 'has failed');
    expect(text(wizard)).to.match(/The set-up of “.+” has failed/);
    expect(text(wizard)).to.contain('Its console log tells what went wrong.');
    expect(text(wizard)).to.contain('How to connect');
    expect(wizard.matches(':state(launched)')).to.equal(true);
  });
});
