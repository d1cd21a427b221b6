import { html, nothing, type TemplateResult } from 'lit';
import { loginMessages } from '../../i18n/en/login.js';
import { selectField, textField } from '../../ui/field.js';
import type { LoginHost } from './login-form.js';
import { readAuthUrl } from './login.state.js';

/** Which cloud: fixed by the page, one of a list, or any address. */
export function cloudField(host: LoginHost): TemplateResult | typeof nothing {
  const { localizer, clouds } = host;
  if (clouds.length > 1)
    return selectField(localizer, {
      id: 'cloud',
      label: localizer.text(loginMessages, 'cloud'),
      value: host.value('cloud'),
      options: clouds.map(({ name, authUrl }) => ({ value: authUrl, label: name })),
      onChange: (value) => {
        host.type('cloud', value);
      },
    });
  if (host.fixedAuthUrl !== undefined) return nothing;
  return plainField(host, 'authUrl', {
    label: localizer.text(loginMessages, 'identityUrl'),
    hint: localizer.text(loginMessages, 'identityUrlHint'),
    autocomplete: 'on',
  });
}

/** What is wrong with the address of the cloud. */
export function checkCloud(host: LoginHost): ReadonlyMap<string, string> {
  if (host.clouds.length > 1 || host.fixedAuthUrl !== undefined) return new Map();
  const typed = host.value('authUrl').trim();
  if (typed !== '' && readAuthUrl(typed) !== undefined) return new Map();
  const problem = typed === '' ? 'identityUrlMissing' : 'identityUrlWrong';
  return new Map([['authUrl', host.localizer.text(loginMessages, problem)]]);
}

/** A line of text that the element remembers. */
export function plainField(
  host: LoginHost,
  id: string,
  options: {
    readonly label: string;
    readonly hint?: string | undefined;
    readonly name?: string | undefined;
    readonly autocomplete?: AutoFill | undefined;
    readonly optional?: boolean | undefined;
  },
): TemplateResult {
  return html`${textField(host.localizer, {
    ...options,
    id,
    value: host.value(id),
    technical: true,
    readOnly: host.busy,
    problem: host.problems.get(id),
    onInput: (value) => {
      host.type(id, value);
    },
  })}`;
}

/** A field that must not be empty: what is missing, by field and in words. */
export function missing(
  host: LoginHost,
  fields: Readonly<Record<string, string>>,
): [field: string, problem: string][] {
  return Object.entries(fields).filter(([id]) => host.input(id).trim() === '');
}
