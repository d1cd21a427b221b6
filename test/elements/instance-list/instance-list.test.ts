import { expect, fixture, html } from '@open-wc/testing';
import '../../../src/elements/exo-instance-list.js';
import { eventually, signedIn, signedOut, signIn } from '../../../stories/cloud.js';
import {
  button,
  choose,
  collect,
  details,
  filter,
  keyboard,
  names,
  reasonOf,
  row,
  rows,
  said,
  search,
  show,
  showRows,
  statusOf,
  textOf,
} from './list.js';

const demo = () => signedIn({ seed: 'demo' });

describe('<exo-instance-list> shows', () => {
  it('name, status, addresses, size, image and age of every instance', async () => {
    const list = await showRows(await demo());
    const web = row(list, 'web-1');
    await eventually(() => textOf(web.querySelector('.image')) !== '', 'the image has its name');
    expect(statusOf(list, 'web-1')).to.equal('Active');
    expect([...web.querySelectorAll('.digits')].map(textOf)).to.deep.equal(['198.18.0.11', '10.0.0.13']);
    expect(textOf(web.querySelector('.size'))).to.equal('m3.small 2 vCPU · 6 GiB');
    expect(textOf(web.querySelector('.image'))).to.equal('Featured-Ubuntu24');
    expect(textOf(web.querySelector('.age'))).to.equal('26 minutes ago');
    expect(web.querySelector('time')?.dateTime).to.match(/^\d{4}-\d\d-\d\dT/);
    expect(statusOf(list, 'gpu-training')).to.equal('Error');
    expect(statusOf(list, 'teaching-notebooks')).to.equal('Stopped');
    expect(list.matches(':state(ready)')).to.equal(true);
  });

  it('that an instance boots from a volume, instead of an image', async () => {
    const story = await demo();
    const web = [...(story.cloud.state.regions[0]?.servers.values() ?? [])].find(
      ({ name }) => name === 'web-1',
    );
    if (web) Object.assign(web, { imageId: null });
    const list = await showRows(story);
    expect(textOf(row(list, 'web-1').querySelector('.image'))).to.equal('Boots from a volume');
  });

  it('sizes of a cloud that gives only their ids', async () => {
    const list = await showRows(await signedIn({ seed: 'demo', maxMicroversion: 'none' }));
    await eventually(
      () => textOf(row(list, 'web-1').querySelector('.size')) === 'm3.small 2 vCPU · 6 GiB',
      'the size is looked up',
    );
  });

  it('every page of a long list, and says so while they arrive', async () => {
    const story = await signedIn({ servers: 130, maxLimit: 50 });
    const answer = story.cloud.hold({ path: /marker=/ });
    const list = await showRows(story);
    expect(textOf(list.renderRoot.querySelector('.count'))).to.equal('50 so far');
    answer();
    await eventually(() => textOf(list.renderRoot.querySelector('.count')) === '130', 'all have arrived');
    expect(list.renderRoot.querySelector('table')?.getAttribute('aria-rowcount')).to.equal('131');
  });

  it('a status nobody knows, as far as it is understood', async () => {
    const story = await demo();
    const web = [...(story.cloud.state.regions[0]?.servers.values() ?? [])].find(
      ({ name }) => name === 'web-1',
    );
    if (web) Object.assign(web, { taskState: 'quiescing_disk' });
    const list = await showRows(story);
    expect(statusOf(list, 'web-1')).to.match(/^Active quiescing disk/);
    expect(rows(list).length).to.equal(5);
  });

  it('exact times on demand', async () => {
    const list = await showRows(await demo());
    button(list.renderRoot.querySelector('thead'), 'Show exact times').click();
    await list.updateComplete;
    expect(textOf(row(list, 'web-1').querySelector('.age'))).to.match(/\d{4}, \d+:\d\d/);
  });

  it('only the columns that are wanted, under the heading that is wanted', async () => {
    const story = await demo();
    const list = await showRows(
      story,
      html`<exo-instance-list
        .session=${story.session}
        columns="age, status"
        heading="Running"
        heading-level="4"
        hide-actions
      ></exo-instance-list>`,
    );
    const heads = [...list.renderRoot.querySelectorAll('thead th')].map(textOf);
    expect(heads).to.deep.equal(['Name', 'Age', 'Status']);
    expect(list.renderRoot.querySelector('[role=heading]')?.getAttribute('aria-level')).to.equal('4');
    expect(textOf(list.renderRoot.querySelector('[role=heading]'))).to.equal('Running');
    expect(list.renderRoot.querySelector('table')?.getAttribute('aria-label')).to.equal('Running');
    expect(list.renderRoot.querySelectorAll('.tick, .do').length).to.equal(0);
  });

  it('no heading at level 0', async () => {
    const story = await demo();
    const list = await showRows(
      story,
      html`<exo-instance-list .session=${story.session} heading-level="0"></exo-instance-list>`,
    );
    expect(list.renderRoot.querySelectorAll('[role=heading]').length).to.equal(0);
  });
});

