/**
 * The kit as a library: classes, functions, types. Importing this module registers nothing and touches no global;
 * `exo-widgets/define` and `exo-widgets/elements/exo-….js` register.
 */

export { ExoInstanceList } from './elements/instance-list/instance-list.js';
export * from './elements/instance-list/events.js';
export { ExoLaunchWizard } from './elements/launch-wizard/launch-wizard.js';
export * from './elements/launch-wizard/events.js';
export type { ExoLaunchLikeEvent, LaunchLikeDetail } from './elements/instances/launch-like.js';
export type { LaunchWish } from './elements/launch-wizard/wish.js';
export { ExoLogin } from './elements/login/login.js';
export { ExoProjectPicker } from './elements/project-picker/project-picker.js';
export * from './elements/project-picker/events.js';
export { ExoSession } from './elements/session/session.js';
export * from './elements/session/events.js';
export { ExoSessionStatus } from './elements/session-status/session-status.js';
// Their classes are in modules of their own, for few pages need them: exo-widgets/elements/exo-doctor.js and so on.
export type { ExoApiLog } from './elements/api-log/api-log.js';
export type { ExoInstance } from './elements/instance/instance.js';
export type { ExoInstanceCloseEvent, ExoInstanceSectionEvent } from './elements/instance/events.js';
export type { ExoConsole } from './elements/console/console.js';
export type { ExoConsoleChangeEvent } from './elements/console/events.js';
export type { ExoCredentials } from './elements/credentials/credentials.js';
export type { ExoCredentialChangeEvent, ExoDeleteRequestEvent } from './elements/credentials/events.js';
export type { ExoQuickLaunch } from './elements/quick-launch/quick-launch.js';
export type { ExoDoctor } from './elements/doctor/doctor.js';

// For elements of your own on the same session.
export { CollectionController, type CollectionOptions } from './elements/collection-controller.js';
export { SessionController } from './elements/session-controller.js';
export { SessionElement } from './elements/session-element.js';
export { BaseElement } from './ui/base-element.js';
export { defineElement, type ExoElementClass } from './ui/define-element.js';
export { ExoErrorEvent, type ExoErrorDetail } from './ui/error-event.js';

export {
  flavorsOf,
  imagesOf,
  keypairsOf,
  networksOf,
  securityGroupsOf,
  serversOf,
} from './session/collections.js';
export { limitsOf } from './session/limits.js';
export { sessionContext } from './session/context.js';
export { registry, type SessionRegistry } from './session/registry.js';
export { Session, type SessionOptions, type SessionState, type SignInOptions } from './session/session.js';
export type { Connection } from './session/connection.js';
export type {
  ExosphereProvisioning,
  LaunchDefaults,
  Persist,
  SessionSettings,
  UserAppProxy,
} from './session/settings.js';
export { Collection, type CollectionState } from './live/collection.js';
export type { ServerCollection } from './live/servers.js';

export { describeError, type ErrorDescription } from './i18n/errors.js';
export { Localizer, registerLocale, type Translations } from './i18n/localizer.js';
export type { Noun, Vocabulary, VocabularyKey } from './i18n/vocabulary.js';

export { isAbort, isOpenStackError, OpenStackError } from './openstack/errors.js';
export type { Action, Attempt, ErrorKind, QuotaReason } from './openstack/errors.js';
export type { Catalog, ServiceType } from './openstack/catalog.js';
export type { Flavor, Keypair } from './openstack/compute.js';
export type { Credential, Domain, Project } from './openstack/identity.js';
export type { Image } from './openstack/image.js';
export type { Network, SecurityGroup } from './openstack/network.js';
export { onRowProblem, type RowProblem } from './openstack/schema.js';
export { Secret } from './openstack/secret.js';
export type { Server, ServerAddress } from './openstack/server.js';
export type { ServerStatus } from './openstack/server-status.js';
