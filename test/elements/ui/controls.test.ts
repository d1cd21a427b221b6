import { expect } from '@open-wc/testing';
import { sendKeys, sendMouse } from '@web/test-runner-commands';
import { html } from 'lit';
import { OpenStackError } from '../../../src/openstack/errors.js';
import { actionButton } from '../../../src/ui/action-button.js';
import { choiceCards } from '../../../src/ui/choice.js';
import { copyButton } from '../../../src/ui/copy-button.js';
import { checkField, passwordField, selectField, textField } from '../../../src/ui/field.js';
import { searchBox } from '../../../src/ui/search-box.js';
import { announce } from '../../../src/ui/live-region.js';
import { meter } from '../../../src/ui/meter.js';
import { errorNotice, notice } from '../../../src/ui/notice.js';
import { skeletonRows } from '../../../src/ui/skeleton.js';
import { status, type StatusTone } from '../../../src/ui/status.js';
import { styleProps } from '../../../src/ui/style-props.js';
import { part, partsFixture, removeParts } from './parts.js';

afterEach(removeParts);

describe('a button that cannot be used', () => {
  const fixture = (clicks: string[]) =>
    partsFixture(
      () => html`
        <button id="before">Before</button>
        ${actionButton({ id: 'start', label: 'Start', reason: 'It is running.', onClick: () => clicks.push('start') })}
        ${actionButton({ id: 'stop', label: 'Stop', onClick: () => clicks.push('stop') })}
        ${actionButton({ id: 'save', label: 'Save', busy: true, onClick: () => clicks.push('save') })}
      `,
    );

  it('keeps its place in the tab order and shows its reason there', async () => {
    const element = await fixture([]);
    part(element, '#before').focus();
    await sendKeys({ press: 'Tab' });
    expect(element.shadowRoot?.activeElement?.id).to.equal('start');
    expect(part(element, '#start-reason').matches(':popover-open')).to.equal(true);
    await sendKeys({ press: 'Tab' });
    expect(part(element, '#start-reason').matches(':popover-open')).to.equal(false);
  });

  it('tells its reason to a screen reader and to the pointer', async () => {
    const element = await fixture([]);
    const button = part(element, '#start');
    expect(button.getAttribute('aria-disabled')).to.equal('true');
    expect(part(element, `#${button.getAttribute('aria-describedby') ?? ''}`).textContent).to.equal(
      'It is running.',
    );
    const { left, top } = button.getBoundingClientRect();
    await sendMouse({ type: 'move', position: [Math.round(left + 5), Math.round(top + 5)] });
    expect(part(element, '#start-reason').matches(':popover-open')).to.equal(true);
    await sendMouse({ type: 'move', position: [600, 500] });
    expect(part(element, '#start-reason').matches(':popover-open')).to.equal(false);
  });

  it('does nothing, neither does one at work; the others do', async () => {
    const clicks: string[] = [];
    const element = await fixture(clicks);
    for (const id of ['start', 'stop', 'save']) part(element, `#${id}`).click();
    expect(clicks).to.deep.equal(['stop']);
    await expect(element).to.be.accessible();
  });

  it('does not submit a form', async () => {
    let submitted = 0;
    const element = await partsFixture(
      () =>
        html`<form
          @submit=${(event: Event) => {
            event.preventDefault();
            submitted += 1;
          }}
        >
          ${actionButton({ id: 'send', label: 'Send', reason: 'No name yet.', type: 'submit' })}
        </form>`,
    );
    part(element, '#send').click();
    expect(submitted).to.equal(0);
  });
});

