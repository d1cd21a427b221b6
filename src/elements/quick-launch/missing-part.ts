import { html, type TemplateResult } from 'lit';
import { quickLaunchOwnerMessages as messages } from '../../i18n/en/quick-launch-owner.js';
import type { LaunchDefaults } from '../../session/settings.js';
import { ExoErrorEvent } from '../../ui/error-event.js';
import type { OverlayHost } from '../../ui/overlay-host.js';
import { profilesOf } from '../launch-wizard/decide-more.js';
import { rowsOf, type Known } from '../launch-wizard/launch-wizard.state.js';
import { meant } from './meant.js';
import type { MissingPart } from './recipe.js';

/** Where the portal's choice is looked up. */
export interface LookedUp {
  readonly known: Known;
  readonly preferences: LaunchDefaults;
  readonly projectName: string;
}

/** What is wrong with a recipe, for those who wrote it; everybody else is told that it cannot be launched. */
function sentence({ localizer }: OverlayHost, missing: MissingPart, around: LookedUp): string {
  const { what, name } = missing;
  const { projectName } = around;
  const close = meant(name, namesOf(missing, around));
  const told = localizer.text(messages, what, { name, projectName });
  return close === undefined ? told : `${told} ${localizer.text(messages, 'meant', { name: close })}`;
}

function namesOf({ what }: MissingPart, { known, preferences }: LookedUp): readonly string[] {
  switch (what) {
    case 'image':
      return rowsOf(known.images).map(({ name }) => name);
    case 'size':
      return rowsOf(known.flavors).map(({ name }) => name);
    case 'profile':
      return profilesOf(preferences);
    case 'type':
      return (preferences.types ?? []).map(({ name }) => name);
    case 'unfilled':
      return [];
  }
}

export function ownerNote(host: OverlayHost, missing: MissingPart, around: LookedUp): TemplateResult {
  return html`<details class="owner">
    <summary>${host.localizer.text(messages, 'owner')}</summary>
    <p>${sentence(host, missing, around)}</p>
  </details>`;
}

/** For the page's own log: whoever runs it may not be signed in here. */
export function tellOwner(host: OverlayHost, missing: MissingPart, around: LookedUp): void {
  const message = sentence(host, missing, around);
  const detail = { kind: 'not-found', reason: missing.what, action: undefined, message };
  host.dispatchEvent(new ExoErrorEvent({ ...detail, status: undefined, requestId: undefined }));
}
