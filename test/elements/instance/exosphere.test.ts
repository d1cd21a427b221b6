import { expect } from '@open-wc/testing';
import { create as connect } from '../../../src/elements/instance/sections/connect.js';
import { create as overview } from '../../../src/elements/instance/sections/overview.js';
import { create as volumes } from '../../../src/elements/instance/sections/volumes.js';
import { ComputeClient } from '../../../src/openstack/compute.js';
import { passphraseOf } from '../../../src/simulator/setup.js';
import type { ServerRecord } from '../../../src/simulator/model.js';
import { eventually, signedIn, type StoryCloud, type StoryUser } from '../../../stories/cloud.js';
import { buttonOf, says, serverNamed, showSection, textOf, type SectionBox } from './section-host.js';

const NAME = 'imaging-workshop';
const PROXY = 'apps.lakeside.example';
const userAppProxies = [{ hostname: PROXY }];

const prepared = (user: StoryUser = {}): Promise<StoryCloud> =>
  signedIn({ prepared: true, userAppProxy: PROXY, ...user });

async function record(story: StoryCloud, name = NAME): Promise<ServerRecord> {
  const found = story.cloud.state.regions[0]?.servers.get(await serverNamed(story, name));
  if (!found) throw new Error('no server');
  return found;
}

const requests = ({ session }: StoryCloud, part: string): number =>
  session.current?.transport.log.entries.filter(({ url }) => url.includes(part)).length ?? 0;

const line = (status: string, at: number): string => `{"status":"${status}","epoch":${at}}`;

/** Everything that is in the page, attributes and shadow trees included, and in what the kit remembers of requests. */
function everything(box: SectionBox, { session }: StoryCloud): string {
  return `${document.documentElement.outerHTML}${box.shadowRoot?.innerHTML ?? ''}${JSON.stringify(session.current?.transport.log.entries)}`;
}

