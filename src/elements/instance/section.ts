import type { CSSResult, ReactiveControllerHost } from 'lit';
import type { ServerCollection } from '../../live/servers.js';
import type { Server } from '../../openstack/compute.js';
import type { Connection } from '../../session/connection.js';
import type { Prices, UserAppProxy } from '../../session/settings.js';
import type { OverlayHost } from '../../ui/overlay-host.js';
import type { InstanceAction } from '../instances/actions.js';
import type { Rights } from '../instances/availability.js';

/** The instance that is shown, and where it is. */
export interface Shown {
  readonly connection: Connection;
  /** As it is now, or as it was last known. */
  readonly server: Server;
  readonly servers: ServerCollection;
  readonly rights: Rights;
  /** What the portal says instances cost. */
  readonly prices?: Prices | undefined;
  /** Names of people by the ids of their accounts, as far as the portal tells them. */
  readonly people?: Readonly<Record<string, string>> | undefined;
  /** Where browsers reach what instances of this cloud serve. */
  readonly userAppProxies?: readonly UserAppProxy[] | undefined;
  /** The institution's way in to what is reached only from inside, as `ssh -J` takes it. */
  readonly jumpHost?: string | undefined;
  /** It is no more: what is shown is what was last known. */
  readonly gone: boolean;
  /** From a click to the request and back, with the questions in between. */
  act(action: InstanceAction): Promise<void>;
}

/** What a section sees of its element. */
export interface SectionHost extends ReactiveControllerHost, OverlayHost {
  /** Another object when something of it has changed; there is always one while a section is rendered. */
  readonly shown: Shown;
}

/**
 * One part of the details, behind a tab. Its module is loaded when it is first looked at and exports
 * `create(host: SectionHost): Section`. It is made anew for another instance.
 */
export interface Section {
  /** Added to the element's shadow root once. */
  readonly styles?: readonly CSSResult[] | undefined;
  /** Somebody looks at it: it may ask the cloud. Called again when it is looked at again. */
  show(): void;
  /** Nobody looks any more: it asks nothing. */
  hide(): void;
  /** Called with each rendering of the element while it is shown. */
  render(): unknown;
}
