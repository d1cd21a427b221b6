import type { VocabularyKey } from '../i18n/vocabulary.js';
import {
  count,
  dict,
  flag,
  key,
  list,
  needed,
  oneOf,
  optional,
  rowReader,
  text,
  type Field,
  type Reader,
  type RowProblem,
} from '../openstack/schema.js';
import { COMMIT, GIT_URL, HOST_NAME, SSH_ACCOUNT } from './setting-forms.js';
import type {
  ActionBan,
  CloudSettings,
  ExosphereProvisioning,
  ImageMatch,
  LaunchDefaults,
  LaunchType,
  LaunchVersion,
  Opening,
  Persist,
  Prices,
  SessionSettings,
  SignInMethod,
  SignInSettings,
  SizeGroup,
  SsoProvider,
  UserAppProxy,
} from './settings.js';

/** What of a configuration was understood, and what was not: each unknown or wrong key on its own. */
export interface Config {
  readonly settings: SessionSettings;
  readonly problems: readonly RowProblem[];
}

/** An http(s) URL or a path of the portal's own origin. */
const address: Reader<string> = (value, report, row, field) => {
  const url = text(value, report, row, field);
  if (url === undefined || /^(https?:\/\/[^/]|\/(?!\/))/i.test(url)) return url;
  report({ kind: 'wrong-type', row, field });
  return undefined;
};

const noun = rowReader('config.vocabulary', { one: key('one'), many: key('many') });

const vocabulary = rowReader('config.vocabulary', {
  instance: optional('instance', noun),
  project: optional('project', noun),
  size: optional('size', noun),
  image: optional('image', noun),
  volume: optional('volume', noun),
  keypair: optional('keypair', noun),
  network: optional('network', noun),
  securityGroup: optional('securityGroup', noun),
  floatingIp: optional('floatingIp', noun),
  cloud: optional('cloud', noun),
  region: optional('region', noun),
} satisfies Record<VocabularyKey, Field<unknown>>);

/** A text of one form; another is told of. */
function like(form: RegExp): Reader<string> {
  return (value, report, row, field) => {
    const given = text(value, report, row, field);
    if (given === undefined || form.test(given)) return given;
    report({ kind: 'wrong-type', row, field });
    return undefined;
  };
}

const exosphere = rowReader('config.launch.exosphere', {
  repository: { ...key('repository'), read: like(GIT_URL) },
  commit: { ...key('commit'), read: like(COMMIT) },
} satisfies Record<keyof ExosphereProvisioning, Field<unknown>>);

const userAppProxy = list(
  rowReader('config.userAppProxy', {
    region: optional('region', text),
    hostname: { ...key('hostname'), read: like(HOST_NAME) },
  } satisfies Record<keyof UserAppProxy, Field<unknown>>),
);

const imageMatch = rowReader('config.launch.types.image', {
  id: optional('id', text),
  name: optional('name', text),
  visibility: optional(
    'visibility',
    oneOf<NonNullable<ImageMatch['visibility']>>(['public', 'private', 'shared', 'community']),
  ),
  osDistro: optional('osDistro', text),
  osVersion: optional('osVersion', text),
  properties: optional('properties', dict(text)),
} satisfies Record<keyof ImageMatch, Field<unknown>>);

const version = rowReader('config.launch.types.versions', {
  name: key('name'),
  image: { ...needed<ImageMatch>('image', imageMatch, {}), need: 'row' },
  primary: optional('primary', flag),
  sizes: optional('sizes', list(text)),
} satisfies Record<keyof LaunchVersion, Field<unknown>>);

const launchType = rowReader('config.launch.types', {
  name: key('name'),
  description: optional('description', text),
  logo: optional('logo', address),
  versions: needed('versions', list(version), []),
} satisfies Record<keyof LaunchType, Field<unknown>>);

const sizeGroup = rowReader('config.launch.sizeGroups', {
  title: key('title'),
  description: optional('description', text),
  sizes: needed('sizes', list(text), []),
} satisfies Record<keyof SizeGroup, Field<unknown>>);

const opening = rowReader('config.launch.openings', {
  protocol: { ...key('protocol'), read: oneOf<Opening['protocol']>(['tcp', 'udp', 'icmp']) },
  ports: optional('ports', text, ''),
  from: optional('from', text),
} satisfies Record<keyof Opening, Field<unknown>>);

