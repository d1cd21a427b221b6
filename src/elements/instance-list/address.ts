import { html, nothing, type TemplateResult } from 'lit';
import { instanceListMessages as messages } from '../../i18n/en/instance-list.js';
import type { ServerAddress } from '../../openstack/compute.js';
import { copyButton } from '../../ui/copy-button.js';
import { iconGlobe } from '../../ui/icons.js';
import type { OverlayHost } from '../../ui/overlay-host.js';

/** One address with its copy button; a public one has a globe. */
export function renderAddress(host: OverlayHost, { address, type }: ServerAddress): TemplateResult {
  const { localizer } = host;
  const label = localizer.text(messages, 'publicAddress');
  return html`<span class="address"
    >${
      type === 'floating'
        ? html`<span class="globe" title=${label}
            >${iconGlobe()}<span class="visually-hidden">${label}</span></span
          >`
        : nothing
    }<span class="digits" dir="ltr">${address}</span>${copyButton(host, {
      value: address,
      what: localizer.text(messages, 'copyAddress', { address }),
    })}</span
  >`;
}
