import type { Project } from '../../openstack/identity.js';
import type { Connection } from '../../session/connection.js';
import type { LoginInfo, Session } from '../../session/session.js';

/** What the element shows; its CSS state too. `single`: there is nothing to choose, so it shows nothing. */
export type PickerView = 'no-session' | 'signed-out' | 'loading' | 'single' | 'choosing' | 'ready';

/** A project of an account, and where it is open. */
export interface PickerProject {
  readonly project: Project;
  readonly open: readonly Connection[];
  readonly current: Connection | undefined;
}

/** An account with those of its projects that match the search. */
export interface PickerAccount {
  readonly login: LoginInfo;
  readonly projects: readonly PickerProject[];
}

type Shown = Pick<Session, 'connections' | 'current' | 'logins'>;

export function pickerView(session: (Shown & Pick<Session, 'settings' | 'state'>) | undefined): PickerView {
  if (!session) return 'no-session';
  const { logins, state, settings, connections } = session;
  if (logins.length === 0) return state.status === 'signed-out' ? 'signed-out' : 'loading';
  const projects = logins.flatMap((login) => login.projects).length;
  const regions = Math.max(0, ...connections.map((connection) => connection.regions.length));
  if (logins.length === 1 && projects <= 1 && regions <= 1 && (settings.clouds?.length ?? 0) <= 1)
    return 'single';
  return state.status === 'choosing' ? 'choosing' : 'ready';
}

/** The accounts with what matches `query`: the name, description or id of a project, or the cloud or user of all of them. */
export function accountsOf(
  { logins, connections, current }: Shown,
  query: string,
  compare: (a: string, b: string) => number,
): readonly PickerAccount[] {
  const wanted = fold(query);
  const has = (...texts: readonly string[]) => texts.some((text) => fold(text).includes(wanted));
  return logins.flatMap((login) => {
    const all = wanted === '' || has(login.cloudName, login.user.name);
    const projects = login.projects
      .filter(({ name, description, id }) => all || has(name, description) || id === query.trim())
      .map((project): PickerProject => {
        const open = connections.filter(
          (each) => each.loginId === login.id && each.project.id === project.id,
        );
        return { project, open, current: open.find((each) => each === current) };
      })
      .sort(
        (a, b) =>
          Number(b.project.enabled) - Number(a.project.enabled) || compare(a.project.name, b.project.name),
      );
    return projects.length > 0 || all ? [{ login, projects }] : [];
  });
}

/** How many projects there are to choose from. */
export function countOf(accounts: readonly PickerAccount[]): number {
  return accounts.reduce((sum, { projects }) => sum + projects.length, 0);
}

function fold(text: string): string {
  return text
    .normalize('NFD')
    .replace(/[\p{M}\s_-]/gu, '')
    .toLowerCase();
}
