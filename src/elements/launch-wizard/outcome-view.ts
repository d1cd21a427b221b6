import { html, nothing, type TemplateResult } from 'lit';
import { commonMessages } from '../../i18n/en/common.js';
import { describeError } from '../../i18n/errors.js';
import { launchRunMessages as messages } from '../../i18n/en/launch-run.js';
import type { Localizer } from '../../i18n/localizer.js';
import { connectInfo } from '../../launch/connect.js';
import { EXO_USER } from '../../launch/exosphere/keys.js';
import type { LaunchFailure, LaunchInstance, LaunchProgress, Leftover } from '../../launch/progress.js';
import { jumpHostFor, type JumpHost } from '../../launch/jump-host.js';
import { volumePlaces } from '../../launch/volume-places.js';
import type { OpenStackError } from '../../openstack/errors.js';
import { imagesOf, serversOf } from '../../session/collections.js';
import { copyButton } from '../../ui/copy-button.js';
import { iconServer } from '../../ui/icons.js';
import { errorNotice, notice } from '../../ui/notice.js';
import { rowsOf } from './known.js';
import type { RunView } from './run-view.js';
import { isSetUp, setupFailure, setupView } from './setup-view.js';

/** How a launch ended: how to connect, or what went wrong, what is left, and what can be done. */
export function outcomeView(
  view: RunView,
  progress: LaunchProgress,
  steps: () => TemplateResult,
): TemplateResult {
  const { localizer } = view.host;
  if (progress.outcome === 'complete') {
    return html`${setupView(view)} ${connect(view, progress.instances)}
    ${
      ask(view) ??
      html`<div class="actions">
        <button type="button" class="primary" @click=${() => view.done()}>
          ${localizer.text(messages, 'done')}
        </button>
        <button type="button" @click=${() => view.another()}>${localizer.text(messages, 'another')}</button>
        ${
          view.like
            ? html`<button type="button" class="quiet" @click=${() => view.like?.()}>
                ${localizer.text(messages, 'like')}
              </button>`
            : nothing
        }
      </div>`
    }`;
  }
  const failures = progress.steps.flatMap(({ failure }) => failure ?? []);
  const undo = view.run.undoing;
  const busy = undo?.status === 'running';
  const settled = undo?.status === 'done';
  // Where the same again would fail again, the form is where one goes on.
  const retry = !settled && !failures.some(({ kind }) => kind === 'key-taken');
  const change = !retry || failures.some(wantsChange);
  return html`
    ${failures.map((failure) => failureNotice(view, failure))} ${settled ? nothing : steps()}
    ${undo?.status === 'failed' ? undo.errors.map((error) => errorNotice(view.host, error, { urgent: true })) : nothing}
    ${
      settled
        ? notice({ tone: 'success', heading: localizer.text(messages, 'undone'), urgent: true })
        : leftovers(view, progress.made, busy)
    }
    ${
      ask(view) ??
      html`<div class="actions">
        ${
          retry
            ? html`<button
                type="button"
                class=${change ? '' : 'primary'}
                aria-disabled=${busy}
                @click=${() => busy || view.retry()}
              >
                ${localizer.text(messages, 'retry')}
              </button>`
            : nothing
        }
        <button
          type="button"
          class=${change ? 'primary' : ''}
          aria-disabled=${busy}
          @click=${() => busy || view.back()}
        >
          ${localizer.text(messages, 'back')}
        </button>
        ${
          progress.made.length > 0
            ? html`<button
                  type="button"
                  class="quiet danger"
                  aria-busy=${busy}
                  aria-disabled=${busy}
                  @click=${() => busy || view.undo()}
                >
                  ${localizer.text(messages, busy ? 'undoing' : 'undo')}
                </button>
                ${
                  busy
                    ? nothing
                    : html`<button type="button" class="quiet" @click=${() => view.keep()}>
                        ${localizer.text(messages, 'keep')}
                      </button>`
                }`
            : nothing
        }
      </div>`
    }
  `;
}

/** The question that takes the place of the buttons; it begins with the answer that does no harm. */
export function ask({ question, host: { localizer } }: RunView): TemplateResult | undefined {
  return (
    question &&
    notice({
      tone: 'warning',
      urgent: true,
      heading: question.heading,
      text: question.text,
      actions: html`<button type="button" id="ask-no" @click=${() => question.answer(false)}>
          ${localizer.text(messages, 'cancel')}
        </button>
        <button type="button" class="danger" @click=${() => question.answer(true)}>
          ${question.confirm}
        </button>`,
    })
  );
}

/** Whether something has to be chosen differently before another try makes sense. */
export function wantsChange(failure: LaunchFailure): boolean {
  if (failure.kind === 'error')
    return (
      /^(quota|invalid|forbidden|not-found)$/.test(failure.error.kind) ||
      addressTrouble(failure.error) !== undefined
    );
  return failure.kind === 'fault' && isNoRoom(failure.message);
}

