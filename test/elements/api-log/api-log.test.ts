import { expect, fixture, html } from '@open-wc/testing';
import '../../../src/elements/exo-api-log.js';
import type { ExoApiLog } from '../../../src/elements/api-log/api-log.js';
import { PSEUDO_LOCALE } from '../../../src/i18n/pseudo.js';
import { ComputeClient } from '../../../src/openstack/compute.js';
import type { Session } from '../../../src/session/session.js';
import { eventually, signedIn, signedOut } from '../../../stories/cloud.js';

async function show(session: Session): Promise<ExoApiLog> {
  const element = await fixture<ExoApiLog>(html`<exo-api-log .session=${session}></exo-api-log>`);
  await element.updateComplete;
  return element;
}

const rows = (element: ExoApiLog): string[] =>
  [...element.renderRoot.querySelectorAll('[part=row]')].map((row) =>
    row.textContent.replace(/\s+/g, ' ').trim(),
  );

describe('<exo-api-log>', () => {
  it('shows requests as they are made, the newest first', async () => {
    const { session } = await signedIn();
    const element = await show(session);
    const before = rows(element).length;
    await session.current?.client(ComputeClient).limits();
    await eventually(() => rows(element)[0]?.includes('/limits') === true, 'the request is there');
    expect(rows(element)[0]).to.include('200');
    expect(rows(element).length).to.be.greaterThan(before);
    expect(element.matches(':state(ready)')).to.equal(true);
    await expect(element).to.be.accessible();
  });

  it('finds by words, service and failure', async () => {
    const { session } = await signedIn();
    const compute = session.current?.client(ComputeClient);
    await compute?.limits();
    await compute?.server('00000000-0000-0000-0000-000000000000').catch(() => undefined);
    const element = await show(session);
    element.failures = true;
    await element.updateComplete;
    expect(rows(element).length).to.equal(1);
    expect(rows(element)[0]).to.include('404');
    element.failures = false;
    element.service = 'compute';
    element.query = 'get limits';
    await element.updateComplete;
    expect(rows(element).length).to.equal(1);
    element.query = 'nothing like it';
    await element.updateComplete;
    expect(element.renderRoot.textContent).to.include('No request fits');
  });

  it('stands still while it is paused, and says what it leaves out', async () => {
    const { session } = await signedIn();
    const element = await show(session);
    const button = (name: string): HTMLElement | undefined =>
      [...element.renderRoot.querySelectorAll('button')].find((each) => each.textContent.includes(name));
    button('Pause')?.click();
    await element.updateComplete;
    const before = rows(element);
    await session.current?.client(ComputeClient).limits();
    await eventually(
      () => /Paused; [1-9]/.test(element.renderRoot.textContent),
      'the requests that wait are counted',
    );
    expect(rows(element)).to.deep.equal(before);
    button('Go on')?.click();
    await eventually(() => rows(element).length > before.length, 'they are shown');
    button('Clear')?.click();
    await eventually(() => rows(element).length === 0, 'all are gone');
    expect(element.matches(':state(empty)')).to.equal(true);
  });

  it('shows no secret, whatever is opened', async () => {
    const { session, cloud } = await signedIn();
    const element = await show(session);
    for (const each of element.renderRoot.querySelectorAll<HTMLElement>('.open')) each.click();
    await element.updateComplete;
    const shown = element.renderRoot.textContent;
    expect(shown).to.include('curl -sS').and.include('$OS_TOKEN').and.include('/v3/auth/tokens');
    expect(shown).to.not.include('demo-password');
    for (const token of cloud.state.tokens.keys()) expect(shown).to.not.include(token);
  });

  it('waits for a session, and for its first request', async () => {
    const element = await show(signedOut().session);
    expect(element.renderRoot.textContent).to.include('Nothing has been asked yet');
    await expect(element).to.be.accessible();
    const lost = await fixture<ExoApiLog>(html`<exo-api-log session="nowhere"></exo-api-log>`);
    expect(lost.matches(':state(no-session)')).to.equal(true);
  });

  it('has no text of its own outside its locale', async () => {
    const { session } = await signedIn({ settings: { locale: PSEUDO_LOCALE } });
    const element = await show(session);
    expect(element.renderRoot.querySelector('.heading')?.textContent).to.include('⟦');
  });
});
