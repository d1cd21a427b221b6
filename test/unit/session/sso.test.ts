import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Clock } from '../../../src/openstack/clock.js';
import { exchangeAccessToken, webSsoUrl } from '../../../src/openstack/federation.js';
import { describeError } from '../../../src/i18n/errors.js';
import { Localizer } from '../../../src/i18n/localizer.js';
import { isAbort, OpenStackError } from '../../../src/openstack/errors.js';
import { Secret } from '../../../src/openstack/secret.js';
import { Transport } from '../../../src/openstack/transport.js';
import { answerOf, type Ears } from '../../../src/session/sso/answer.js';
import { RECORD_KEY } from '../../../src/session/sso/arrival.js';
import { readArrival } from '../../../src/session/sso/landing.js';
import { authorizationUrl, challengeOf, discoverProvider, redeem } from '../../../src/session/sso/pkce.js';
import {
  channelName,
  readMessage,
  readRecord,
  writeRecord,
  type SsoRecord,
} from '../../../src/session/sso/record.js';

const PORTAL = 'https://portal.example';
const ATTEMPT = { action: 'sign-in' } as const;
const RECORD: SsoRecord = {
  state: 'abc',
  mode: 'redirect',
  how: 'redirector',
  callback: '/auth/oidc-login',
  authUrl: 'https://cloud.example/v3',
  provider: 'lakeside',
  back: '/portal?tab=2#instances',
  verifier: undefined,
};

describe('where a browser goes to sign in', () => {
  const base = 'https://cloud.example/identity/v3';
  it('is Keystone’s page of the protocol', () => {
    assert.equal(
      webSsoUrl(base, { protocol: 'openid' }, `${PORTAL}/auth/websso/`),
      `${base}/auth/OS-FEDERATION/websso/openid?origin=https%3A%2F%2Fportal.example%2Fauth%2Fwebsso%2F`,
    );
  });
  it('names the identity provider where there are several, whatever it is called', () => {
    const url = webSsoUrl(base, { protocol: 'saml2', identityProvider: 'a/b?c' }, PORTAL);
    assert.equal(
      new URL(url).pathname,
      '/identity/v3/auth/OS-FEDERATION/identity_providers/a%2Fb%3Fc/protocols/saml2/websso',
    );
  });
});

describe('the URL a page is loaded with', () => {
  const read = (path: string, record: SsoRecord | undefined) => readArrival(new URL(path, PORTAL), record);

  const cases: readonly (readonly [string, string, SsoRecord | undefined, ReturnType<typeof readArrival>])[] =
    [
      [
        'a token of ours is taken and scrubbed, the rest stays',
        '/auth/oidc-login?token=t&lang=de#top',
        RECORD,
        { scrubbed: '/auth/oidc-login?lang=de#top', ours: true, answer: { token: 't' } },
      ],
      [
        'with a slash at the end as well',
        '/auth/oidc-login/?token=t',
        RECORD,
        { scrubbed: '/auth/oidc-login/', ours: true, answer: { token: 't' } },
      ],
      [
        'a token nobody began is scrubbed and not taken',
        '/auth/oidc-login?token=t',
        undefined,
        { scrubbed: '/auth/oidc-login', ours: false, answer: {} },
      ],
      [
        'a token elsewhere is the portal’s own business',
        '/reset?token=t',
        RECORD,
        { scrubbed: undefined, ours: false, answer: {} },
      ],
      [
        'a code with our state is taken',
        '/auth/callback?code=c&state=abc&iss=https://idp.example',
        { ...RECORD, how: 'pkce', callback: '/auth/callback' },
        { scrubbed: '/auth/callback', ours: true, answer: { code: 'c', error: undefined } },
      ],
      [
        'a code with another state is scrubbed and not taken, which is told',
        '/auth/callback?code=c&state=other',
        { ...RECORD, how: 'pkce', callback: '/auth/callback' },
        { scrubbed: '/auth/callback', ours: true, answer: { error: 'exo-state' } },
      ],
      [
        'a refusal is told',
        '/auth/callback?error=access_denied&error_description=no&state=abc',
        { ...RECORD, how: 'pkce', callback: '/auth/callback' },
        { scrubbed: '/auth/callback', ours: true, answer: { code: undefined, error: 'access_denied' } },
      ],
      [
        'nothing is there',
        '/auth/callback',
        { ...RECORD, how: 'pkce', callback: '/auth/callback' },
        { scrubbed: undefined, ours: false, answer: {} },
      ],
    ];
  for (const [title, path, record, expected] of cases)
    it(title, () => assert.deepEqual(read(path, record), expected));
});

