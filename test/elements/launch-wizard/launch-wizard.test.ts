import { expect } from '@open-wc/testing';
import { sendKeys } from '@web/test-runner-commands';
import { withoutMark } from '../../../src/launch/mark.js';
import { generateSshKey } from '../../../src/launch/ssh-key.js';
import { networksOf } from '../../../src/session/collections.js';
import { USUAL_SERVICES } from '../../../src/simulator/options.js';
import { eventually, signedIn, signedOut, signIn } from '../../../stories/cloud.js';
import { setQuota } from '../../../stories/launches.js';
import {
  button,
  choice,
  choose,
  everythingIn,
  input,
  keypairs,
  launched,
  open,
  show,
  showReady,
  state,
  text,
  type,
} from './wizard.js';

const demo = () => signedIn({ seed: 'demo', buildSeconds: 0 });

describe('<exo-launch-wizard>', () => {
  it('opens with answers: one click launches, and it tells how to connect', async () => {
    const story = await demo();
    const wizard = await showReady(story);
    const told: string[] = [];
    for (const name of ['exo-launch-request', 'exo-launch', 'exo-launch-complete'] as const) {
      document.body.addEventListener(
        name,
        (event) => told.push(`${event.type} ${JSON.stringify(event.detail)}`),
        {
          once: true,
        },
      );
    }
    const name = input(wizard, 'Name').value;
    expect(name).to.match(/^[a-z]+-[a-z]+$/);
    button(wizard, 'Launch').click();
    await state(wizard, 'launched');

    const [server] = launched(story);
    expect(server?.name).to.equal(name);
    expect(server?.metadata['exo:launch']).to.match(/^[0-9a-f-]{36} 1\/1$/);
    expect(text(wizard)).to.contain(`“${name}” is active`);
    expect(text(wizard)).to.contain('How to connect');
    expect(told.map((line) => line.split(' ')[0])).to.deep.equal([
      'exo-launch-request',
      'exo-launch',
      'exo-launch-complete',
    ]);
    expect(told[2])
      .to.contain(`"name":"${name}"`)
      .and.to.contain('"ok":true')
      .and.to.contain(server?.id ?? '?');
    await expect(wizard).to.be.accessible();
  });

  it('says that an instance runs, where only its name in the DNS could not be had', async () => {
    const story = await signedIn({
      seed: 'demo',
      buildSeconds: 0,
      services: [...USUAL_SERVICES, 'dns'],
      settings: { launch: { zone: 'demo.sim.example.' } },
    });
    story.cloud.fail({ method: 'POST', path: '/recordsets' }, { status: 409 });
    const wizard = await showReady(story);
    button(wizard, 'Launch').click();
    await state(wizard, 'launch-failed');
    expect(text(wizard)).to.contain('is active, without its name in the DNS');
    expect(text(wizard)).to.not.contain('could not be launched');
  });

  it('launches once, however often it is clicked', async () => {
    const story = await demo();
    const wizard = await showReady(story);
    const launch = button(wizard, 'Launch');
    for (let click = 0; click < 3; click++) launch.click();
    await state(wizard, 'launched');
    expect(launched(story)).to.have.length(1);
  });

  it('leaves it to a page that says no', async () => {
    const story = await demo();
    const wizard = await showReady(story);
    let asked: unknown;
    wizard.addEventListener('exo-launch-request', (event) => {
      event.preventDefault();
      asked = event.detail;
    });
    await type(wizard, 'Name', 'forbidden-fruit');
    button(wizard, 'Launch').click();
    await eventually(() => asked !== undefined, 'the page is asked');
    await eventually(() => button(wizard, 'Launch').ariaBusy !== 'true', 'the click is over');
    expect(asked).to.include({ name: 'forbidden-fruit', count: 1, hasUserData: false });
    expect(wizard.matches(':state(ready)')).to.equal(true);
    expect(launched(story)).to.have.length(0);
  });

  it('asks the cloud for exactly what was chosen', async () => {
    const story = await demo();
    const wizard = await showReady(story);
    await type(wizard, 'Name', 'web');
    await open(wizard, 'image');
    await choose(wizard, 'Featured-Debian12');
    await open(wizard, 'size');
    await choose(wizard, 'm3.quad');
    await open(wizard, 'key');
    await choose(wizard, 'None');
    await open(wizard, 'count');
    await type(wizard, 'How many', '2');
    button(wizard, 'Launch').click();
    await state(wizard, 'launched');
    const servers = launched(story);
    expect(servers.map(({ name }) => name)).to.have.members(['web-1', 'web-2']);
    expect(servers.map(({ flavor }) => flavor.name)).to.deep.equal(['m3.quad', 'm3.quad']);
    const image = story.cloud.state.regions[0]?.images.get(servers[0]?.imageId ?? '');
    expect(image?.name).to.equal('Featured-Debian12');
    expect(servers[0]?.keyName).to.equal(null);
  });

  it('launches by Enter in the name, and by no other field', async () => {
    const story = await demo();
    const wizard = await showReady(story);
    await open(wizard, 'count');
    input(wizard, 'How many').focus();
    await sendKeys({ press: 'Enter' });
    await wizard.updateComplete;
    expect(wizard.matches(':state(ready)')).to.equal(true);
    wizard.focus();
    expect(wizard.shadowRoot?.activeElement?.id).to.equal('name');
    await sendKeys({ press: 'Enter' });
    await state(wizard, 'launched');
    expect(launched(story)).to.have.length(1);
  });

  it('puts the keyboard on the heading of the launch, as the button is gone', async () => {
    const wizard = await showReady(await demo());
    button(wizard, 'Launch').click();
    await eventually(
      () => wizard.shadowRoot?.activeElement?.id === 'run-heading',
      'the heading has the keyboard',
    );
  });

  it('warns of a name that is taken and offers another', async () => {
    const story = await demo();
    const [server] = story.cloud.state.regions[0]?.servers.values() ?? [];
    if (server) server.name = 'web';
    const wizard = await showReady(story);
    await type(wizard, 'Name', 'web');
    expect(text(wizard)).to.contain('“web” is there already');
    button(wizard, 'Use “web-2”').click();
    await wizard.updateComplete;
    expect(input(wizard, 'Name').value).to.equal('web-2');
    expect(text(wizard)).not.to.contain('is there already');
  });

  it('says what is wrong with a name, and leads there', async () => {
    const story = await demo();
    const wizard = await showReady(story);
    await type(wizard, 'Name', '');
    expect(text(wizard)).to.contain('Give it a name.');
    button(wizard, 'Launch').click();
    await eventually(() => wizard.shadowRoot?.activeElement?.id === 'name', 'the name has the keyboard');
    expect(launched(story)).to.have.length(0);
  });
});

