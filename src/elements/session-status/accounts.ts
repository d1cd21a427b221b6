import { html, nothing, type TemplateResult } from 'lit';
import { sessionStatusMessages as words } from '../../i18n/en/session-status.js';
import type { Connection } from '../../session/connection.js';
import type { LoginInfo, Session } from '../../session/session.js';
import { iconClock, iconCloud } from '../../ui/icons.js';
import type { OverlayHost } from '../../ui/overlay-host.js';
import { endText } from './end-text.js';
import { urgency } from './session-status.state.js';

export interface AccountsOptions {
  readonly onSignIn: (login: LoginInfo) => void;
  /** Of all without an account. */
  readonly onSignOut: (login?: LoginInfo) => void;
  readonly onDiagnose: (connection: Connection) => void;
}

/** Everybody who is signed in: who, where, with which roles, until when; and the ways out. */
export function accounts(host: OverlayHost, session: Session, options: AccountsOptions): TemplateResult {
  const { localizer } = host;
  const { logins } = session;
  return html`<div class="accounts">
    ${logins.map((login, at) => renderAccount(host, session, login, at, options))}
    ${
      logins.length > 1
        ? html`<div class="account-actions">
            <button type="button" @click=${() => options.onSignOut()}>
              ${localizer.text(words, 'signOutAll')}
            </button>
          </div>`
        : nothing
    }
  </div>`;
}

function renderAccount(
  { localizer }: OverlayHost,
  { connections, current }: Session,
  login: LoginInfo,
  at: number,
  { onSignIn, onSignOut, onDiagnose }: AccountsOptions,
): TemplateResult {
  const { cloudName, ended, expiresAt } = login;
  const user = login.user.name;
  const seconds = Math.max(0, (expiresAt.getTime() - Date.now()) / 1000);
  const soon = ended || urgency(seconds) !== 'later';
  const own = connections.filter(({ loginId }) => loginId === login.id);
  return html`<section class="account" part="account" aria-labelledby="account-${at}">
    <div class="account-head">
      ${iconCloud()}
      <h3 id="account-${at}">
        <bdi>${cloudName}</bdi> <span class="quiet-text">${localizer.text(words, 'as', { user })}</span>
      </h3>
    </div>
    <p class=${soon ? 'expiry soon' : 'expiry quiet-text'}>
      ${soon ? iconClock() : nothing}
      ${ended ? localizer.text(words, 'expired') : endText(localizer, seconds, expiresAt)}
    </p>
    <ul>
      ${own.map((connection) => renderConnection(localizer, connection, connection === current, onDiagnose))}
    </ul>
    <div class="account-actions">
      ${
        soon
          ? html`<button type="button" class="small primary" @click=${() => onSignIn(login)}>
              ${localizer.text(words, 'signInAgain')}
            </button>`
          : nothing
      }
      <button
        type="button"
        class="small"
        aria-label=${localizer.text(words, 'signOutOf', { user, cloudName })}
        @click=${() => onSignOut(login)}
      >
        ${localizer.text(words, 'signOut')}
      </button>
    </div>
  </section>`;
}

function renderConnection(
  localizer: OverlayHost['localizer'],
  connection: Connection,
  isCurrent: boolean,
  onDiagnose: (connection: Connection) => void,
): TemplateResult {
  const { project, region, roles, canAct } = connection;
  const where = [project.name, region].filter((part) => part !== undefined).join(' · ');
  return html`<li class="where" aria-current=${isCurrent ? 'true' : nothing}>
    <span
      ><bdi>${where}</bdi>
      ${isCurrent ? html`<span class="badge">${localizer.text(words, 'current')}</span>` : nothing}
      <span class="roles quiet-text"
        >${
          roles.length === 0
            ? localizer.text(words, 'noRoles')
            : localizer.text(words, 'roles', { list: roles })
        }${canAct ? nothing : html`. ${localizer.text(words, 'readOnlyHint')}`}</span
      ></span
    >
    <button
      type="button"
      class="quiet small"
      aria-label=${localizer.text(words, 'diagnoseOf', { where })}
      @click=${() => onDiagnose(connection)}
    >
      ${localizer.text(words, 'diagnose')}
    </button>
  </li>`;
}