describe('what a tab keeps of a sign-in under way', () => {
  const area = (): Storage & { map: Map<string, string> } => {
    const map = new Map<string, string>();
    return {
      map,
      length: 0,
      clear: () => map.clear(),
      key: () => null,
      getItem: (key) => map.get(key) ?? null,
      setItem: (key, value) => void map.set(key, value),
      removeItem: (key) => void map.delete(key),
    };
  };
  it('is read as it was written', () => {
    const storage = area();
    assert.equal(writeRecord(RECORD, storage), true);
    assert.deepEqual(readRecord(storage), RECORD);
  });
  it('is nothing where somebody else wrote it, or storage is refused', () => {
    const storage = area();
    for (const text of ['', '{', 'null', '[]', '{"state":"a"}', JSON.stringify({ ...RECORD, mode: 'x' })]) {
      storage.map.set(RECORD_KEY, text);
      assert.equal(readRecord(storage), undefined, text);
    }
    const refused = {
      getItem: () => {
        throw new Error('denied');
      },
      setItem: () => {
        throw new Error('denied');
      },
      removeItem: () => undefined,
    };
    assert.equal(readRecord(refused), undefined);
    assert.equal(writeRecord(RECORD, refused), false);
  });
  it('messages of another sign-in are not read', () => {
    const message = { type: 'exo.sso', state: 'abc', answer: { token: 't', code: 7 } };
    assert.deepEqual(readMessage(message, 'abc'), { token: 't', code: undefined, error: undefined });
    for (const other of [{ ...message, state: 'x' }, { ...message, type: 'y' }, 'exo.sso', null])
      assert.equal(readMessage(other, 'abc'), undefined);
  });
});

