import { html, nothing, type PropertyDeclarations, type PropertyValues, type TemplateResult } from 'lit';
import { commonMessages } from '../../i18n/en/common.js';
import { doctorMessages as messages } from '../../i18n/en/doctor.js';
import { describeError } from '../../i18n/errors.js';
import { serviceType } from '../../openstack/catalog.js';
import { isAbort, isOpenStackError } from '../../openstack/errors.js';
import { IdentityClient } from '../../openstack/identity.js';
import {
  probe,
  probeClient,
  probeSignIn,
  servicesOf,
  type Check,
  type ServiceReport,
} from '../../openstack/probe.js';
import type { Session } from '../../session/session.js';
import { copyButton } from '../../ui/copy-button.js';
import { textField } from '../../ui/field.js';
import { announce } from '../../ui/live-region.js';
import { errorNotice, notice } from '../../ui/notice.js';
import { status, type StatusTone } from '../../ui/status.js';
import { readAuthUrl } from '../login/login.state.js';
import { SessionElement } from '../session-element.js';
import { isMixed, verdictOf, withChecks, type Verdict } from './doctor.state.js';
import { doctorStyles } from './doctor.styles.js';

const TONES: Readonly<Record<Verdict, StatusTone>> = {
  good: 'good',
  note: 'attention',
  bad: 'bad',
  pending: 'busy',
  aside: 'off',
};

/** How looking at the identity service went, before anybody has signed in. */
type Found = { readonly ms: number; readonly signIn: Check } | { readonly error: unknown };

/**
 * A diagnosis for the people who run a cloud: asks every service of the catalog from this browser and says what works,
 * what a browser cannot do, and the lines of configuration that change it. Before anybody has signed in it looks at
 * the identity service alone. The report can be copied as text; nothing in it is secret.
 *
 * @summary Checks what of a cloud a browser can use, for operators.
 * @tag exo-doctor
 *
 * @csspart heading - The heading.
 * @csspart form - The address to check, where nobody is signed in.
 * @csspart service - A service.
 * @csspart status - How a service is.
 * @csspart lines - Lines of configuration.
 * @csspart notice - A notice.
 *
 * @cssstate no-session - There is no session on this page.
 * @cssstate idle - Nothing was checked yet.
 * @cssstate running - The checks are under way.
 * @cssstate ready - Everything that is needed works.
 * @cssstate failed - Something does not work.
 */
export class ExoDoctor extends SessionElement {
  static override readonly tag = 'exo-doctor';
  static override styles = doctorStyles;
  static override properties: PropertyDeclarations = {
    heading: {},
    headingLevel: { attribute: 'heading-level', type: Number },
    reports: { state: true },
    found: { state: true },
    running: { state: true },
    checkedAt: { state: true },
    problem: { state: true },
  };

  /** The heading; an empty text shows none. */
  declare heading: string | undefined;
  /** The level of the heading in the page's outline, 1 to 6. Default 2. */
  declare headingLevel: number;

  /** @internal */ declare reports: readonly ServiceReport[] | undefined;
  /** @internal */ declare found: Found | undefined;
  /** @internal */ declare running: boolean;
  /** @internal Epoch, ms. */ declare checkedAt: number;
  /** @internal */ declare problem: string | undefined;

  #run: AbortController | undefined;
  #url: string | undefined;
  /** The address that `found` is about. */
  #checked = '';
  #of: unknown;

  constructor() {
    super();
    this.headingLevel = 2;
    this.running = false;
    this.checkedAt = 0;
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#run?.abort();
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    super.willUpdate(changed);
    const of = this.connection ?? this.currentSession;
    if (of !== this.#of) {
      this.#of = of;
      this.#run?.abort();
      this.reports = undefined;
      this.found = undefined;
      this.running = false;
    }
    this.showState(
      !this.currentSession
        ? 'no-session'
        : this.running
          ? 'running'
          : this.reports
            ? this.#bad === 0
              ? 'ready'
              : 'failed'
            : this.found
              ? 'error' in this.found
                ? 'failed'
                : this.found.signIn.outcome === 'good'
                  ? 'ready'
                  : 'failed'
              : 'idle',
    );
  }

