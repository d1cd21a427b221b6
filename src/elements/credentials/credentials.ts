import { html, nothing, type PropertyDeclarations, type PropertyValues, type TemplateResult } from 'lit';
import { credentialsMessages as messages } from '../../i18n/en/credentials.js';
import { Collection } from '../../live/collection.js';
import {
  ApplicationCredentialClient,
  isKitCredential,
  type ApplicationCredential,
  type NewApplicationCredential,
} from '../../openstack/application-credentials.js';
import { isAbort } from '../../openstack/errors.js';
import type { Connection } from '../../session/connection.js';
import { liveOptions } from '../../session/live-options.js';
import { copyButton } from '../../ui/copy-button.js';
import { confirmDialog } from '../../ui/dialog.js';
import { announce } from '../../ui/live-region.js';
import { errorNotice, notice } from '../../ui/notice.js';
import { saveFile } from '../../ui/save-file.js';
import { skeletonRows } from '../../ui/skeleton.js';
import { SessionElement } from '../session-element.js';
import { ExoSignInOpenEvent } from '../session/events.js';
import { arranged, suggestedName } from './credentials.state.js';
import { credentialsStyles } from './credentials.styles.js';
import { ExoCredentialChangeEvent, ExoDeleteRequestEvent } from './events.js';
import { cloudKey, cloudsYaml, openrc, openrcPowerShell, type FileFacts } from './files.js';
import { makeForm, newDraft, problemsOf, requestOf, type Draft } from './make-form.js';

/** The user's application credentials, of all projects. */
function credentialsOf(c: Connection): Collection<ApplicationCredential> {
  return c.resource(
    'application-credentials',
    () =>
      new Collection<ApplicationCredential>(
        {
          attempt: { action: 'list-application-credentials' },
          cadence: { quiet: 600_000, fresh: 10_000 },
          async *read({ signal }) {
            const rows = await c.client(ApplicationCredentialClient).list(c.user.id, { signal });
            yield { rows, next: false, problems: [], date: undefined };
          },
        },
        liveOptions(c, 'application-credentials'),
      ),
  );
}

/**
 * Access for programs: the application credentials of the person, with a form to make one (lifetime, roles, access
 * rules) and files for the command line (`openrc` for bash and PowerShell, `clouds.yaml`), with a credential or with
 * the person's own password. Credentials that the kit left behind are offered for deletion.
 *
 * @summary Makes, lists and deletes application credentials; files for the command line.
 * @tag exo-credentials
 *
 * @csspart heading - The heading.
 * @csspart form - The form for a new credential.
 * @csspart made - A credential that was just made, with its secret.
 * @csspart item - A credential.
 * @csspart message - What stands in the place of the list.
 * @csspart notice - A notice.
 * @csspart dialog - A confirmation.
 *
 * @cssstate no-session - Nobody is signed in, or no project is chosen.
 * @cssstate loading - The first answer is on its way.
 * @cssstate empty - There are none.
 * @cssstate ready - There are some.
 * @cssstate failed - The list could not be had.
 * @cssstate forbidden - The cloud does not let this person see them.
 * @cssstate stale - The list is shown, and the last attempt to refresh it failed.
 *
 * @fires {ExoDeleteRequestEvent} exo-delete-request - Delete was chosen; sent before the confirmation. Cancelable. Detail: `kind`, `id`, `name`.
 * @fires {ExoCredentialChangeEvent} exo-credential-change - One was made or deleted. Detail: `change`, `id`, `name`.
 * @fires {ExoSignInOpenEvent} exo-sign-in-open - The sign-in button was pressed, where nobody is signed in.
 */
export class ExoCredentials extends SessionElement {
  static override readonly tag = 'exo-credentials';
  static override styles = credentialsStyles;
  static override properties: PropertyDeclarations = {
    heading: {},
    headingLevel: { attribute: 'heading-level', type: Number },
    draft: { state: true },
    tried: { state: true },
    busy: { state: true },
    failure: { state: true },
    made: { state: true },
  };

  /** The heading; an empty text shows none. */
  declare heading: string | undefined;
  /** The level of the heading in the page's outline, 1 to 6. Default 2. */
  declare headingLevel: number;