/** Nova's scheduler found no host; the texts are Nova's own, and English everywhere. */
function isNoRoom(message: string | undefined): boolean {
  return /no valid host|exceeded maximum number of retries|insufficient/i.test(message ?? '');
}

/** What is not there any more, of what was chosen; the texts are the services' own, and English everywhere. */
function goneMeanwhile({ attempt, detail = '' }: OpenStackError): keyof typeof GONE | undefined {
  if (attempt.action !== 'create-instance' && attempt.action !== 'create-port') return undefined;
  return NOUNS.find((noun) => GONE[noun].test(detail));
}

const GONE = {
  image: /can not find requested image|image \S+ could not be found/i,
  size: /flavor \S+ could not be found/i,
  keypair: /invalid key_name|keypair .*not found/i,
  network: /network \S+ could not be found/i,
  securityGroup: /security group .*(?:does not exist|not found)/i,
} as const;

const NOUNS = ['image', 'size', 'keypair', 'network', 'securityGroup'] as const;

/** What is wrong with an address; the texts are Neutron's own, and English everywhere. */
function addressTrouble({
  attempt,
  detail = '',
}: OpenStackError): 'addressTaken' | 'addressForeign' | 'addressesGone' | 'publicGone' | undefined {
  if (attempt.action !== 'create-port' && attempt.action !== 'create-floating-ip') return undefined;
  if (/no more ip addresses|unable to find any ip address/i.test(detail))
    return attempt.action === 'create-port' ? 'addressesGone' : 'publicGone';
  if (/ip address \S+ (?:is )?(?:already allocated|in use)/i.test(detail)) return 'addressTaken';
  return /is not a valid ip for/i.test(detail) ? 'addressForeign' : undefined;
}

/**
 * What helps in a launch, where that is not what helps in general.
 *
 * @param fixed there is nothing to choose: the portal has chosen
 */
export function helpsHere(
  { error: { attempt, kind, reason, quota }, unclear }: Extract<LaunchFailure, { kind: 'error' }>,
  fixed = false,
): 'noAddressRights-helps' | 'askRights-helps' | 'freeOrAsk-helps' | 'unclear' | 'lost-helps' | undefined {
  // A member is told that members may: fewer rights are needed without a public address, as Nova makes the port then.
  if (kind === 'forbidden' && /^(?:create-port|(?:create|assign)-floating-ip)$/.test(attempt.action))
    return fixed ? 'askRights-helps' : 'noAddressRights-helps';
  if (fixed && kind === 'quota' && /^(?:cores|ram)$/.test(quota?.resource ?? '')) return 'freeOrAsk-helps';
  if (kind !== 'timeout' && reason !== 'answer-lost') return undefined;
  return unclear ? 'unclear' : 'lost-helps';
}

function failureNotice({ host, run, like }: RunView, failure: LaunchFailure): TemplateResult {
  const { localizer } = host;
  const fixed = like === undefined;
  const text = (key: 'gone' | 'keyTaken' | 'internal') => localizer.text(messages, key);
  switch (failure.kind) {
    case 'error': {
      const trouble = addressTrouble(failure.error);
      const gone = goneMeanwhile(failure.error);
      if (gone)
        return notice({
          tone: 'error',
          urgent: true,
          heading: describeError(localizer, failure.error).attempted,
          text: localizer.text(messages, 'goneMeanwhile', { noun: gone }),
          helps: localizer.text(messages, 'goneMeanwhile-helps'),
          more: cloudSays(localizer, failure.error.detail),
        });
      if (trouble)
        return notice({
          tone: 'error',
          urgent: true,
          heading: describeError(localizer, failure.error).attempted,
          text: localizer.text(messages, trouble),
          helps: localizer.text(messages, fixed ? 'freeOrAsk-helps' : `${trouble}-helps`),
          more: cloudSays(localizer, failure.error.detail),
        });
      const helps = helpsHere(failure, fixed);
      return html`${errorNotice(host, failure.error, { urgent: true, helps: helps && localizer.text(messages, helps) })}
      ${failure.unclear && helps !== 'unclear' ? html`<p class="caution">${localizer.text(messages, 'unclear')}</p>` : nothing}`;
    }
    case 'fault': {
      const noRoom = isNoRoom(failure.message);
      return notice({
        tone: 'error',
        urgent: true,
        heading: localizer.text(messages, 'fault-title', { name: failure.name }),
        text: noRoom ? undefined : failure.message ? undefined : localizer.text(messages, 'fault-none'),
        helps: localizer.text(
          messages,
          noRoom ? (fixed ? 'fault-no-room-fixed' : 'fault-no-room') : 'fault-other',
        ),
        more: cloudSays(localizer, failure.message),
      });
    }
    case 'gone':
      return notice({
        tone: 'warning',
        urgent: true,
        heading: localizer.text(messages, 'gone-title', { name: failure.name }),
        text: text('gone'),
      });
    case 'key-taken':
      return notice({
        tone: 'error',
        urgent: true,
        heading: localizer.text(messages, 'keyTaken-title', { name: failure.name }),
        helps: text('keyTaken'),
      });
    case 'setup':
      return setupFailure({ host }, failure);
    case 'internal':
      return notice({
        tone: 'error',
        urgent: true,
        heading: localizer.text(messages, 'internal-title'),
        helps: run.progress?.made.length === 0 ? text('internal') : undefined,
      });
  }
}

