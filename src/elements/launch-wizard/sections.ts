import { html, type TemplateResult } from 'lit';
import { launchWizardMessages as messages } from '../../i18n/en/launch-wizard.js';
import {
  advancedAnswer,
  imageAnswer,
  keyAnswer,
  networkAnswer,
  sizeAnswer,
  storageAnswer,
} from './answers.js';
import { section, type FormView } from './section.js';

/** Every question but the name: the answer in a line, and what else could be one level down. */
export function sections(view: FormView): TemplateResult {
  const { localizer } = view.host;
  const { decision, setting } = view;
  const { hasVolumeService } = setting;
  return html`<div class="sections">
    ${section(view, {
      part: 'image',
      label: localizer.text(messages, 'what'),
      ...imageAnswer(view),
      rows: 4,
      lock: 'image',
      body: (choices) => choices.imageChoice(view),
    })}
    ${section(view, {
      part: 'size',
      label: localizer.text(messages, 'size'),
      ...sizeAnswer(view),
      rows: 8,
      lock: 'size',
      body: (choices) => choices.sizeChoice(view),
    })}
    ${section(view, {
      part: 'count',
      label: localizer.text(messages, 'count'),
      answer: decision.countProblem ? '' : localizer.text(messages, 'countAnswer', { count: decision.count }),
      lock: 'count',
      body: (choices) => choices.countChoice(view),
    })}
    ${section(view, {
      part: 'key',
      label: localizer.text(messages, 'access'),
      ...keyAnswer(view),
      lock: 'key',
      body: (choices) => choices.keyChoice(view),
    })}
    ${section(view, {
      part: 'network',
      label: localizer.text(messages, 'networkAndSafety'),
      ...networkAnswer(view),
      rows: 4,
      fixed: view.setting.hasNetworkService ? undefined : localizer.text(messages, 'networkAuto-auto'),
      body: (choices) => choices.networkChoice(view),
    })}
    ${section(view, {
      part: 'storage',
      label: localizer.text(messages, 'storage'),
      ...storageAnswer(view),
      lock: 'storage',
      fixed: hasVolumeService ? undefined : localizer.text(messages, 'storageNone'),
      body: (choices) => choices.storageChoice(view),
    })}
    ${section(view, {
      part: 'advanced',
      label: localizer.text(messages, 'advanced'),
      ...advancedAnswer(view),
      rows: 6,
      body: (choices) => choices.advancedChoice(view),
    })}
  </div>`;
}
