import { html, nothing, type TemplateResult } from 'lit';
import { launchChoicesMessages as texts } from '../../i18n/en/launch-choices.js';
import { launchWizardMessages as messages } from '../../i18n/en/launch-wizard.js';
import { choiceCards, type Choice } from '../../ui/choice.js';
import { checkField, selectField, textField } from '../../ui/field.js';
import { errorNotice, notice } from '../../ui/notice.js';
import { networkValue } from './answers.js';
import { failureOf, rowsOf } from './launch-wizard.state.js';
import { safetyChoice } from './safety-choice.js';
import { isLocked, lockedNote, type FormView } from './section.js';

/** How it is connected, how it is reached, and what may come in. */
export function networkChoice(view: FormView): TemplateResult {
  const { localizer } = view.host;
  return html`
    <div class="group">
      <h4 class="minor">${localizer.text(texts, 'networkLegend')}</h4>
      ${isLocked(view, 'network') ? lockedNote(view) : networks(view)}
    </div>
    <div class="group">
      <h4 class="minor">${localizer.text(texts, 'address')}</h4>
      ${isLocked(view, 'address') ? lockedNote(view) : address(view)}
    </div>
    <div class="group">
      <h4 class="minor">${localizer.text(texts, 'safety')}</h4>
      ${isLocked(view, 'groups') ? lockedNote(view) : safetyChoice(view)}
    </div>
  `;
}

function networks(view: FormView): TemplateResult {
  const { decision, host, known } = view;
  const { localizer } = host;
  const { network, networkChoice: choice, networking } = decision;
  const error = failureOf(known.networks);
  if (choice === undefined) {
    return notice({
      tone: 'warning',
      heading: localizer.text(texts, 'networksEmptyTitle'),
      text: localizer.text(texts, 'networksEmpty'),
    });
  }
  const { automatic } = network;
  // The one that is taken automatically is not offered twice.
  const others = network.usable.filter(
    ({ id }) => automatic?.kind !== 'network' || automatic.id !== id || view.draft.network === id,
  );
  const choices: Choice[] = others.map(({ id, name, external, shared }) => ({
    value: id,
    title: name || id,
    note: external
      ? localizer.text(texts, 'networkExternal')
      : shared
        ? localizer.text(texts, 'networkShared')
        : undefined,
  }));
  if (automatic) {
    choices.unshift({
      value: 'automatic',
      title: localizer.text(messages, 'networkAuto'),
      note:
        automatic.kind === 'network'
          ? localizer.text(texts, 'networkAuto-network', automatic)
          : localizer.text(messages, 'networkAuto-auto'),
    });
  }
  if (!error) {
    choices.push({
      value: 'own',
      title: localizer.text(texts, 'networkOwn'),
      note: localizer.text(texts, 'networkOwnNote'),
      reason: networking.canMake ? undefined : localizer.text(texts, 'networkOwnFull'),
    });
  }
  return html`
    ${error ? errorNotice(host, error, { onRetry: () => view.retry(), tone: 'warning' }) : nothing}
    ${choiceCards({
      name: 'network-choice',
      label: localizer.text(messages, 'network'),
      value: networkValue(view, choice),
      choices,
      onChange: (chosen) => view.change({ network: chosen }),
    })}
    ${choice.kind === 'new' ? ownNetwork(view, choice) : nothing}
  `;
}

function ownNetwork(
  view: FormView,
  { name, cidr, externalNetworkId }: { name: string; cidr: string; externalNetworkId: string | undefined },
): TemplateResult {
  const { draft, decision, host } = view;
  const { localizer } = host;
  const { problem } = decision.networking;
  return html`<div class="pair">
      ${textField(localizer, {
        id: 'own-name',
        label: localizer.text(texts, 'ownName'),
        value: name,
        maxLength: 255,
        technical: true,
        problem: problem === 'name' ? localizer.text(texts, 'ownNameProblem') : undefined,
        onInput: (value) => view.change({ network: 'own', newNetwork: { ...draft.newNetwork, name: value } }),
      })}
      ${textField(localizer, {
        id: 'own-cidr',
        label: localizer.text(texts, 'ownCidr'),
        value: cidr,
        technical: true,
        hint: localizer.text(texts, 'ownCidrHint'),
        problem: problem === 'cidr' ? localizer.text(texts, 'ownCidrProblem') : undefined,
        onInput: (value) => view.change({ network: 'own', newNetwork: { ...draft.newNetwork, cidr: value } }),
      })}
    </div>
    ${
      externalNetworkId === undefined
        ? html`<p class="caution">${localizer.text(texts, 'ownNoOutside')}</p>`
        : nothing
    }`;
}

