// A cloud as clouds.yaml or OS_ variables name it, read by the stock client so that all their forms are understood.
import { openstack } from './stock-client.mjs';

/** Thrown with the reason when the suite cannot use the cloud it was given. */
export class Unusable extends Error {}

async function readAccount(env) {
  const text = await openstack(['configuration', 'show', '--unmask', '-f', 'json'], env);
  const settings = JSON.parse(text);
  const of = (key) => settings[`auth.${key}`] ?? undefined;
  if (!of('username') || !of('password')) {
    throw new Unusable(`${env.OS_CLOUD ?? 'the cloud'} is not signed in to with a user name and a password`);
  }
  return {
    authUrl: of('auth_url'),
    name: of('username'),
    password: of('password'),
    domain: of('user_domain_id')
      ? { id: of('user_domain_id') }
      : { name: of('user_domain_name') ?? 'Default' },
    project: of('project_name') ? { name: of('project_name') } : { id: of('project_id') },
    projectDomain: of('project_domain_id')
      ? { id: of('project_domain_id') }
      : { name: of('project_domain_name') ?? 'Default' },
  };
}

/** Signs in, to learn what the settings leave out: both forms of the domain, the project's name, the services' URLs. */
async function signIn({ authUrl, name, password, domain, project, projectDomain }) {
  const base = /\/v3\/?$/.test(authUrl)
    ? authUrl.replace(/\/$/, '')
    : `${authUrl.replace(/\/(v2\.0\/?)?$/, '')}/v3`;
  const response = await fetch(`${base}/auth/tokens`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({
      auth: {
        identity: { methods: ['password'], password: { user: { name, domain, password } } },
        scope: { project: 'id' in project ? project : { ...project, domain: projectDomain } },
      },
    }),
  });
  if (response.status !== 201) throw new Unusable(`${base} does not let ${name} in: ${response.status}`);
  const { token } = await response.json();
  return { base, token };
}

async function accountOf(env) {
  const settings = await readAccount(env);
  const { base, token } = await signIn(settings);
  const { id, name } = token.user.domain;
  const account = {
    name: settings.name,
    password: settings.password,
    domain: { id, name },
    project: token.project.name,
  };
  const urls = token.catalog
    .flatMap(({ endpoints }) => endpoints)
    .filter((endpoint) => endpoint.interface === 'public')
    .map(({ url }) => new URL(url).origin);
  return { account, authUrl: base, origins: [...new Set([new URL(base).origin, ...urls])] };
}

/**
 * What the suites have to know of a cloud (`CloudDescription` in test/functional/cloud.ts), and the origins of its
 * services. `env` names the member's cloud in OS_CLOUD or by OS_ variables; OS_CLOUD_READER and OS_CLOUD_NOQUOTA name
 * further entries of the same clouds.yaml.
 */
export async function describeCloud(env, title, tokenPatience = 330_000) {
  const { account: member, authUrl, origins } = await accountOf(env);
  const named = async (name) => name && (await accountOf({ ...env, OS_CLOUD: name })).account;
  const reader = await named(env.OS_CLOUD_READER);
  const noQuota = await named(env.OS_CLOUD_NOQUOTA);
  return {
    description: {
      title,
      authUrl,
      member,
      reader,
      noQuotaProject: noQuota?.project,
      patience: 60_000,
      tokenPatience,
    },
    origins,
  };
}
