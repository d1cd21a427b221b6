import { expect, fixture, html, oneEvent } from '@open-wc/testing';
import '../../../src/elements/exo-instance.js';
import type { ExoInstance } from '../../../src/elements/instance/instance.js';
import { SECTION_NAMES } from '../../../src/elements/instance/sections/index.js';
import { PSEUDO_LOCALE } from '../../../src/i18n/pseudo.js';
import { serversOf } from '../../../src/session/collections.js';
import type { ServerRecord } from '../../../src/simulator/model.js';
import { eventually, signedIn, signedOut, type StoryCloud } from '../../../stories/cloud.js';

function server({ cloud }: StoryCloud, name: string): ServerRecord {
  const all = cloud.state.regions.flatMap((region) => [...region.servers.values()]);
  const found = all.find((each) => each.name === name);
  if (!found) throw new Error(`there is no ${name}`);
  return found;
}

async function show({ session }: StoryCloud, id: string, section = 'overview'): Promise<ExoInstance> {
  const element = await fixture<ExoInstance>(
    html`<exo-instance .session=${session} instance-id=${id} section=${section} closable></exo-instance>`,
  );
  await element.updateComplete;
  return element;
}

async function open(
  name = 'web-1',
  section = 'overview',
  story?: StoryCloud,
): Promise<{ story: StoryCloud; element: ExoInstance; id: string }> {
  const made = story ?? (await signedIn({ seed: 'demo', actionSeconds: 0 }));
  const { id } = server(made, name);
  const element = await show(made, id, section);
  await eventually(
    () => element.matches(':state(ready)') && !element.renderRoot.querySelector('.skeleton-rows'),
    'it is shown',
  );
  return { story: made, element, id };
}

const text = (element: ExoInstance): string => element.renderRoot.textContent.replace(/\s+/g, ' ');

function button(element: ExoInstance, name: string): HTMLElement {
  const all = [...element.renderRoot.querySelectorAll<HTMLElement>('button')];
  const found = all.find(
    (each) => each.textContent.trim() === name || each.getAttribute('aria-label') === name,
  );
  if (!found)
    throw new Error(`no button is named ${name}: ${all.map((b) => b.textContent.trim()).join(', ')}`);
  return found;
}

/** Presses a button as soon as it is there. */
async function press(element: ExoInstance, name: string): Promise<void> {
  await eventually(() => {
    try {
      return button(element, name).getAttribute('aria-busy') !== 'true';
    } catch {
      return false;
    }
  }, `the button ${name} is there`);
  button(element, name).click();
  await element.updateComplete;
}

const tab = (element: ExoInstance, name: string): HTMLElement => {
  const found = element.renderRoot.querySelector<HTMLElement>(`#tab-${name}`);
  if (!found) throw new Error(`there is no tab ${name}`);
  return found;
};

