import { expect, fixture, html } from '@open-wc/testing';
import '../../../src/elements/exo-instance-list.js';
import { generateSshKey } from '../../../src/launch/ssh-key.js';
import type { ExoLaunchWizard } from '../../../src/elements/launch-wizard/launch-wizard.js';
import { createPort } from '../../../src/simulator/network-state.js';
import { DEFAULT_NETWORK_QUOTA } from '../../../src/simulator/quota.js';
import type { StoryCloud } from '../../../stories/cloud.js';
import { eventually, signedIn } from '../../../stories/cloud.js';
import { closedIn } from '../../../stories/launches.js';
import { reduceMotion } from '../motion.js';
import {
  button,
  choice,
  choose,
  everythingIn,
  input,
  launched,
  open,
  show,
  showReady,
  state,
  text,
  type,
} from './wizard.js';

const demo = (options: Parameters<typeof signedIn>[0] = {}) =>
  signedIn({ seed: 'demo', buildSeconds: 0, ...options });

before(reduceMotion);

function region({ cloud }: StoryCloud) {
  const [first] = cloud.state.regions;
  if (!first) throw new Error('the cloud has no region');
  return first;
}

describe('<exo-launch-wizard>, network and safety', () => {
  it('gives the instance a public address, and says why', async () => {
    const story = await demo();
    const wizard = await showReady(story);
    await open(wizard, 'network');
    expect(text(wizard)).to.contain('So that you can reach it from your computer.');
    button(wizard, 'Launch').click();
    await state(wizard, 'launched');
    const [server] = launched(story);
    const floating = [...region(story).floatingIps.values()].filter(({ description }) =>
      description.includes('exo:launch'),
    );
    expect(server).to.not.equal(undefined);
    expect(floating).to.have.length(1);
  });

  it('gives none when somebody says so', async () => {
    const story = await demo();
    const before = region(story).floatingIps.size;
    const wizard = await showReady(story);
    await open(wizard, 'network');
    await choose(wizard, 'None');
    button(wizard, 'Launch').click();
    await state(wizard, 'launched');
    expect(region(story).floatingIps.size).to.equal(before);
  });

  it('lets in what is ticked by a group of its own, and nothing else', async () => {
    const story = await demo();
    const wizard = await showReady(story);
    await open(wizard, 'network');
    await choose(wizard, 'Web pages');
    expect(text(wizard)).to.contain('A firewall group “allow-http-https” is made for this.');
    button(wizard, 'Launch').click();
    await state(wizard, 'launched');
    const group = [...region(story).securityGroups.values()].find(({ name }) => name === 'allow-http-https');
    const ports = [...(group?.rules ?? [])]
      .filter(({ direction }) => direction === 'ingress')
      .map(({ portMin }) => portMin)
      .sort();
    expect(ports).to.deep.equal([443, 443, 80, 80]);
  });

  it('says what a group lets in though its tick is away', async () => {
    const wizard = await showReady(await demo());
    await open(wizard, 'network');
    await choose(wizard, 'SSH');
    expect(text(wizard)).to.contain('“default” lets it in all the same.');
  });

  it('refuses a port that is none, in words, and opens a range from one network', async () => {
    const wizard = await showReady(await demo());
    await open(wizard, 'network');
    button(wizard, 'More ports').click();
    await wizard.updateComplete;
    await type(wizard, 'Port or range', '99999');
    expect(text(wizard)).to.contain('Give a port from 1 to 65535');
    expect(button(wizard, 'Launch').getAttribute('aria-disabled')).to.equal('true');
    await type(wizard, 'Port or range', '8000-8010');
    expect(text(wizard)).to.contain('Everybody may try TCP 8000–8010.');
    await type(wizard, 'From', '192.0.2.0/24');
    expect(text(wizard)).to.contain('allow-tcp-8000-8010-from-192.0.2.0-24');
    expect(button(wizard, 'Launch').hasAttribute('aria-disabled')).to.equal(false);
    await expect(wizard).to.be.accessible();
  });
});

