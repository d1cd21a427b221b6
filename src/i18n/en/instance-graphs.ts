import { defineMessages } from '../messages.js';

/** The texts of how busy an instance is. */
export const instanceGraphsMessages = defineMessages('instance-graphs', {
  loading: 'Loading how busy the {instance} is…',
  cpu: 'Processor',
  memory: 'Memory',
  disk: 'Disk of the system',
  gpu: 'GPU {number}',
  latest: '{value} at {time}',
  drawing:
    '{name}: {first} to {last}, lowest {low}, highest {high}, latest {latest}. The table has all values.',
  table: 'As a table',
  tableLabel: 'How busy the {instance} is, the latest first',
  time: 'Time',
  none: 'The {instance} does not tell how busy it is',
  noneHelps:
    'Graphs are drawn from what an {instance} writes to its console each minute. Those that are launched with the Exosphere set-up do so; give a new one some minutes.',
  noneStopped: 'Start it to see how busy it is. It tells only while it runs.',
  noLog: 'The {cloud} does not give the console log, from which the graphs are drawn',
  notDrawn: 'The drawing could not be loaded',
  notDrawnHelps: 'The values are in the table.',
  old: 'The latest values are old',
  oldHelps: 'The {instance} has told nothing since {time}.',
  'disk-full': 'The disk of the system is full',
  'disk-fullHelps':
    'Delete files that are not needed, or move them to a {volume}. A full disk stops programs.',
  'disk-nearly': 'The disk of the system is nearly full',
  'disk-nearlyHelps': 'Delete files that are not needed, or move them to a {volume}.',
  'memory-full': 'The memory is full',
  'memory-fullHelps': 'Programs may be ended by the system. Close some, or choose a larger {size}.',
  'cpu-busy': 'The processor is busy all the time',
  'cpu-busyHelps': 'That is fine for a computation. If it feels slow, choose a larger {size}.',
});