const launch = rowReader('config.launch', {
  images: optional('images', list(text)),
  sizes: optional('sizes', list(text)),
  defaultImage: optional('defaultImage', text),
  defaultSize: optional('defaultSize', text),
  network: optional('network', text),
  securityGroup: optional('securityGroup', text),
  openings: optional('openings', list(opening)),
  address: optional('address', oneOf<NonNullable<LaunchDefaults['address']>>(['new', 'none'])),
  externalNetwork: optional('externalNetwork', text),
  bootVolume: optional(
    'bootVolume',
    rowReader('config.launch.bootVolume', { size: optional('size', count), type: optional('type', text) }),
  ),
  availabilityZone: optional('availabilityZone', text),
  zone: optional('zone', text),
  profiles: optional('profiles', list(text)),
  types: optional('types', list(launchType)),
  sizeGroups: optional('sizeGroups', list(sizeGroup)),
  locked: optional('locked', list(text)),
  exosphere: optional('exosphere', exosphere),
} satisfies Record<keyof LaunchDefaults, Field<unknown>>);

/** A code that browsers format amounts by. */
const currency = like(/^[A-Z]{3}$/);

const prices = rowReader('config.prices', {
  currency: { ...key('currency'), read: currency },
  perHour: needed('perHour', dict(count), {}),
} satisfies Record<keyof Prices, Field<unknown>>);

const ban = rowReader('config.bans', {
  actions: { ...key('actions'), read: list(text) },
  sizes: optional('sizes', list(text)),
  reason: optional('reason', text),
} satisfies Record<keyof ActionBan, Field<unknown>>);

const cloud = rowReader('config.clouds', {
  name: key('name'),
  authUrl: { ...key('authUrl'), read: address },
  domain: optional('domain', text),
  region: optional('region', text),
  proxy: optional('proxy', text),
  icon: optional('icon', address),
  userAppProxy: optional('userAppProxy', userAppProxy),
  jumpHost: optional('jumpHost', like(SSH_ACCOUNT)),
} satisfies Record<keyof CloudSettings, Field<unknown>>);

const provider = rowReader('config.signIn.providers', {
  id: key('id'),
  label: key('label'),
  icon: optional('icon', address),
  protocol: key('protocol'),
  identityProvider: optional('identityProvider', text),
  cloud: optional('cloud', address),
  how: optional('how', oneOf<NonNullable<SsoProvider['how']>>(['worker', 'redirector', 'pkce'])),
  open: optional('open', oneOf<NonNullable<SsoProvider['open']>>(['popup', 'redirect'])),
  callback: optional('callback', address),
  redirector: optional('redirector', address),
  issuer: optional('issuer', address),
  clientId: optional('clientId', text),
  scopes: optional('scopes', text),
} satisfies Record<keyof SsoProvider, Field<unknown>>);

const signIn = rowReader('config.signIn', {
  methods: optional(
    'methods',
    list(oneOf<SignInMethod>(['password', 'application-credential', 'file', 'sso'])),
  ),
  providers: optional('providers', list(provider)),
  signUpUrl: optional('signUpUrl', address),
  termsUrl: optional('termsUrl', address),
} satisfies Record<keyof SignInSettings, Field<unknown>>);

const config = rowReader(
  'config',
  {
    authUrl: optional('authUrl', address),
    cloudName: optional('cloudName', text),
    domain: optional('domain', text),
    region: optional('region', text),
    proxy: optional('proxy', text),
    persist: optional('persist', oneOf<Persist>(['none', 'tab', 'device'])),
    locale: optional('locale', text),
    vocabulary: optional('vocabulary', vocabulary),
    docsUrl: optional('docsUrl', address),
    launch: optional('launch', launch),
    bans: optional('bans', list(ban)),
    prices: optional('prices', prices),
    people: optional('people', dict(text)),
    clouds: optional('clouds', list(cloud)),
    signIn: optional('signIn', signIn),
    userAppProxy: optional('userAppProxy', userAppProxy),
    jumpHost: optional('jumpHost', like(SSH_ACCOUNT)),
    sessionShare: optional('sessionShare', flag),
    deviceHours: optional('deviceHours', count),
  } satisfies Record<keyof SessionSettings, Field<unknown>>,
  ['$schema'],
);

/** Reads a portal's configuration. Never throws: what is unknown or wrong is left out and told of. */
export function readConfig(json: unknown): Config {
  const problems: RowProblem[] = [];
  const settings = config(json, (problem) => problems.push(problem), 'config', '') ?? {};
  return { settings: withoutGaps(settings), problems };
}

/** Only the keys that have a value: what is not configured must not hide what an attribute says. */
function withoutGaps(settings: SessionSettings): SessionSettings {
  return Object.fromEntries(Object.entries(settings).filter(([, value]) => value !== undefined));
}
