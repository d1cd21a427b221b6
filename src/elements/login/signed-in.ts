import { html, nothing, type TemplateResult } from 'lit';
import { loginMessages } from '../../i18n/en/login.js';
import type { Session } from '../../session/session.js';
import { selectField } from '../../ui/field.js';
import type { OverlayHost } from '../../ui/overlay-host.js';

/** Who is signed in, and the choice of region where the cloud has several. */
export function signedIn(host: OverlayHost, session: Session, onSignOut: () => void): TemplateResult {
  const { localizer } = host;
  const { current } = session;
  if (!current) return html`${nothing}`;
  return html`<div class="panel">
    <div>
      <p class="heading">${localizer.text(loginMessages, 'signedInAs', { user: current.user.name })}</p>
      <p class="quiet-text">
        ${localizer.text(loginMessages, 'signedInProject', { projectName: current.project.name })}
      </p>
    </div>
    ${
      current.regions.length > 1
        ? selectField(localizer, {
            id: 'region',
            label: localizer.text(loginMessages, 'region'),
            hint: localizer.text(loginMessages, 'regionHint'),
            value: current.region ?? '',
            options: current.regions.map((region) => ({ value: region, label: region })),
            onChange: (region) => {
              session.selectRegion(region);
            },
          })
        : nothing
    }
    <div class="actions">
      <button type="button" @click=${onSignOut}>${localizer.text(loginMessages, 'signOut')}</button>
    </div>
  </div>`;
}
