import type { TemplateResult } from 'lit';
import type { Session } from '../../session/session.js';
import type { CloudSettings } from '../../session/settings.js';
import type { OverlayHost } from '../../ui/overlay-host.js';

/** What a form sees of its element. */
export interface LoginHost extends OverlayHost {
  /** What is wrong, by the id of the field. */
  readonly problems: ReadonlyMap<string, string>;
  /** A form is on its way. */
  readonly busy: boolean;
  /** The identity service, unless the person gives it. */
  readonly fixedAuthUrl: string | undefined;
  /** The clouds to choose from; fewer than two leave no choice. */
  readonly clouds: readonly CloudSettings[];
  /** What was typed into a field, or what it begins with. Secrets are in their inputs and nowhere else. */
  value(field: string): string;
  type(field: string, value: string): void;
  /** What an input holds now. */
  input(field: string): string;
  /** The identity service to ask. */
  readonly currentAuthUrl: string | undefined;
  requestUpdate(): void;
}

/** One way of signing in: its fields, and what they send. */
export interface LoginForm {
  /** The fields; the element puts heading, errors and the button around them. */
  fields(host: LoginHost): TemplateResult;
  /** The name of the button; without it *Sign in*. */
  button?(host: LoginHost): string | undefined;
  /** What is wrong, by field and in words, before anything is sent. */
  check(host: LoginHost): ReadonlyMap<string, string>;
  /** Rejects with what the session rejects with. */
  send(host: LoginHost, session: Session, o: { readonly add: boolean }): Promise<void>;
}