describe('waiting for a popup', () => {
  class Stage {
    readonly window = new EventTarget();
    readonly channel = Object.assign(new EventTarget(), { close: () => void (this.channelClosed = true) });
    channelClosed = false;
    popup = { closed: false };
    #now = 0;
    #sleepers: { at: number; wake: () => void }[] = [];
    readonly clock: Clock = {
      now: () => this.#now,
      random: () => 0.5,
      sleep: (ms) => new Promise((wake) => this.#sleepers.push({ at: this.#now + ms, wake })),
    };
    readonly ears: Ears = {
      origin: PORTAL,
      window: this.window,
      channel: (name) => {
        assert.equal(name, channelName('abc'));
        return this.channel;
      },
    };
    async pass(ms: number): Promise<void> {
      for (const end = this.#now + ms; this.#now < end;) {
        this.#now += 100;
        const due = this.#sleepers.filter(({ at }) => at <= this.#now);
        this.#sleepers = this.#sleepers.filter(({ at }) => at > this.#now);
        for (const { wake } of due) wake();
        await new Promise((resolve) => setImmediate(resolve));
      }
    }
    wait(signal = new AbortController().signal): Promise<unknown> {
      return answerOf(this.popup, 'abc', { ears: this.ears, clock: this.clock, signal });
    }
    say(origin: string, state = 'abc', by: EventTarget = this.window): void {
      const data = { type: 'exo.sso', state, answer: { code: origin } };
      by.dispatchEvent(new MessageEvent('message', { origin, data }));
    }
  }
  const code = (value: unknown): unknown =>
    typeof value === 'object' && value && 'code' in value ? value.code : value;

  it('hears this origin and this state alone', async () => {
    const stage = new Stage();
    const waiting = stage.wait();
    stage.say('https://evil.example');
    stage.say(PORTAL, 'guessed');
    stage.say(PORTAL);
    assert.equal(code(await waiting), PORTAL);
    assert.ok(stage.channelClosed, 'the channel stays open');
  });
  it('hears the channel where the opener is cut off and the popup seems closed at once', async () => {
    const stage = new Stage();
    const waiting = stage.wait();
    stage.popup.closed = true;
    await stage.pass(60_000);
    stage.say(PORTAL, 'abc', stage.channel);
    assert.equal(code(await waiting), PORTAL);
  });
  it('ends when a person closes the popup', async () => {
    const stage = new Stage();
    const waiting = stage.wait();
    await stage.pass(5_000);
    stage.popup.closed = true;
    await stage.pass(2_000);
    assert.equal(await waiting, 'closed');
  });
  it('ends when the caller does not want to wait any more', async () => {
    const stage = new Stage();
    const stop = new AbortController();
    const waiting = stage.wait(stop.signal);
    stop.abort();
    await assert.rejects(waiting, (error) => isAbort(error));
  });
});

describe('what goes wrong', () => {
  const localizer = new Localizer({ locale: 'en' });
  const say = (reason?: string) =>
    describeError(localizer, new OpenStackError({ kind: 'auth', attempt: ATTEMPT, reason }));
  for (const reason of ['popup-blocked', 'sso-unavailable', 'sso-cancelled', 'sso-refused', 'sso-state'])
    it(`${reason} has its own sentence, and says what helps`, () => {
      const { happened, helps } = say(reason);
      assert.notEqual(happened, say().happened);
      assert.notEqual(helps, say().helps);
      assert.match(happened, /\.$/);
    });
});

describe('a code with PKCE', () => {
  it('has the challenge of RFC 7636, appendix B', async () => {
    assert.equal(
      await challengeOf('dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk'),
      'E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM',
    );
  });
  it('is asked for with the state and the challenge, beside what the endpoint’s URL has already', () => {
    const url = new URL(
      authorizationUrl(
        { issuer: '', authorizationEndpoint: 'https://idp.example/auth?tenant=1', tokenEndpoint: '' },
        {
          clientId: 'portal',
          redirectUri: `${PORTAL}/auth/callback`,
          scopes: 'openid email',
          state: 's',
          challenge: 'c',
        },
      ),
    );
    assert.deepEqual(Object.fromEntries(url.searchParams), {
      tenant: '1',
      response_type: 'code',
      client_id: 'portal',
      redirect_uri: `${PORTAL}/auth/callback`,
      scope: 'openid email',
      state: 's',
      code_challenge: 'c',
      code_challenge_method: 'S256',
    });
  });
  it('is not asked for at a provider that calls itself otherwise', async () => {
    const transport = new Transport({
      fetch: () =>
        Promise.resolve(
          Response.json({ issuer: 'https://evil.example', authorization_endpoint: 'x', token_endpoint: 'y' }),
        ),
    });
    await assert.rejects(discoverProvider(transport, 'https://idp.example', { attempt: ATTEMPT }));
  });
  it('is redeemed by a form, and the access token goes to Keystone in a header; no log has either', async () => {
    const seen: string[] = [];
    const transport = new Transport({
      fetch: async (request) => {
        seen.push(
          `${request.headers.get('content-type')} ${request.headers.get('authorization')} ${await request.text()}`,
        );
        return request.url.endsWith('/token')
          ? Response.json({ access_token: 'access-1' })
          : Response.json({ token: {} }, { status: 201, headers: { 'X-Subject-Token': 'keystone-1' } });
      },
    });
    const endpoints = { issuer: 'i', authorizationEndpoint: 'a', tokenEndpoint: 'https://idp.example/token' };
    const grant = {
      code: new Secret('code-1'),
      verifier: 'verifier-1',
      clientId: 'portal',
      redirectUri: 'r',
    };
    const access = await redeem(transport, endpoints, grant, { attempt: ATTEMPT });
    const way = { protocol: 'openid', identityProvider: 'lakeside' };
    const token = await exchangeAccessToken(transport, 'https://cloud.example/v3', way, access, {
      attempt: ATTEMPT,
    });
    assert.equal(token.reveal(), 'keystone-1');
    assert.match(
      seen[0] ?? '',
      /^application\/x-www-form-urlencoded.* null grant_type=authorization_code&code=code-1&redirect_uri=r&client_id=portal&code_verifier=verifier-1$/,
    );
    assert.match(seen[1] ?? '', /Bearer access-1/);
    assert.doesNotMatch(JSON.stringify(transport.log.entries), /code-1|verifier-1|access-1|keystone-1/);
  });
});