describe('<exo-launch-wizard> and a network that leads nowhere', () => {
  const connected = (wizard: ExoLaunchWizard) =>
    wizard.renderRoot.querySelector<HTMLInputElement>('#network-connect');

  /** A wizard whose only network has no router, with its network open. */
  async function shown(story: StoryCloud): Promise<ExoLaunchWizard> {
    const wizard = await showReady(story);
    await open(wizard, 'network');
    return wizard;
  }

  it('offers to connect it, and launches with a public address', async () => {
    const story = await closedIn();
    const wizard = await shown(story);
    expect(text(wizard)).to.contain('No router leads from the network to the outside');
    connected(wizard)?.focus();
    connected(wizard)?.click();
    await wizard.updateComplete;
    expect(text(wizard)).not.to.contain('No router leads from the network to the outside');
    expect(text(wizard)).to.contain('A router is made that connects “microscopes”, and everything on it');
    expect(wizard.shadowRoot?.activeElement?.id, 'the focus stays').to.equal('network-connect');
    button(wizard, 'Launch').click();
    await state(wizard, 'launched');
    const router = [...region(story).routers.values()].find(
      ({ name }) => name === `${launched(story)[0]?.name ?? ''}-router`,
    );
    expect(router?.subnetIds).to.have.length(1);
    expect([...region(story).floatingIps.values()].map(({ portId }) => portId !== null)).to.deep.equal([
      true,
    ]);
    expect([...region(story).networks.values()].map(({ name }) => name)).to.not.include(
      `${launched(story)[0]?.name ?? ''}-network`,
    );
  });

  it('goes back to none when it is not to be connected after all', async () => {
    const story = await closedIn();
    const before = [region(story).routers.size, region(story).floatingIps.size];
    const wizard = await shown(story);
    connected(wizard)?.click();
    await wizard.updateComplete;
    connected(wizard)?.click();
    await wizard.updateComplete;
    button(wizard, 'Launch').click();
    await state(wizard, 'launched');
    expect([region(story).routers.size, region(story).floatingIps.size]).to.deep.equal(before);
  });

  it('offers nothing where something has the gateway’s address, or there is no room for a router', async () => {
    const taken = await closedIn();
    const [subnet] = [...region(taken).subnets.values()].filter(({ name }) => name === 'microscopes');
    if (!subnet?.gatewayIp) throw new Error('the network has no gateway');
    createPort(taken.cloud.state, region(taken), {
      networkId: subnet.networkId,
      projectId: subnet.projectId,
      name: 'firewall',
      fixedIp: subnet.gatewayIp,
      deviceOwner: '',
      securityGroups: [],
    });
    expect(connected(await shown(taken))).to.equal(null);

    const full = await closedIn();
    const { current } = full.session;
    region(full).networkQuotas.set(current?.project.id ?? '', { ...DEFAULT_NETWORK_QUOTA, router: 0 });
    const wizard = await shown(full);
    expect(connected(wizard)).to.equal(null);
    expect(text(wizard)).to.contain(
      '“microscopes” could be connected, but the quota of the project has no router left.',
    );
  });

  it('offers nothing where the portal has decided the network', async () => {
    const story = await closedIn({ settings: { launch: { locked: ['network'] } } });
    expect(connected(await shown(story))).to.equal(null);
  });
});

describe('<exo-launch-wizard> where there is little room', () => {
  it('breaks names that are longer than a line, whatever they are the name of', async () => {
    const story = await demo();
    const long = 'Gemeinschaftsforschungsrechenzentrumsnetzwerk_'.repeat(3);
    for (const each of [...region(story).networks.values(), ...region(story).securityGroups.values()])
      each.name = `${long}${each.name}`;
    const wizard = await showReady(story);
    wizard.style.inlineSize = '320px';
    for (const part of ['network', 'storage', 'advanced']) {
      const { clientWidth, scrollWidth } = await open(wizard, part);
      expect(scrollWidth, `${part} is no wider than there is room`).to.be.at.most(clientWidth);
    }
    expect(text(wizard)).to.contain(long);
  });
});