describe('<exo-launch-wizard> and the quota', () => {
  it('keeps a size that does not fit in reach of the keyboard, says why, and does not choose it', async () => {
    const story = await demo();
    const region = story.cloud.state.regions[0];
    const project = story.session.current?.project.id ?? '';
    const quota = region?.computeQuotas.get(project);
    // 23 cores are in use: two more fit, four do not.
    if (quota) region?.computeQuotas.set(project, { ...quota, cores: 26 });
    const wizard = await showReady(story);
    await open(wizard, 'size');
    const small = choice(wizard, 'm3.small');
    const quad = choice(wizard, 'm3.quad');
    expect(quad.getAttribute('aria-disabled')).to.equal('true');
    expect(quad.disabled).to.equal(false);
    const reason = wizard.renderRoot.querySelector(
      `#${CSS.escape(quad.getAttribute('aria-describedby') ?? '')}`,
    );
    expect(reason?.textContent.trim()).to.equal('Processors (vCPU): needs 4, 3 are left of 26.');

    small.click();
    small.focus();
    await sendKeys({ press: 'ArrowDown' });
    expect(wizard.shadowRoot?.activeElement).to.equal(quad);
    expect(quad.checked).to.equal(false);
    expect(small.checked).to.equal(true);
    await wizard.updateComplete;
    expect(wizard.renderRoot.querySelector('#size summary')?.textContent).to.contain('m3.small');
    await sendKeys({ press: 'ArrowUp' });
    expect(wizard.shadowRoot?.activeElement).to.equal(small);
  });

  it('bounds the number by what is left', async () => {
    const story = await demo();
    const region = story.cloud.state.regions[0];
    const project = story.session.current?.project.id ?? '';
    const quota = region?.computeQuotas.get(project);
    if (quota) region?.computeQuotas.set(project, { ...quota, instances: 8 });
    const wizard = await showReady(story);
    await open(wizard, 'count');
    expect(input(wizard, 'How many').getAttribute('max')).to.equal('3');
    await type(wizard, 'How many', '4');
    expect(button(wizard, 'Launch').getAttribute('aria-disabled')).to.equal('true');
    button(wizard, 'Launch').click();
    await wizard.updateComplete;
    expect(launched(story)).to.have.length(0);
    await type(wizard, 'How many', '3');
    expect(button(wizard, 'Launch').hasAttribute('aria-disabled')).to.equal(false);
  });

  it('bounds the number by what one launch makes, and says that it is so', async () => {
    const wizard = await showReady(await signedIn());
    await open(wizard, 'count');
    expect(text(wizard)).to.contain('At most 25 at once.');
    await type(wizard, 'How many', '26');
    expect(text(wizard)).to.contain('Launch the others after these.').and.to.not.contain('fit now');
    await type(wizard, 'How many', 'two');
    expect(text(wizard)).to.contain('Give a whole number').and.to.contain('That number does not fit.');
  });

  it('tells what helps when nothing fits any more', async () => {
    const story = await signedIn();
    const region = story.cloud.state.regions[0];
    const project = story.session.current?.project.id ?? '';
    const quota = region?.computeQuotas.get(project);
    if (quota) region?.computeQuotas.set(project, { ...quota, instances: 0 });
    const wizard = await showReady(story);
    expect(text(wizard)).to.contain('The quota of the project is used up.');
    expect(text(wizard)).to.contain('ask the people who run the cloud');
  });
});