  /** @internal The form, while it is open. */ declare draft: Draft | undefined;
  /** @internal The form was sent, so that what is wrong is shown. */ declare tried: boolean;
  /** @internal */ declare busy: boolean;
  /** @internal */ declare failure: unknown;
  /** @internal The credential that was just made: its secret is shown until it is put away. */
  declare made: NewApplicationCredential | undefined;

  readonly #credentials = this.watch(credentialsOf);
  #connection: Connection | undefined;

  constructor() {
    super();
    this.headingLevel = 2;
    this.tried = false;
    this.busy = false;
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    super.willUpdate(changed);
    if (this.connection !== this.#connection) {
      this.#connection = this.connection;
      this.draft = undefined;
      this.made = undefined;
      this.failure = undefined;
    }
    const { state } = this.#credentials;
    const kind = !this.connection
      ? 'no-session'
      : state?.status === 'ready'
        ? state.rows.length > 0
          ? 'ready'
          : 'empty'
        : state?.status === 'failed'
          ? state.error.kind === 'forbidden'
            ? 'forbidden'
            : 'failed'
          : 'loading';
    this.showState(kind);
    this.toggleState('stale', state?.status === 'ready' && state.lastError !== undefined);
  }

  get #taken(): ReadonlySet<string> {
    return new Set(this.#credentials.rows.map(({ name }) => name));
  }