describe('<exo-launch-wizard> and storage', () => {
  it('starts from a new volume and brings further ones, all counted', async () => {
    const story = await demo();
    const wizard = await showReady(story);
    await open(wizard, 'storage');
    await choose(wizard, 'The image, on a new volume');
    await type(wizard, 'Its size, in GiB', '5');
    expect(text(wizard)).to.contain('Too small: at least');
    await type(wizard, 'Its size, in GiB', '25');
    button(wizard, 'Add a volume').click();
    await wizard.updateComplete;
    await type(wizard, 'Volume 1: Size, in GiB', '7');
    await eventually(() => !button(wizard, 'Launch').hasAttribute('aria-disabled'), 'it can be launched');
    await expect(wizard).to.be.accessible();
    await type(wizard, 'Name', 'big');
    button(wizard, 'Launch').click();
    await state(wizard, 'launched');
    const made = [...region(story).volumes.values()].filter(({ name }) => name?.startsWith('big-'));
    expect(made.map(({ name, size }) => [name, size]).sort()).to.deep.equal([
      ['big-boot', 25],
      ['big-data', 7],
    ]);
  });

  it('says in the row what does not fit the quota', async () => {
    const wizard = await showReady(await demo());
    await open(wizard, 'storage');
    button(wizard, 'Add a volume').click();
    await wizard.updateComplete;
    await type(wizard, 'Volume 1: Size, in GiB', '999999');
    await eventually(() => /Needs .* is left/.test(text(wizard)), 'it says what is left');
    expect(button(wizard, 'Launch').getAttribute('aria-disabled')).to.equal('true');
  });

  it('offers nothing where the cloud has no volumes, and says why', async () => {
    const wizard = await showReady(await demo({ services: ['identity', 'compute', 'image', 'network'] }));
    expect(wizard.renderRoot.querySelector('details#storage')).to.equal(null);
    expect(text(wizard)).to.contain('This cloud has no volumes');
    expect(button(wizard, 'Launch').hasAttribute('aria-disabled')).to.equal(false);
  });
});

