import { expect } from '@open-wc/testing';
import { ContextProvider } from '@lit/context';
import { html } from 'lit';
import { CollectionController } from '../../../src/elements/collection-controller.js';
import { SessionElement } from '../../../src/elements/session-element.js';
import { OpenStackError } from '../../../src/openstack/errors.js';
import { serversOf } from '../../../src/session/collections.js';
import type { Connection } from '../../../src/session/connection.js';
import { sessionContext } from '../../../src/session/context.js';
import { registry } from '../../../src/session/registry.js';
import { Session } from '../../../src/session/session.js';
import { eventually, signedIn, signIn, signedOut } from '../../../stories/cloud.js';

class TestElement extends SessionElement {
  static override readonly tag: string = 'test-session-element';
  renders = 0;
  readonly servers = this.watch(serversOf);

  protected override render() {
    this.renders += 1;
    const { state } = this.servers;
    return html`<p>${this.currentSession?.name ?? 'none'}</p>
      <ul>
        ${this.servers.rows.map(({ name }) => html`<li>${name}</li>`)}
      </ul>
      <output>${state?.status ?? 'nothing'}</output>`;
  }
}
TestElement.define();

declare global {
  interface HTMLElementTagNameMap {
    'test-session-element': TestElement;
  }
}

class TestProvider extends HTMLElement {
  readonly provider = new ContextProvider(this, { context: sessionContext });
  connectedCallback(): void {
    this.provider.hostConnected();
  }
}

const place = document.createElement('div');
document.body.append(place);

afterEach(() => {
  place.replaceChildren();
  for (const name of ['', 'left', 'right']) registry.set(name, undefined);
});

function add(parent: Element = place): TestElement {
  const element = document.createElement('test-session-element');
  parent.append(element);
  return element;
}

describe('an element finds its session', () => {
  it('by its property before all else', () => {
    const session = new Session({ name: 'own' });
    registry.set('', new Session());
    const element = document.createElement('test-session-element');
    element.session = session;
    place.append(element);
    expect(element.currentSession).to.equal(session);
  });

  it('by its attribute, before and after that session is there, and never another one', async () => {
    registry.set('', new Session());
    const element = add();
    element.setAttribute('session', 'left');
    await element.updateComplete;
    expect(element.currentSession).to.equal(undefined);
    const left = new Session({ name: 'left' });
    registry.set('left', left);
    expect(element.currentSession).to.equal(left);
    element.setAttribute('session', 'right');
    await element.updateComplete;
    expect(element.currentSession).to.equal(undefined);
    element.removeAttribute('session');
    await element.updateComplete;
    expect(element.currentSession).to.equal(registry.get());
  });

  it('by the provider around it, even one that comes later', () => {
    registry.set('', new Session());
    const wrapper = document.createElement('test-provider');
    place.append(wrapper);
    const element = add(wrapper);
    expect(element.currentSession).to.equal(registry.get());
    const provided = new Session({ name: 'provided' });
    customElements.define('test-provider', TestProvider);
    if (!(wrapper instanceof TestProvider)) throw new Error('not upgraded');
    wrapper.provider.setValue(provided);
    expect(element.currentSession).to.equal(provided);
    const other = new Session({ name: 'other' });
    wrapper.provider.setValue(other);
    expect(element.currentSession).to.equal(other);
  });

  it('anew where it is moved to, and forgets the old place', () => {
    const [one, two] = ['one', 'two'].map((name) => {
      const wrapper = document.createElement('test-provider');
      if (!(wrapper instanceof TestProvider)) throw new Error('not upgraded');
      wrapper.provider.setValue(new Session({ name }));
      place.append(wrapper);
      return wrapper;
    });
    if (!one || !two) throw new Error('no wrappers');
    const element = add(one);
    expect(element.currentSession?.name).to.equal('one');
    two.append(element);
    expect(element.currentSession?.name).to.equal('two');
    place.append(element);
    expect(element.currentSession).to.equal(undefined);
    element.remove();
    one.provider.setValue(new Session({ name: 'later' }));
    expect(element.currentSession).to.equal(undefined);
  });

  it('and renders when the session changes its state', async () => {
    const story = signedOut({ seed: 'demo' });
    const element = add();
    element.session = story.session;
    await element.updateComplete;
    expect(element.connection).to.equal(undefined);
    await signIn(story);
    await eventually(() => element.shadowRoot?.querySelector('li') !== null, 'the rows are shown');
    expect(element.connection).to.equal(story.session.current);
  });

  it('and speaks the session’s language with its nouns', async () => {
    const session = new Session({
      settings: { vocabulary: { instance: { one: 'computer', many: 'computers' } } },
    });
    const element = add();
    element.session = session;
    await element.updateComplete;
    const title = () => element.localizer.wording.noun('instance', 'many');
    expect(title()).to.equal('computers');
    session.configure({ vocabulary: { instance: { one: 'machine', many: 'machines' } } });
    await eventually(() => title() === 'machines', 'the nouns are the new ones');
  });
});

