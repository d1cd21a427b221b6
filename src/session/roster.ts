import type { Environment } from '../live/environment.js';
import type { NewsChannel } from '../live/sharing.js';
import { OpenConnection, type Connection } from './connection.js';
import type { Grant, Login } from './login.js';
import type { StoredPlace } from './storage.js';

export interface RosterOptions {
  readonly environment: Environment;
  readonly cloudName: (authUrl: string) => string;
  /** The region the portal prefers. */
  readonly region: () => string | undefined;
  readonly news: () => NewsChannel | undefined;
}

/** Who is signed in, and the connections that are open. */
export class Roster {
  readonly #options: RosterOptions;
  /** Those that are open, in the order they were opened. */
  #open: readonly OpenConnection[] = [];
  /** Those that another has taken the place of: whoever comes back finds the same rows. */
  #parked: readonly OpenConnection[] = [];
  current: OpenConnection | undefined;
  /** Somebody who is signed in and has yet to choose a project. */
  choosing: Login | undefined;

  constructor(options: RosterOptions) {
    this.#options = options;
  }

  get connections(): readonly OpenConnection[] {
    return this.#open;
  }

  get logins(): readonly Login[] {
    const connected = [...this.#open, ...this.#parked].map(({ login }) => login);
    return [...new Set([...connected, ...(this.choosing ? [this.choosing] : [])])];
  }

  /** What it takes to stand here again, the current place first. A token that the portal has lent is the portal's to keep. */
  get places(): readonly StoredPlace[] {
    const others = this.#open.filter((each) => each !== this.current);
    return [...(this.current ? [this.current] : []), ...others].flatMap((each) => each.place ?? []);
  }

  /** The connection to a project and region, the same one each time. */
  open(login: Login, grant: Grant, wanted: string | undefined): OpenConnection {
    const { environment, cloudName, region: preferred, news } = this.#options;
    const { project, catalog, user } = grant.issued;
    const regions = catalog?.regions() ?? [];
    const region =
      [wanted, this.current?.region, preferred()].find((name) => regions.some((each) => each === name)) ??
      regions[0];
    const id = [login.authUrl, user.id, project?.id, region].join(' ');
    const connection =
      [...this.#open, ...this.#parked].find((each) => each.id === id) ??
      new OpenConnection({
        id,
        login,
        grant,
        region,
        cloudName: () => cloudName(login.authUrl),
        environment,
        news,
      });
    this.#parked = this.#parked.filter((each) => each !== connection);
    if (!this.#open.includes(connection)) this.#open = [...this.#open, connection];
    return connection;
  }

  /** Puts an open connection aside. */
  park(connection: Connection): void {
    this.#parked = [...this.#parked, ...this.#open.filter((each) => each === connection)];
    this.#open = this.#open.filter((each) => each !== connection);
  }

  /** Takes out some logins with all that hangs off them; gives them back, to be closed. */
  remove(goes: (login: Login) => boolean): readonly Login[] {
    const gone = this.logins.filter(goes);
    const stays = ({ login }: OpenConnection): boolean => !goes(login);
    for (const connection of [...this.#open, ...this.#parked]) if (!stays(connection)) connection.close();
    this.#open = this.#open.filter(stays);
    this.#parked = this.#parked.filter(stays);
    if (this.current && !stays(this.current)) this.current = undefined;
    if (this.choosing && goes(this.choosing)) this.choosing = undefined;
    return gone;
  }
}