describe('<exo-launch-wizard>, the rest', () => {
  it('passes on what most people never look at', async () => {
    const story = await demo();
    const wizard = await showReady(story);
    await open(wizard, 'advanced');
    await type(wizard, 'Tags', 'course, 2026');
    await type(wizard, 'Description', 'For the course');
    const [add] = [...wizard.renderRoot.querySelectorAll('button')].filter(
      (each) => each.getAttribute('aria-label') === 'Add Metadata',
    );
    add?.click();
    await wizard.updateComplete;
    const put = (selector: string, value: string) => {
      const field = wizard.renderRoot.querySelector<HTMLInputElement>(selector);
      if (!field) throw new Error(`there is no ${selector}`);
      field.value = value;
      field.dispatchEvent(new InputEvent('input', { bubbles: true }));
    };
    put('#metadata-value-0', 'web');
    await wizard.updateComplete;
    expect(text(wizard)).to.contain('Give it a name.');
    put('#metadata-key-0', 'role');
    await wizard.updateComplete;
    await expect(wizard).to.be.accessible();
    button(wizard, 'Launch').click();
    await state(wizard, 'launched');
    const [server] = launched(story);
    expect(server?.metadata['role']).to.equal('web');
    expect([...(server?.tags ?? [])].sort()).to.deep.equal(['2026', 'course']);
  });

  it('says of a fixed address at once that its network cannot give it', async () => {
    const story = await demo();
    const wizard = await showReady(story);
    const asked = () =>
      story.session.log.entries.filter(({ url }) => url.includes('/subnets?network_id=')).length;
    const before = asked();
    await open(wizard, 'advanced');
    const label = 'Its address on auto_allocated_network';
    await type(wizard, label, '10.9.0.7');
    await eventually(() => text(wizard).includes('The network has no such address'), 'it is said');
    expect(text(wizard)).to.contain('Its addresses are those of 10.0.0.0/20.');
    expect(button(wizard, 'Launch').getAttribute('aria-disabled')).to.equal('true');
    await expect(wizard).to.be.accessible();
    await type(wizard, label, '10.0.15.255');
    await eventually(() => text(wizard).includes('stands for the network as a whole'), 'it is said');
    const taken = [...region(story).servers.values()].find(({ name }) => name === 'web-1');
    const port = [...region(story).ports.values()].find(({ deviceId }) => deviceId === taken?.id);
    await type(wizard, label, port?.fixedIps[0]?.ip ?? '');
    await eventually(() => text(wizard).includes('“web-1” has this address'), 'it is said');
    await type(wizard, label, 'fd00::7');
    await eventually(() => text(wizard).includes('The network has no such address'), 'it is said');
    await type(wizard, label, '10.0.9.9');
    await eventually(() => !button(wizard, 'Launch').hasAttribute('aria-disabled'), 'it can be launched');
    expect(asked() - before).to.equal(1);
    button(wizard, 'Launch').click();
    await state(wizard, 'launched');
    const ports = [...region(story).ports.values()].flatMap(({ fixedIps }) => fixedIps.map(({ ip }) => ip));
    expect(ports).to.include('10.0.9.9');
  });

  it('leaves a fixed address to the launch where the subnets cannot be seen', async () => {
    const story = await demo();
    const wizard = await showReady(story);
    story.cloud.fail({ path: /\/subnets/, times: Infinity }, { status: 403 });
    await open(wizard, 'advanced');
    await type(wizard, 'Its address on auto_allocated_network', '10.9.0.7');
    await wizard.settled();
    await wizard.updateComplete;
    expect(button(wizard, 'Launch').hasAttribute('aria-disabled')).to.equal(false);
  });

  it('refuses metadata that launches write themselves, and has another name for it', async () => {
    const story = await demo();
    const wizard = await showReady(story);
    await open(wizard, 'advanced');
    button(wizard, 'Add Metadata').click();
    await wizard.updateComplete;
    await type(wizard, 'Name', 'lake-7');
    const field = () => {
      const found = wizard.renderRoot.querySelector<HTMLInputElement>('#metadata-key-0');
      if (!found) throw new Error('there is no metadata');
      return found;
    };
    for (const [key, free] of [
      ['exoSetup', 'setup'],
      ['exo:launch', 'launch'],
    ] as const) {
      field().value = key;
      field().dispatchEvent(new InputEvent('input', { bubbles: true }));
      await wizard.updateComplete;
      expect(text(wizard)).to.contain('are written by launches themselves, over yours');
      expect(button(wizard, 'Launch').getAttribute('aria-disabled')).to.equal('true');
      await expect(wizard).to.be.accessible();
      button(wizard, `Use “${free}”`).click();
      await wizard.updateComplete;
      expect(field().value).to.equal(free);
      expect(wizard.shadowRoot?.activeElement).to.equal(field());
      expect(text(wizard)).to.not.contain('are written by launches themselves');
    }
    button(wizard, 'Launch').click();
    await state(wizard, 'launched');
    expect(launched(story)[0]?.metadata).to.have.property('launch');
    expect(launched(story)[0]?.metadata['exo:launch']).to.match(/ 1\/1$/);
  });

  /** Puts in what an automatic typist does: browsers make an event of each line, or of each letter. */
  function typeIn(wizard: ExoLaunchWizard, label: string, lines: readonly string[]): void {
    const area = input(wizard, label);
    area.focus();
    for (const line of lines) {
      area.setRangeText(line, area.value.length, area.value.length, 'end');
      area.dispatchEvent(new InputEvent('input', { bubbles: true, composed: true, inputType: 'insertText' }));
    }
  }

  const PRIVATE = [
    '-----BEGIN OPENSSH PRIVATE KEY-----',
    'c2VjcmV0IG9mIGFkYQ',
    '-----END OPENSSH PRIVATE KEY-----',
  ];
  for (const [how, lines] of [
    ['line by line', PRIVATE.flatMap((line) => [line, '\n'])],
    ['letter by letter', Array.from(PRIVATE.join('\n'))],
  ] as const) {
    it(`throws away a private key that comes ${how}, and goes on saying so`, async () => {
      const { publicKey } = await generateSshKey('bob');
      const wizard = await showReady(await demo());
      await open(wizard, 'key');
      wizard.draft = { key: { kind: 'import', text: '', refused: false }, moreKeys: publicKey };
      await wizard.updateComplete;
      for (const label of ['Public key', 'More SSH keys']) {
        typeIn(wizard, label, lines);
        await wizard.updateComplete;
        expect(text(wizard).split('This was your private key').length, label).to.equal(
          label === 'Public key' ? 2 : 3,
        );
        expect(everythingIn(wizard) + JSON.stringify(wizard.draft)).to.not.contain('c2Vj');
      }
      expect(wizard.draft.moreKeys?.trimEnd()).to.equal(publicKey);
      await expect(wizard).to.be.accessible();
      typeIn(wizard, 'Public key', Array.from(publicKey));
      typeIn(wizard, 'More SSH keys', ['\n', publicKey]);
      await wizard.updateComplete;
      expect(text(wizard)).to.not.contain('This was your private key');
      expect(input(wizard, 'Public key').value.trim()).to.equal(publicKey);
    });
  }

  it('takes other people’s keys, and throws away a private one', async () => {
    const { publicKey } = await generateSshKey('bob');
    const story = await demo();
    const wizard = await showReady(story);
    await open(wizard, 'key');
    await type(wizard, 'More SSH keys', '-----BEGIN OPENSSH PRIVATE KEY-----\nsecret');
    expect(wizard.shadowRoot?.innerHTML).to.not.contain('BEGIN OPENSSH');
    expect(text(wizard), 'nobody wonders where it went').to.contain('This was your private key');
    await type(wizard, 'More SSH keys', publicKey);
    expect(text(wizard)).to.not.contain('This was your private key');
    await type(wizard, 'More SSH keys', `${publicKey}\n-----BEGIN OPENSSH PRIVATE KEY-----\nsecret`);
    expect(input(wizard, 'More SSH keys').value, 'what was there stays').to.equal(publicKey);
    expect(text(wizard)).to.contain('and one more');
    button(wizard, 'Launch').click();
    await state(wizard, 'launched');
    expect(atob(launched(story)[0]?.userData ?? '')).to.contain(publicKey);
  });
});

