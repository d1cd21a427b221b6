import { html } from 'lit';
import { loginMessages } from '../../i18n/en/login.js';
import { loginMoreMessages as messages } from '../../i18n/en/login-more.js';
import type { Localizer } from '../../i18n/localizer.js';
import type { Credential } from '../../openstack/identity.js';
import { Secret } from '../../openstack/secret.js';
import { field, passwordField } from '../../ui/field.js';
import { checkCloud, cloudField, missing, plainField } from './cloud-fields.js';
import type { LoginForm, LoginHost } from './login-form.js';
import { readDomain } from './login.state.js';

export { FileForm } from './file-form.js';

/** The heading of a step after the first. */
export function stepHeading(localizer: Localizer, step: 'second-factor' | 'password-expired'): string {
  return localizer.text(messages, step === 'second-factor' ? 'codeHeading' : 'newPasswordHeading');
}

/** A secret that is read from its input when it is sent. */
export function secretField(
  host: LoginHost,
  id: string,
  label: string,
  autocomplete: 'current-password' | 'new-password' | 'off' = 'off',
): unknown {
  return passwordField(host.localizer, {
    id,
    label,
    autocomplete,
    problem: host.problems.get(id),
    onInput: () => {
      host.type(id, '');
    },
  });
}

/** An application credential: id and secret, or name, user and secret. */
export const credentialForm: LoginForm = {
  fields(host) {
    const { localizer } = host;
    return html`<p class="quiet-text">${localizer.text(messages, 'credentialHint')}</p>
      ${cloudField(host)}
      ${plainField(host, 'credential', { label: localizer.text(messages, 'credentialId') })}
      ${secretField(host, 'secret', localizer.text(messages, 'secret'))}
      ${plainField(host, 'credentialUser', {
        label: localizer.text(messages, 'credentialUser'),
        hint: localizer.text(messages, 'credentialUserHint'),
        optional: true,
      })}
      ${plainField(host, 'domain', {
        label: localizer.text(loginMessages, 'domain'),
        hint: localizer.text(messages, 'credentialDomainHint'),
        optional: true,
      })}`;
  },

  check: (host) =>
    new Map([
      ...checkCloud(host),
      ...missing(host, {
        credential: host.localizer.text(messages, 'credentialIdMissing'),
        secret: host.localizer.text(messages, 'secretMissing'),
      }),
    ]),

  send: (host, session, o) => session.signIn(credentialIn(host), { ...o, authUrl: host.currentAuthUrl }),
};

function credentialIn(host: LoginHost): Credential {
  const given = host.input('credential').trim();
  const user = host.input('credentialUser').trim();
  const domain = host.input('domain').trim();
  const secret = new Secret(host.input('secret').trim());
  const method = 'application_credential';
  return user === ''
    ? { method, id: given, secret }
    : { method, name: given, user: { name: user, domain: readDomain(domain || 'Default') }, secret };
}

/** The second step where the account has a second factor. */
export const codeForm: LoginForm = {
  fields(host) {
    const { localizer } = host;
    const problem = host.problems.get('passcode');
    return html`<p class="quiet-text">${localizer.text(messages, 'codeHint', { user: userOf(host) })}</p>
      ${field(
        localizer,
        { id: 'passcode', label: localizer.text(messages, 'code'), problem },
        ({ id, describedBy, invalid }) =>
          html`<input
            id=${id}
            name="one-time-code"
            type="text"
            inputmode="numeric"
            autocomplete="one-time-code"
            autocapitalize="none"
            spellcheck="false"
            maxlength="12"
            required
            ?readonly=${host.busy}
            aria-describedby=${describedBy}
            aria-invalid=${invalid}
            @input=${() => {
              host.type('passcode', '');
            }}
          />`,
      )}`;
  },
  button: (host) => host.localizer.text(messages, 'codeSend'),
  check: (host) => new Map(missing(host, { passcode: host.localizer.text(messages, 'codeMissing') })),
  // People type the code as it is shown, in two groups.
  send: (host, session) => session.answer(new Secret(host.input('passcode').replace(/\s/g, ''))),
};

/** The second step where the password has run out. */
export const newPasswordForm: LoginForm = {
  fields(host) {
    const { localizer } = host;
    return html`<p class="quiet-text">
        ${localizer.text(messages, 'newPasswordHint', { user: userOf(host) })}
      </p>
      <input
        class="visually-hidden"
        tabindex="-1"
        aria-hidden="true"
        autocomplete="username"
        readonly
        .value=${userOf(host)}
      />
      ${secretField(host, 'newPassword', localizer.text(messages, 'newPassword'), 'new-password')}
      ${secretField(host, 'newPasswordAgain', localizer.text(messages, 'newPasswordAgain'), 'new-password')}`;
  },
  button: (host) => host.localizer.text(messages, 'newPasswordSend'),
  check(host) {
    const text = (key: 'newPasswordMissing' | 'newPasswordDiffers'): string =>
      host.localizer.text(messages, key);
    const password = host.input('newPassword');
    if (password === '') return new Map([['newPassword', text('newPasswordMissing')]]);
    return password === host.input('newPasswordAgain')
      ? new Map()
      : new Map([['newPasswordAgain', text('newPasswordDiffers')]]);
  },
  send: (host, session) => session.changePassword(new Secret(host.input('newPassword'))),
};

function userOf(host: LoginHost): string {
  return host.value('stepUser');
}
