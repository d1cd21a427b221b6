import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import {
  Localizer,
  onLocaleRegistered,
  registerLocale,
  supportedLocale,
} from '../../../src/i18n/localizer.js';
import { defineMessages } from '../../../src/i18n/messages.js';
import { PSEUDO_LOCALE } from '../../../src/i18n/pseudo.js';
import type { Wording } from '../../../src/i18n/wording.js';

const messages = defineMessages('test', {
  title: 'Your {instance.many}',
  heading: '{Instance.many} in this {project}',
  remove: 'Delete “{name}”?',
  used: '{n} used',
  found: (w: Wording, { n }: { n: number }) => w.plural(n, { one: '{n} found', other: '{n} were found' }),
  plain: 'Plain',
});

describe('Localizer', () => {
  it('puts the nouns of the vocabulary into sentences, capital or not, one or many', () => {
    const usual = new Localizer({ locale: 'en' });
    assert.equal(usual.text(messages, 'title'), 'Your instances');
    const renamed = new Localizer({
      locale: 'en',
      vocabulary: { instance: { one: 'computer', many: 'computers' } },
    });
    assert.equal(renamed.text(messages, 'title'), 'Your computers');
    assert.equal(renamed.text(messages, 'heading'), 'Computers in this project');
  });

  it('fills in arguments as they are and numbers as the language writes them', () => {
    const english = new Localizer({ locale: 'en' });
    assert.equal(
      english.text(messages, 'remove', { name: 'a {instance} $& b' }),
      'Delete “a {instance} $& b”?',
    );
    assert.equal(english.text(messages, 'used', { n: 12_345 }), '12,345 used');
  });

  it('chooses the plural by the rules of the language', () => {
    const english = new Localizer({ locale: 'en' });
    assert.equal(english.text(messages, 'found', { n: 1 }), '1 found');
    assert.equal(english.text(messages, 'found', { n: 2 }), '2 were found');
    registerLocale('cs', {
      test: {
        found: (w: Wording, { n }: { n: number }) =>
          w.plural(n, { one: '{n} nalezen', few: '{n} nalezeny', other: '{n} nalezeno' }),
      },
    });
    const czech = new Localizer({ locale: 'cs-CZ' });
    assert.deepEqual(
      [1, 3, 5].map((n) => czech.text(messages, 'found', { n })),
      ['1 nalezen', '3 nalezeny', '5 nalezeno'],
    );
  });

  it('takes a text from the nearest language that has it, and English last', () => {
    registerLocale(
      'de',
      { test: { title: 'Ihre {instance.many}', plain: 'Schlicht' } },
      {
        instance: { one: 'Instanz', many: 'Instanzen' },
      },
    );
    registerLocale('de-AT', { test: { plain: 'Einfach' } });
    const austrian = new Localizer({ locale: 'de-AT' });
    assert.equal(austrian.text(messages, 'plain'), 'Einfach');
    assert.equal(austrian.text(messages, 'title'), 'Ihre Instanzen');
    assert.equal(austrian.text(messages, 'remove', { name: 'x' }), 'Delete “x”?');
    assert.equal(austrian.wording.number(1234.5), '1\u00a0234,5');
  });

  it('adds to a language rather than replacing it, and tells who listens', () => {
    let told = 0;
    const stop = onLocaleRegistered(() => (told += 1));
    registerLocale('fr', { test: { plain: 'Simple' } });
    registerLocale('fr', { test: { title: 'Vos {instance.many}' } });
    stop();
    registerLocale('fr', { other: {} });
    assert.equal(told, 2);
    const french = new Localizer({ locale: 'fr' });
    assert.equal(french.text(messages, 'plain'), 'Simple');
    assert.equal(french.text(messages, 'title'), 'Vos instances');
  });

  it('lets the portal word a sentence its own way, over every translation', () => {
    const portal = new Localizer({ locale: 'de', strings: { test: { plain: 'Unseres' } } });
    assert.equal(portal.text(messages, 'plain'), 'Unseres');
  });

  it('stays in one language: where the texts are English, so are numbers and dates', () => {
    assert.equal(supportedLocale('ja'), 'en');
    assert.equal(supportedLocale('en-GB'), 'en-GB');
    assert.equal(supportedLocale('not a tag'), 'en');
    assert.equal(new Localizer({ locale: 'ja' }).locale, 'en');
  });

  it('knows the direction of a script', () => {
    registerLocale('ar', { test: {} });
    registerLocale('az', { test: {} });
    assert.equal(new Localizer({ locale: 'ar-EG' }).dir, 'rtl');
    assert.equal(new Localizer({ locale: 'az' }).dir, 'ltr');
  });

  it('sorts as a person does', () => {
    const { compare } = { compare: (a: string, b: string) => new Localizer({ locale: 'en' }).compare(a, b) };
    assert.deepEqual(['web-10', 'Web-2', 'web-1'].sort(compare), ['web-1', 'Web-2', 'web-10']);
  });

  it('ignores a name that is no own property of the arguments or the vocabulary', () => {
    const odd = defineMessages('odd', { it: '{constructor} {toString}' });
    // @ts-expect-error a placeholder that is not given is a compile error, and stays visible at run time
    assert.equal(new Localizer({ locale: 'en' }).text(odd, 'it'), '{constructor} {toString}');
  });
});

describe('the pseudo-locale', () => {
  const pseudo = new Localizer({ locale: PSEUDO_LOCALE });

  it('marks every text of the kit and leaves what is filled in', () => {
    const text = pseudo.text(messages, 'remove', { name: 'web-1' });
    assert.match(text, /^⟦.*⟧$/);
    assert.match(text, /“web-1”/);
    assert.doesNotMatch(text.replace('web-1', ''), /[a-z]/i);
  });

  it('marks functions and nouns too', () => {
    assert.doesNotMatch(pseudo.text(messages, 'found', { n: 3 }), /[a-z]/i);
    assert.doesNotMatch(pseudo.wording.noun('instance'), /[a-z]/i);
    assert.doesNotMatch(pseudo.text(messages, 'heading'), /[a-z]/i);
  });

  it('is a third longer, as other languages are', () => {
    const growth = pseudo.text(messages, 'title').length / 'Your instances'.length;
    assert.ok(growth >= 1.3, `it is ${growth.toFixed(2)} times as long`);
  });
});
