import { expect, fixture, html } from '@open-wc/testing';
import '../../../src/elements/exo-instance-list.js';
import '../../../src/elements/exo-launch-wizard.js';
import type { ExoInstanceList } from '../../../src/elements/instance-list/instance-list.js';
import type { ExoLaunchWizard } from '../../../src/elements/launch-wizard/launch-wizard.js';
import { eventually, signedIn } from '../../../stories/cloud.js';
import { leaveHalf } from '../../../stories/half-launch.js';

const text = ({ renderRoot }: ExoInstanceList | ExoLaunchWizard) =>
  renderRoot.textContent?.replace(/\s+/g, ' ') ?? '';

const listOf = async (session: unknown) => {
  const list = await fixture<ExoInstanceList>(
    html`<exo-instance-list .session=${session}></exo-instance-list>`,
  );
  await eventually(() => list.renderRoot.querySelector('table') !== null, 'the list is there');
  return list;
};

function show(list: ExoInstanceList, name: string): void {
  const label = `Show the launch of “${name}”`;
  list.renderRoot.querySelector<HTMLElement>(`button[aria-label="${label}"]`)?.click();
}

describe('launches in <exo-instance-list>', () => {
  // A list, a wizard and a launch take a while where a browser is slow.
  it('lead back to one that is under way', async () => {
    const { cloud, session } = await signedIn({ seed: 'demo', buildSeconds: 60 });
    const list = await listOf(session);
    const wizard = await fixture<ExoLaunchWizard>(
      html`<exo-launch-wizard .session=${session}></exo-launch-wizard>`,
    );
    wizard.draft = { name: 'slow', key: { kind: 'none' } };
    await eventually(() => wizard.matches(':state(ready):not(:state(blocked))'), 'it can be launched');
    wizard.renderRoot.querySelector<HTMLElement>('#launch')?.click();
    await eventually(() => text(list).includes('Launching “slow”'), 'the list shows it');
    await expect(list).to.be.accessible();
    wizard.reset();
    await eventually(() => wizard.matches(':state(ready)'), 'the wizard is closed');
    const wanted: (string | undefined)[] = [];
    list.addEventListener('exo-launch-open', ({ detail }) => wanted.push(detail.launchId));
    show(list, 'slow');
    expect(wanted).to.have.length(1);
    expect(await wizard.showLaunch(wanted[0] ?? '')).to.equal(true);
    await eventually(() => wizard.matches(':state(launching)'), 'it is shown again');
    await eventually(() => {
      // Wherever the launch stands by now, time passes; not so much that the sign-in runs out.
      cloud.advance(2000);
      return !text(list).includes('Launching “slow”');
    }, 'it is a row like others');
  });

  it('show one that a wizard has found half-way, and ask for nothing themselves', async () => {
    const story = await signedIn({ seed: 'demo' });
    await leaveHalf(story, 'web');
    const list = await listOf(story.session);
    expect(text(list)).not.to.contain('stopped half-way');
    const wizard = await fixture<ExoLaunchWizard>(
      html`<exo-launch-wizard .session=${story.session}></exo-launch-wizard>`,
    );
    wizard.scrollIntoView();
    wizard.lookCloser();
    await eventually(() => text(list).includes('The launch of “web” stopped half-way'), 'it is shown');
    let wanted: unknown = 'nothing';
    list.addEventListener('exo-launch-open', ({ detail }) => (wanted = detail.launchId));
    show(list, 'web');
    expect(wanted).to.equal(undefined);
  });
});