describe('fields', () => {
  it('tie label, hint and problem to the control', async () => {
    let problem = '';
    const element = await partsFixture(({ localizer }) =>
      textField(localizer, { id: 'name', label: 'Name', hint: 'A short one.', value: 'x', problem }),
    );
    const input = part(element, 'input', HTMLInputElement);
    expect(input.labels?.[0]?.textContent.trim()).to.equal('Name');
    expect(input.getAttribute('aria-describedby')).to.equal('name-hint');
    expect(input.hasAttribute('aria-invalid')).to.equal(false);
    problem = 'Too short.';
    element.requestUpdate();
    await element.updateComplete;
    expect(input.getAttribute('aria-describedby')).to.equal('name-hint name-problem');
    expect(input.getAttribute('aria-invalid')).to.equal('true');
    expect(part(element, '#name-problem').textContent.trim()).to.equal('Too short.');
    await expect(element).to.be.accessible();
  });

  it('say which are optional', async () => {
    const element = await partsFixture(
      ({ localizer }) =>
        html`${textField(localizer, { id: 'a', label: 'A', value: '' })}
        ${textField(localizer, { id: 'b', label: 'B', value: '', optional: true })}`,
    );
    expect(part(element, '#a', HTMLInputElement).required).to.equal(true);
    expect(part(element, '#b', HTMLInputElement).required).to.equal(false);
    expect(part(element, 'label[for=b]').textContent).to.contain('(optional)');
  });

  it('show a password only as long as asked', async () => {
    const element = await partsFixture(({ localizer }) =>
      passwordField(localizer, { id: 'pw', label: 'Password', autocomplete: 'current-password' }),
    );
    const input = part(element, 'input', HTMLInputElement);
    const eye = part(element, 'button');
    input.value = 'secret';
    eye.click();
    expect(input.type).to.equal('text');
    expect(eye.getAttribute('aria-label')).to.equal('Hide the password');
    eye.click();
    expect(input.type).to.equal('password');
    expect(element.shadowRoot?.innerHTML).not.to.contain('secret');
    await expect(element).to.be.accessible();
  });

  it('choose, tick and search', async () => {
    const said: unknown[] = [];
    const element = await partsFixture(
      ({ localizer }) =>
        html`${selectField(localizer, {
          id: 'project',
          label: 'Project',
          value: 'b',
          options: [
            { value: 'a', label: 'A' },
            { value: 'b', label: 'B' },
          ],
          onChange: (value) => said.push(value),
        })}
        ${checkField({ id: 'keep', label: 'Keep', checked: false, onChange: (checked) => said.push(checked) })}
        ${searchBox(localizer, { value: 'web', onInput: (value) => said.push(value) })}`,
    );
    const select = part(element, 'select', HTMLSelectElement);
    expect(select.value).to.equal('b');
    select.value = 'a';
    select.dispatchEvent(new Event('change'));
    part(element, '#keep').click();
    part(element, '.search input').focus();
    await sendKeys({ press: 'x' });
    part(element, '.search button').click();
    expect(said).to.deep.equal(['a', true, 'webx', '']);
    expect(element.shadowRoot?.activeElement).to.equal(part(element, '.search input'));
    await expect(element).to.be.accessible();
  });

  it('do not fire the page’s single-key shortcuts while somebody searches', async () => {
    const heard: string[] = [];
    const listen = (event: KeyboardEvent) => heard.push(event.key);
    document.addEventListener('keydown', listen);
    const element = await partsFixture(({ localizer }) =>
      searchBox(localizer, { value: '', onInput: () => undefined }),
    );
    part(element, 'input').focus();
    await sendKeys({ type: 'gd' });
    document.removeEventListener('keydown', listen);
    expect(heard).to.deep.equal([]);
  });
});

describe('choice cards', () => {
  it('are radio buttons, by keyboard too; one with a reason is reached and not chosen', async () => {
    let value = 's';
    const element = await partsFixture((host) =>
      choiceCards({
        name: 'size',
        label: 'Size',
        value,
        choices: [
          { value: 's', title: 'Small', note: '1 core' },
          { value: 'm', title: 'Medium' },
          { value: 'l', title: 'Large', reason: 'Your project has 2 cores left.' },
        ],
        onChange: (chosen) => {
          value = chosen;
          host.requestUpdate();
        },
      }),
    );
    part(element, '[value=s]').focus();
    await sendKeys({ press: 'ArrowDown' });
    expect(value).to.equal('m');
    const large = part(element, '[value=l]', HTMLInputElement);
    large.click();
    await element.updateComplete;
    expect(value).to.equal('m');
    expect(large.checked).to.equal(false);
    expect(part(element, '[value=m]', HTMLInputElement).checked).to.equal(true);
    await sendKeys({ press: 'ArrowDown' });
    await element.updateComplete;
    expect(value).to.equal('m');
    expect(part(element, '[value=m]', HTMLInputElement).checked).to.equal(true);
    await expect(element).to.be.accessible();
  });
});

