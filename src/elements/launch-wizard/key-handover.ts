import { html, nothing, type TemplateResult } from 'lit';
import { commonMessages } from '../../i18n/en/common.js';
import { launchRunMessages as messages } from '../../i18n/en/launch-run.js';
import { copyButton } from '../../ui/copy-button.js';
import { announce } from '../../ui/live-region.js';
import { notice } from '../../ui/notice.js';
import type { RunView } from './run-view.js';

/** The one moment at which a private key made here can be saved. */
export function keyHandover(view: RunView): TemplateResult | typeof nothing {
  const { host, key } = view;
  const { localizer } = host;
  const { file } = key;
  switch (key.state) {
    case 'none':
      return nothing;
    case 'waiting':
      return notice({
        tone: 'warning',
        heading: localizer.text(messages, 'savingTitle'),
        text: localizer.text(messages, 'saving'),
        actions: html`<button
            type="button"
            class="primary"
            id="save-key"
            @click=${() => {
              key.download();
              view.keyChanged();
            }}
          >
            ${localizer.text(messages, 'saveKey', { file })}
          </button>
          <button
            type="button"
            @click=${async () => {
              const copied = await key.copy();
              announce(host, localizer.text(commonMessages, copied ? 'copied' : 'copyFailed'));
            }}
          >
            ${localizer.text(commonMessages, 'copy', { what: localizer.text(messages, 'privateKey') })}
          </button>
          <button
            type="button"
            class="quiet"
            @click=${() => {
              key.settle();
              view.keyChanged();
            }}
          >
            ${localizer.text(messages, 'forgetKey')}
          </button>`,
      });
    case 'saved': {
      const command = `chmod 600 ${file}`;
      return notice({
        tone: 'success',
        heading: localizer.text(messages, 'savedTitle', { file }),
        text: localizer.text(messages, 'saved'),
        more: html`<p class="copyable">
          <code dir="ltr">${command}</code
          >${copyButton(host, { value: command, what: localizer.text(messages, 'chmod') })}
        </p>`,
      });
    }
  }
}
