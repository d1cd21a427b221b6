import { expect } from '@open-wc/testing';
import { eventually } from '../../../stories/cloud.js';
import { LONG_NAMES, strangeRows } from '../../../stories/strange-rows.js';
import { button, details, names, row, rows, show, statusOf, textOf } from './list.js';

describe('<exo-instance-list> shows what lists stumble over:', () => {
  it('names of any script, as long as they may be', async () => {
    const list = await show(await strangeRows());
    list.columns = 'name status';
    await eventually(() => rows(list).length === 10, 'all rows are shown');
    for (const name of LONG_NAMES) {
      expect(names(list)).to.include(name);
      expect(row(list, name).scrollWidth).to.be.at.most(row(list, name).clientWidth + 1);
      expect(row(list, name).getBoundingClientRect().height).to.be.lessThan(120);
    }
  });

  it('a thousand tags in a row of usual height, and all of them on demand', async () => {
    const list = await show(await strangeRows());
    list.columns = 'name tags';
    await eventually(() => rows(list).length === 10, 'all rows are shown');
    const tags = row(list, 'tagged').querySelector('.where bdi');
    expect(tags?.getAttribute('title')?.split(', ').length).to.equal(1000);
    expect(row(list, 'tagged').getBoundingClientRect().height).to.be.lessThan(120);
  });

  it('no image, and a size that is no more', async () => {
    const list = await show(await strangeRows());
    await eventually(() => rows(list).length === 10, 'all rows are shown');
    const part = (name: string, of: string) => textOf(row(list, name).querySelector(of));
    expect(part('from-volume', '.image')).to.equal('Boots from a volume');
    await eventually(() => part('sizeless', '.size') === 'gone-for-good', 'what is known of the size');
  });

  it('a name and a fault with markup, as text', async () => {
    const list = await show(await strangeRows());
    await eventually(() => rows(list).length === 10, 'all rows are shown');
    const name = '<img src=x onerror=alert(1)>';
    button(row(list, name), name).click();
    await eventually(
      () => textOf(details(list, name)).includes('<script>alert(1)</script> & <b>bold</b>'),
      'the fault is told as it is',
    );
    expect(list.renderRoot.querySelector('img, script, b') === null).to.equal(true);
  });

  it('a row of a part of the cloud that is down', async () => {
    const list = await show(await strangeRows());
    await eventually(() => rows(list).length === 10, 'all rows are shown');
    const nameless = names(list).find((name) => name.startsWith('No name')) ?? '';
    expect(statusOf(list, nameless)).to.contain('Unknown');
    button(row(list, nameless), nameless).click();
    const { row: id = '-' } = row(list, nameless).dataset;
    await eventually(() => textOf(details(list, nameless)).includes(id), 'its id is there to be told');
  });
});
