import { expect, fixture, fixtureCleanup, html } from '@open-wc/testing';
import '../../../src/elements/exo-login.js';
import '../../../src/elements/exo-session.js';
import '../../../src/elements/exo-session-status.js';
import type { ExoLogin } from '../../../src/elements/login/login.js';
import type { ExoSession } from '../../../src/elements/session/session.js';
import type { ExoSessionStatus } from '../../../src/elements/session-status/session-status.js';
import { registry } from '../../../src/session/registry.js';
import { Session } from '../../../src/session/session.js';
import { createCloud } from '../../../src/simulator/index.js';
import type { ExoErrorEvent } from '../../../src/ui/error-event.js';
import { eventually, signedIn, signedOut, signIn } from '../../../stories/cloud.js';

/** A session whose requests go to a cloud and, for the page's own files, to `files`. */
function sessionWith(files: Readonly<Record<string, string>>): Session {
  const cloud = createCloud();
  return new Session({
    settings: { persist: 'none' },
    fetch: (request: Request) => {
      const { pathname, origin } = new URL(request.url);
      const file = origin === location.origin ? files[pathname] : undefined;
      if (file === undefined) return cloud.fetch(request);
      return Promise.resolve(new Response(file, { headers: { 'Content-Type': 'application/json' } }));
    },
  });
}

describe('<exo-session>', () => {
  afterEach(async () => {
    fixtureCleanup();
    await Promise.resolve();
    expect(registry.get()).to.equal(undefined, 'a session outlived its element');
  });

  it('serves elements inside it, elsewhere on the page, and those that came before it', async () => {
    const box = await fixture<HTMLElement>(
      html`<div>
        <exo-session-status id="before"></exo-session-status>
        <p></p>
      </div>`,
    );
    const { session } = await signedIn();
    const provider = document.createElement('exo-session');
    provider.session = session;
    const inside = document.createElement('exo-session-status');
    provider.append(inside);
    box.append(provider);
    const before = box.querySelector<ExoSessionStatus>('#before');
    await eventually(() => before?.currentSession === session, 'the one before found it');
    expect(inside.currentSession).to.equal(session);
    box.remove();
  });

  it('is found by its name', async () => {
    const { session } = signedOut();
    const box = await fixture<HTMLElement>(
      html`<div>
        <exo-login session="second"></exo-login><exo-session name="second" .session=${session}></exo-session>
      </div>`,
    );
    const login = box.querySelector<ExoLogin>('exo-login');
    await eventually(() => login?.currentSession === session, 'the named session is used');
    expect(registry.get()).to.equal(undefined);
  });

  it('tells the page of each change once, with nothing secret in it', async () => {
    const story = signedOut();
    const element = await fixture<ExoSession>(html`<exo-session .session=${story.session}></exo-session>`);
    const told: unknown[] = [];
    element.addEventListener('exo-session-change', ({ detail }) => told.push(detail));
    await signIn(story);
    await eventually(() => element.matches(':state(signed-in)'), 'signed in');
    const statuses = told.map((detail) => /"status":"([\w-]+)"/.exec(JSON.stringify(detail))?.[1]);
    expect(statuses.at(-1)).to.equal('signed-in');
    expect(new Set(statuses).size).to.equal(statuses.length, statuses.join());
    expect(JSON.stringify(told)).not.to.match(/gAAAA|password"|token/i);
  });

  it('reads its configuration, skips what is wrong in it and says so', async () => {
    const session = sessionWith({
      '/portal.json': JSON.stringify({
        authUrl: 'https://cloud.example/v3',
        cloudName: 'Lakeside',
        persist: 7,
        colour: 'blue',
      }),
    });
    const problems: string[] = [];
    const element = await fixture<ExoSession>(
      html`<exo-session
        .session=${session}
        config="/portal.json"
        @exo-error=${(event: CustomEvent<{ message: string }>) => problems.push(event.detail.message)}
      ></exo-session>`,
    );
    await eventually(() => session.settings.cloudName === 'Lakeside', 'the configuration is read');
    await eventually(() => problems.length === 2, 'both mistakes are told of');
    expect(problems.join()).to.contain('persist: wrong-type').and.to.contain('colour: unknown-field');
    expect(session.settings.authUrl).to.equal('https://cloud.example/v3');
    element.remove();
  });

  it('lets attributes win over the configuration', async () => {
    const session = sessionWith({
      '/portal.json': JSON.stringify({ authUrl: 'https://a.example', locale: 'de' }),
    });
    await fixture<ExoSession>(
      html`<exo-session
        .session=${session}
        config="/portal.json"
        auth-url="https://b.example"
      ></exo-session>`,
    );
    await eventually(
      () => session.settings.locale === 'de' && !session.configuring,
      'the configuration is read',
    );
    await eventually(() => session.settings.authUrl === 'https://b.example', 'the attribute stands');
  });

  it('reports a configuration that cannot be read, and the page goes on', async () => {
    const session = sessionWith({ '/portal.json': '<!doctype html>not found' });
    const element = document.createElement('exo-session');
    element.session = session;
    element.config = '/portal.json';
    const told = new Promise<ExoErrorEvent>((resolve) => element.addEventListener('exo-error', resolve));
    document.body.append(element);
    const { detail } = await told;
    expect(detail.action).to.equal('read-config');
    expect(detail.message).not.to.equal('');
    element.remove();
    await Promise.resolve();
  });

  it('signs in with the portal’s own token', async () => {
    const { cloud, session: first } = await signedIn({ user: 'solo' });
    const project = first.current?.project.name;
    const issued = await cloud.fetch(`${cloud.authUrl}/auth/tokens`, {
      method: 'POST',
      body: JSON.stringify({
        auth: {
          identity: {
            methods: ['password'],
            password: { user: { name: 'solo', domain: { name: 'Default' }, password: 'solo-password' } },
          },
          scope: { project: { id: first.current?.project.id } },
        },
      }),
    });
    const token = issued.headers.get('X-Subject-Token') ?? '';
    const session = new Session({ fetch: cloud.fetch, settings: { persist: 'none' } });
    await fixture<ExoSession>(
      html`<exo-session
        .session=${session}
        auth-url=${cloud.authUrl}
        .getToken=${() => Promise.resolve(token)}
      ></exo-session>`,
    );
    await eventually(() => session.state.status === 'signed-in', 'signed in without a form');
    expect(session.current?.project.name).to.equal(project);
    expect(document.documentElement.outerHTML).not.to.contain(token);
  });

  it('survives being moved, and leaves nothing behind when it goes', async () => {
    const { session } = signedOut();
    const box = await fixture<HTMLElement>(html`<div><section></section></div>`);
    const element = document.createElement('exo-session');
    element.session = session;
    box.append(element);
    box.querySelector('section')?.append(element);
    await Promise.resolve();
    expect(registry.get()).to.equal(session);
    element.remove();
    await Promise.resolve();
    expect(registry.get()).to.equal(undefined);
  });

  it('changes nothing of the page inside it', async () => {
    const element = await fixture<HTMLElement>(
      html`<exo-session .session=${signedOut().session}><p>The page’s own text</p></exo-session>`,
    );
    element.parentElement?.style.setProperty('text-transform', 'uppercase');
    element.parentElement?.style.setProperty('color', 'rgb(1, 2, 3)');
    const p = element.querySelector('p');
    if (!p) throw new Error('the page’s own text is gone');
    expect(getComputedStyle(p).textTransform).to.equal('uppercase');
    expect(getComputedStyle(p).color).to.equal('rgb(1, 2, 3)');
    expect(getComputedStyle(element).display).to.equal('contents');
  });
});