describe('<exo-instance-list> sorts and finds', () => {
  it('begins with the youngest, and sorts by any column, both ways', async () => {
    const list = await showRows(await demo());
    expect(names(list).slice(0, 3)).to.deep.equal(['web-1', 'gpu-training', 'teaching-notebooks']);
    const head = list.renderRoot.querySelector('th.name');
    for (const direction of ['ascending', 'descending']) {
      button(head, 'Name').click();
      await list.updateComplete;
      expect(head?.getAttribute('aria-sort')).to.equal(direction);
    }
    expect(names(list)[0]).to.equal('web-1');
    expect(names(list).at(-1)?.startsWith('genome')).to.equal(true);
    expect(list.renderRoot.querySelector('th.age')?.getAttribute('aria-sort')).to.equal('none');
  });

  it('finds by name, id and address, and filters by status with counts', async () => {
    const list = await showRows(await demo());
    search(list, 'TEACHING note');
    await list.updateComplete;
    expect(names(list)).to.deep.equal(['teaching-notebooks']);
    expect(textOf(list.renderRoot.querySelector('.count'))).to.equal('1 of 5');
    search(list, '198.18.0.11');
    await list.updateComplete;
    expect(names(list)).to.deep.equal(['web-1']);
    search(list, '');
    await list.updateComplete;
    expect([...filter(list).options].map(({ label }) => label.trim())).to.deep.equal([
      'All statuses (5)',
      'Error (1)',
      'Active (3)',
      'Stopped (1)',
    ]);
    choose(filter(list), /^Stopped/);
    await list.updateComplete;
    expect(names(list)).to.deep.equal(['teaching-notebooks']);
  });

  it('says when nothing matches, and shows all again', async () => {
    const list = await showRows(await demo());
    choose(filter(list), /^Stopped/);
    search(list, 'nothing is called this');
    await list.updateComplete;
    expect(rows(list).length).to.equal(0);
    const clear = button(list.renderRoot.querySelector('.place'), 'Show all');
    clear.focus();
    clear.click();
    await list.updateComplete;
    expect(rows(list).length).to.equal(5);
    expect(filter(list).selectedOptions[0]?.label.trim()).to.equal('All statuses (5)');
    expect(keyboard(list), 'the keyboard is not lost').to.not.equal('');
    await eventually(() => said(list).includes('5 instances shown'), 'it is said how many are shown');
  });
});

describe('<exo-instance-list> opens', () => {
  it('the details of an instance below its row', async () => {
    const list = await showRows(await demo());
    const opened = collect(list, 'exo-instance-open');
    const name = button(row(list, 'matlab-license'), 'matlab-license');
    name.click();
    await list.updateComplete;
    expect(opened.map(({ detail }) => detail.name)).to.deep.equal(['matlab-license']);
    expect(name.getAttribute('aria-expanded')).to.equal('true');
    const text = textOf(details(list, 'matlab-license'));
    expect(text).to.contain(row(list, 'matlab-license').dataset['row']);
    expect(text).to.contain('laptop');
    name.click();
    await list.updateComplete;
    expect(details(list, 'matlab-license') === null).to.equal(true);
  });

  it('nothing when the page shows it in its own place', async () => {
    const list = await showRows(await demo());
    list.addEventListener('exo-instance-open', (event) => event.preventDefault());
    button(row(list, 'web-1'), 'web-1').click();
    await list.updateComplete;
    expect(details(list, 'web-1') === null).to.equal(true);
  });

  it('why an instance is in error, and what helps', async () => {
    const list = await showRows(await demo());
    button(row(list, 'gpu-training'), 'gpu-training').click();
    await eventually(
      () => textOf(details(list, 'gpu-training')).includes('No valid host was found'),
      'the cloud’s own words are there',
    );
    expect(textOf(details(list, 'gpu-training'))).to.contain('The cloud had no room for it.');
    expect(textOf(details(list, 'gpu-training'))).to.contain('smaller size');
  });
});