describe('<exo-launch-wizard> and what Nova bounds', () => {
  /** A project with little left, and all that stands in a wizard there. */
  async function within(quota: Record<string, number>) {
    const story = await demo();
    setQuota(story, quota);
    const wizard = await showReady(story);
    const blocked = () => button(wizard, 'Launch').getAttribute('aria-disabled') === 'true';
    return { story, wizard, blocked };
  }

  it('makes no key pair beyond those that one may have, and says how many there are', async () => {
    const { wizard, blocked, story } = await within({ key_pairs: 1 });
    await open(wizard, 'key');
    expect(blocked()).to.equal(false);
    await choose(wizard, 'Make a new one');
    expect(text(wizard)).to.contain('Needs one more SSH key: you have 1, and may have 1.');
    expect(text(wizard)).to.contain('You may have no more SSH keys. Use one that you have, or delete one.');
    await expect(wizard).to.be.accessible();
    button(wizard, 'Launch').click();
    await wizard.updateComplete;
    expect(keypairs(story).filter(({ name }) => name !== 'laptop' && name !== 'office')).to.have.length(0);
    await choose(wizard, 'Use one of yours');
    expect(blocked()).to.equal(false);
  });

  it('counts the metadata that the launch writes with that of the person', async () => {
    const { wizard, blocked, story } = await within({ metadata_items: 3 });
    await open(wizard, 'advanced');
    for (const n of [0, 1, 2]) {
      button(wizard, 'Add Metadata').click();
      await wizard.updateComplete;
      const field = wizard.renderRoot.querySelector<HTMLInputElement>(`#metadata-key-${n}`);
      if (!field) throw new Error('there is no such row');
      field.value = `k${n}`;
      field.dispatchEvent(new InputEvent('input', { bubbles: true, composed: true }));
      await wizard.updateComplete;
    }
    expect(text(wizard)).to.contain('These are 4 entries with those that a launch writes itself');
    expect(text(wizard)).to.contain('may have 3. Remove 1.');
    expect(blocked()).to.equal(true);
    button(wizard, 'Remove k2').click();
    await eventually(() => !blocked(), 'it can be launched');
    button(wizard, 'Launch').click();
    await state(wizard, 'launched');
    expect(Object.keys(launched(story)[0]?.metadata ?? {})).to.have.length(3);
  });

  it('bounds how many stand in a server group', async () => {
    const { wizard, blocked, story } = await within({ server_group_members: 2 });
    await open(wizard, 'advanced');
    const select = wizard.renderRoot.querySelector<HTMLSelectElement>('#server-group');
    if (!select) throw new Error('there are no groups');
    select.value = 'new:soft-affinity';
    select.dispatchEvent(new Event('change', { bubbles: true }));
    await open(wizard, 'count');
    await type(wizard, 'How many', '3');
    expect(text(wizard)).to.contain('Adds 3 to the group: you have 0 in it, and it takes 2 of you.');
    expect(text(wizard)).to.contain('The group takes no more of your instances.');
    expect(blocked()).to.equal(true);
    await type(wizard, 'How many', '2');
    expect(blocked()).to.equal(false);
    button(wizard, 'Launch').click();
    await state(wizard, 'launched');
    expect(launched(story).map(({ groupId }) => groupId === null)).to.deep.equal([false, false]);
  });

  it('makes no server group where the project may have no more', async () => {
    const { wizard, blocked } = await within({ server_groups: 0 });
    await open(wizard, 'advanced');
    const select = wizard.renderRoot.querySelector<HTMLSelectElement>('#server-group');
    if (!select) throw new Error('there are no groups');
    select.value = 'new:affinity';
    select.dispatchEvent(new Event('change', { bubbles: true }));
    await wizard.updateComplete;
    expect(text(wizard)).to.contain('Needs one more group of instances: the project has 0, and may have 0.');
    expect(text(wizard)).to.contain('The project may have no more groups of instances.');
    expect(blocked()).to.equal(true);
  });
});

