import { html, nothing, type TemplateResult } from 'lit';
import { instancePreparedMessages as messages } from '../../../i18n/en/instance-prepared.js';
import { exosphereOrigin, type ExosphereOrigin } from '../../../launch/exosphere/origin.js';
import { proxiedAddress, proxyFor, workflowUrl } from '../../../launch/exosphere/web.js';
import { actionButton } from '../../../ui/action-button.js';
import { notice } from '../../../ui/notice.js';
import { status } from '../../../ui/status.js';
import { PassphraseView, passphraseStyles } from '../exosphere/passphrase-view.js';
import { SetupWatch } from '../exosphere/setup-watch.js';
import { webRefusal } from '../exosphere/web-state.js';
import { WebView } from '../exosphere/web-view.js';
import { fact } from '../parts.js';
import type { PreparedView } from '../prepared.js';
import type { SectionHost } from '../section.js';

const TONES = {
  waiting: 'busy',
  starting: 'busy',
  running: 'busy',
  complete: 'good',
  error: 'bad',
  timeout: 'attention',
  unknown: 'unknown',
} as const;

/** An instance that prepares itself at its first start: how far it is, and what it offers then. */
class PreparedInstance implements PreparedView {
  readonly styles = [passphraseStyles];
  readonly #host: SectionHost;
  readonly #watch: SetupWatch;
  readonly #passphrase: PassphraseView;
  readonly #web: WebView;

  constructor(host: SectionHost) {
    this.#host = host;
    this.#watch = new SetupWatch(host);
    this.#passphrase = new PassphraseView(host, () => this.#origin?.version ?? 0);
    this.#web = new WebView(host, (signal) => this.#passphrase.find(signal));
  }

  show(): void {
    this.#watch.show();
  }

  hide(): void {
    this.#watch.hide();
    this.#passphrase.hide();
    this.#web.hide();
  }

  /** Undefined where Exosphere has not made it. */
  get #origin(): ExosphereOrigin | undefined {
    return exosphereOrigin(this.#host.shown.server.metadata);
  }

  status(): unknown {
    const { localizer, shown } = this.#host;
    this.#watch.check();
    const { setup } = this.#watch;
    if (!setup || shown.gone || shown.server.status !== 'ACTIVE') return nothing;
    const { status: word } = setup;
    if (word === 'complete' || word === 'unknown') return nothing;
    return notice({
      tone: TONES[word] === 'busy' ? 'info' : 'warning',
      heading: localizer.text(messages, `setup-${word}-title`),
      helps: localizer.text(messages, `setup-${word}-helps`),
      more: this.#watch.stale
        ? html`<p class="notice-detail">${localizer.text(messages, 'stale')}</p>`
        : nothing,
    });
  }

  facts(): readonly TemplateResult[] {
    const { localizer, shown } = this.#host;
    const { setup } = this.#watch;
    const word = setup && localizer.text(messages, `setup-${setup.status}`);
    const time = setup?.epoch === undefined ? undefined : localizer.wording.date(setup.epoch);
    const running = shown.server.status === 'ACTIVE';
    const setupFact =
      setup && word !== undefined
        ? [
            fact(
              localizer.text(messages, 'setup'),
              html`${status(running || TONES[setup.status] !== 'busy' ? TONES[setup.status] : 'off', word)}
              ${time === undefined ? nothing : html`<span class="about">${time}</span>`}
              ${
                this.#watch.stale && setup.status === 'unknown'
                  ? html`<span class="about">${localizer.text(messages, 'stale')}</span>`
                  : nothing
              }
              ${
                !running && TONES[setup.status] === 'busy'
                  ? html`<span class="about">${localizer.text(messages, 'later')}</span>`
                  : nothing
              }`,
            ),
          ]
        : [];
    return [...setupFact, ...this.#workflow()];
  }

  #workflow(): readonly TemplateResult[] {
    const { localizer, shown, ownerDocument } = this.#host;
    const { server, connection, gone } = shown;
    const workflow = this.#origin?.workflow;
    if (!workflow) return [];
    const { token, setup } = this.#watch;
    const host = proxyFor(shown.userAppProxies, connection.region);
    const address = proxiedAddress(server.addresses);
    const no = webRefusal(server, setup, gone);
    const reason =
      host === undefined
        ? localizer.text(messages, 'workflowNoProxy')
        : no
          ? localizer.text(messages, `no-${no}`)
          : token === undefined
            ? localizer.text(messages, 'workflowWaits')
            : undefined;
    return [
      fact(
        localizer.text(messages, 'workflow'),
        html`<span class="about"
            ><bdi>${localizer.text(messages, 'workflowOf', { repo: workflow.repo })}</bdi></span
          >
          ${actionButton({
            id: 'open-workflow',
            label: localizer.text(messages, 'workflowOpen'),
            class: 'small',
            reason,
            onClick: () => {
              if (host === undefined || address === undefined || token === undefined) return;
              // Never a link: its address holds the token.
              const url = workflowUrl({ host, address }, workflow.path, token);
              ownerDocument.defaultView?.open(url, '_blank', 'noopener,noreferrer');
            },
          })}`,
      ),
    ];
  }

  web(): unknown {
    const origin = this.#origin;
    this.#watch.check();
    if (!origin) return nothing;
    return html`${this.#web.render(origin, this.#watch.setup)} ${this.#passphrase.render()}`;
  }
}

export const create = (host: SectionHost): PreparedView => new PreparedInstance(host);
