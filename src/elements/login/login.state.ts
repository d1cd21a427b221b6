import type { OpenStackError } from '../../openstack/errors.js';
import type { Domain, Project } from '../../openstack/identity.js';
import type { SessionState } from '../../session/session.js';
import type { SignInMethod, SignInSettings } from '../../session/settings.js';

/** Which part of the way in is shown. */
export type LoginView =
  | { readonly step: 'restoring' }
  | {
      readonly step: 'credentials';
      readonly because: 'new' | 'signed-out' | 'expired' | 'revoked';
      readonly busy: boolean;
    }
  /** One more proof is wanted: a one-time code, or a new password. */
  | {
      readonly step: 'second-factor' | 'password-expired';
      readonly user: string;
      readonly failed: OpenStackError | undefined;
      readonly busy: boolean;
    }
  | {
      readonly step: 'project';
      readonly projects: readonly Project[];
      readonly user: string;
      readonly failed: OpenStackError | undefined;
      readonly busy: boolean;
    }
  | { readonly step: 'done' };

/** A page may show the element before any session: the form is there at once and a session is made on use. */
export function loginView(state: SessionState | undefined, before: LoginView | undefined): LoginView {
  switch (state?.status) {
    case undefined:
      return { step: 'credentials', because: 'new', busy: false };
    case 'signed-out':
      return { step: 'credentials', because: state.because, busy: false };
    case 'restoring':
      return { step: 'restoring' };
    case 'signing-in':
      // Whichever form the person sent stays in place while it is on its way.
      if (before && 'busy' in before) return { ...before, busy: true };
      return { step: 'credentials', because: 'new', busy: true };
    case 'second-factor':
    case 'password-expired':
      return { step: state.status, user: state.user, failed: state.failed, busy: false };
    case 'choosing':
      return {
        step: 'project',
        projects: state.projects,
        user: state.user,
        failed: state.failed,
        busy: false,
      };
    case 'signed-in':
      return { step: 'done' };
    case 'expired':
      return { step: 'credentials', because: state.because, busy: false };
  }
}

/**
 * The address as it was meant: a bare host name gets `https://`, as an address bar would do.
 * @returns undefined for what no browser could ask.
 */
export function readAuthUrl(typed: string): string | undefined {
  const text = typed.trim();
  const withScheme = /^[a-z][a-z\d+.-]*:\/\//i.test(text) ? text : `https://${text}`;
  if (!URL.canParse(withScheme)) return undefined;
  const url = new URL(withScheme);
  if (url.protocol !== 'https:' && url.protocol !== 'http:') return undefined;
  // A password in an address would end up in logs, and a bare word is a slip of the pen.
  if (url.username !== '' || url.password !== '' || /\s/.test(text)) return undefined;
  return url.href;
}

/**
 * A domain as people type it: by name, or by its id, which Keystone makes of 32 hexadecimal digits. The first domain of
 * a cloud has the id `default`, while its name is *Default*.
 */
export function readDomain(typed: string): Domain {
  const text = typed.trim();
  return /^(?:default|[0-9a-f]{32})$/.test(text) ? { id: text } : { name: text };
}

const METHODS: readonly SignInMethod[] = ['password', 'application-credential', 'file', 'sso'];

/**
 * The ways in that are offered, in their order: those the element names, else those of the settings, else the
 * password and, where there are providers, single sign-on. Words that name none are left out.
 */
export function methodsOffered(
  named: string | undefined,
  settings: SignInSettings | undefined,
): readonly SignInMethod[] {
  const wanted = named?.split(/[\s,]+/) ?? settings?.methods ?? ['password', 'sso'];
  const offered = METHODS.filter((method) => wanted.includes(method))
    .filter((method) => method !== 'sso' || (settings?.providers?.length ?? 0) > 0)
    .sort((a, b) => wanted.indexOf(a) - wanted.indexOf(b));
  return offered.length > 0 ? offered : ['password'];
}

/**
 * The projects to choose from: those that can be used first, each group by name; a search looks at name,
 * description and id.
 */
export function projectsFor(
  projects: readonly Project[],
  search: string,
  compare: (a: string, b: string) => number,
): readonly Project[] {
  const wanted = search.trim().toLowerCase();
  return projects
    .filter((project) =>
      [project.name, project.description, project.id].some((text) => text.toLowerCase().includes(wanted)),
    )
    .sort((a, b) => Number(b.enabled) - Number(a.enabled) || compare(a.name, b.name));
}

/** From this many projects on, a search field helps. */
export const SEARCH_FROM = 6;