/** A router for a network of the project that has none. */
function connect(view: FormView): TemplateResult | typeof nothing {
  const { host, known, decision, draft } = view;
  const { localizer } = host;
  const { networkChoice: choice } = decision;
  if (choice?.kind !== 'network' || !known.connectable?.has(choice.id)) return nothing;
  if (isLocked(view, 'network') || decision.address.notNew === 'no-external') return nothing;
  const name = choice.name || choice.id;
  const routers = rowsOf(known.networkLimits).find(({ id }) => id === 'network')?.quotas['router'];
  if (draft.connect !== choice.id && routers && routers.used >= routers.limit)
    return html`<p class="quiet-text">${localizer.text(texts, 'networkConnectFull', { name })}</p>`;
  return html`${checkField({
      id: 'network-connect',
      label: localizer.text(texts, 'networkConnect', { name }),
      checked: draft.connect === choice.id,
      // What was chosen while there was no way out may have been none.
      onChange: (on) => view.change({ connect: on ? choice.id : undefined, address: undefined }),
    })}
    <p class="quiet-text">${localizer.text(texts, 'networkConnectNote')}</p>`;
}

function address(view: FormView): TemplateResult {
  const { decision, host, known } = view;
  const { localizer } = host;
  const { address: offer, count } = decision;
  const { external, free, wish, kind, why } = offer;
  const failed = failureOf(known.extras?.addresses);
  const say = (reason: typeof why) => localizer.text(texts, `addressWhy-${reason}`);
  const chooseExisting = () => {
    const [first] = free;
    if (first) view.change({ address: { kind: 'existing', id: first.id } });
  };
  return html`
    ${failed ? errorNotice(host, failed, { onRetry: () => view.retry(), tone: 'warning' }) : nothing}
    ${choiceCards({
      name: 'address-choice',
      label: localizer.text(texts, 'address'),
      value: kind,
      choices: [
        {
          value: 'new',
          title: localizer.text(texts, 'address-new'),
          note: localizer.text(texts, 'address-new-note', { count }),
          reason: offer.notNew && say(offer.notNew),
        },
        {
          value: 'existing',
          title: localizer.text(texts, 'address-existing'),
          note:
            free.length > 0
              ? free
                  .map((each) => each.address)
                  .slice(0, 3)
                  .join(', ')
              : undefined,
          reason: offer.notExisting
            ? say(offer.notExisting)
            : free.length === 0
              ? say('none-free')
              : undefined,
        },
        {
          value: 'none',
          title: localizer.text(texts, 'address-none'),
          note: localizer.text(texts, 'address-none-note'),
        },
      ],
      onChange: (chosen) => {
        if (chosen === 'existing') chooseExisting();
        else view.change({ address: { kind: chosen === 'new' ? 'new' : 'none' } });
      },
    })}
    ${
      offer.notNew === 'no-way-out'
        ? html`<p class="caution">
            ${say('no-way-out')}
            ${
              decision.networking.canMake && external.length === 0 && !isLocked(view, 'network')
                ? html`<button
                    type="button"
                    class="quiet small"
                    @click=${() => view.change({ network: 'own', address: undefined })}
                  >
                    ${localizer.text(texts, 'addressOwn')}
                  </button>`
                : nothing
            }
          </p>`
        : html`<p class="quiet-text">${say(why)}</p>`
    }
    ${connect(view)}
    ${
      wish?.kind === 'new' && external.length > 1
        ? selectField(localizer, {
            id: 'address-from',
            label: localizer.text(texts, 'addressFrom'),
            value: wish.networkId,
            options: external.map(({ id, name }) => ({ value: id, label: name || id })),
            onChange: (networkId) => view.change({ address: { kind: 'new', networkId } }),
          })
        : nothing
    }
    ${
      wish?.kind === 'existing'
        ? selectField(localizer, {
            id: 'address-which',
            label: localizer.text(texts, 'addressWhich'),
            value: wish.id,
            options: free.map((each) => ({ value: each.id, label: each.address })),
            onChange: (id) => view.change({ address: { kind: 'existing', id } }),
          })
        : nothing
    }
  `;
}