describe('<exo-instance-list> with many broken instances', () => {
  it('reads the reason of one when somebody looks at it', async () => {
    const story = await signedIn({ servers: 8 });
    for (const server of story.cloud.state.regions[0]?.servers.values() ?? []) {
      const fault = { code: 500, message: `No valid host for ${server.name}`, details: null, created: 0 };
      Object.assign(server, { vmState: 'error', inCell: false, fault });
    }
    const list = await showRows(story);
    const oldest = names(list).at(-1) ?? '';
    button(row(list, oldest), oldest).click();
    await eventually(
      () => textOf(details(list, oldest)).includes(`No valid host for ${oldest}`),
      'its reason is read',
    );
  });
});

describe('<exo-instance-list> says what it cannot show', () => {
  it('without a session, and offers to sign in', async () => {
    const list = await show(signedOut());
    expect(list.matches(':state(no-session)')).to.equal(true);
    const asked = collect(list, 'exo-sign-in-open');
    button(list.renderRoot.querySelector('.place'), 'Sign in').click();
    expect(asked.length).to.equal(1);
  });

  it('before a project is chosen', async () => {
    const story = signedOut();
    await signIn(story, 'demo', 'none of them');
    const list = await show(story);
    expect(textOf(list.renderRoot.querySelector('.place'))).to.contain('Choose a project');
  });

  it('while the first answer is on its way: rows of what will come', async () => {
    const story = await demo();
    story.cloud.fail({ path: '/servers/detail' }, { latency: 3_600_000 });
    const list = await show(story);
    expect(list.matches(':state(loading)')).to.equal(true);
    expect(list.renderRoot.querySelectorAll('tbody tr').length).to.be.greaterThan(2);
    expect(textOf(list.renderRoot.querySelector('[role=status]'))).to.equal('Loading instances…');
  });

  it('when there are none, and offers to launch one', async () => {
    const list = await show(await signedIn());
    await eventually(() => list.matches(':state(empty)'), 'it is empty');
    await list.updateComplete;
    const asked = collect(list, 'exo-launch-open');
    button(list.renderRoot, 'Launch').click();
    expect(asked.length).to.equal(1);
    expect(asked[0]?.cancelable).to.equal(false);
  });

  it('when there are none for somebody who may only look: no button that leads nowhere', async () => {
    const list = await show(await signedIn({ user: 'reader' }));
    await eventually(() => list.matches(':state(empty)'), 'it is empty');
    await list.updateComplete;
    expect(list.renderRoot.querySelectorAll('.place button').length).to.equal(0);
  });

  it('in the page’s own words where the page has some', async () => {
    const story = await signedIn();
    const list = await show(
      story,
      html`<exo-instance-list .session=${story.session}
        ><p slot="empty">Come back on Monday.</p></exo-instance-list
      >`,
    );
    await eventually(() => list.matches(':state(empty)'), 'it is empty');
    await list.updateComplete;
    const slot = list.renderRoot.querySelector<HTMLSlotElement>('slot[name=empty]');
    expect(slot?.assignedElements().map(textOf)).to.deep.equal(['Come back on Monday.']);
  });

  it('when the cloud refuses the list, or has no compute service', async () => {
    const story = await demo();
    story.cloud.fail({ path: '/servers/detail', times: Infinity }, { status: 403 });
    const list = await show(story);
    await eventually(() => list.matches(':state(forbidden)'), 'it is forbidden');
    await list.updateComplete;
    expect(textOf(list.renderRoot.querySelector('.notice'))).to.contain('Could not list the instances');
    const other = await show(await signedIn({ services: ['identity', 'image', 'network'] }));
    expect(other.matches(':state(service-missing)')).to.equal(true);
    expect(textOf(other.renderRoot.querySelector('.place'))).to.contain('no compute service');
  });

  it('when listing failed, and tries again', async () => {
    const story = await demo();
    const mend = story.cloud.fail({ path: '/servers/detail', times: Infinity }, { status: 500 });
    const list = await show(story);
    await eventually(() => list.matches(':state(failed)'), 'it failed');
    await list.updateComplete;
    expect(textOf(list.renderRoot.querySelector('.notice code'))).to.match(/^req-/);
    mend();
    button(list.renderRoot.querySelector('.notice'), 'Try again').click();
    await eventually(() => rows(list).length === 5, 'the rows are there');
  });

  it('that what is shown is old, and keeps showing it', async () => {
    const story = await demo();
    const list = await showRows(story);
    const mend = story.cloud.fail({ path: '/servers/detail', times: Infinity }, { status: 500 });
    await list.refresh();
    await list.updateComplete;
    expect(list.matches(':state(stale)') && list.matches(':state(ready)')).to.equal(true);
    expect(rows(list).length).to.equal(5);
    expect(textOf(list.renderRoot.querySelector('.stale'))).to.match(/^What you see is from /);
    mend();
    button(list.renderRoot.querySelector('.notice'), 'Try again').click();
    await eventually(() => !list.matches(':state(stale)'), 'it is fresh again');
    expect(list.renderRoot.querySelectorAll('.notice').length).to.equal(0);
  });

  it('that the session has run out, and keeps what was shown, without actions', async () => {
    const story = await demo();
    const list = await showRows(story);
    story.cloud.revokeTokens();
    const refreshed = list.refresh();
    await eventually(() => list.matches(':state(expired)'), 'the end is noticed');
    await list.updateComplete;
    expect(rows(list).length).to.equal(5);
    expect(reasonOf(button(row(list, 'web-1'), 'Stop'))).to.contain('Sign in again');
    await signIn(story);
    await refreshed;
    await list.updateComplete;
    expect(list.matches(':state(expired)')).to.equal(false);
    expect(button(row(list, 'web-1'), 'Stop').hasAttribute('aria-disabled')).to.equal(false);
  });
});