  get #page(): string {
    return this.ownerDocument.location.protocol;
  }

  get #bad(): number {
    return (this.reports ?? []).filter((each) => verdictOf(each, this.#page) === 'bad').length;
  }

  /** Checks everything now. Never rejects: how it went is shown. */
  async check(): Promise<void> {
    const session = this.currentSession;
    if (!session) return;
    this.#run?.abort();
    const run = (this.#run = new AbortController());
    this.running = true;
    try {
      if (this.connection) await this.#checkServices(run.signal);
      else await this.#checkIdentity(session, run.signal);
    } catch (error) {
      if (!isAbort(error)) throw error;
      return;
    } finally {
      if (this.#run === run) this.running = false;
    }
    if (this.problem !== undefined) return;
    this.checkedAt = Date.now();
    announce(this, this.#summary());
  }

  async #checkServices(signal: AbortSignal): Promise<void> {
    const { connection } = this;
    if (!connection) return;
    const { clock } = connection.environment;
    const reports = servicesOf(connection.catalog, connection.region);
    this.reports = reports;
    await Promise.all(
      reports
        .filter((each) => each.kind === 'checked' && !isMixed(each, this.#page))
        .map(async ({ type }) => {
          const known = serviceType(type);
          if (!known) return;
          const checks = await probe(known, connection.client(probeClient(known)), clock, {
            signal,
            userId: connection.user.id,
          });
          signal.throwIfAborted();
          this.reports = withChecks(this.reports ?? [], type, checks);
        }),
    );
  }

  async #checkIdentity(session: Session, signal: AbortSignal): Promise<void> {
    const typed = this.#url ?? session.settings.authUrl ?? '';
    const authUrl = typed.startsWith('/')
      ? new URL(typed, this.ownerDocument.location.href).href
      : readAuthUrl(typed);
    this.problem = authUrl === undefined ? this.localizer.text(messages, 'urlWrong') : undefined;
    if (authUrl === undefined) {
      this.found = undefined;
      return;
    }
    this.#checked = authUrl;
    const transport = session.transportTo(authUrl);
    const at = transport.clock.now();
    try {
      const identity = new IdentityClient({ transport, authUrl });
      await identity.discover(signal);
      const ms = transport.clock.now() - at;
      this.found = { ms, signIn: await probeSignIn(identity, signal) };
    } catch (error) {
      if (isAbort(error)) throw error;
      this.found = { error };
    }
  }

  #summary(): string {
    const { localizer, found } = this;
    if (found && 'error' in found) return describeError(localizer, found.error).happened;
    if (found)
      return found.signIn.outcome === 'good'
        ? localizer.text(messages, 'identity-good', { ms: Math.round(found.ms) })
        : localizer.text(messages, 'identity-bad');
    const bad = this.#bad;
    return bad === 0
      ? localizer.text(messages, 'allGood')
      : localizer.text(messages, 'someBad', { count: bad });
  }

  protected override render(): TemplateResult {
    const { localizer, connection } = this;
    if (!this.currentSession)
      return notice({
        tone: 'warning',
        heading: localizer.text(messages, 'noSession'),
        helps: localizer.text(messages, 'noSessionHelps'),
      });
    const heading = this.heading ?? localizer.text(messages, 'heading');
    const done =
      this.checkedAt > 0 && !this.running && (this.reports !== undefined || this.found !== undefined);
    return html`<div class="root">
      ${
        heading === ''
          ? nothing
          : html`<div class="heading" part="heading" role="heading" aria-level=${this.headingLevel}>
              ${heading}
            </div>`
      }
      <p class="quiet-text">${localizer.text(messages, 'intro')}</p>
      <form
        part="form"
        novalidate
        @submit=${(event: SubmitEvent) => {
          event.preventDefault();
          if (!this.running) void this.check();
        }}
      >
        ${connection ? nothing : this.#address()}
        <div class="actions">
          <button type="submit" class="primary" aria-disabled=${this.running ? 'true' : nothing}>
            ${localizer.text(messages, this.running ? 'running' : done ? 'again' : 'run')}
          </button>
          ${done ? copyButton(this, { value: this.#text(), what: localizer.text(messages, 'copyReport') }) : nothing}
        </div>
      </form>
      ${done ? this.#result() : nothing}
      ${
        this.reports
          ? html`<ul class="services">
              ${this.reports.map((report) => this.#service(report))}
            </ul>`
          : nothing
      }
    </div>`;
  }

  #address(): TemplateResult {
    const { localizer } = this;
    return html`<p>${localizer.text(messages, 'signedOutHint')}</p>
      ${textField(localizer, {
        id: 'url',
        label: localizer.text(messages, 'url'),
        hint: localizer.text(messages, 'urlHint'),
        value: this.#url ?? this.currentSession?.settings.authUrl ?? '',
        technical: true,
        problem: this.problem,
        onInput: (value) => {
          this.#url = value;
          this.problem = undefined;
        },
      })}`;
  }

  #result(): TemplateResult {
    const { found } = this;
    if (found && 'error' in found) return errorNotice(this, found.error);
    if (!found) return notice({ tone: this.#bad === 0 ? 'success' : 'warning', heading: this.#summary() });
    const { signIn } = found;
    return html`${notice({
        tone: signIn.outcome === 'good' ? 'success' : 'warning',
        heading: this.#summary(),
      })}
      <ul class="checks">
        ${this.#check(signIn)}
      </ul>`;
  }

  #service(report: ServiceReport): TemplateResult {
    const { localizer } = this;
    const { type, url, region, kind, checks } = report;
    const verdict = verdictOf(report, this.#page);
    const word =
      verdict === 'aside'
        ? localizer.text(messages, kind === 'other-region' || kind === 'alias' ? kind : 'unused')
        : localizer.text(messages, verdict);
    return html`<li class="service" part="service">
      <div class="service-head">
        <span class="type"
          >${region === undefined ? type : localizer.text(messages, 'serviceIn', { type, regionName: region })}</span
        >
        ${status(TONES[verdict], word)}
      </div>
      ${url === undefined ? nothing : html`<p class="url">${url}</p>`}
      ${
        kind === 'internal-only'
          ? html`<p>${localizer.text(messages, 'internal-only')}</p>
              ${this.#lines([localizer.text(messages, 'internal-help', { type })])}`
          : kind === 'checked' && isMixed(report, this.#page)
            ? html`<p>${localizer.text(messages, 'mixed-content')}</p>`
            : html`<ul class="checks">
                ${checks.map((check) => this.#check(check))}
              </ul>`
      }
    </li>`;
  }

  #check(check: Check): TemplateResult {
    const { localizer } = this;
    return html`<li>
      <span class="check-name">${localizer.text(messages, check.id)}:</span> ${this.#words(check)}
      ${check.lines && check.lines.length > 0 ? this.#lines(check.lines) : nothing}
    </li>`;
  }

  /** What a check has found, in words. */
  #words({ id, outcome, ms, error, value = '' }: Check): string {
    const { localizer } = this;
    if (error) {
      const { happened, helps, detail } = describeError(localizer, error);
      return [happened, outcome === 'bad' ? helps : undefined, detail].filter(Boolean).join(' ');
    }
    switch (id) {
      case 'sign-in':
        return localizer.text(messages, 'sign-in-good');
      case 'application-credentials':
      case 'access-rules':
        return localizer.text(messages, `${id}-${outcome === 'good' ? 'good' : 'note'}`);
      case 'read':
        return localizer.text(messages, 'read-good', { ms: Math.round(ms ?? 0) });
      case 'change':
        return localizer.text(messages, 'change-good');
      case 'request-id':
        return localizer.text(messages, outcome === 'good' ? 'request-id-good' : 'request-id-note');
      case 'microversions':
        return value === ''
          ? localizer.text(messages, outcome === 'good' ? 'microversions-none' : 'microversions-note')
          : localizer.text(messages, 'microversions-good', { value });
      case 'clock':
        return localizer.text(messages, outcome === 'good' ? 'clock-good' : 'clock-note', { value });
    }
  }

  #lines(lines: readonly string[]): TemplateResult {
    const text = lines.join('\n');
    return html`<div class="lines" part="lines">
      <pre tabindex="0">${text}</pre>
      ${copyButton(this, { value: text, what: this.localizer.text(commonMessages, 'configuration') })}
    </div>`;
  }

  /** The report as a text, for a ticket. */
  #text(): string {
    const { localizer, found } = this;
    const { origin } = this.ownerDocument.location;
    const time = new Date(this.checkedAt).toISOString();
    const lines = [localizer.text(messages, 'checkedAt', { origin, time }), ''];
    if (found) {
      const error = 'error' in found ? found.error : undefined;
      lines.push(this.#checked);
      if ('signIn' in found) lines.push(this.#summary(), ...this.#asText(found.signIn));
      else
        lines.push(
          describeError(localizer, error).happened,
          ...(isOpenStackError(error) ? error.configLines : []),
        );
    }
    for (const report of this.reports ?? []) {
      const verdict = verdictOf(report, this.#page);
      const word =
        verdict === 'aside' ? localizer.text(messages, 'unused') : localizer.text(messages, verdict);
      lines.push(`${report.type} ${report.region ?? ''} ${report.url ?? ''}: ${word}`);
      for (const check of report.checks) lines.push(...this.#asText(check));
    }
    return lines.join('\n');
  }

  #asText(check: Check): readonly string[] {
    const name = this.localizer.text(messages, check.id);
    return [`  ${name}: ${this.#words(check)}`, ...(check.lines ?? []).map((line) => `    ${line}`)];
  }
}
