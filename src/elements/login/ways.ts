import { html, nothing, type TemplateResult } from 'lit';
import { loginMessages } from '../../i18n/en/login.js';
import type { SignInMethod, SignInSettings, SsoProvider } from '../../session/settings.js';
import type { OverlayHost } from '../../ui/overlay-host.js';

export interface OtherWaysOptions {
  /** In the order they are offered, without the one whose form is shown. */
  readonly methods: readonly SignInMethod[];
  readonly providers: readonly SsoProvider[];
  /** The provider that people are signing in at. */
  readonly pending: SsoProvider | undefined;
  readonly onMethod: (method: Exclude<SignInMethod, 'sso'>) => void;
  readonly onProvider: (provider: SsoProvider) => void;
  /** Gives up waiting for the provider. */
  readonly onCancel: () => void;
}

/** The other ways in: a button for each provider, a quiet one for each other form. */
export function otherWays(
  { localizer }: OverlayHost,
  { methods, providers, pending, onMethod, onProvider, onCancel }: OtherWaysOptions,
): TemplateResult | typeof nothing {
  if (methods.length === 0) return nothing;
  return html`<div
    class="ways"
    part="ways"
    role="group"
    aria-label=${localizer.text(loginMessages, 'otherWays')}
  >
    ${methods.map((method) =>
      method === 'sso'
        ? providers.map((provider) => {
            const { label, icon } = provider;
            const waits = pending === provider;
            return html`<button
                type="button"
                class="way"
                part="provider"
                aria-disabled=${pending ? 'true' : nothing}
                aria-busy=${waits ? 'true' : nothing}
                @click=${() => {
                  if (!pending) onProvider(provider);
                }}
              >
                ${icon === undefined ? nothing : html`<img src=${icon} alt="" width="20" height="20" />`}
                <span
                  >${localizer.text(loginMessages, waits ? 'wayPending' : 'way', { provider: label })}</span
                >
              </button>
              ${
                waits
                  ? html`<button type="button" class="quiet way" @click=${onCancel}>
                      ${localizer.text(loginMessages, 'cancelWay')}
                    </button>`
                  : nothing
              }`;
          })
        : html`<button
            type="button"
            class="quiet way"
            @click=${() => {
              onMethod(method);
            }}
          >
            ${localizer.text(loginMessages, `way-${method}`)}
          </button>`,
    )}
  </div>`;
}

/** Where people get an account, and what they agree to. */
export function links(
  { localizer }: OverlayHost,
  settings: SignInSettings | undefined,
): TemplateResult | typeof nothing {
  const { signUpUrl, termsUrl } = settings ?? {};
  if (signUpUrl === undefined && termsUrl === undefined) return nothing;
  const link = (url: string | undefined, key: 'signUp' | 'terms'): unknown =>
    url === undefined ? nothing : html`<a href=${url}>${localizer.text(loginMessages, key)}</a>`;
  return html`<p class="links">${link(signUpUrl, 'signUp')} ${link(termsUrl, 'terms')}</p>`;
}
