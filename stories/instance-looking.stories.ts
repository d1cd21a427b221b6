import type { Meta, StoryObj } from '@storybook/web-components-vite';
import { html, type TemplateResult } from 'lit';
import '../src/elements/exo-instance.js';
import type { ExoInstance } from '../src/elements/instance/instance.js';
import { ComputeClient } from '../src/openstack/compute.js';
import type { ServerRecord } from '../src/simulator/model.js';
import { PSEUDO_LOCALE } from '../src/i18n/pseudo.js';
import { eventually, signedIn, type StoryCloud, type StoryCloudOptions } from './cloud.js';

const meta: Meta = { title: 'Elements/exo-instance/Looking at it', component: 'exo-instance' };
export default meta;

type Story = StoryObj;

interface Look {
  /** The instance of the demonstration project. */
  readonly name?: string;
  readonly cloud?: StoryCloudOptions;
  readonly prepare?: (story: StoryCloud, server: ServerRecord) => Promise<unknown> | undefined;
  /** What is waited for: a selector in the element. */
  readonly until: string;
  readonly then?: (element: ExoInstance) => Promise<void>;
}

function look(section: string, o: Look): Story {
  let made: { story: StoryCloud; id: string } | undefined;
  return {
    loaders: [
      async () => {
        const story = await signedIn({ seed: 'demo', ...o.cloud });
        const servers = story.cloud.state.regions.flatMap((region) => [...region.servers.values()]);
        const server = servers.find(({ name }) => name === (o.name ?? 'web-1'));
        if (!server) throw new Error(`there is no ${o.name ?? 'web-1'}`);
        await o.prepare?.(story, server);
        made = { story, id: server.id };
        return {};
      },
    ],
    render: (): TemplateResult =>
      html`<exo-instance
        .session=${made?.story.session}
        instance-id=${made?.id ?? ''}
        section=${section}
      ></exo-instance>`,
    play: async ({ canvasElement }) => {
      const element = canvasElement.querySelector('exo-instance');
      if (!element) throw new Error('the story shows no instance');
      await eventually(() => element.renderRoot.querySelector(o.until) !== null, `${o.until} is there`);
      await o.then?.(element);
      await element.updateComplete;
    },
  };
}

const ESC = '\u001b';

function write(_story: StoryCloud, server: ServerRecord): undefined {
  const names = [0, 1, 2, 3, 4, 5, 6, 7];
  server.console.unshift(
    '[    0.000000] Linux version 6.8.0-49-generic (buildd@lcy02)',
    `[${ESC}[0;32m  OK  ${ESC}[0m] Reached target ${ESC}[0;1;39mLocal File Systems${ESC}[0m.`,
    `[${ESC}[0;1;31mFAILED${ESC}[0m] Failed to start ${ESC}[0;1;39mapport${ESC}[0m.`,
    ...names.map(
      (n) =>
        `${ESC}[3${n}mcolour ${n}${ESC}[0m ${ESC}[9${n}mbright ${n}${ESC}[0m ${ESC}[4${n}mground ${n}${ESC}[0m ${ESC}[38;5;${n * 30 + 20}mone of 256${ESC}[0m ${ESC}[7minverse${ESC}[0m`,
    ),
    `Downloading  10 %\rDownloading  55 %\rDownloading 100 %`,
    `A title that is not set: ${ESC}]0;title\u0007, <b>markup that is none</b>, and a long line ${'— '.repeat(150)}`,
  );
  return undefined;
}

const usage = (more: object) => (_story: StoryCloud, server: ServerRecord) => {
  const now = Math.floor(Date.now() / 1000);
  for (let minute = 120; minute >= 0; minute--) {
    // It did not run for some minutes.
    if (minute > 40 && minute < 55) continue;
    const wave = (Math.sin(minute / 9) + 1) * 40;
    server.console.push(
      JSON.stringify({ epoch: now - minute * 60, cpuPctUsed: wave, memPctUsed: 30 + wave / 3, rootfsPctUsed: 71, gpuPctUsed: null, ...more }), // prettier-ignore
    );
  }
  return undefined;
};

export const Log = look('log', { prepare: write, until: '.log-line' });

export const LogSearched = look('log', {
  prepare: write,
  until: '.log-line',
  then: async (element) => {
    const field = element.renderRoot.querySelector<HTMLInputElement>('.log-find input');
    if (!field) throw new Error('there is no search');
    field.value = 'colour';
    field.dispatchEvent(new Event('input', { bubbles: true }));
    await eventually(() => element.renderRoot.querySelector('mark.current') !== null, 'it is found');
  },
});

/** What a stopped instance has written is still there. */
export const LogOfStopped = look('log', { name: 'teaching-notebooks', until: '.log-line' });

/** It never ran, so there is none. */
export const LogOfFailed = look('log', { name: 'gpu-training', until: '[role=tabpanel] .notice' });

export const LogRefused = look('log', {
  prepare: ({ cloud }) => {
    cloud.fail({ path: '/action', times: Infinity }, { status: 403 });
    return undefined;
  },
  until: '[role=tabpanel] .notice',
});

export const History = look('history', {
  cloud: { actionSeconds: 0 },
  prepare: async ({ session }, { id }) => {
    const compute = session.current?.client(ComputeClient);
    await compute?.rebootServer(id, 'SOFT');
    await compute?.server(id);
  },
  until: '.history-entry',
  then: async (element) => {
    element.renderRoot.querySelector<HTMLElement>('.history-toggle')?.click();
    await eventually(() => element.renderRoot.querySelector('.history-part') !== null, 'its parts are there');
  },
});

export const HistoryOfFailed = look('history', { name: 'gpu-training', until: '.history-entry' });

/** By somebody else. */
export const HistoryOfOthers = look('history', {
  prepare: (_story, server) => {
    server.actions = server.actions.map((action) => ({ ...action, userId: 'f00d'.repeat(8) }));
    return undefined;
  },
  until: '.history-entry',
});

export const Graphs = look('graphs', { prepare: usage({}), until: '.graph canvas' });

/** Two GPUs, and a disk that is nearly full. */
export const GraphsWithGpus = look('graphs', {
  prepare: usage({ gpuPctUsed: [20, 80], rootfsPctUsed: 93 }),
  until: '.graph canvas',
});

export const GraphsTable = look('graphs', {
  prepare: usage({}),
  until: '.graph canvas',
  then: (element) => {
    element.renderRoot.querySelector('.graphs-more')?.toggleAttribute('open', true);
    return Promise.resolve();
  },
});

/** It tells nothing of itself. */
export const GraphsNone = look('graphs', { until: '[role=tabpanel] .notice' });

export const Data = look('raw', { until: '.log-line' });

export const Commands = look('raw', {
  until: '.log-line',
  then: (element) => {
    element.renderRoot.querySelector('.commands')?.toggleAttribute('open', true);
    return Promise.resolve();
  },
});

const pseudo = { settings: { locale: PSEUDO_LOCALE } };
export const PseudoLocaleLog = look('log', { cloud: pseudo, until: '.log-line' });
export const PseudoLocaleHistory = look('history', { cloud: pseudo, until: '.history-entry' });
export const PseudoLocaleGraphs = look('graphs', {
  cloud: pseudo,
  prepare: usage({}),
  until: '.graph canvas',
});