describe('the overview of an instance of Exosphere’s', () => {
  it('tells how its setup ended, writes that down, and hands the passphrase over', async () => {
    const story = await prepared();
    const server = await record(story);
    const box = await showSection(story, NAME, overview);
    await says(box, 'Set-up');
    await eventually(() => server.metadata['exoSetup']?.includes('complete') === true, 'it is written');
    expect(server.metadata['exoSetup']).to.match(/^\{"status":"complete","epoch":\d{13}\}$/);
    expect(server.metadata['exoServerVersion'], 'the other entries stay').to.equal('6');
    await eventually(() => server.tags.includes(`exoPw:${passphraseOf(server)}`), 'it is in the tag');
    await eventually(() => server.guestPassword === undefined, 'the other copy is gone');
    expect(everything(box, story)).to.not.include(passphraseOf(server));
    await expect(box).to.be.accessible();
  });

  it('names who made it, also where that is somebody else', async () => {
    const story = await prepared();
    const server = await record(story);
    server.metadata['exoCreatorUsername'] = 'grace';
    Object.assign(server, { userId: 'f'.repeat(32) });
    await says(await showSection(story, NAME, overview), 'grace');
  });

  for (const [status, heading] of [
    ['starting', 'Its set-up begins'],
    ['running', 'It is being set up'],
    ['error', 'Its set-up has failed'],
  ] as const)
    it(`says what ${status} means`, async () => {
      const story = await prepared();
      const server = await record(story);
      Object.assign(server, { created: story.cloud.state.now() - 60_000 });
      server.console = [line(status, story.cloud.state.now())];
      const box = await showSection(story, NAME, overview);
      await says(box, heading);
      await expect(box).to.be.accessible();
    });

  it('says that nothing has come for long', async () => {
    const story = await prepared();
    (await record(story)).console = ['login: '];
    await says(await showSection(story, NAME, overview), 'takes much longer than usual');
  });

  it('does not say so before the log was looked at, which tells the end', async () => {
    const story = await prepared();
    const box = await showSection(story, NAME, overview);
    const said = new Set<string>();
    const watching = new MutationObserver(() => said.add(textOf(box)));
    watching.observe(box.renderRoot, { childList: true, subtree: true, characterData: true });
    await says(box, 'Complete');
    watching.disconnect();
    expect([...said].filter((text) => text.includes('much longer'))).to.deep.equal([]);
  });

  it('writes nothing for somebody who may only look', async () => {
    const story = await prepared();
    const server = await record(story);
    const box = await showSection(story, NAME, overview, {
      rights: { signedIn: true, canAct: false, passesLocks: false },
    });
    await says(box, 'Complete');
    expect(server.metadata['exoSetup']).to.equal('{"status":"waiting","epoch":null}');
    expect(server.tags).to.deep.equal([]);
    expect(server.guestPassword).to.not.equal(undefined);
  });

  it('claims nothing where the log may not be read', async () => {
    const story = await prepared({ user: 'reader' });
    const box = await showSection(story, NAME, overview, {
      rights: { signedIn: true, canAct: false, passesLocks: false },
    });
    await says(box, 'Its log cannot be read just now');
    expect(textOf(box)).to.not.include('much longer');
  });

  it('reads no log once it is known that the setup is complete, and no log when nobody looks', async () => {
    const story = await prepared();
    const server = await record(story);
    server.metadata['exoSetup'] = '{"status":"complete","epoch":1732000000000}';
    delete server.metadata['exoCustomWorkflow'];
    const box = await showSection(story, NAME, overview);
    await eventually(() => server.guestPassword === undefined, 'the passphrase is handed over');
    await says(box, 'Complete');
    const asked = story.session.current?.transport.log.entries.filter(
      ({ body }) => body?.includes('os-getConsoleOutput') === true,
    );
    expect(asked).to.deep.equal([]);
    box.section?.hide();
    const before = story.cloud.requestCount;
    story.cloud.advance(600_000);
    // What had been due would have been asked before this, which is asked and answered.
    await story.session.current?.client(ComputeClient).server(server.id);
    expect(story.cloud.requestCount).to.equal(before + 1);
  });

  it('opens the notebooks by the token on the console, which is in no link', async () => {
    const story = await prepared();
    const box = await showSection(story, NAME, overview, { userAppProxies });
    const opened: string[] = [];
    const open = window.open.bind(window);
    window.open = (url) => {
      opened.push(String(url));
      return null;
    };
    try {
      await eventually(() => {
        const button = box.renderRoot.querySelector('#open-workflow');
        return button !== null && button.getAttribute('aria-disabled') !== 'true';
      }, 'it can be opened');
      buttonOf(box, 'Open the notebooks').click();
    } finally {
      window.open = open;
    }
    expect(opened).to.have.length(1);
    expect(opened[0]).to.match(
      /^https:\/\/http-198-18-\d+-\d+-8888\.apps\.lakeside\.example\/lab\?token=[a-f\d]{48}$/,
    );
    expect(box.shadowRoot?.innerHTML).to.not.include('token=');
  });

  it('shows nothing of this for an instance from elsewhere, and asks for nothing', async () => {
    const story = await signedIn({ seed: 'demo' });
    const box = await showSection(story, 'web-1', overview, { userAppProxies });
    await says(box, 'Created by');
    expect(textOf(box)).to.not.include('Set-up');
    const inside = await showSection(story, 'web-1', connect, { userAppProxies });
    await says(inside, 'By SSH');
    expect(textOf(inside)).to.not.match(/Passphrase|Web shell/);
    expect(requests(story, 'os-server-password')).to.equal(0);
    expect(requests(story, '/action')).to.equal(0);
  });
});

describe('the passphrase of an instance', () => {
  it('is shown and hidden by a click, and is in no attribute', async () => {
    const story = await prepared();
    const words = passphraseOf(await record(story));
    const box = await showSection(story, NAME, connect);
    await says(box, 'hidden');
    expect(everything(box, story)).to.not.include(words);
    buttonOf(box, 'Show the passphrase').click();
    await says(box, words);
    for (const element of box.renderRoot.querySelectorAll('*'))
      for (const { value } of element.attributes) expect(value).to.not.include(words);
    await expect(box).to.be.accessible();
    buttonOf(box, 'Hide the passphrase').click();
    await says(box, 'hidden');
    expect(everything(box, story)).to.not.include(words);
  });

  it('is copied by a click without being shown', async () => {
    const story = await prepared();
    const words = passphraseOf(await record(story));
    const box = await showSection(story, NAME, connect);
    await says(box, 'hidden');
    const copied: string[] = [];
    const clipboard = { writeText: (text: string) => Promise.resolve(void copied.push(text)) };
    Object.defineProperty(navigator, 'clipboard', { configurable: true, value: clipboard });
    try {
      buttonOf(box, 'Copy the passphrase').click();
      await eventually(() => copied.length > 0, 'it is copied');
    } finally {
      Reflect.deleteProperty(navigator, 'clipboard');
    }
    expect(copied).to.deep.equal([words]);
    expect(textOf(box)).to.not.include(words);
  });

  it('is forgotten when somebody looks elsewhere', async () => {
    const story = await prepared();
    const words = passphraseOf(await record(story));
    const box = await showSection(story, NAME, connect);
    await says(box, 'hidden');
    buttonOf(box, 'Show the passphrase').click();
    await says(box, words);
    box.section?.hide();
    box.section?.show();
    box.requestUpdate();
    await says(box, 'hidden');
    expect(textOf(box)).to.not.include(words);
  });

  it('says where there is none, and where it cannot be had', async () => {
    const story = await prepared();
    const server = await record(story);
    server.guestPassword = undefined;
    server.metadata['exoSetup'] = '{"status":"waiting","epoch":null}';
    const box = await showSection(story, NAME, connect);
    await says(box, 'hidden');
    buttonOf(box, 'Show the passphrase').click();
    await says(box, 'None was left by it yet');
    story.cloud.fail({ method: 'GET', path: '/os-server-password' }, { status: 403 });
    buttonOf(box, 'Show the passphrase').click();
    await says(box, 'may not do this');
  });
});

