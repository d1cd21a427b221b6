import { html } from 'lit';
import { loginMessages as messages } from '../../i18n/en/login.js';
import { Secret } from '../../openstack/secret.js';
import { passwordField } from '../../ui/field.js';
import { checkCloud, cloudField, missing, plainField } from './cloud-fields.js';
import type { LoginForm } from './login-form.js';
import { readDomain } from './login.state.js';

/** User name and password, in a domain. */
export const passwordForm: LoginForm = {
  fields(host) {
    const { localizer } = host;
    return html`${cloudField(host)}
    ${plainField(host, 'domain', {
      label: localizer.text(messages, 'domain'),
      hint: localizer.text(messages, 'domainHint'),
    })}
    ${plainField(host, 'userName', {
      label: localizer.text(messages, 'userName'),
      name: 'username',
      autocomplete: 'username',
    })}
    ${passwordField(localizer, {
      id: 'password',
      label: localizer.text(messages, 'password'),
      autocomplete: 'current-password',
      problem: host.problems.get('password'),
      onInput: () => {
        host.type('password', '');
      },
    })}`;
  },

  check: (host) =>
    new Map([
      ...checkCloud(host),
      ...missing(host, {
        domain: host.localizer.text(messages, 'domainMissing'),
        userName: host.localizer.text(messages, 'userNameMissing'),
      }),
      ...(host.input('password') === ''
        ? [['password', host.localizer.text(messages, 'passwordMissing')] as const]
        : []),
    ]),

  send: (host, session, o) =>
    session.signIn(
      {
        method: 'password',
        user: { name: host.input('userName').trim(), domain: readDomain(host.input('domain')) },
        password: new Secret(host.input('password')),
      },
      { ...o, authUrl: host.currentAuthUrl },
    ),
};
