import { branchIdShape, type DeviceId, type Hash } from '../../schema/ids.ts';
import type { Product } from '../../schema/product.ts';
import { createRandom, type Random } from '../replay/random.ts';
import { createCopiedCheck } from './check-copied.ts';
import { createDeviceMachine, type DeviceMachine } from './device-machine.ts';
import { createFaultCounter, type FaultCounts, type FaultKind } from './fault-counts.ts';
import { createHeardAnswers, type HeardAnswers } from './heard-answers.ts';
import { createLink } from './network.ts';
import { createServerMachine, type ServerMachine } from './server-machine.ts';
import type { WireAnswer, WireRequest } from './server-request.ts';
import { createServerWatch, type ServerWatch } from './server-watch.ts';
import { createTrace, type Trace } from './trace.ts';
import { createTruth, type Truth } from './truth.ts';
import { createVirtualTime, type VirtualTime } from './virtual-time.ts';

export const HOME = branchIdShape.parse('utama');
export const ELSEWHERE = branchIdShape.parse('cabang');

/** Stands in everything that the other branch writes: no byte of it may reach a device of the home branch, and none back. */
export const CANARY = { [HOME]: 'kenari-utama', [ELSEWHERE]: 'kenari-cabang' } as Readonly<Record<string, string>>;

/** A broken rule. */
export interface Violation {
  readonly rule: string;
  readonly text: string;
  /** Virtual milliseconds since the world began. */
  readonly at: number;
}

/** Everything that one seed makes. */
export interface World {
  readonly time: VirtualTime;
  readonly trace: Trace;
  readonly server: ServerMachine;
  readonly watch: ServerWatch;
  readonly truth: Truth;
  readonly heard: HeardAnswers;
  /** Every browser profile there ever was, by the order in which they came. */
  readonly machines: DeviceMachine[];
  products: readonly Product[];
  /** Idle devices compare what they hold with the server every minute: for faults that nothing else mends. */
  readonly comparesOften: boolean;
  /** What a device does once an hour it does every few seconds: a shop's months pass in minutes. */
  readonly growsOld: boolean;
  /** The shop has a product of which tills hold shares. */
  readonly sellsTickets: boolean;
  /** Its managers write orders to suppliers, each at a device of their own. */
  readonly orders: boolean;
  /** Its devices keep what they hold in the log that ships, not in a model of documents. */
  readonly keepsLog: boolean;
  /** Hashes of entries that a thief made up. */
  readonly forgeries: Set<string>;
  /** The server's history was taken back: what was acknowledged may be missing until devices sent it again. */
  wasTakenBack: boolean;
  /** And once at least without a word, in one epoch. */
  wasRolledBack: boolean;
  count(kind: FaultKind): void;
  counts(): FaultCounts;
  violate(rule: string, text: string): void;
  violations(): readonly Violation[];
  /** A new profile in a branch; `name` is its till code. */
  addMachine(name: string, branch: DeviceMachine['branch']): DeviceMachine;
  /** A stream of chance of its own, so that what one part draws changes nothing for the others. */
  chance(stream: number): Random;
}

/** Streams of chance by who draws from them; machines follow behind. */
const STREAM = { server: 1, machines: 100 } as const;

export type WorldWays = Pick<World, 'comparesOften' | 'growsOld' | 'sellsTickets' | 'orders' | 'keepsLog'>;

export function createWorld(seed: number, ways: WorldWays, hear?: (text: string) => void): World {
  const time = createVirtualTime();
  const trace = createTrace(hear);
  const faults = createFaultCounter();
  const truth = createTruth();
  const heard = createHeardAnswers();
  const violations: Violation[] = [];
  const machines: DeviceMachine[] = [];
  const chance = (stream: number) => createRandom(seed, stream);
  const violate = (rule: string, text: string) => {
    note(`! ${rule}: ${text}`);
    violations.push({ rule, text, at: time.now() });
  };
  const note = (text: string) => trace.note(`${time.now()} ${text}`);
  const watch: ServerWatch = createServerWatch(() => server.disk);
  const server: ServerMachine = createServerMachine({
    time,
    random: chance(STREAM.server),
    onFailure: (text) => violate('I12', `the server failed: ${text}`),
    onFault: (kind) => {
      note(`server ${kind}`);
      faults.count(kind === 'killed' ? 'F1' : 'F8');
    },
    onRestored: watch.restored,
    onSync: watch.synced,
  });
  const copied = createCopiedCheck(time, violate);
  const addMachine: World['addMachine'] = (name, branch) => {
    const stream = STREAM.machines + 2 * machines.length;
    const own = (): DeviceId | null => machine.storage().vault.enrolment?.device.deviceId ?? null;
    const link = createLink({
      ...{ time, random: chance(stream), server, count: faults.count },
      note: (text) => note(`${name} ${text}`),
      answered: (request, answer) => {
        for (const id of notOnDisk(watch, request, answer)) violate('I2', `${id} was acknowledged, and is not on disk`);
      },
      heard: (request, answer) => {
        const deviceId = own();
        if (deviceId) heard.answer(deviceId, request, answer);
      },
      received: (text) => {
        const deviceId = own();
        if (deviceId) heard.live(deviceId, text);
        copied.received(machine, text);
        if (text.includes(foreignCanary(branch))) violate('I9', `${name} of ${branch} received another branch's bytes`);
      },
    });
    const machine: DeviceMachine = createDeviceMachine(
      {
        ...{ time, random: chance(stream + 1), growsOld: ways.growsOld, keepsLog: ways.keepsLog, lied: violate },
        failed: (kind) => {
          note(`${name} storage ${kind}`);
          if (kind !== 'killed') faults.count(kind === 'full' ? 'F9' : 'F26');
        },
        written: (_machine, collection, doc) => {
          if (collection !== 'journal') return;
          note(`${name} wrote ${(doc as { id: string }).id}`);
          const wrong = truth.wrote(doc as never, (id) => machine.storage().docs.journal.has(id));
          if (wrong) violate('F2', wrong);
        },
      },
      name,
      branch,
      link,
    );
    machines.push(machine);
    return machine;
  };
  return {
    ...{
      time,
      trace,
      server,
      watch,
      truth,
      heard,
      machines,
      products: [],
      ...ways,
      forgeries: new Set(),
      wasTakenBack: false,
      wasRolledBack: false,

      violate,
      chance,
      addMachine,
    },
    count: faults.count,
    counts: faults.counts,
    violations: () => violations,
  };
}

/** Entries that an answer acknowledges, and that a power cut would take now. */
function notOnDisk(watch: ServerWatch, { method, path }: WireRequest, { status, text }: WireAnswer): string[] {
  if (method !== 'POST' || path !== '/sync/v1/journal/push' || status !== 200) return [];
  const { verdicts } = JSON.parse(text) as { verdicts: readonly { id: string; hash: string; verdict: string }[] };
  return verdicts
    .filter(({ verdict, hash }) => verdict !== 'refused' && !watch.isHeld(hash as Hash))
    .map(({ id }) => id);
}

function foreignCanary(branch: string): string {
  return CANARY[branch === HOME ? ELSEWHERE : HOME] as string;
}
