import { instanceActionMessages as messages } from '../../i18n/en/instance-actions.js';
import type { Localizer } from '../../i18n/localizer.js';
import { ComputeClient, type Server } from '../../openstack/compute.js';
import type { Target } from '../../openstack/server-actions.js';
import type { OverlayHost } from '../../ui/overlay-host.js';
import { nameOf } from '../instance-list/words.js';
import { commandLines, type CommandDetails } from './command-line.js';
import { formDialog, type FormDialogOptions } from './form-dialog.js';
import type { FormAction } from './forms-list.js';
import { actionLabel } from './labels.js';
import { remember, type Place } from './requests.js';

/** What one form says of itself; the rest is the same for all. */
export interface ActionForm extends Omit<FormDialogOptions, 'heading' | 'returnFocus' | 'verb' | 'commands'> {
  /** The verb on the button, the action's name unless given; nothing where there is nothing to send. */
  readonly verb?: (() => string | undefined) | undefined;
  /** What was put in so far, for the same as a command line. */
  readonly details: () => CommandDetails;
}

/** The form of an action on one instance: what it is about, how it opens, how it sends. */
export class Form {
  readonly host: OverlayHost;
  readonly place: Place;
  /** As it was when the form opened. */
  readonly server: Server;
  /** The name of the action. */
  readonly label: string;
  readonly #action: FormAction;
  readonly #returnFocus: () => HTMLElement | null;

  constructor(
    host: OverlayHost,
    action: FormAction,
    place: Place,
    server: Server,
    returnFocus: () => HTMLElement | null,
  ) {
    this.host = host;
    this.place = place;
    this.server = server;
    this.label = actionLabel(host.localizer, action);
    this.#action = action;
    this.#returnFocus = returnFocus;
  }

  get localizer(): Localizer {
    return this.host.localizer;
  }

  get compute(): ComputeClient {
    return this.place.connection.client(ComputeClient);
  }

  get target(): Target {
    return { id: this.place.id, name: this.server.name };
  }

  /** Opens the dialog; resolves with whether the cloud has accepted what was sent. */
  open({ details, verb, ...o }: ActionForm): Promise<boolean> {
    const { host, localizer, label, server, place } = this;
    return formDialog(host, {
      ...o,
      heading: localizer.text(messages, 'title', { action: label, name: nameOf(localizer, server) }),
      verb: verb ?? (() => label),
      commands: () => commandLines(this.#action, place.id, details()),
      returnFocus: this.#returnFocus,
    });
  }

  /** Sends it; what the cloud forbids is remembered. Rejects with an OpenStackError. */
  async send<T>(
    change: Partial<Server>,
    call: (compute: ComputeClient, target: Target) => Promise<T>,
  ): Promise<T> {
    const { servers, id, connection } = this.place;
    try {
      return await servers.act(id, change, () => call(this.compute, this.target));
    } catch (error) {
      remember(this.#action, connection, error);
      throw error;
    }
  }
}
