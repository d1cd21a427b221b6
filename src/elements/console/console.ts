import { html, type PropertyDeclarations, type PropertyValues, type TemplateResult } from 'lit';
import { consoleMessages as messages } from '../../i18n/en/console.js';
import { notice } from '../../ui/notice.js';
import { skeletonRows } from '../../ui/skeleton.js';
import { SessionElement } from '../session-element.js';
import { ExoSignInOpenEvent } from '../session/events.js';
import { ConsoleView, type OpenSocket } from './console-view.js';
import { isConsoleType, type ConsoleState, type ConsoleType } from './console.state.js';
import { consoleStyles } from './console.styles.js';
import { ExoConsoleChangeEvent } from './events.js';

/**
 * The console of an instance, in place: its screen (VNC) and its serial line, drawn in the page over the WebSocket of the
 * cloud's proxy. Where the proxy does not let the page in, and for SPICE, the cloud's own page is shown in a frame, or in
 * a window where it cannot be framed.
 *
 * The page's policy has to name the proxies in `connect-src` (`wss:`) and `frame-src`; the proxies have to know the
 * page's host name (`allowed_origins` in the section `[console]` of `nova.conf`).
 *
 * The address of a console is as good as a password for some minutes. The element hands it to the WebSocket, the frame
 * or the window and keeps it nowhere. What cannot be avoided: the browser's own network panel shows it, and the page of
 * a window or frame has it in its address.
 *
 * While the console has the focus it takes every key but Ctrl + Shift + F9, which leads to the buttons above it.
 *
 * @summary The graphical or serial console of an instance.
 * @tag exo-console
 *
 * @csspart console - The console with its buttons.
 * @csspart tools - The row of buttons.
 * @csspart message - What stands in the place of the console.
 * @csspart notice - A notice.
 * @csspart menu - The menu of keys.
 *
 * @cssstate no-session - Nobody is signed in, or no project is chosen.
 * @cssstate empty - The page has chosen no instance.
 * @cssstate service-missing - This cloud has no compute service.
 * @cssstate asking - The cloud is asked for the console.
 * @cssstate connecting - The console is being connected.
 * @cssstate open - The console can be used.
 * @cssstate frame - The cloud's own page shows it.
 * @cssstate refused - The cloud does not let this page connect, or the page's own policy does not let it out.
 * @cssstate closed - It has ended.
 * @cssstate none - The cloud offers no such console.
 * @cssstate not-now - The instance has none in its present state.
 * @cssstate missing - What shows it could not be loaded.
 * @cssstate failed - The cloud could not be asked.
 *
 * @fires {ExoConsoleChangeEvent} exo-console-change - It was opened, or has ended. Detail: `id`, `type`, `state`.
 * @fires {ExoSignInOpenEvent} exo-sign-in-open - The sign-in button was pressed, where nobody is signed in.
 */
export class ExoConsole extends SessionElement {
  static override readonly tag = 'exo-console';
  static override styles = consoleStyles;
  static override properties: PropertyDeclarations = {
    instanceId: { attribute: 'instance-id' },
    instanceName: { attribute: 'instance-name' },
    type: {},
  };

  /** The id of the instance, as its cloud knows it. */
  declare instanceId: string | undefined;
  /** What people call it, for the console's label. */
  declare instanceName: string | undefined;
  /** `vnc`, `spice`, `serial`, or `auto` (default): the first of these that the cloud offers. */
  declare type: ConsoleType | undefined;

  readonly #view = new ConsoleView(this, (state) => {
    this.#handleChange(state);
  });
  #open = '';

  /** @internal How sockets are opened, for tests. */
  set openSocket(open: OpenSocket) {
    this.#view.openSocket = open;
  }

  /** Connects again, with a new address from the cloud. */
  reconnect(): void {
    this.#open = '';
    this.requestUpdate();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#open = '';
    this.#view.close();
  }

  override connectedCallback(): void {
    super.connectedCallback();
    this.requestUpdate();
  }

  #handleChange(state: ConsoleState): void {
    const { kind } = state;
    if (kind !== 'open' && kind !== 'closed' && kind !== 'frame' && kind !== 'failed') return;
    const type = 'console' in state ? state.console : undefined;
    this.dispatchEvent(new ExoConsoleChangeEvent({ id: this.instanceId ?? '', type, state: kind }));
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    super.willUpdate(changed);
    const { connection, instanceId } = this;
    const type = isConsoleType(this.type) ? this.type : 'auto';
    const ready = connection !== undefined && instanceId && connection.has('compute');
    const wanted = ready ? `${connection.id} ${instanceId} ${type}` : '';
    if (wanted !== this.#open) {
      this.#open = wanted;
      if (ready) {
        const name = this.instanceName ?? instanceId;
        void this.#view.open({ connection, id: instanceId, name, type });
      } else this.#view.close();
    }
    this.showState(
      !connection
        ? 'no-session'
        : !instanceId
          ? 'empty'
          : !connection.has('compute')
            ? 'service-missing'
            : this.#view.state.kind,
    );
  }

  protected override render(): TemplateResult {
    return html`<div class="root">${this.#content()}</div>`;
  }

  #content(): unknown {
    const { localizer, connection } = this;
    const say = (heading: string, helps: string, actions?: unknown): TemplateResult =>
      html`<div part="message">${notice({ tone: 'info', heading, helps, actions })}</div>`;
    const session = this.currentSession?.state.status;
    if (!connection) {
      if (session === 'restoring' || session === 'signing-in')
        return skeletonRows(localizer.text(messages, 'asking'), 6, 1);
      return say(
        localizer.text(messages, 'noSession'),
        localizer.text(messages, 'noSessionHelps'),
        html`<button
          type="button"
          @click=${() => {
            this.dispatchEvent(new ExoSignInOpenEvent({ name: this.currentSession?.name ?? '' }));
          }}
        >
          ${localizer.text(messages, 'signIn')}
        </button>`,
      );
    }
    if (!this.instanceId)
      return say(localizer.text(messages, 'empty'), localizer.text(messages, 'emptyHelps'));
    if (!connection.has('compute'))
      return say(localizer.text(messages, 'serviceMissing'), localizer.text(messages, 'serviceMissingHelps'));
    return this.#view.render();
  }
}