describe('a web shell', () => {
  /** A window that goes nowhere. */
  function fakeWindow() {
    const went: string[] = [];
    let closed = false;
    const opened = {
      opener: window,
      location: { replace: (url: string) => void went.push(url) },
      close: () => (closed = true),
    };
    return {
      went,
      opened,
      get closed() {
        return closed;
      },
    };
  }

  async function click(box: SectionBox, name: string, result: object | null): Promise<void> {
    await eventually(() => textOf(box).includes(name), `there is ${name}`);
    await eventually(
      () => buttonOf(box, name).getAttribute('aria-disabled') !== 'true',
      `${name} can be used`,
    );
    const open = window.open.bind(window);
    Reflect.set(window, 'open', () => result);
    try {
      buttonOf(box, name).click();
    } finally {
      window.open = open;
    }
  }

  for (const [name, connection] of [
    ['Web shell', 'c2hlbGwAYwBkZWZhdWx0'],
    ['Web desktop', 'ZGVza3RvcABjAGRlZmF1bHQ='],
  ] as const)
    it(`${name} opens in a window that is signed in`, async () => {
      const story = await prepared();
      const box = await showSection(story, NAME, connect, { userAppProxies });
      const target = fakeWindow();
      await click(box, name, target.opened);
      await eventually(() => target.went.length > 0, 'the window goes there');
      expect(target.went[0]).to.match(
        new RegExp(
          `^https://http-198-18-\\d+-\\d+-49528\\.${PROXY}/guacamole/#/client/${connection}\\?token=\\w+$`,
        ),
      );
      expect(target.opened.opener).to.equal(null);
      expect(everything(box, story)).to.not.include('token=2068');
    });

  it('says that the window was blocked', async () => {
    const story = await prepared();
    const box = await showSection(story, NAME, connect, { userAppProxies });
    await click(box, 'Web shell', null);
    await says(box, 'The browser has blocked the window');
    await expect(box).to.be.accessible();
  });

  it('says what helps where it does not answer', async () => {
    const story = await prepared();
    const server = await record(story);
    server.tags = ['exoPw:not the right one'];
    server.guestPassword = undefined;
    const box = await showSection(story, NAME, connect, { userAppProxies });
    const target = fakeWindow();
    await click(box, 'Web shell', target.opened);
    await says(box, 'It does not let you in from here just now');
    expect(target.closed).to.equal(true);
    expect(target.went).to.deep.equal([]);
    await says(box, 'exouser');
  });

  it('says why not while it is stopped', async () => {
    const story = await prepared();
    Object.assign(await record(story), { vmState: 'stopped', powerState: 4 });
    const box = await showSection(story, NAME, connect, { userAppProxies });
    await says(box, 'Web shell');
    expect(buttonOf(box, 'Web shell').getAttribute('aria-disabled')).to.equal('true');
    await says(box, 'It is not running. Start it first.');
  });

  it('is not offered where the portal knows no proxy', async () => {
    const story = await prepared();
    const box = await showSection(story, NAME, connect);
    await says(box, 'Passphrase');
    expect(textOf(box)).to.not.include('Web shell');
  });
});

describe('a volume of an instance of Exosphere’s', () => {
  it('says where it is mounted', async () => {
    const story = await prepared();
    const box = await showSection(story, NAME, volumes);
    await says(box, 'mounted at /media/volume/Scans-2024');
  });
});

describe('a volume of an instance that the kit prepares', () => {
  it('says where it is mounted', async () => {
    const story = await prepared();
    const server = await record(story);
    const [{ id } = { id: '' }] = server.volumes;
    server.metadata = { [`exo:mount:${id}`]: '/media/volume/web-data' };
    const box = await showSection(story, NAME, volumes);
    await says(box, 'mounted at /media/volume/web-data');
  });
});