describe('<exo-launch-wizard> and keys', () => {
  /** What the next download would have saved. */
  function nextDownload(): Promise<{ name: string; content: string }> {
    return new Promise((resolve, reject) => {
      document.addEventListener(
        'click',
        function take(event) {
          const [link] = event.composedPath();
          if (!(link instanceof HTMLAnchorElement) || !link.download) return;
          event.preventDefault();
          document.removeEventListener('click', take, true);
          const name = link.download;
          fetch(link.href)
            .then((answer) => answer.text())
            .then((content) => resolve({ name, content }), reject);
        },
        true,
      );
    });
  }

  it('makes one for who has none, hands the private half over once, and shows it nowhere', async () => {
    const story = await signedIn({ buildSeconds: 0 });
    const wizard = await showReady(story);
    expect(text(wizard)).to.contain('A new SSH key, “demo-');
    const details: string[] = [];
    for (const name of ['exo-launch-request', 'exo-launch', 'exo-launch-complete'] as const)
      wizard.addEventListener(name, (event) => details.push(JSON.stringify(event.detail)));
    button(wizard, 'Launch').click();
    await state(wizard, 'launched');
    const [key] = keypairs(story);
    expect(launched(story)[0]?.keyName).to.equal(key?.name);
    expect(everythingIn(wizard)).not.to.contain('PRIVATE KEY');
    expect(details.join()).not.to.contain('PRIVATE KEY');

    const download = nextDownload();
    button(wizard, `Download ${key?.name ?? ''}.pem`).click();
    const { name, content } = await download;
    expect(name).to.equal(`${key?.name ?? ''}.pem`);
    expect(content).to.match(/^-----BEGIN OPENSSH PRIVATE KEY-----\n/);
    await wizard.updateComplete;
    expect(text(wizard)).to.contain(`Your private key is saved as ${name}`);
    expect(text(wizard)).to.contain(`ssh -i ${name} ubuntu@`);
    expect(wizard.renderRoot.querySelector('#save-key')).to.equal(null);
    expect(everythingIn(wizard)).not.to.contain(content.split('\n')[1] ?? '?');
  });

  it('asks before the only copy of a private key would be lost', async () => {
    const wizard = await showReady(await signedIn({ buildSeconds: 0 }));
    button(wizard, 'Launch').click();
    await state(wizard, 'launched');
    button(wizard, 'Done').click();
    await eventually(() => text(wizard).includes('Leave without your private key?'), 'it asks');
    expect(wizard.shadowRoot?.activeElement, 'the answer that does no harm').to.equal(
      button(wizard, 'Cancel'),
    );
    button(wizard, 'Cancel').click();
    await eventually(() => !text(wizard).includes('Leave without'), 'the question is answered');
    expect(wizard.matches(':state(launched)')).to.equal(true);
    button(wizard, 'I have saved it').click();
    await wizard.updateComplete;
    button(wizard, 'Done').click();
    await state(wizard, 'ready');
  });

  it('is not suggested again while nobody has its private half', async () => {
    const story = await signedIn({ buildSeconds: 0 });
    const wizard = await showReady(story);
    button(wizard, 'Launch').click();
    await state(wizard, 'launched');
    const [first] = keypairs(story);
    // Another page of this browser, as after this one was closed.
    const other = await showReady(story);
    expect(text(other)).to.contain('A new SSH key');
    button(wizard, 'I have saved it').click();
    await wizard.updateComplete;
    other.reset();
    await eventually(() => text(other).includes(`SSH key “${first?.name ?? ''}”`), 'it is the usual one now');
  });

  it('throws a pasted private key away, and says so', async () => {
    const wizard = await showReady(await demo());
    await open(wizard, 'key');
    await choose(wizard, 'Use a key from your computer');
    const { privateKey, publicKey } = await generateSshKey('ada');
    await type(wizard, 'Public key', privateKey.reveal());
    expect(text(wizard)).to.contain('This was your private key');
    expect(everythingIn(wizard)).not.to.contain('BEGIN OPENSSH');
    expect(JSON.stringify(wizard.draft)).not.to.contain('BEGIN OPENSSH');
    expect(button(wizard, 'Launch').getAttribute('aria-disabled')).to.equal('true');
    await type(wizard, 'Public key', publicKey);
    expect(text(wizard)).not.to.contain('This was your private key');
    expect(button(wizard, 'Launch').hasAttribute('aria-disabled')).to.equal(false);
  });

  it('adds a public key under the name it was given', async () => {
    const story = await demo();
    const wizard = await showReady(story);
    await open(wizard, 'key');
    await choose(wizard, 'Use a key from your computer');
    const { publicKey } = await generateSshKey('ada@home');
    await type(wizard, 'Public key', publicKey);
    await type(wizard, 'Name of the new key', 'ada home');
    button(wizard, 'Launch').click();
    await state(wizard, 'launched');
    const key = keypairs(story).find(({ name }) => name === 'ada home');
    // The mark of the launch stands behind its comment.
    expect(withoutMark(key?.publicKey ?? '')).to.equal(publicKey);
    expect(launched(story)[0]?.keyName).to.equal('ada home');
  });
});

