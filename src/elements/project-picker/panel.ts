import { html, nothing, type TemplateResult } from 'lit';
import { live } from 'lit/directives/live.js';
import { repeat } from 'lit/directives/repeat.js';
import { projectPickerMessages as words } from '../../i18n/en/project-picker.js';
import type { Connection } from '../../session/connection.js';
import { iconClock, iconCloud, iconPlus, iconSearch } from '../../ui/icons.js';
import { errorNotice } from '../../ui/notice.js';
import type { OverlayHost } from '../../ui/overlay-host.js';
import { searchBox } from '../../ui/search-box.js';
import type { PickerAccount, PickerProject } from './project-picker.state.js';

/** From so many projects on there is a search box. */
const MANY = 8;

export interface PanelOptions {
  readonly accounts: readonly PickerAccount[];
  /** How many projects there are without the search. */
  readonly total: number;
  readonly query: string;
  /** How many connections are open. */
  readonly open: number;
  /** `login project` of what is being opened. */
  readonly busy: string | undefined;
  readonly failure: unknown;
  onSearch(query: string): void;
  onGo(account: PickerAccount, project: PickerProject, to?: Connection | string): void;
  onToggle(account: PickerAccount, project: PickerProject, region?: string): void;
  onLeave(account: PickerAccount): void;
  onSignIn(account?: PickerAccount): void;
}

/** Every account with its projects, and where they are open. */
export function panel(host: OverlayHost, options: PanelOptions): TemplateResult {
  const { localizer } = host;
  const { accounts, query, total, failure } = options;
  return html`<div class="panel" part="panel">
    ${failure === undefined ? nothing : errorNotice(host, failure, { urgent: true })}
    ${
      total >= MANY || query !== ''
        ? searchBox(localizer, {
            value: query,
            label: localizer.text(words, 'search'),
            onInput: (value) => options.onSearch(value),
          })
        : nothing
    }
    <p class="minor">${localizer.text(words, 'hint')}</p>
    <div class="accounts">
      ${
        accounts.length === 0
          ? html`<p class="none">${iconSearch()} ${localizer.text(words, 'noMatch', { query })}</p>`
          : repeat(
              accounts,
              ({ login }) => login.id,
              (account, at) => renderAccount(host, options, account, at),
            )
      }
    </div>
    <div class="actions">
      <button type="button" part="add" @click=${() => options.onSignIn()}>
        ${iconPlus()} ${localizer.text(words, 'add')}
      </button>
    </div>
  </div>`;
}

function renderAccount(
  { localizer }: OverlayHost,
  options: PanelOptions,
  account: PickerAccount,
  at: number,
): TemplateResult {
  const { login, projects } = account;
  const { cloudName } = login;
  const user = login.user.name;
  return html`<section class="account" part="account" aria-labelledby="account-${at}">
    <div class="account-head">
      ${iconCloud()}
      <h3 id="account-${at}">
        <bdi>${cloudName}</bdi> <span class="minor">${localizer.text(words, 'as', { user })}</span>
      </h3>
      <button
        type="button"
        class="quiet small"
        aria-label=${localizer.text(words, 'leaveOf', { user, cloudName })}
        @click=${() => options.onLeave(account)}
      >
        ${localizer.text(words, 'leave')}
      </button>
    </div>
    ${
      login.ended
        ? html`<p class="ended">
            ${iconClock()} ${localizer.text(words, 'ended')}
            <button type="button" class="small" @click=${() => options.onSignIn(account)}>
              ${localizer.text(words, 'signInAgain')}
            </button>
          </p>`
        : nothing
    }
    ${
      projects.length === 0
        ? html`<p class="minor">${localizer.text(words, 'noProjects')}</p>`
        : html`<ul aria-labelledby="account-${at}">
            ${repeat(
              projects,
              ({ project }) => project.id,
              (project) => renderProject(localizer, options, account, project),
            )}
          </ul>`
    }
  </section>`;
}

type Localizer = OverlayHost['localizer'];

function renderProject(
  localizer: Localizer,
  options: PanelOptions,
  account: PickerAccount,
  shown: PickerProject,
): TemplateResult {
  const { project, open, current } = shown;
  const { id, name, description, enabled } = project;
  const regions = open[0]?.regions ?? [];
  const note = enabled ? description : localizer.text(words, 'disabled');
  const [only] = open;
  return html`<li class=${enabled ? '' : 'off'}>
    ${line(localizer, options, {
      label: name,
      note,
      current: current !== undefined && regions.length < 2,
      open: open.length > 0,
      enabled: enabled && !account.login.ended,
      busy: options.busy === `${account.login.id} ${id}`,
      // More than one region: each has a box of its own below.
      last: open.length > 0 && options.open === open.length,
      onGo: () => options.onGo(account, shown, only),
      onToggle: () => options.onToggle(account, shown),
    })}
    ${
      regions.length > 1
        ? html`<ul class="regions" aria-label=${localizer.text(words, 'regions', { projectName: name })}>
            ${regions.map((region) => {
              const connection = open.find((each) => each.region === region);
              return html`<li>
                ${line(localizer, options, {
                  label: region,
                  of: name,
                  note: '',
                  current: connection !== undefined && connection === current,
                  open: connection !== undefined,
                  enabled: !account.login.ended,
                  busy: false,
                  last: connection !== undefined && options.open === 1,
                  onGo: () => options.onGo(account, shown, connection ?? region),
                  onToggle: () => options.onToggle(account, shown, region),
                })}
              </li>`;
            })}
          </ul>`
        : nothing
    }
  </li>`;
}

interface Line {
  readonly label: string;
  /** The project of a region. */
  readonly of?: string;
  readonly note: string;
  readonly current: boolean;
  readonly open: boolean;
  readonly enabled: boolean;
  readonly busy: boolean;
  /** Whether nothing would be open without it. */
  readonly last: boolean;
  onGo(): void;
  onToggle(): void;
}

function line(localizer: Localizer, options: PanelOptions, o: Line): TemplateResult {
  const projectName = o.of === undefined ? o.label : `${o.of} · ${o.label}`;
  const fixed = (!o.enabled && !o.open) || o.last;
  const show = localizer.text(words, 'show', { projectName });
  return html`<div class="line ${o.current ? 'current' : ''}">
    <label class="tick" title=${o.last ? localizer.text(words, 'onlyOne') : show}
      ><input
        type="checkbox"
        aria-label=${o.last ? `${show}. ${localizer.text(words, 'onlyOne')}` : show}
        aria-disabled=${fixed ? 'true' : nothing}
        .checked=${live(o.open)}
        @click=${(event: Event) => {
          // It shows what the session says, once it has done so.
          event.preventDefault();
          if (!fixed) o.onToggle();
        }}
    /></label>
    <button
      type="button"
      class="go"
      part="project"
      title=${localizer.text(words, 'goTo', { projectName })}
      aria-current=${o.current ? 'true' : nothing}
      aria-disabled=${o.enabled ? nothing : 'true'}
      aria-busy=${o.busy ? 'true' : nothing}
      @click=${() => {
        if (o.enabled && options.busy === undefined) o.onGo();
      }}
    >
      <span class="name"><bdi>${o.label}</bdi></span>
      ${o.current ? html`<span class="badge">${localizer.text(words, 'current')}</span>` : nothing}
      ${o.note === '' ? nothing : html`<span class="note">${o.note}</span>`}
    </button>
  </div>`;
}