function cloudSays(localizer: Localizer, message: string | undefined): TemplateResult | typeof nothing {
  return message
    ? html`<p class="notice-detail">${localizer.text(commonMessages, 'cloudSays')}: <q>${message}</q></p>`
    : nothing;
}

/** A thing that a launch has made, in words. */
export function leftoverText(localizer: Localizer, { kind, name }: Leftover): string {
  return localizer.text(messages, `left-${kind}`, { name });
}

function leftovers(view: RunView, made: readonly Leftover[], busy: boolean): TemplateResult {
  const { localizer } = view.host;
  if (made.length === 0) return html`<p class="quiet-text">${localizer.text(messages, 'leftNothing')}</p>`;
  return html`<div class="outcome">
    <h3>${localizer.text(messages, 'left')}</h3>
    <ul class="left">
      ${made.map((left) => {
        const what = leftoverText(localizer, left);
        return html`<li>
          <span>${what}</span>
          ${
            made.length > 1 && !view.question
              ? html`<button
                  type="button"
                  class="quiet danger small"
                  aria-label=${localizer.text(messages, 'undoOneWhat', { what })}
                  aria-disabled=${busy}
                  @click=${() => busy || view.undo(left)}
                >
                  ${localizer.text(messages, 'undoOne')}
                </button>`
              : nothing
          }
        </li>`;
      })}
    </ul>
  </div>`;
}

function connect(view: RunView, instances: readonly LaunchInstance[]): TemplateResult {
  const { localizer } = view.host;
  const { request } = view.run.subject;
  const user = request.profile?.kind === 'exosphere' ? EXO_USER : view.run.subject.user;
  const withKey = request.key.kind !== 'none';
  const file = view.key.state === 'none' ? undefined : view.key.file;
  const { connection } = view.run.subject;
  const keyName = request.key.kind === 'none' ? undefined : request.key.name;
  const infos = instances.map((instance) => {
    const through = jumpHostFor(
      { addresses: instance.addresses, keyName },
      rowsOf(serversOf(connection).state),
      rowsOf(imagesOf(connection).state),
      view.jumpHost,
    );
    return { instance, through, info: connectInfo(instance.addresses, user, file, through?.account) };
  });
  const inside = infos.find(({ info }) => info?.inside);
  const way = withKey && inside?.info?.command !== undefined ? inside.through : undefined;
  const typed = withKey && infos.some(({ info }) => info?.command !== undefined);
  const how =
    user === 'Administrator'
      ? 'connect-windows'
      : typed && (file === undefined ? 'connect-terminal' : 'connect-terminal-key');
  return html`<div class="connect" part="connect">
    <h3>${localizer.text(messages, 'connect')}</h3>
    <ul class="instances" aria-label=${localizer.text(messages, 'instances')}>
      ${infos.map(
        ({ instance: { name }, info }) =>
          html`<li>
            <span class="instance-name">${iconServer()} <strong>${name}</strong></span>
            ${
              info === undefined
                ? html`<span class="quiet-text">${localizer.text(messages, 'connect-none')}</span>`
                : html`<span class="copyable"
                    ><code>${info.address}</code>${copyButton(view.host, {
                      value: info.address,
                      what: localizer.text(messages, 'address', { address: info.address }),
                    })}</span
                  >`
            }
            ${
              withKey && info?.command !== undefined
                ? html`<span class="copyable command"
                    ><code dir="ltr">${info.command}</code>${copyButton(view.host, {
                      value: info.command,
                      what: localizer.text(messages, 'command'),
                    })}</span
                  >`
                : nothing
            }
            ${volumePlaces(request, name).map(
              (volume) =>
                html`<span class="quiet-text">${localizer.text(messages, 'volumeAt', { ...volume })}</span>`,
            )}
          </li>`,
      )}
    </ul>
    ${inside ? html`<p class="caution">${insideText(localizer, way)}</p>` : nothing}
    ${how ? html`<p>${localizer.text(messages, how)}</p>` : nothing}
    <p class="quiet-text">
      ${withKey && user === undefined ? localizer.text(messages, 'connect-user') : nothing}
      ${isSetUp(view.run.progress) ? nothing : localizer.text(messages, 'connect-boot')}
    </p>
  </div>`;
}

function insideText(localizer: Localizer, way: JumpHost | undefined): string {
  return way
    ? localizer.text(messages, 'connect-through', { name: way.name ?? way.account })
    : localizer.text(messages, 'connect-inside');
}
