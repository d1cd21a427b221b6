import { html, nothing, type TemplateResult } from 'lit';
import { commonMessages } from '../../../i18n/en/common.js';
import { instancePreparedMessages as messages } from '../../../i18n/en/instance-prepared.js';
import { isAbort, isOpenStackError } from '../../../openstack/errors.js';
import type { Secret } from '../../../openstack/secret.js';
import { EXO_USER } from '../../../launch/exosphere/keys.js';
import type { ExosphereOrigin } from '../../../launch/exosphere/origin.js';
import { guacamoleSignIn } from '../../../launch/exosphere/places.js';
import type { Setup } from '../../../launch/exosphere/setup.js';
import { guacamoleUrl, proxiedAddress, proxyFor, type WebAccess } from '../../../launch/exosphere/web.js';
import { actionButton } from '../../../ui/action-button.js';
import { notice } from '../../../ui/notice.js';
import type { SectionHost } from '../section.js';
import { webRefusal } from './web-state.js';

type State =
  | { readonly kind: 'idle' }
  | { readonly kind: 'opening'; readonly access: WebAccess }
  | { readonly kind: 'blocked' | 'silent' | 'no-passphrase'; readonly access: WebAccess };

/** What of an instance opens in the browser: a shell and a desktop, by Guacamole and the cloud's proxy. */
export class WebView {
  readonly #host: SectionHost;
  readonly #find: (signal: AbortSignal) => Promise<Secret | undefined>;
  #state: State = { kind: 'idle' };
  #asking: AbortController | undefined;

  constructor(host: SectionHost, find: (signal: AbortSignal) => Promise<Secret | undefined>) {
    this.#host = host;
    this.#find = find;
  }

  hide(): void {
    this.#asking?.abort();
    this.#state = { kind: 'idle' };
  }

  get #place(): { readonly host: string; readonly address: string } | undefined {
    const { userAppProxies, connection, server } = this.#host.shown;
    const host = proxyFor(userAppProxies, connection.region);
    const address = proxiedAddress(server.addresses);
    return host === undefined || address === undefined ? undefined : { host, address };
  }

  async #open(access: WebAccess): Promise<void> {
    const place = this.#place;
    if (!place || this.#state.kind === 'opening') return;
    // At once, as browsers allow a window for a click only.
    const opened = this.#host.ownerDocument.defaultView?.open('about:blank', '_blank');
    if (!opened) {
      this.#become({ kind: 'blocked', access });
      return;
    }
    opened.opener = null;
    const { signal } = (this.#asking = new AbortController());
    this.#become({ kind: 'opening', access });
    const end = (state: State) => {
      opened.close();
      if (!signal.aborted) this.#become(state);
    };
    try {
      const passphrase = await this.#find(signal);
      if (!passphrase) {
        end({ kind: 'no-passphrase', access });
        return;
      }
      const { connection, server } = this.#host.shown;
      const token = await guacamoleSignIn(connection.transport, place, server, passphrase, signal);
      opened.location.replace(guacamoleUrl(place, access, token.reveal()));
      this.#become({ kind: 'idle' });
    } catch (error) {
      if (!isAbort(error) && !isOpenStackError(error)) throw error;
      end({ kind: 'silent', access });
    }
  }

  #become(state: State): void {
    this.#state = state;
    this.#host.requestUpdate();
  }

  /** Nothing where it was launched without, or where the portal knows no way to it. */
  render(origin: ExosphereOrigin, setup: Setup | undefined): TemplateResult | typeof nothing {
    const { localizer, shown } = this.#host;
    const { guacamole } = origin;
    if (!guacamole || proxyFor(shown.userAppProxies, shown.connection.region) === undefined) return nothing;
    const no = webRefusal(shown.server, setup, shown.gone);
    const state = this.#state;
    const offered = (['shell', 'desktop'] as const).filter((access) => guacamole[access]);
    return html`<h3 class="subheading">${localizer.text(messages, 'web')}</h3>
      <p>${localizer.text(messages, 'webHint')}</p>
      <div class="actions">
        ${offered.map((access, at) =>
          actionButton({
            id: `web-${access}`,
            label: localizer.text(messages, access),
            class: at === 0 ? 'primary' : '',
            busy: state.kind === 'opening' && state.access === access,
            reason: no && localizer.text(messages, `no-${no}`),
            onClick: () => void this.#open(access),
          }),
        )}
      </div>
      ${state.kind === 'idle' || state.kind === 'opening' ? nothing : this.#failure(state)}`;
  }

  #failure({ kind, access }: Exclude<State, { kind: 'idle' | 'opening' }>): TemplateResult {
    const { localizer, ownerDocument } = this.#host;
    const retry = html`<button type="button" @click=${() => void this.#open(access)}>
      ${localizer.text(commonMessages, 'retry')}
    </button>`;
    switch (kind) {
      case 'blocked':
        return notice({
          tone: 'warning',
          urgent: true,
          heading: localizer.text(messages, 'blockedTitle'),
          helps: localizer.text(messages, 'blockedHelps'),
          actions: retry,
        });
      case 'no-passphrase':
        return notice({
          tone: 'info',
          urgent: true,
          heading: localizer.text(messages, 'noPassphraseTitle'),
          helps: localizer.text(messages, 'noPassphraseHelps'),
          actions: retry,
        });
      case 'silent':
        return notice({
          tone: 'warning',
          urgent: true,
          heading: localizer.text(messages, 'silentTitle'),
          helps: localizer.text(messages, 'silentHelps', { user: EXO_USER }),
          actions: html`${retry}<button
              type="button"
              @click=${() => {
                const place = this.#place;
                if (place)
                  ownerDocument.defaultView?.open(
                    guacamoleUrl(place, access),
                    '_blank',
                    'noopener,noreferrer',
                  );
              }}
            >
              ${localizer.text(messages, 'ownPage')}
            </button>`,
        });
    }
  }
}