describe('<exo-launch-wizard> and names that cannot be', () => {
  it('makes them usable with one click', async () => {
    const wizard = await showReady(await demo());
    for (const [typed, click, usable] of [
      ['x'.repeat(300), 'Shorten it', 'x'.repeat(255)],
      ['می\u200cخواهم', 'Use “میخواهم”', 'میخواهم'],
    ] as const) {
      await type(wizard, 'Name', typed);
      expect(wizard.matches(':state(blocked)')).to.equal(true);
      button(wizard, click).click();
      await eventually(() => input(wizard, 'Name').value === usable, 'it is taken');
      await eventually(() => !wizard.matches(':state(blocked)'), 'it can be launched');
    }
    await type(wizard, 'Name', '\u200b');
    expect(text(wizard)).not.to.contain('Use “');
  });
});

describe('<exo-launch-wizard> and boot scripts', () => {
  it('passes a file on byte for byte', async () => {
    const story = await demo();
    const wizard = await showReady(story);
    const part = await open(wizard, 'advanced');
    const bytes = new TextEncoder().encode("#!/bin/bash\r\nIFS=$'\\n'; echo $$ \u{1f9a6} ${a//&/x}\r\n");
    const picker = part.querySelector<HTMLInputElement>('input[type=file]');
    const transfer = new DataTransfer();
    transfer.items.add(new File([bytes, new Uint8Array([0xff, 0x00, 0x1f, 0x8b])], 'boot.sh'));
    if (picker) picker.files = transfer.files;
    picker?.dispatchEvent(new Event('change', { bubbles: true }));
    await eventually(() => text(wizard).includes('boot.sh'), 'the file is taken');
    button(wizard, 'Launch').click();
    await state(wizard, 'launched');
    const sent = Uint8Array.from(atob(launched(story)[0]?.userData ?? ''), (letter) => letter.charCodeAt(0));
    expect([...sent]).to.deep.equal([...bytes, 0xff, 0x00, 0x1f, 0x8b]);
  });

  it('refuses one that is too long before anything is sent', async () => {
    const wizard = await showReady(await demo());
    await open(wizard, 'advanced');
    await type(wizard, 'Boot script', `#!/bin/bash\n${'x'.repeat(2_500_000)}`);
    await eventually(() => text(wizard).includes('Too long, compressed as well'), 'it is told at the field');
    expect(text(wizard)).to.contain('give two lines instead: #include, and below it its address');
    expect(button(wizard, 'Launch').getAttribute('aria-disabled')).to.equal('true');
    await type(wizard, 'Boot script', '#!/bin/bash\n');
    await eventually(
      () => !button(wizard, 'Launch').hasAttribute('aria-disabled'),
      'it can be launched again',
    );
  });

  /** Text that gzip makes little of. */
  function noise(bytes: number): string {
    const random = new Uint8Array(bytes / 2);
    for (let at = 0; at < random.length; at += 60_000)
      crypto.getRandomValues(random.subarray(at, at + 60_000));
    return [...random].map((byte) => byte.toString(16).padStart(2, '0')).join('');
  }

  it('says of a file what is too long with what the preparation adds, and what helps', async () => {
    const story = await demo();
    const wizard = await showReady(story);
    const part = await open(wizard, 'advanced');
    await choose(wizard, 'Keys and packages');
    const picker = part.querySelector<HTMLInputElement>('input[type=file]');
    const transfer = new DataTransfer();
    // Gzip leaves half of it, and more of it once it is a part of a message: alone it fits.
    transfer.items.add(new File([`#!/bin/sh\n#${noise(80_000)}`], 'boot.sh'));
    if (picker) picker.files = transfer.files;
    picker?.dispatchEvent(new Event('change', { bubbles: true }));
    await eventually(() => text(wizard).includes('Too long together with'), 'it is told at the file');
    expect(text(wizard)).to.contain('What runs at the first start is too long.');
    await expect(wizard).to.be.accessible();
    button(wizard, 'Launch').click();
    await wizard.updateComplete;
    expect(launched(story)).to.have.length(0);
    await choose(wizard, 'Nothing');
    await eventually(() => text(wizard).includes('so it is sent compressed'), 'alone it fits');
    expect(button(wizard, 'Launch').hasAttribute('aria-disabled')).to.equal(false);
  });
});