describe('<exo-instance-list> in a page', () => {
  it('asks once, however many lists there are', async () => {
    const story = await demo();
    const page = await fixture(
      html`<div>
        ${Array.from(
          { length: 10 },
          () => html`<exo-instance-list .session=${story.session}></exo-instance-list>`,
        )}
      </div>`,
    );
    expect(page.querySelectorAll('exo-instance-list').length).to.equal(10);
    for (const list of page.querySelectorAll('exo-instance-list')) {
      // What is out of sight is not kept fresh.
      list.scrollIntoView();
      await eventually(() => rows(list).length === 5, 'it has its rows');
    }
    const asked = story.session.log.entries.filter(({ url }) => url.includes('/servers/detail'));
    expect(asked.length).to.equal(1);
  });

  it('shows another project’s instances when it is chosen, and forgets what was ticked', async () => {
    const story = await demo();
    const list = await showRows(story);
    rows(list)[0]?.querySelector<HTMLInputElement>('.tick input')?.click();
    expect(list.selectedIds.length).to.equal(1);
    const research = 'projects' in story.session.state ? story.session.state.projects : [];
    const selections = collect(list, 'exo-instance-select');
    await story.session.selectProject(research.find(({ name }) => name === 'research')?.id ?? '');
    await eventually(() => list.matches(':state(empty)'), 'the other project has none');
    expect(list.selectedIds).to.deep.equal([]);
    expect(selections.at(-1)?.detail.ids).to.deep.equal([]);
  });

  it('can be moved and removed', async () => {
    const story = await demo();
    const list = await showRows(story);
    const elsewhere = document.createElement('section');
    document.body.append(elsewhere);
    elsewhere.append(list);
    await list.updateComplete;
    expect(rows(list).length).to.equal(5);
    list.remove();
    await list.updateComplete;
    elsewhere.append(list);
    await eventually(() => rows(list).length === 5, 'the rows are back');
    elsewhere.remove();
  });
});