describe('copying', () => {
  it('copies, says so, and shows it', async () => {
    const written: string[] = [];
    const writeText = navigator.clipboard.writeText.bind(navigator.clipboard);
    navigator.clipboard.writeText = (text) => {
      written.push(text);
      return Promise.resolve();
    };
    const element = await partsFixture((host) =>
      copyButton(host, { value: '192.0.2.7', what: 'the address' }),
    );
    const button = part(element, 'button');
    expect(button.getAttribute('aria-label')).to.equal('Copy the address');
    button.click();
    await until(() => button.classList.contains('copied'));
    navigator.clipboard.writeText = writeText;
    expect(written).to.deep.equal(['192.0.2.7']);
    expect(part(element, '[role=status]').textContent).to.contain('Copied');
  });

  it('finds another way where the page may not use the clipboard', async () => {
    const writeText = navigator.clipboard.writeText.bind(navigator.clipboard);
    /* eslint-disable @typescript-eslint/no-deprecated -- what the kit falls back to */
    const execCommand = document.execCommand.bind(document);
    const copied: string[] = [];
    navigator.clipboard.writeText = () => Promise.reject(new DOMException('no', 'NotAllowedError'));
    const element = await partsFixture((host) => copyButton(host, { value: 'req-1', what: 'the id' }));
    document.execCommand = (command: string) => {
      const area = element.shadowRoot?.activeElement;
      if (command === 'copy' && area instanceof HTMLTextAreaElement) copied.push(area.value);
      return true;
    };
    part(element, 'button').focus();
    part(element, 'button').click();
    await until(() => part(element, 'button').classList.contains('copied'));
    navigator.clipboard.writeText = writeText;
    document.execCommand = execCommand;
    /* eslint-enable @typescript-eslint/no-deprecated */
    expect(copied).to.deep.equal(['req-1']);
    expect(element.shadowRoot?.activeElement).to.equal(part(element, 'button'));
    expect(element.shadowRoot?.querySelector('textarea')).to.equal(null);
  });
});

describe('announcements', () => {
  it('are said once, not with every poll', async () => {
    const element = await partsFixture(() => html``);
    let now = 0;
    const say = (text: string) => {
      announce(element, text, () => now);
    };
    const lines = () => [...part(element, '[aria-live=polite]').children].map((line) => line.textContent);
    say('web-1 is running');
    say('web-1 is running');
    say('web-2 is running');
    expect(lines()).to.deep.equal(['web-1 is running', 'web-2 is running']);
    now = 60_000;
    say('web-1 is running');
    expect(lines()).to.deep.equal(['web-1 is running', 'web-2 is running', 'web-1 is running']);
    say('web-3 is running');
    expect(lines().length).to.equal(3);
  });

  it('find the region already there', async () => {
    const element = await partsFixture(() => html``);
    expect(part(element, '[role=status]').getAttribute('aria-atomic')).to.equal('false');
  });
});

describe('notices', () => {
  it('tell what was attempted, what happened, what helps, and the id; and try again', async () => {
    let retried = 0;
    const error = new OpenStackError({
      kind: 'quota',
      attempt: { action: 'create-instance', name: 'web-1' },
      quota: { resource: 'cores', used: 18, limit: 20, requested: 8 },
      requestId: 'req-12345678',
    });
    const element = await partsFixture((host) => errorNotice(host, error, { onRetry: () => (retried += 1) }));
    const text = part(element, '.notice').textContent.replaceAll(/\s+/g, ' ');
    expect(text).to.contain('Could not create the instance “web-1”');
    expect(text).to.contain('18 of 20');
    expect(text).to.contain('Choose a smaller size');
    expect(text).to.contain('req-12345678');
    part(element, '.actions button').click();
    expect(retried).to.equal(1);
    await expect(element).to.be.accessible();
  });

  it('show an operator the lines that are missing', async () => {
    const error = new OpenStackError({
      kind: 'cors',
      attempt: { action: 'list-images' },
      url: 'https://glance.example:9292/v2/images',
      configLines: ['[cors]', 'allowed_origin = https://portal.example'],
    });
    const element = await partsFixture((host) => errorNotice(host, error));
    expect(part(element, 'pre').textContent).to.equal('[cors]\nallowed_origin = https://portal.example');
    expect(part(element, '.notice').textContent).to.contain('glance.example:9292');
    await expect(element).to.be.accessible();
  });

  it('interrupt only when they answer to the person', async () => {
    const element = await partsFixture(
      () =>
        html`${notice({ tone: 'info', heading: 'Quiet' })}
        ${notice({ tone: 'error', heading: 'Loud', urgent: true })}`,
    );
    expect([...(element.shadowRoot?.querySelectorAll('[role=alert]') ?? [])].length).to.equal(1);
  });
});