describe('<exo-launch-wizard> when things go wrong', () => {
  it('finds what was made when the answer was lost', async () => {
    const story = await demo();
    const wizard = await showReady(story);
    story.cloud.fail({ method: 'POST', path: /\/servers$/ }, { truncate: true });
    button(wizard, 'Launch').click();
    await eventually(() => text(wizard).includes('Looking whether it was done'), 'it looks');
    await state(wizard, 'launched');
    expect(launched(story)).to.have.length(1);
  });

  it('explains a refusal, and gives the form back as it was', async () => {
    const story = await demo();
    const wizard = await showReady(story);
    await type(wizard, 'Name', 'keep-me');
    await open(wizard, 'network');
    await choose(wizard, 'None');
    story.cloud.fail(
      { method: 'POST', path: /\/servers$/ },
      {
        status: 403,
        body: {
          forbidden: {
            code: 403,
            message: 'Quota exceeded for cores: Requested 1, but already used 96 of 96 cores',
          },
        },
      },
    );
    button(wizard, 'Launch').click();
    await state(wizard, 'launch-failed');
    expect(text(wizard)).to.contain('96 of 96 are in use');
    expect(text(wizard)).to.contain('Nothing was made');
    await expect(wizard).to.be.accessible();
    button(wizard, 'Back to the form').click();
    await state(wizard, 'ready');
    expect(input(wizard, 'Name').value).to.equal('keep-me');
    button(wizard, 'Launch').click();
    await state(wizard, 'launched');
  });

  it('tells that the image was deleted meanwhile, and no longer offers it', async () => {
    const story = await demo();
    const wizard = await showReady(story);
    await open(wizard, 'image');
    await choose(wizard, 'Featured-Debian12');
    const images = story.cloud.state.regions[0]?.images;
    for (const { id, name } of images?.values() ?? []) if (name === 'Featured-Debian12') images?.delete(id);
    button(wizard, 'Launch').click();
    await state(wizard, 'launch-failed');
    expect(text(wizard)).to.contain('The image that was chosen is not there any more.');
    button(wizard, 'Back to the form').click();
    await state(wizard, 'ready');
    await eventually(() => !text(wizard).includes('Featured-Debian12'), 'it is no longer offered');
  });

  for (const { what, path, status, message, said } of [
    {
      what: 'is another’s',
      path: /\/ports$/,
      status: 409,
      message: 'IP address 10.0.0.7 already allocated in subnet f10c88ba',
      said: 'has this address already',
    },
    {
      what: 'is none of the network',
      path: /\/ports$/,
      status: 400,
      message: 'IP address 192.0.2.7 is not a valid IP for any of the subnets on the specified network.',
      said: 'This address is none of this network',
    },
    {
      what: 'cannot be had any more',
      path: /\/floatingips$/,
      status: 409,
      message: 'No more IP addresses available on network 93db9a9c.',
      said: 'The cloud has no public address left to give',
    },
  ]) {
    it(`says that an address ${what}, and leads back to the form`, async () => {
      const story = await demo();
      const wizard = await showReady(story);
      const body = { NeutronError: { type: 'X', message, detail: '' } };
      story.cloud.fail({ method: 'POST', path, times: Infinity }, { status, body });
      button(wizard, 'Launch').click();
      await state(wizard, 'launch-failed');
      expect(text(wizard)).to.contain(said).and.to.contain(message).and.to.not.contain('It is busy');
      expect(button(wizard, 'Back to the form')).to.have.class('primary');
      expect(button(wizard, 'Try again')).to.not.have.class('primary');
    });
  }

  it('goes on where a launch ended, and makes nothing twice', async () => {
    const story = await demo();
    const wizard = await showReady(story);
    await type(wizard, 'Name', 'web');
    await open(wizard, 'count');
    await type(wizard, 'How many', '3');
    story.cloud.fail({ method: 'POST', path: /\/servers$/, body: '2/3' }, { status: 400 });
    button(wizard, 'Launch').click();
    await state(wizard, 'launch-failed');
    expect(text(wizard)).to.contain('What is there now').and.to.contain('Instance “web-1”');
    button(wizard, 'Try again').click();
    await state(wizard, 'launched');
    expect(launched(story).map(({ name }) => name)).to.have.members(['web-1', 'web-2', 'web-3']);
  });

  it('takes away what it made when that is wanted, after asking', async () => {
    const story = await signedIn({ buildSeconds: 0 });
    const wizard = await showReady(story);
    await open(wizard, 'count');
    await type(wizard, 'How many', '2');
    story.cloud.fail({ method: 'POST', path: /\/servers$/, body: '2/2' }, { status: 400 });
    button(wizard, 'Launch').click();
    await state(wizard, 'launch-failed');
    button(wizard, 'Delete what was made').click();
    await eventually(() => text(wizard).includes('This cannot be undone'), 'it asks');
    await expect(wizard).to.be.accessible();
    expect(launched(story), 'nothing is deleted yet').to.have.length(1);
    button(wizard, 'Delete what was made').click();
    await eventually(() => text(wizard).includes('Nothing of this launch is left'), 'it is undone');
    expect(keypairs(story)).to.have.length(0);
    await eventually(() => {
      story.cloud.advance(1000);
      return launched(story).length === 0;
    }, 'the server is gone');
  });

  it('replaces an instance that went into the state Error', async () => {
    const story = await signedIn({ seed: 'demo', buildSeconds: 0.5 });
    const wizard = await showReady(story);
    button(wizard, 'Launch').click();
    await eventually(() => launched(story).length === 1, 'it is asked for');
    for (const server of launched(story)) server.metadata['rig_fail'] = 'spawn';
    await state(wizard, 'launch-failed');
    expect(text(wizard)).to.contain('went into the state Error').and.to.contain('rig_fail=spawn');
    button(wizard, 'Try again').click();
    await state(wizard, 'launched');
    await eventually(() => {
      story.cloud.advance(1000);
      return launched(story).length === 1;
    }, 'one is left');
    expect(launched(story)[0]?.vmState).to.equal('active');
  });

  it('stays usable when a list cannot be loaded, and loads it again', async () => {
    const story = await demo();
    const stop = story.cloud.fail({ path: '/v2/images', times: Infinity }, { status: 403 });
    const wizard = await show(story);
    await eventually(() => wizard.matches(':state(failed)'), 'the images could not be loaded');
    await open(wizard, 'image');
    stop();
    button(wizard, 'Try again').click();
    await state(wizard, 'ready');
    await eventually(() => !button(wizard, 'Launch').hasAttribute('aria-disabled'), 'it can be launched');
  });

  it('says that lists could not be had where that changes what will exist', async () => {
    const story = await demo();
    const fault = { status: 403 };
    story.cloud.fail({ path: /\/networks/, times: Infinity }, fault);
    story.cloud.fail({ path: /\/os-keypairs/, times: Infinity }, fault);
    const wizard = await showReady(story);
    expect(text(wizard))
      .to.contain('networks could not be listed just now, so it gets no address')
      .and.to.contain('SSH keys could not be listed just now. A new SSH key');
  });

  it('heads no list of quotas where there is nothing to tell', async () => {
    const story = await demo();
    for (const path of [/\/limits/, /\/networks/])
      story.cloud.fail({ path, times: Infinity }, { status: 403 });
    const wizard = await showReady(story);
    await wizard.settled();
    await wizard.updateComplete;
    expect(text(wizard)).to.contain('How much is left could not be found out');
    expect(text(wizard)).not.to.contain('What it uses of the quota');
  });

  it('waits for networks that could not be loaded just now, and asks again in place', async () => {
    const story = await demo();
    const stop = story.cloud.fail({ path: /\/networks/, times: Infinity }, { status: 500 });
    const wizard = await showReady(story);
    await eventually(() => text(wizard).includes('The networks could not be loaded.'), 'it is said');
    expect(button(wizard, 'Launch').getAttribute('aria-disabled')).to.equal('true');
    expect(text(wizard), 'nothing is promised meanwhile').not.to.contain('It is connected to');
    await expect(wizard).to.be.accessible();
    stop();
    button(wizard, 'Try again').click();
    await eventually(() => !button(wizard, 'Launch').hasAttribute('aria-disabled'), 'it can be launched');
    expect(text(wizard)).not.to.contain('The networks could not be loaded.');
    expect(text(wizard)).to.contain('It is connected to');
  });

  it('makes a network with a way out where there is none and the cloud makes none by itself', async () => {
    const story = await signedIn({
      project: 'research',
      withoutExtensions: ['auto-allocated-topology'],
      buildSeconds: 0,
    });
    const wizard = await showReady(story);
    await type(wizard, 'Name', 'lonely');
    button(wizard, 'Launch').click();
    await state(wizard, 'launched');
    const region = story.cloud.state.regions[0];
    const networks = [...(region?.networks.values() ?? [])].map(({ name }) => name);
    expect(networks).to.include('lonely-network');
    expect([...(region?.routers.values() ?? [])].map(({ name }) => name)).to.include('lonely-network');
  });

  it('tells where the line for SSH is typed, and what takes its place for Windows', async () => {
    const wizard = await showReady(await demo());
    button(wizard, 'Launch').click();
    await state(wizard, 'launched');
    expect(text(wizard))
      .to.match(/ssh \w+@\S+/)
      .and.to.contain('Run the command in a terminal');

    const story = await demo();
    for (const image of story.cloud.state.regions[0]?.images.values() ?? [])
      image.properties['os_distro'] = 'windows';
    const other = await showReady(story);
    button(other, 'Launch').click();
    await state(other, 'launched');
    expect(text(other)).to.contain('by Remote Desktop, as Administrator').and.not.to.contain('ssh ');
  });

  it('lets the cloud make a network for a project that has none', async () => {
    const story = await signedIn({ project: 'research', buildSeconds: 0 });
    const wizard = await showReady(story);
    button(wizard, 'Launch').click();
    await state(wizard, 'launched');
    const { current } = story.session;
    if (!current) throw new Error('signed out');
    await networksOf(current).refresh();
    expect(networksOf(current).state).to.have.property('status', 'ready');
    expect(launched(story)).to.have.length(1);
  });

  it('asks Neutron for the network where Nova is too old to', async () => {
    const story = await signedIn({ project: 'research', buildSeconds: 0, maxMicroversion: '2.30' });
    const wizard = await showReady(story);
    button(wizard, 'Launch').click();
    await state(wizard, 'launched');
    expect(text(wizard)).to.contain('How to connect');
    expect(text(wizard)).not.to.contain('It has no address');
  });
});