  /** Whether the sign-in may make and delete credentials: one that is a credential itself may not. */
  get #mayChange(): boolean {
    const id = this.connection?.loginId;
    const login = this.currentSession?.logins.find((each) => each.id === id);
    return login?.methods.includes('application_credential') !== true;
  }

  #openForm(): void {
    const { connection } = this;
    if (!connection) return;
    const now = new Date(connection.environment.clock.now());
    this.draft = newDraft(suggestedName(connection.project.name, now, this.#taken), connection.roles);
    this.tried = false;
    this.failure = undefined;
    void this.updateComplete.then(() => this.renderRoot.querySelector<HTMLInputElement>('#name')?.select());
  }

  async #make(): Promise<void> {
    const { connection, draft } = this;
    if (!connection || !draft) return;
    this.tried = true;
    const [wrong] = Object.keys(problemsOf(draft, this.#taken));
    if (wrong) {
      await this.updateComplete;
      this.renderRoot.querySelector<HTMLElement>(`#${wrong}`)?.focus();
      return;
    }
    this.busy = true;
    this.failure = undefined;
    try {
      const wanted = requestOf(draft, connection, connection.environment.clock.now());
      const made = await connection.client(ApplicationCredentialClient).create(connection.user.id, wanted);
      if (this.connection !== connection) return;
      this.made = made;
      this.draft = undefined;
      announce(this, this.localizer.text(messages, 'made', { name: made.name }));
      this.dispatchEvent(new ExoCredentialChangeEvent({ change: 'made', id: made.id, name: made.name }));
      void credentialsOf(connection).renew();
      await this.updateComplete;
      this.renderRoot.querySelector<HTMLElement>('.made .subheading')?.focus();
    } catch (error) {
      if (!isAbort(error)) this.failure = error;
    } finally {
      this.busy = false;
    }
  }

  async #delete({ id, name }: ApplicationCredential): Promise<void> {
    const { connection } = this;
    if (!connection || !this.dispatchEvent(new ExoDeleteRequestEvent({ id, name }))) return;
    const sure = await confirmDialog(this, {
      heading: this.localizer.text(messages, 'deleteQuestion', { name }),
      body: this.localizer.text(messages, 'deleteConsequence'),
      confirmLabel: this.localizer.text(messages, 'delete'),
      danger: true,
      returnFocus: () => this.renderRoot.querySelector<HTMLElement>('.top button, .heading'),
    });
    if (!sure) return;
    this.failure = undefined;
    try {
      await connection.client(ApplicationCredentialClient).delete(connection.user.id, { id, name });
      if (this.made?.id === id) this.made = undefined;
      announce(this, this.localizer.text(messages, 'deleted', { name }));
      this.dispatchEvent(new ExoCredentialChangeEvent({ change: 'deleted', id, name }));
      await credentialsOf(connection).renew();
    } catch (error) {
      if (!isAbort(error)) this.failure = error;
    }
  }

  protected override render(): TemplateResult {
    const { localizer, connection } = this;
    const heading = this.heading ?? localizer.text(messages, 'heading');
    const mayChange = this.#mayChange;
    return html`<div class="root">
      <div class="top">
        ${
          heading === ''
            ? nothing
            : html`<div
                class="heading"
                part="heading"
                role="heading"
                tabindex="-1"
                aria-level=${this.headingLevel}
              >
                ${heading}
              </div>`
        }
        ${
          connection && mayChange && !this.draft
            ? html`<button
                type="button"
                @click=${() => {
                  this.#openForm();
                }}
              >
                ${localizer.text(messages, 'make')}
              </button>`
            : nothing
        }
      </div>
      ${connection ? this.#content(connection, mayChange) : this.#noSession()}
    </div>`;
  }

  #noSession(): TemplateResult {
    const { localizer } = this;
    return notice({
      tone: 'info',
      heading: localizer.text(messages, 'noSession'),
      helps: localizer.text(messages, 'noSessionHelps'),
      actions: html`<button
        type="button"
        @click=${() => {
          this.dispatchEvent(new ExoSignInOpenEvent({ name: this.currentSession?.name ?? '' }));
        }}
      >
        ${localizer.text(messages, 'signIn')}
      </button>`,
    });
  }

  #content(connection: Connection, mayChange: boolean): TemplateResult {
    const { localizer, draft } = this;
    return html`<p class="quiet-text">${localizer.text(messages, 'intro')}</p>
      ${mayChange ? nothing : notice({ tone: 'info', heading: localizer.text(messages, 'notAllowed') })}
      ${this.failure === undefined ? nothing : errorNotice(this, this.failure, { urgent: true })}
      ${
        draft
          ? makeForm(this, {
              draft,
              roles: connection.roles,
              problems: this.tried ? problemsOf(draft, this.#taken) : {},
              busy: this.busy,
              onChange: (part) => {
                this.draft = { ...draft, ...part };
              },
              onSubmit: () => void this.#make(),
              onCancel: () => {
                this.draft = undefined;
              },
            })
          : nothing
      }
      ${this.made ? this.#made(connection, this.made) : nothing} ${this.#list(connection, mayChange)}
      ${this.#plain(connection)}`;
  }

  #made(connection: Connection, made: NewApplicationCredential): TemplateResult {
    const { localizer } = this;
    const { id, name } = made;
    const secret = made.secret.reveal();
    return html`<section class="box made" part="made">
      <p class="subheading" role="heading" aria-level="3" tabindex="-1">
        ${localizer.text(messages, 'madeHeading', { name })}
      </p>
      ${notice({ tone: 'warning', heading: localizer.text(messages, 'madeOnce') })}
      <dl>
        <div>
          <dt>${localizer.text(messages, 'id')}</dt>
          <dd>
            <code>${id}</code>${copyButton(this, { value: id, what: localizer.text(messages, 'theId') })}
          </dd>
        </div>
        <div>
          <dt>${localizer.text(messages, 'secret')}</dt>
          <dd>
            <code>${secret}</code
            >${copyButton(this, { value: secret, what: localizer.text(messages, 'theSecret') })}
          </dd>
        </div>
      </dl>
      ${this.#downloads(connection, { kind: 'credential', id, secret })}
      <div class="actions">
        <button
          type="button"
          @click=${() => {
            this.made = undefined;
          }}
        >
          ${localizer.text(messages, 'done')}
        </button>
      </div>
    </section>`;
  }

  #downloads(connection: Connection, as: FileFacts['as']): TemplateResult {
    const { localizer } = this;
    const { authUrl, region, project } = connection;
    const facts: FileFacts = {
      cloud: cloudKey(connection.cloudName, project.name),
      authUrl: /\/v3\/?$/.test(authUrl) ? authUrl : `${authUrl}/v3`,
      region,
      as,
    };
    const button = (file: string, label: string, text: () => string): TemplateResult =>
      html`<button
        type="button"
        @click=${() => {
          saveFile(this, file, text());
        }}
      >
        ${label}
      </button>`;
    return html`<div role="group" aria-label=${localizer.text(messages, 'downloads')}>
      <p class="about">${localizer.text(messages, 'downloads')}</p>
      <div class="actions">
        ${button('openrc.sh', localizer.text(messages, 'downloadBash'), () => openrc(facts))}
        ${button('openrc.ps1', localizer.text(messages, 'downloadPowershell'), () => openrcPowerShell(facts))}
        ${button('clouds.yaml', localizer.text(messages, 'downloadYaml'), () => cloudsYaml(facts))}
      </div>
    </div>`;
  }

  #plain(connection: Connection): TemplateResult {
    const { localizer } = this;
    return html`<section class="box">
      <p class="subheading" role="heading" aria-level="3">${localizer.text(messages, 'plainHeading')}</p>
      <p class="quiet-text">${localizer.text(messages, 'plainHint')}</p>
      ${this.#downloads(connection, {
        kind: 'password',
        userName: connection.user.name,
        userDomain: connection.user.domainName ?? 'Default',
        projectId: connection.project.id,
        projectName: connection.project.name,
      })}
    </section>`;
  }

  #list(connection: Connection, mayChange: boolean): TemplateResult {
    const { localizer } = this;
    const { state } = this.#credentials;
    if (!state || state.status === 'pending') return skeletonRows(localizer.text(messages, 'loading'), 3, 2);
    const onRetry = (): void => void credentialsOf(connection).refresh();
    if (state.status === 'failed') return errorNotice(this, state.error, { onRetry });
    const stale = state.lastError
      ? errorNotice(this, state.lastError, { onRetry, tone: 'warning' })
      : nothing;
    if (state.rows.length === 0)
      return html`${stale}
        <div part="message">
          <p><strong>${localizer.text(messages, 'empty')}</strong></p>
          <p class="quiet-text">${localizer.text(messages, 'emptyHelps')}</p>
        </div>`;
    const now = connection.environment.clock.now();
    return html`${stale}
      <ul class="items">
        ${arranged(state.rows, now).map((credential) => this.#item(connection, credential, now, mayChange))}
      </ul>`;
  }

  #item(
    connection: Connection,
    credential: ApplicationCredential,
    now: number,
    mayChange: boolean,
  ): TemplateResult {
    const { localizer } = this;
    const { name, description, projectId, roles, expiresAt, accessRules, unrestricted } = credential;
    const ended = expiresAt !== undefined && expiresAt.getTime() <= now;
    const login = this.currentSession?.logins.find(({ id }) => id === connection.loginId);
    const project = login?.projects.find(({ id }) => id === projectId)?.name;
    const ends =
      expiresAt === undefined
        ? localizer.text(messages, 'never')
        : ended
          ? localizer.text(messages, 'ended')
          : localizer.wording.ago(expiresAt.getTime(), now);
    const about = [
      `${localizer.text(messages, 'projectColumn')}: ${project ?? localizer.text(messages, 'otherProject')}`,
      `${localizer.text(messages, 'endsColumn')}: ${ends}`,
      roles.length > 0 && `${localizer.text(messages, 'rolesColumn')}: ${roles.join(', ')}`,
      accessRules.length > 0 && localizer.text(messages, 'limited', { count: accessRules.length }),
      unrestricted && localizer.text(messages, 'mayMakeOthers'),
    ];
    return html`<li class="item" part="item">
      <div>
        <p class="name">${name}</p>
        ${description ? html`<p class="about">${description}</p>` : nothing}
        <p class="about">${about.filter(Boolean).join(' · ')}</p>
        ${isKitCredential(credential) ? html`<p class="about warn">${localizer.text(messages, 'leftBehind')}</p>` : nothing}
      </div>
      ${
        mayChange
          ? html`<button
              type="button"
              class="quiet"
              aria-label=${localizer.text(messages, 'deleteNamed', { name })}
              @click=${() => void this.#delete(credential)}
            >
              ${localizer.text(messages, 'delete')}
            </button>`
          : nothing
      }
    </li>`;
  }
}
