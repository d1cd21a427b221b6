import type { CreateServer } from '../openstack/compute.js';
import { LAUNCH_MARK, writeMark } from './mark.js';
import { numberedNames } from './names.js';
import type { NetworkChoice } from './networks.js';

/** A key pair for the instances. `import` carries the public half only; a generated key comes here as one. */
export type LaunchKey =
  | { readonly kind: 'none' }
  | { readonly kind: 'existing'; readonly name: string }
  | { readonly kind: 'import'; readonly name: string; readonly publicKey: string };

/** Everything that was decided. */
export interface LaunchRequest {
  /** From `newLaunchId()`; the same one when a launch is tried again, or things would be made twice. */
  readonly launchId: string;
  readonly name: string;
  readonly count: number;
  readonly imageId: string;
  readonly flavorId: string;
  readonly key: LaunchKey;
  readonly network: NetworkChoice;
  /** Ids or names; none leaves it to the cloud, which takes the project's `default`. */
  readonly securityGroups: readonly string[];
  /** Passed on byte for byte; text as UTF-8. */
  readonly userData?: string | Uint8Array | undefined;
}

/** What the plan needs to know of the surroundings. */
export interface LaunchFacts {
  /** How long an instance takes to become active here, in seconds. */
  readonly buildSeconds: number;
}

interface Step {
  /** Unique in the plan. */
  readonly id: string;
  /** What it is about, as the person calls it: the key's, the network's or the instance's name. */
  readonly name: string;
  /** Ids of the steps that have to be done before. */
  readonly needs: readonly string[];
  /** How long it usually takes. */
  readonly seconds: number;
}

/** One thing that a launch does, in an order that can be shown. */
export type LaunchStep =
  | (Step & { readonly kind: 'keypair'; readonly publicKey: string })
  | (Step & { readonly kind: 'network' })
  /** Asks for one instance; `number` counts from 1. */
  | (Step & { readonly kind: 'server'; readonly number: number })
  /** Waits until every instance is active. */
  | (Step & { readonly kind: 'active' });

export interface LaunchPlan {
  readonly launchId: string;
  readonly steps: readonly LaunchStep[];
  /** What is asked of Nova for instance `number`, once the network is known. */
  bodyFor(number: number, networkId: string | undefined): CreateServer;
  /** Names of the instances, in order. */
  readonly names: readonly string[];
}

/** The steps of a launch. Pure: nothing is asked or made. */
export function planLaunch(request: LaunchRequest, facts: LaunchFacts): LaunchPlan {
  const { key, network, launchId, count } = request;
  const names = numberedNames(request.name, count);
  const steps: LaunchStep[] = [];
  if (key.kind === 'import') {
    steps.push({
      id: 'keypair',
      kind: 'keypair',
      name: key.name,
      publicKey: key.publicKey,
      needs: [],
      seconds: 1,
    });
  }
  if (network.kind === 'topology') {
    steps.push({ id: 'network', kind: 'network', name: '', needs: [], seconds: 5 });
  }
  const before = steps.map(({ id }) => id);
  const servers = names.map((name, i): LaunchStep => ({
    id: `server-${i + 1}`,
    kind: 'server',
    name,
    number: i + 1,
    needs: before,
    seconds: 2,
  }));
  const active: LaunchStep = {
    id: 'active',
    kind: 'active',
    name: names.length === 1 ? (names[0] ?? '') : '',
    needs: servers.map(({ id }) => id),
    seconds: facts.buildSeconds,
  };
  return {
    launchId,
    names,
    steps: [...steps, ...servers, active],
    bodyFor: (number, networkId) => ({
      name: names[number - 1] ?? request.name,
      imageId: request.imageId,
      flavorId: request.flavorId,
      keyName: key.kind === 'none' ? undefined : key.name,
      networks: networksFor(network, networkId),
      securityGroups: request.securityGroups.length > 0 ? request.securityGroups : undefined,
      userData: request.userData,
      metadata: { [LAUNCH_MARK]: writeMark({ launchId, number, count: names.length }) },
    }),
  };
}

function networksFor(choice: NetworkChoice, found: string | undefined): CreateServer['networks'] {
  if (choice.kind === 'network') return [{ networkId: choice.id }];
  return choice.kind === 'topology' && found !== undefined ? [{ networkId: found }] : 'auto';
}