describe('<exo-launch-wizard> and sessions', () => {
  it('asks to sign in, and is there as soon as somebody has', async () => {
    const story = signedOut({ seed: 'demo' });
    const wizard = await show(story);
    expect(wizard.matches(':state(no-session)')).to.equal(true);
    let asked = 0;
    wizard.addEventListener('exo-sign-in-open', () => asked++);
    button(wizard, 'Sign in').click();
    expect(asked).to.equal(1);
    await signIn(story);
    await state(wizard, 'ready');
    await eventually(() => !button(wizard, 'Launch').hasAttribute('aria-disabled'), 'it can be launched');
  });

  it('shows a reader everything, and says why it cannot be launched', async () => {
    const story = await signedIn({ seed: 'demo', user: 'reader' });
    const wizard = await showReady(story);
    expect(text(wizard)).to.contain('You can look, but not launch');
    button(wizard, 'Launch').click();
    await wizard.updateComplete;
    expect(wizard.matches(':state(ready)')).to.equal(true);
    expect(launched(story)).to.have.length(0);
    await expect(wizard).to.be.accessible();
  });

  it('keeps what was typed when the sign-in runs out', async () => {
    const story = await demo();
    const wizard = await showReady(story);
    await type(wizard, 'Name', 'half-typed');
    await open(wizard, 'size');
    await choose(wizard, 'm3.quad');
    story.cloud.revokeTokens();
    const { current } = story.session;
    if (current) void networksOf(current).refresh();
    await eventually(() => wizard.matches(':state(expired)'), 'the end was noticed');
    expect(text(wizard)).to.contain('Your sign-in has run out');
    expect(input(wizard, 'Name').value).to.equal('half-typed');
    await signIn(story);
    await state(wizard, 'ready');
    expect(input(wizard, 'Name').value).to.equal('half-typed');
    expect(choice(wizard, 'm3.quad').checked).to.equal(true);
    button(wizard, 'Launch').click();
    await state(wizard, 'launched');
    expect(launched(story)[0]?.name).to.equal('half-typed');
  });

  it('says that a launch waits for a new sign-in, and goes on with it', async () => {
    const story = await demo();
    const wizard = await showReady(story);
    story.cloud.revokeTokens();
    button(wizard, 'Launch').click();
    await eventually(() => text(wizard).includes('Sign in again, and the launch goes on.'), 'it is said');
    await signIn(story);
    await state(wizard, 'launched');
    expect(text(wizard)).to.not.contain('Sign in again');
    expect(launched(story)).to.have.length(1);
  });

  it('goes on with a launch while it is moved in the page', async () => {
    const story = await signedIn({ seed: 'demo', buildSeconds: 1 });
    const wizard = await showReady(story);
    const place = wizard.parentElement;
    button(wizard, 'Launch').click();
    await state(wizard, 'launching');
    wizard.remove();
    place?.append(wizard);
    await state(wizard, 'launched');
    expect(launched(story)).to.have.length(1);
  });

  it('forgets a launch when somebody signs out', async () => {
    const story = await signedIn({ buildSeconds: 3600 });
    const wizard = await showReady(story);
    button(wizard, 'Launch').click();
    await state(wizard, 'launching');
    await story.session.signOut();
    await eventually(() => wizard.matches(':state(no-session)'), 'it is signed out');
    expect(everythingIn(wizard)).not.to.contain('Save your private key');
  });

  it('offers what the other project has when the project is switched', async () => {
    const story = await demo();
    const wizard = await showReady(story);
    await type(wizard, 'Name', 'mine');
    const research =
      story.session.state.status === 'signed-in' &&
      story.session.state.projects.find(({ name }) => name === 'research');
    if (research) await story.session.selectProject(research.id);
    await eventually(() => text(wizard).includes('0 in use, 1 for this, of 10'), 'the other quota is shown');
    expect(input(wizard, 'Name').value).to.equal('mine');
  });

  it('says that a cloud has no compute service', async () => {
    const wizard = await show(await signedIn({ services: ['identity', 'image', 'network'] }));
    await eventually(() => wizard.matches(':state(service-missing)'), 'the service is missing');
    expect(wizard.renderRoot.querySelector('#launch')).to.equal(null);
  });
});
