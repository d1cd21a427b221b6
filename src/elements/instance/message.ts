import { html, type TemplateResult } from 'lit';
import { instanceMessages as messages } from '../../i18n/en/instance.js';
import { errorNotice, notice } from '../../ui/notice.js';
import type { OverlayHost } from '../../ui/overlay-host.js';
import { skeletonRows } from '../../ui/skeleton.js';
import type { InstanceView } from './instance.state.js';

export interface MessageOptions {
  /** Of the project that is looked at. */
  readonly projectName: string;
  readonly onSignIn: () => void;
  readonly onRetry: () => void;
}

/** What stands in the place of an instance that cannot be shown. */
export function instanceMessage(
  host: OverlayHost,
  view: Exclude<InstanceView, { kind: 'ready' }>,
  { projectName, onSignIn, onRetry }: MessageOptions,
): TemplateResult {
  const { localizer } = host;
  const say = (heading: string, helps: string, actions?: unknown): TemplateResult =>
    html`<div part="message">${notice({ tone: 'info', heading, helps, actions })}</div>`;
  switch (view.kind) {
    case 'no-session':
      return say(
        localizer.text(messages, view.choosing ? 'choosing' : 'noSession'),
        localizer.text(messages, 'noSessionHelps'),
        html`<button type="button" @click=${onSignIn}>${localizer.text(messages, 'signIn')}</button>`,
      );
    case 'empty':
      return say(localizer.text(messages, 'empty'), localizer.text(messages, 'emptyHelps'));
    case 'loading':
      return html`<div class="section">${skeletonRows(localizer.text(messages, 'loading'), 5, 2)}</div>`;
    case 'not-found':
      return say(
        localizer.text(messages, 'notFound'),
        localizer.text(messages, 'notFoundHelps', { projectName }),
      );
    case 'service-missing':
      return say(localizer.text(messages, 'serviceMissing'), localizer.text(messages, 'serviceMissingHelps'));
    case 'failed':
    case 'forbidden':
      return errorNotice(host, view.error, { onRetry });
  }
}
