import assert from 'node:assert/strict';
import { afterEach, describe, it } from 'node:test';
import { browserEnvironment } from '../../../src/live/environment.js';

describe('the surroundings', () => {
  afterEach(() => {
    Reflect.deleteProperty(globalThis, 'document');
    Reflect.deleteProperty(globalThis, 'window');
  });

  it('are visible and online where there is no browser', () => {
    const environment = browserEnvironment();
    assert.equal(environment.visible(), true);
    assert.equal(environment.online(), true);
    environment.onChange(() => undefined)();
  });

  it('of a page follow it, until nobody listens', () => {
    const page = Object.assign(new EventTarget(), { visibilityState: 'visible' });
    const browser = Object.assign(new EventTarget(), { navigator: { onLine: true } });
    Reflect.set(globalThis, 'document', page);
    Reflect.set(globalThis, 'window', browser);
    const environment = browserEnvironment();
    const seen: string[] = [];
    const stop = environment.onChange(() => seen.push(`${environment.visible()} ${environment.online()}`));
    page.visibilityState = 'hidden';
    page.dispatchEvent(new Event('visibilitychange'));
    browser.navigator.onLine = false;
    browser.dispatchEvent(new Event('offline'));
    browser.navigator.onLine = true;
    browser.dispatchEvent(new Event('online'));
    page.visibilityState = 'visible';
    browser.dispatchEvent(new Event('pageshow'));
    assert.deepEqual(seen, ['false true', 'false false', 'false true', 'true true']);
    stop();
    browser.dispatchEvent(new Event('offline'));
    assert.equal(seen.length, 4);
  });
});
