import type { StoryObj } from '@storybook/web-components-vite';
import { html, type TemplateResult } from 'lit';
import '../src/elements/exo-launch-wizard.js';
import '../src/elements/exo-quick-launch.js';
import { generateSshKey } from '../src/launch/ssh-key.js';
import { networksOf } from '../src/session/collections.js';
import { createNetwork, createSubnet } from '../src/simulator/network-state.js';
import { eventually, signedIn, signedOut, signIn, type StoryCloud } from './cloud.js';

type Tag = 'exo-launch-wizard' | 'exo-quick-launch';
type Launching = HTMLElementTagNameMap[Tag];

/** Draws the element of a story on its cloud. */
export type Render = (story: StoryCloud) => TemplateResult;

/** Makes stories of an element that launches: one cloud of its own for each. */
export function launchStories<T extends Tag>(tag: T, plain: Render) {
  return (
    load: () => Promise<StoryCloud> | StoryCloud,
    play?: (element: HTMLElementTagNameMap[T], story: StoryCloud) => Promise<void>,
    render: Render = plain,
  ): StoryObj => {
    let made: StoryCloud | undefined;
    return {
      loaders: [
        async () => {
          made = await load();
          return { story: made };
        },
      ],
      render: () => (made ? render(made) : html``),
      play: async ({ canvasElement }) => {
        const element = canvasElement.querySelector<HTMLElementTagNameMap[T]>(tag);
        if (!element || !made) throw new Error(`the story shows no ${tag}`);
        await element.updateComplete;
        await play?.(element, made);
      },
    };
  };
}

/** A cloud with a life: servers to learn from, and keys of which one was used last. */
export async function lively(options: Parameters<typeof signedIn>[0] = {}): Promise<StoryCloud> {
  const made = await signedIn({ seed: 'demo', ...options });
  await addKey(made, 'laptop');
  await addKey(made, 'office');
  return made;
}

/** A cloud whose only network leads nowhere: no router is on it. */
export async function closedIn(options: Parameters<typeof signedIn>[0] = {}): Promise<StoryCloud> {
  const made = await signedIn({
    project: 'research',
    withoutExtensions: ['auto-allocated-topology'],
    buildSeconds: 0,
    ...options,
  });
  const { state } = made.cloud;
  const [region] = state.regions;
  const projectId = made.session.current?.project.id;
  if (!region || projectId === undefined) throw new Error('nobody is signed in');
  const network = createNetwork(state, region, { name: 'microscopes', projectId });
  createSubnet(state, region, network, { name: 'microscopes', cidr: '10.60.0.0/24' });
  return made;
}

async function addKey({ cloud, session }: StoryCloud, name: string): Promise<void> {
  const region = cloud.state.regions[0];
  const user = session.current?.user.id;
  if (!region || user === undefined) return;
  const { publicKey } = await generateSshKey(name);
  region.keypairs.push({
    sequence: region.keypairs.length + 1,
    userId: user,
    name,
    type: 'ssh',
    publicKey,
    fingerprint: 'de:ad:be:ef',
    created: Date.now(),
  });
}

/** Signed in, and a project is still to be chosen. */
export async function choosing(): Promise<StoryCloud> {
  const made = signedOut({ seed: 'demo' });
  await signIn(made, 'demo', 'none of them');
  return made;
}

/** Everything that is offered is still on its way, for ever. */
export async function onItsWay(): Promise<StoryCloud> {
  const made = await lively();
  made.cloud.fail(
    { path: /flavors|images|networks|keypairs|limits/, times: Infinity },
    { latency: 3_600_000 },
  );
  return made;
}

/** The project may have less of something, by Nova's names. */
export function setQuota({ cloud, session }: StoryCloud, quota: Record<string, number>): void {
  const id = session.current?.project.id ?? '';
  const region = cloud.state.regions[0];
  const now = region?.computeQuotas.get(id);
  if (now) region?.computeQuotas.set(id, { ...now, ...quota });
}

/** The sign-in runs out, and it is noticed. */
export async function runOut(element: Launching, { cloud, session }: StoryCloud): Promise<void> {
  cloud.revokeTokens();
  if (session.current) void networksOf(session.current).refresh();
  await isIn(element, 'expired');
}

/** Waits until an element is in a state. */
export const isIn = (element: Launching, state: string): Promise<void> =>
  eventually(() => element.matches(`:state(${state})`), `it is ${state}`);

/** An institution that prepares instances as Exosphere does. */
export const EXOSPHERE = {
  profiles: ['exosphere', 'kit', 'plain'],
  exosphere: { repository: 'https://cloud.lakeside.example/setup.git', commit: 'a'.repeat(40) },
};
