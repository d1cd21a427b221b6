import type { Tell } from './attempts.js';
import { makeKeypair, makeServerGroup } from './compute-parts.js';
import type { Making } from './making.js';
import {
  findTopology,
  makeAddress,
  makeGroup,
  makeNetwork,
  makePort,
  makeRecord,
  makeRouter,
  makeSubnet,
  makeWayOut,
} from './network-parts.js';
import type { LaunchStep } from './plan.js';
import { makeVolume } from './volume-parts.js';

/** A step that makes something besides the instances. */
export type PartStep = Exclude<LaunchStep, { kind: 'server' | 'active' | 'setup' }>;

/** Finds by its mark, or makes, what a step is about, and remembers it. */
export function makePart(m: Making, step: PartStep, tell: Tell): Promise<void> {
  switch (step.kind) {
    case 'keypair':
      return makeKeypair(m, step, tell);
    case 'network':
      return findTopology(m);
    case 'own-network':
      return makeNetwork(m, step, tell);
    case 'subnet':
      return makeSubnet(m, step, tell);
    case 'router':
      return makeRouter(m, step, tell);
    case 'way-out':
      return makeWayOut(m, step, tell);
    case 'server-group':
      return makeServerGroup(m, step, tell);
    case 'group':
      return makeGroup(m, step, tell);
    case 'port':
      return makePort(m, step, tell);
    case 'address':
      return makeAddress(m, step, tell);
    case 'volume':
      return makeVolume(m, step, tell);
    case 'dns':
      return makeRecord(m, step, tell);
  }
}