describe('<exo-launch-wizard> and what a portal has picked', () => {
  const settings = {
    launch: {
      types: [
        {
          name: 'Rocky',
          description: 'Like Red Hat.',
          versions: [{ name: '9', image: { name: 'Featured-Rocky*' }, sizes: ['m3.quad', 'm3.m*'] }],
        },
        { name: 'Gone', versions: [{ name: '1', image: { name: 'nowhere' } }] },
      ],
      sizeGroups: [{ title: 'General', sizes: ['m3.*'] }],
      locked: ['storage', 'groups'],
    },
  };

  it('offers its types first, with the sizes that are for them, and single images beside', async () => {
    const wizard = await showReady(await signedIn({ settings, buildSeconds: 0 }));
    await open(wizard, 'image');
    await open(wizard, 'size');
    expect(choice(wizard, 'Rocky').checked).to.equal(true);
    expect(choice(wizard, 'Gone').getAttribute('aria-disabled')).to.equal('true');
    expect(text(wizard)).to.contain('The cloud has no image for it now.');
    expect(choice(wizard, 'm3.quad').checked).to.equal(true);
    expect(text(wizard)).to.contain('Not offered for what you launch.');
    expect(text(wizard)).to.contain('General');
    await expect(wizard).to.be.accessible();
    button(wizard, 'By image').click();
    await wizard.updateComplete;
    await choose(wizard, 'Featured-Debian12');
    expect(text(wizard)).to.not.contain('Not offered for what you launch.');
  });

  it('shows what it has decided and lets nobody change it', async () => {
    const wizard = await showReady(await signedIn({ settings, buildSeconds: 0 }));
    expect(wizard.renderRoot.querySelector('details#storage')).to.equal(null);
    expect(wizard.renderRoot.querySelector('#storage')?.textContent).to.contain(
      'Decided by your institution',
    );
    const part = await open(wizard, 'network');
    expect(part.textContent).to.contain('Decided by your institution');
    expect(part.querySelector('#open-ssh')).to.equal(null);
  });

  it('sorts sizes by what somebody clicks', async () => {
    const wizard = await showReady(await demo());
    await open(wizard, 'size');
    const names = () =>
      [...wizard.renderRoot.querySelectorAll('label.size .title')].map((each) => each.textContent);
    const before = names();
    button(wizard, 'Sort by Memory').click();
    await wizard.updateComplete;
    button(wizard, 'Sort by Memory').click();
    await wizard.updateComplete;
    expect(names()[0]).to.equal('m3.xl');
    button(wizard, 'Sort by Memory').click();
    await wizard.updateComplete;
    expect(names()).to.deep.equal(before);
  });
});

