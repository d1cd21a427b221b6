import { html, nothing, type TemplateResult } from 'lit';
import { commonMessages } from '../../i18n/en/common.js';
import { credentialsMessages as messages } from '../../i18n/en/credentials.js';
import type { CreateApplicationCredential } from '../../openstack/application-credentials.js';
import type { Connection } from '../../session/connection.js';
import { checkField, selectField, textField } from '../../ui/field.js';
import type { OverlayHost } from '../../ui/overlay-host.js';
import { endOfLifetime, LIFETIMES, rulesOf, type Lifetime, type RuleSet } from './credentials.state.js';

/** What is put into the form. */
export interface Draft {
  readonly name: string;
  readonly description: string;
  readonly lifetime: Lifetime;
  readonly roles: ReadonlySet<string>;
  readonly rules: RuleSet;
}

/** A draft that only needs a yes: a month, all the roles that are there. */
export function newDraft(name: string, roles: readonly string[]): Draft {
  return { name, description: '', lifetime: 'expiryMonth', roles: new Set(roles), rules: 'rulesNone' };
}

/** What is wrong with a draft, as keys of the messages. */
export function problemsOf(
  draft: Draft,
  taken: ReadonlySet<string>,
): { readonly name?: 'nameMissing' | 'nameTaken'; readonly roles?: 'rolesMissing' } {
  const name = draft.name.trim();
  return {
    ...(name === ''
      ? { name: 'nameMissing' as const }
      : taken.has(name)
        ? { name: 'nameTaken' as const }
        : {}),
    ...(draft.roles.size === 0 ? { roles: 'rolesMissing' as const } : {}),
  };
}

/** What the cloud is asked for. */
export function requestOf(
  draft: Draft,
  { roles, catalog }: Pick<Connection, 'roles' | 'catalog'>,
  now: number,
): CreateApplicationCredential {
  const chosen = roles.filter((role) => draft.roles.has(role));
  return {
    name: draft.name.trim(),
    description: draft.description.trim() || undefined,
    expiresAt: endOfLifetime(draft.lifetime, now),
    // Without a list Keystone gives all, those that are implied by others among them.
    roles: chosen.length === roles.length ? undefined : chosen,
    accessRules: rulesOf(draft.rules, catalog),
  };
}

export function makeForm(
  host: OverlayHost,
  o: {
    readonly draft: Draft;
    readonly roles: readonly string[];
    readonly problems: ReturnType<typeof problemsOf>;
    readonly busy: boolean;
    readonly onChange: (part: Partial<Draft>) => void;
    readonly onSubmit: () => void;
    readonly onCancel: () => void;
  },
): TemplateResult {
  const { localizer } = host;
  const { draft, problems, busy } = o;
  const said = (key: 'nameMissing' | 'nameTaken' | 'rolesMissing' | undefined): string | undefined =>
    key && localizer.text(messages, key);
  return html`<form
    class="box"
    part="form"
    novalidate
    @submit=${(event: SubmitEvent) => {
      event.preventDefault();
      if (!busy) o.onSubmit();
    }}
  >
    <p class="subheading" role="heading" aria-level="3">${localizer.text(messages, 'makeHeading')}</p>
    ${textField(localizer, {
      id: 'name',
      label: localizer.text(messages, 'name'),
      hint: localizer.text(messages, 'nameHint'),
      value: draft.name,
      maxLength: 255,
      technical: true,
      problem: said(problems.name),
      onInput: (name) => {
        o.onChange({ name });
      },
    })}
    ${selectField(localizer, {
      id: 'lifetime',
      label: localizer.text(messages, 'expiry'),
      hint: draft.lifetime === 'expiryNever' ? localizer.text(messages, 'expiryNeverHint') : undefined,
      value: draft.lifetime,
      options: lifetimes().map((key) => ({ value: key, label: localizer.text(messages, key) })),
      onChange: (value) => {
        const lifetime = lifetimes().find((key) => key === value);
        if (lifetime) o.onChange({ lifetime });
      },
    })}
    <details>
      <summary>${localizer.text(messages, 'rules')}</summary>
      <div class="box">
        ${
          o.roles.length === 0
            ? nothing
            : html`<fieldset>
                <legend>${localizer.text(messages, 'roles')}</legend>
                ${o.roles.map((role) =>
                  checkField({
                    id: `role-${role}`,
                    label: localizer.text(messages, 'role', { role }),
                    checked: draft.roles.has(role),
                    onChange: (checked) => {
                      const roles = new Set(draft.roles);
                      if (checked) roles.add(role);
                      else roles.delete(role);
                      o.onChange({ roles });
                    },
                  }),
                )}
                <div aria-live="polite" class="problem">${said(problems.roles) ?? nothing}</div>
              </fieldset>`
        }
        ${selectField(localizer, {
          id: 'rules',
          label: localizer.text(messages, 'rules'),
          hint: localizer.text(messages, 'rulesHint'),
          value: draft.rules,
          options: RULE_SETS.map((key) => ({ value: key, label: localizer.text(messages, key) })),
          onChange: (value) => {
            const rules = RULE_SETS.find((key) => key === value);
            if (rules) o.onChange({ rules });
          },
        })}
        ${textField(localizer, {
          id: 'description',
          label: localizer.text(messages, 'description'),
          value: draft.description,
          maxLength: 255,
          optional: true,
          onInput: (description) => {
            o.onChange({ description });
          },
        })}
      </div>
    </details>
    <div class="actions">
      <button type="submit" class="primary" aria-disabled=${busy ? 'true' : nothing}>
        ${localizer.text(messages, busy ? 'creating' : 'create')}
      </button>
      <button type="button" @click=${o.onCancel}>${localizer.text(commonMessages, 'cancel')}</button>
    </div>
  </form>`;
}

const RULE_SETS: readonly RuleSet[] = ['rulesNone', 'rulesReadOnly', 'rulesKit'];

function lifetimes(): readonly Lifetime[] {
  return ['expiryDay', 'expiryWeek', 'expiryMonth', 'expiryYear', 'expiryNever'].filter(
    (key): key is Lifetime => key in LIFETIMES,
  );
}