describe('an element’s lists', () => {
  it('follow the project', async () => {
    const { session } = await signedIn({ seed: 'demo', project: 'demo' });
    const element = add();
    element.session = session;
    const names = () => [...(element.shadowRoot?.querySelectorAll('li') ?? [])].map((li) => li.textContent);
    await eventually(() => names().length > 0, 'the rows of the first project');
    const before = names();
    const { state } = session;
    if (state.status !== 'signed-in') throw new Error(state.status);
    const research = state.projects.find(({ name }) => name === 'research');
    await session.selectProject(research?.id ?? '');
    await eventually(() => names().join() !== before.join(), 'the rows of the other project');
    expect(names().some((name) => before.includes(name))).to.equal(false);
  });

  it('are watched only while the element is in the page and can be seen', async () => {
    const { session } = await signedIn({ seed: 'demo' });
    const connection = session.current;
    if (!connection) throw new Error('not signed in');
    const servers = serversOf(connection);
    const subscribe = servers.subscribe.bind(servers);
    let watching = 0;
    servers.subscribe = (...args) => {
      const stop = subscribe(...args);
      watching += 1;
      return () => {
        watching -= 1;
        stop();
      };
    };
    const element = add();
    element.session = session;
    await eventually(() => watching === 1, 'it is watched');
    place.style.cssText = 'position: absolute; top: 5000px';
    await eventually(() => watching === 0, 'nobody watches what is out of sight');
    place.style.cssText = '';
    await eventually(() => watching === 1, 'it is watched again');
    place.hidden = true;
    await eventually(() => watching === 0, 'nobody watches what is hidden');
    place.hidden = false;
    await eventually(() => watching === 1, 'it is watched again');
    element.remove();
    expect(watching).to.equal(0);
    place.append(element);
    await eventually(() => watching === 1, 'it is watched in its new place');
  });

  it('ask nothing before the element comes in sight', async () => {
    const { session } = await signedIn({ seed: 'demo' });
    place.style.cssText = 'position: absolute; top: 5000px';
    const element = add();
    element.session = session;
    await element.updateComplete;
    // Who is observed after it is told after it.
    const after = document.createElement('p');
    place.append(after);
    await new Promise<void>((resolve) => {
      new IntersectionObserver((_entries, observer) => {
        observer.disconnect();
        resolve();
      }).observe(after);
    });
    await element.updateComplete;
    const asked = () => session.log.entries.filter(({ url }) => url.includes('/servers/detail')).length;
    expect(asked()).to.equal(0);
    place.style.cssText = '';
    await eventually(() => asked() === 1, 'it asks when it is seen');
  });

  it('say failed where the cloud does not offer the service', async () => {
    class Lacking extends SessionElement {
      readonly list = new CollectionController(this, (_connection: Connection) => {
        throw new OpenStackError({
          kind: 'not-found',
          attempt: { action: 'list-volumes' },
          reason: 'service-missing',
        });
      });
    }
    Object.defineProperty(Lacking, 'tag', { value: 'test-lacking' });
    Lacking.define('test-lacking');
    const { session } = await signedIn({ seed: 'demo' });
    const element = document.createElement('test-lacking');
    if (!(element instanceof Lacking)) throw new Error('not registered');
    element.session = session;
    place.append(element);
    await element.updateComplete;
    expect(element.list.state?.status).to.equal('failed');
    expect(element.list.rows).to.deep.equal([]);
  });

  it('render the element only when what it selects has changed', async () => {
    class Counting extends SessionElement {
      renders = 0;
      readonly count = this.watch(serversOf, {
        select: (state) => (state.status === 'ready' ? state.rows.length : state.status),
      });
      protected override render() {
        this.renders += 1;
        return html`${this.count.rows.length}`;
      }
    }
    Counting.define('test-counting');
    const { session } = await signedIn({ seed: 'demo' });
    const element = document.createElement('test-counting');
    if (!(element instanceof Counting)) throw new Error('not registered');
    element.session = session;
    place.append(element);
    await eventually(() => Number(element.shadowRoot?.textContent.trim()) > 0, 'the count is shown');
    const before = element.renders;
    const [row] = element.count.rows;
    element.count.collection?.patch(row?.id ?? '', { pending: 'stopping' });
    await Promise.resolve();
    await element.updateComplete;
    expect(element.renders).to.equal(before);
  });
});