describe('status, meter and skeleton', () => {
  it('a status is icon and word, never colour alone', async () => {
    const tones: StatusTone[] = ['good', 'busy', 'off', 'paused', 'attention', 'bad', 'unknown'];
    const element = await partsFixture(() => html`${tones.map((tone) => status(tone, `is ${tone}`))}`);
    const shapes = new Set<string | null>();
    for (const tone of tones) {
      const shown = part(element, `.status.${tone}`);
      expect(shown.textContent).to.contain(`is ${tone}`);
      shapes.add(shown.querySelector('path')?.getAttribute('d') ?? null);
    }
    expect(shapes.size).to.equal(tones.length);
    await expect(element).to.be.accessible();
  });

  it('a meter shows what is used, what would be, and when it is too much', async () => {
    const element = await partsFixture(
      ({ localizer }) => html`
        ${meter(localizer, { label: 'Cores', used: 6, limit: 20, adds: 4 })}
        ${meter(localizer, { label: 'Instances', used: 9, limit: 10, adds: 3 })}
        ${meter(localizer, { label: 'Volumes', used: 3, limit: Infinity })}
        ${meter(localizer, { label: 'Memory', used: 512, limit: 2048, format: localizer.wording.mebibytes })}
      `,
    );
    const [cores, instances] = element.shadowRoot?.querySelectorAll('.meter') ?? [];
    const bar = cores?.querySelector('[role=meter]');
    expect(bar?.getAttribute('aria-valuenow')).to.equal('10');
    expect(bar?.getAttribute('aria-valuetext')).to.equal('6 in use, 4 for this, of 20');
    const width = bar?.getBoundingClientRect().width ?? 0;
    expect(cores?.querySelector('.meter-used')?.getBoundingClientRect().width).to.be.closeTo(width * 0.3, 1);
    expect(instances?.classList.contains('over')).to.equal(true);
    expect(element.shadowRoot?.textContent)
      .to.contain('3 in use, no limit')
      .and.contain('512\u00a0MiB of 2\u00a0GiB');
    await expect(element).to.be.accessible();
  });

  it('a skeleton has the height of what will come and says that it loads', async () => {
    const element = await partsFixture(() => skeletonRows('Loading the instances', 4));
    const rows = [...(element.shadowRoot?.querySelectorAll('.skeleton-row') ?? [])];
    expect(rows.map((row) => row.getBoundingClientRect().height)).to.deep.equal([44, 44, 44, 44]);
    expect(part(element, '.skeleton-rows').textContent.trim()).to.equal('Loading the instances');
  });

  it('everything that is pressed is at least 24 pixels, even compact', async () => {
    const element = await partsFixture(
      (host) => html`
        <button class="small">a</button>
        ${actionButton({ id: 'icon', label: 'Icon', iconOnly: true, class: 'small' })}
        ${copyButton(host, { value: 'x', what: 'x' })}
        ${checkField({ id: 'check', label: 'c', checked: false, onChange: () => undefined })}
      `,
    );
    element.style.setProperty('--exo-control-height', '1em');
    for (const target of element.shadowRoot?.querySelectorAll('button, .check') ?? []) {
      const { width, height } = target.getBoundingClientRect();
      expect(Math.min(width, height), target.outerHTML.slice(0, 80)).to.be.at.least(24);
    }
  });
});

describe('styleProps', () => {
  it('sets, changes and takes away single properties, and leaves others alone', async () => {
    let props: Record<string, string | undefined> = { '--_x': '1', color: 'red' };
    const element = await partsFixture(() => html`<p ${styleProps(props)}>text</p>`);
    const p = part(element, 'p');
    p.style.setProperty('margin', '1px');
    expect(p.style.getPropertyValue('--_x')).to.equal('1');
    props = { '--_x': '2', color: undefined };
    element.requestUpdate();
    await element.updateComplete;
    expect(p.style.getPropertyValue('--_x')).to.equal('2');
    expect(p.style.color).to.equal('');
    expect(p.style.margin).to.equal('1px');
  });
});

async function until(condition: () => boolean): Promise<void> {
  while (!condition()) await new Promise(requestAnimationFrame);
}