describe('<exo-launch-wizard> when it opens', () => {
  it('asks six things more than a list beside it, all at once, and waits for none with what it shows first', async () => {
    const story = await demo();
    const list = await fixture<HTMLElement>(
      html`<exo-instance-list .session=${story.session}></exo-instance-list>`,
    );
    await eventually(() => list.shadowRoot?.textContent.includes('web-1') ?? false, 'the list is there');
    const { session } = story;
    const images = () => session.log.entries.filter(({ url }) => url.includes('/v2/images')).length;
    await eventually(() => images() > 0, 'the list has asked for its images');
    const before = session.log.entries.length;
    const answer = story.cloud.hold({ times: Infinity });
    const wizard = await show(story);
    wizard.scrollIntoView();
    // All are under way before the first is answered, and the form is there.
    expect(wizard.renderRoot.querySelector('#name')).to.not.equal(null);
    for (let seen = -1; seen !== story.cloud.requestCount;) {
      seen = story.cloud.requestCount;
      for (let turn = 0; turn < 10; turn += 1) await new Promise(requestAnimationFrame);
    }
    answer();
    await eventually(() => !text(wizard).includes('being loaded'), 'it can be launched');
    const asked = session.log.entries.slice(before).filter(({ method }) => method === 'GET');
    const paths = asked.map(({ url }) => new URL(url).pathname.split('/').slice(-1)[0]);
    expect(paths.length, paths.join(' ')).to.be.at.most(6);
    const firstEnd = Math.min(...asked.map(({ at, ms }) => at + ms));
    expect(
      asked.every(({ at }) => at <= firstEnd),
      'they are side by side',
    ).to.equal(true);
  });

  it('can be gone through by keyboard alone', async () => {
    const wizard = await showReady(await demo());
    for (const part of ['image', 'size', 'count', 'key', 'network', 'storage', 'advanced']) {
      const summary = wizard.renderRoot.querySelector<HTMLElement>(`details#${part} summary`);
      summary?.focus();
      expect(wizard.shadowRoot?.activeElement, part).to.equal(summary);
      const details = await open(wizard, part);
      const reachable = [...details.querySelectorAll<HTMLElement>('input, select, textarea, button')].filter(
        (each) => !each.hidden && each.tabIndex < 0,
      );
      expect(reachable, part).to.have.length(0);
    }
    await expect(wizard).to.be.accessible();
  });
});

describe('<exo-launch-wizard>, notebooks', () => {
  const exosphere = { repository: 'https://git.example.org/exosphere.git', commit: 'a'.repeat(40) };

  it('are built from a repository that somebody names, and are on the instance for everybody to see', async () => {
    const story = await demo({
      settings: {
        launch: { profiles: ['exosphere'], exosphere },
        userAppProxy: [{ hostname: 'proxy.example.org' }],
      },
    });
    const wizard = await showReady(story);
    const access = await open(wizard, 'key');
    access.querySelector<HTMLElement>('#workflow')?.click();
    await eventually(() => text(wizard).includes('Branch, tag or commit'), 'it asks what to build');
    await type(wizard, 'Repository', 'file:///etc/passwd');
    await eventually(() => text(wizard).includes('It has to be an https address'), 'it says what is wrong');
    expect(wizard.matches(':state(blocked)')).to.equal(true);
    await expect(wizard).to.be.accessible();
    await type(wizard, 'Repository', 'https://github.com/binder-examples/requirements');
    await type(wizard, 'Opens', 'lab');
    await eventually(() => !wizard.matches(':state(blocked)'), 'it can be launched');
    button(wizard, 'Launch').click();
    await state(wizard, 'launched');
    expect(launched(story)[0]?.metadata['exoCustomWorkflow']).to.equal(
      '{"v":1,"repo":"https://github.com/binder-examples/requirements","ref":"","path":"lab"}',
    );
  });

  it('are not offered where nothing could show them', async () => {
    const story = await demo({ settings: { launch: { profiles: ['exosphere'], exosphere } } });
    const wizard = await showReady(story);
    const access = await open(wizard, 'key');
    expect(access.querySelector('#desktop') === null).to.equal(false);
    expect(access.querySelector('#workflow') === null).to.equal(true);
  });
});