describe('<exo-instance>', () => {
  it('shows what it is, and asks for one server, not for a list first', async () => {
    const { element, id } = await open();
    expect(element.renderRoot.querySelector('[part=heading]')?.textContent.trim()).to.equal('web-1');
    await eventually(() => text(element).includes('Featured-Ubuntu24'), 'the image has its name');
    expect(text(element)).to.include('Active').and.include('m3.small');
    expect(text(element)).to.include('demo (you)').and.include(id).and.include('project web site');
    await expect(element).to.be.accessible();
  });

  it('is accessible and has its words from the locale in each of its parts', async () => {
    const story = await signedIn({ seed: 'demo', settings: { locale: PSEUDO_LOCALE } });
    for (const name of SECTION_NAMES) {
      const { element } = await open('web-1', name, story);
      await expect(element).to.be.accessible();
      const words = [
        ...element.renderRoot.querySelectorAll('[role=tab], [role=tabpanel] h3, [role=tabpanel] dt'),
      ];
      expect(words.length).to.be.greaterThan(5);
      for (const each of words.filter(({ textContent }) => textContent.trim() !== 'purpose'))
        expect(each.textContent, each.outerHTML).to.include('⟦');
      element.remove();
    }
  });

  it('turns to its parts by keyboard, tells the page, and keeps one stop in the tab order', async () => {
    const { element, id } = await open();
    const told = oneEvent(element, 'exo-instance-section');
    tab(element, 'overview').focus();
    tab(element, 'overview').dispatchEvent(
      new KeyboardEvent('keydown', { key: 'ArrowRight', bubbles: true }),
    );
    const { detail } = (await told) as CustomEvent<unknown>;
    expect(detail).to.deep.equal({ id, section: 'connect' });
    await eventually(
      () => element.shadowRoot?.activeElement?.id === 'tab-connect',
      'the keyboard went along',
    );
    const stops = [...element.renderRoot.querySelectorAll('[role=tab][tabindex="0"]')];
    expect(stops.map((each) => each.id)).to.deep.equal(['tab-connect']);
    tab(element, 'connect').dispatchEvent(new KeyboardEvent('keydown', { key: 'Home', bubbles: true }));
    await eventually(() => element.section === 'overview', 'home is the first');
    tab(element, 'overview').dispatchEvent(new KeyboardEvent('keydown', { key: 'ArrowLeft', bubbles: true }));
    await eventually(() => element.section === SECTION_NAMES.at(-1), 'left of the first is the last');
  });

  it('asks only for what is looked at', async () => {
    const { story, element } = await open();
    const asked = (path: string): number =>
      story.session.log.entries.filter(({ url }) => url.includes(path)).length;
    expect(asked('os-volume_attachments')).to.equal(0);
    tab(element, 'volumes').click();
    await eventually(() => text(element).includes('No volume is attached'), 'the volumes are shown');
    expect(asked('os-volume_attachments')).to.equal(1);
    expect(asked('os-interface')).to.equal(0);
  });

  it('says how to get in, with the account of the image', async () => {
    const { element } = await open('web-1', 'connect');
    await eventually(() => text(element).includes('ssh ubuntu@198.18.'), 'the command is there');
    expect(text(element)).to.include('laptop');
    const stopped = await open('teaching-notebooks', 'connect');
    expect(text(stopped.element)).to.include('not running');
  });

  it('gives it a public address, takes it away, and gives it back', async () => {
    const { story, element, id } = await open('teaching-notebooks', 'addresses');
    const floating = (): string[] =>
      story.cloud.state.regions.flatMap((region) =>
        [...region.floatingIps.values()].map(({ address }) => address),
      );
    const before = floating();
    await eventually(() => text(element).includes('no public address'), 'it has none');
    await press(element, 'Give it a public address');
    await press(element, 'Get a new one');
    await eventually(() => floating().length === before.length + 1, 'the cloud has given one');
    const [address = ''] = floating().filter((each) => !before.includes(each));
    await eventually(() => text(element).includes(`Take ${address} away`), 'it is shown');
    await expect(element).to.be.accessible();

    await press(element, `Take ${address} away`);
    await eventually(() => element.renderRoot.querySelector('[role=alertdialog]') !== null, 'it asks first');
    expect(text(element)).to.include('Connections by this address end at once');
    await press(element, 'Take away');
    await eventually(() => text(element).includes('no public address'), 'it is taken away');
    expect(floating()).to.include(address);

    await press(element, 'Give it a public address');
    await press(element, `Use ${address}`);
    await eventually(() => text(element).includes(`Give ${address} back`), 'it leads here again');
    await press(element, `Give ${address} back`);
    await eventually(() => element.renderRoot.querySelector('[role=alertdialog]') !== null, 'it asks first');
    await press(element, 'Give back');
    await eventually(() => !floating().includes(address), 'the cloud has it again');
    expect(server(story, 'teaching-notebooks').id).to.equal(id);
  });

  it('says why an address could not be given, and offers it again', async () => {
    const { story, element } = await open('teaching-notebooks', 'addresses');
    story.cloud.fail(
      { method: 'POST', path: '/floatingips' },
      {
        status: 409,
        body: {
          NeutronError: {
            type: 'OverQuota',
            message: "Quota exceeded for resources: ['floatingip'].",
            detail: '',
          },
        },
      },
    );
    await press(element, 'Give it a public address');
    await press(element, 'Get a new one');
    await eventually(() => element.renderRoot.querySelector('[role=alert]') !== null, 'it is told');
    expect(text(element)).to.include('Could not get the public address').and.include('quota');
    expect(button(element, 'Give it a public address').getAttribute('aria-disabled')).to.equal(null);
  });

  it('says in words what its firewall lets in', async () => {
    const { element } = await open('web-1', 'security');
    await eventually(() => text(element).includes('SSH (port 22), from anywhere'), 'the rules are shown');
  });

  it('shows an action at once, and takes no second click', async () => {
    const { story, element } = await open('web-1');
    const sent = (): number =>
      story.session.log.entries.filter(({ method, url }) => method === 'POST' && url.endsWith('/action'))
        .length;
    button(element, 'Stop').click();
    await eventually(() => element.renderRoot.querySelector('[role=alertdialog]') !== null, 'it asks first');
    const sure = [...element.renderRoot.querySelectorAll<HTMLElement>('[role=alertdialog] button')].at(-1);
    sure?.click();
    sure?.click();
    await eventually(
      () => text(element).includes('Stopping') || text(element).includes('Stopped'),
      'it is shown',
    );
    await eventually(() => sent() > 0, 'it was sent');
    expect(sent()).to.equal(1);
  });

  it('can be kept from acting by the page', async () => {
    const { element } = await open('web-1');
    element.addEventListener('exo-stop-request', (event) => event.preventDefault());
    button(element, 'Stop').click();
    await element.updateComplete;
    expect(element.renderRoot.querySelector('[role=alertdialog]')).to.equal(null);
  });

  it('tells a reader why nothing can be done', async () => {
    const story = await signedIn({ seed: 'demo', user: 'reader' });
    const { element } = await open('web-1', 'overview', story);
    expect(button(element, 'Stop').getAttribute('aria-disabled')).to.equal('true');
    await expect(element).to.be.accessible();
  });

  it('says so when it is deleted elsewhere, and keeps what was last known', async () => {
    const { story, element, id } = await open();
    for (const region of story.cloud.state.regions) region.servers.delete(id);
    await element.refresh();
    await eventually(() => element.matches(':state(gone)'), 'it is gone');
    expect(text(element)).to.include('This instance is gone').and.include('web-1');
    expect(element.renderRoot.querySelector('.do')).to.equal(null);
    await expect(element).to.be.accessible();
  });

  it('keeps what is shown when the cloud fails, and says so', async () => {
    const { story, element } = await open();
    story.cloud.fail({ path: '/servers/detail', times: Infinity }, { status: 403 });
    const { current } = story.session;
    if (current) await serversOf(current).refresh();
    await eventually(() => element.matches(':state(stale)'), 'it is stale');
    expect(text(element)).to.include('web-1');
  });

  it('shows another one when the page chooses it, with nothing of the first', async () => {
    const { story, element } = await open('web-1', 'connect');
    element.setAttribute('instance-id', server(story, 'matlab-license').id);
    await eventually(
      () => element.renderRoot.querySelector('[part=heading]')?.textContent.trim() === 'matlab-license',
      'the other is shown',
    );
    expect(text(element)).not.to.include('198.18.');
  });

  it('shows markup as text, names in any script, and a thousand tags', async () => {
    const story = await signedIn({ seed: 'demo' });
    const odd = server(story, 'gpu-training');
    odd.name = 'שלום-世界-'.repeat(25).slice(0, 255);
    odd.fault = { code: 500, message: '<img src=x onerror=alert(1)> <b>broken</b>', created: 0 };
    odd.tags = Array.from({ length: 1000 }, (_, at) => `tag-${at}`);
    const { element } = await open(odd.name, 'overview', story);
    expect(element.renderRoot.querySelector('img, b')).to.equal(null);
    expect(text(element)).to.include('<b>broken</b>');
    expect(element.renderRoot.querySelectorAll('.tag').length).to.equal(100);
    button(element, 'Show all 1,000').click();
    await element.updateComplete;
    expect(element.renderRoot.querySelectorAll('.tag').length).to.equal(1000);
    await expect(element).to.be.accessible();
  });

  for (const [name, load, state] of [
    ['nobody is signed in', () => ({ story: signedOut(), id: 'any' }), 'no-session'],
    ['none was chosen', async () => ({ story: await signedIn(), id: '' }), 'empty'],
    ['there is none', async () => ({ story: await signedIn(), id: 'nothing' }), 'not-found'],
    [
      'the cloud has no such service',
      async () => ({ story: await signedIn({ services: ['identity', 'image'] }), id: 'any' }),
      'service-missing',
    ],
  ] as const)
    it(`says so when ${name}`, async () => {
      const { story, id } = await load();
      const element = await show(story, id);
      await eventually(() => element.matches(`:state(${state})`), `it is ${state}`);
      await expect(element).to.be.accessible();
    });

  it('says so when it may not be seen, and tries again when asked', async () => {
    const story = await signedIn({ seed: 'demo' });
    const { id } = server(story, 'web-1');
    const restore = story.cloud.fail({ path: '/servers/', times: Infinity }, { status: 403 });
    const element = await show(story, id);
    await eventually(() => element.matches(':state(forbidden)'), 'it is forbidden');
    await expect(element).to.be.accessible();
    restore();
    button(element, 'Try again').click();
    await eventually(() => element.matches(':state(ready)'), 'it is shown');
  });

  it('leads back', async () => {
    const { element, id } = await open();
    const told = oneEvent(element, 'exo-instance-close');
    button(element, 'All instances').click();
    expect(((await told) as CustomEvent<unknown>).detail).to.deep.equal({ id });
  });
});
