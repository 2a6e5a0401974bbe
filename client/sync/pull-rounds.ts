import { sameEpoch } from '../../schema/epoch.ts';
import type { Checkpoint } from '../../schema/protocol/checkpoint.ts';
import type { LiveServerMessage } from '../../schema/protocol/live.ts';
import { fail, ok, type Result } from '../../schema/result.ts';
import { PULLED_COLLECTIONS, type PulledCollection } from '../../schema/roles.ts';
import type { DeviceDeps } from '../device/device-deps.ts';
import type { AskStatus } from './ask-status.ts';
import type { Tried } from './errand.ts';
import { createFullSyncCount } from './full-sync.ts';
import type { Http, NetFault } from './http.ts';
import { openPuller } from './open-puller.ts';
import type { PullDoor } from './pull-door.ts';
import type { LivePlace, Puller, PullFault } from './puller.ts';
import type { Replication } from './replication.ts';
import type { SyncBoard } from './sync-board.ts';
import type { SyncMemory } from './sync-memory.ts';

export interface PullRoundsDeps {
  readonly world: Pick<DeviceDeps, 'clock'>;
  readonly http: Http;
  readonly memory: SyncMemory;
  readonly board: SyncBoard;
  readonly askStatus: AskStatus;
  /** How many days of the other devices' entries this device keeps; null for all. */
  readonly windowDays: () => number | null;
  readonly door: (collection: PulledCollection) => PullDoor;
  readonly createReplication: (collection: PulledCollection) => Replication;
  /** True while this device holds nothing of a collection. */
  readonly isEmpty: (collection: PulledCollection) => Promise<boolean>;
  /** The server's history is another one: asks for its head, so that the journal and the pulls begin in it. True when it is followed. */
  readonly followEpoch: () => Promise<boolean>;
  readonly onFault: (fault: Pick<NetFault, 'kind' | 'text'>) => void;
  /** Something was missed while a run was on: another one must follow. */
  readonly askAgain: () => void;
}

type LiveChanges = Extract<LiveServerMessage, { type: 'changes' }>;

/** All pulled collections together. */
export interface PullRounds {
  start(): Promise<void>;
  /**
   * Pulls each collection that changed to its end: the company first, then what is sold, what is there, and who sold it. Which those are
   * the server says in one answer.
   */
  run(): Promise<Tried>;
  /** False when something was missed, so that a run must bring it. */
  live(message: LiveChanges): boolean;
  markBehind(): void;
  /** Tells where the live socket stands from now on. */
  follow(place: () => LivePlace | null): void;
  checkpoint(collection: PulledCollection): Checkpoint | null;
  /** What is held of all collections, for those that are to know how far this device is. */
  checkpoints(): Readonly<Partial<Record<PulledCollection, Checkpoint>>>;
  /** See the puller's; null also before the start. */
  quietly<Value>(collection: PulledCollection, act: (checkpoint: Checkpoint) => Promise<Value>): Promise<Value | null>;
  stop(): Promise<void>;
}

export function createPullRounds(deps: PullRoundsDeps): PullRounds {
  const count = createFullSyncCount();
  const pullers = new Map<PulledCollection, Puller>();
  let place: () => LivePlace | null = () => null;
  let stopped = false;
  /** The collection that is pulled next. */
  let behind: Puller | undefined;
  const open = async (collection: PulledCollection) => {
    const onPage = (documents: number) => {
      if (deps.memory.pull().complete.includes(collection)) return;
      deps.board.fullSync(count.add(collection, documents));
    };
    const onLastPage = () => behind?.askOn();
    const puller = openPuller(deps, collection, { onPage, onLastPage, place: () => place() });
    pullers.set(collection, puller);
    await puller.start();
    if (stopped) await puller.stop();
  };
  const pullerOf = (collection: PulledCollection) => pullers.get(collection) as Puller;
  const checkpoint = (collection: PulledCollection) => pullers.get(collection)?.checkpoint() ?? null;
  /** Collections with a hole on this disk. While the disk does not even take that they start over, nothing is gone on from in them. */
  const torn = new Set<PulledCollection>();
  const reopen = async (collection: PulledCollection) => {
    torn.add(collection);
    await deps.memory.startOver([collection]);
    await pullerOf(collection).stop();
    if (!stopped) await open(collection);
    torn.delete(collection);
  };
  let counted = '';
  let counting: Promise<void> = Promise.resolve();
  /** Asks how much is to come, once per sweep and history; also when a full sync is asked for while a run is on. */
  const countOnce = async () => {
    const { sweeps } = deps.memory.pull();
    const wanted = JSON.stringify([deps.memory.acknowledged().epoch.n, sweeps]);
    if (isComplete(deps.memory) || counted === wanted) return;
    count.asked();
    const answer = await deps.askStatus(checkpoint);
    if (!answer.ok) return;
    count.begin(answer.value);
    counted = wanted;
  };
  const countAnew = () => {
    counting = counting.then(countOnce).catch(() => undefined);
  };
  /** Of those that are due, the ones of which the server has nothing new. One that cannot read the question is asked for everything. */
  const findUnchanged = async (
    due: readonly PulledCollection[],
  ): Promise<Result<readonly PulledCollection[], NetFault>> => {
    if (due.every((collection) => checkpoint(collection) === null)) return ok([]);
    for (const collection of due) pullerOf(collection).expect();
    const answer = await deps.askStatus(checkpoint, { onlyLag: true });
    if (!answer.ok) return isUnread(answer.error) ? ok([]) : fail(answer.error);
    const { epoch, collections } = answer.value;
    if (!sameEpoch(epoch, deps.memory.acknowledged().epoch)) return ok([]);
    return ok(due.filter((collection) => collections[collection]?.lag === 0));
  };
  const recover = async (collection: PulledCollection, fault: PullFault): Promise<Tried> => {
    if (fault.kind === 'disk') {
      deps.onFault({ kind: 'refused', text: `The disk did not take a page of ${collection}: it is pulled again` });
      await reopen(collection);
      return { done: false };
    }
    if (fault.kind === 'epoch') return { done: await deps.followEpoch() };
    return giveUp(fault);
  };
  const giveUp = (fault: NetFault): Tried => {
    deps.onFault(fault);
    return { done: false, notBeforeMs: (fault.kind === 'refused' && fault.retryAfterMs) || 0 };
  };
  /** Asks for the first pages of a device that holds nothing while its disk is being opened for them. */
  const askFirst = async () => {
    for (const collection of dueCollections(deps.memory).slice(0, FIRST_COLLECTIONS)) {
      if (await deps.isEmpty(collection)) pullerOf(collection).askAhead();
    }
  };
  const run = async (): Promise<Tried> => {
    for (const collection of [...torn]) await reopen(collection);
    const due = dueCollections(deps.memory);
    const unchanged = await findUnchanged(due);
    if (!unchanged.ok) return giveUp(unchanged.error);
    for (const [place, collection] of due.entries()) {
      // No page waits for the count.
      countAnew();
      const sweep = sweepOf(deps.memory, collection);
      const next = due[place + 1];
      behind = next && !unchanged.value.includes(next) ? pullerOf(next) : undefined;
      behind?.askAhead();
      if (!deps.memory.pull().complete.includes(collection)) deps.board.fullSync(count.add(collection, 0));
      const result = await pullerOf(collection).round(!unchanged.value.includes(collection));
      if (!result.ok) return recover(collection, result.error);
      // A full sync that was asked for meanwhile, or a new history, has only begun.
      if (sweep === sweepOf(deps.memory, collection)) await deps.memory.markComplete(collection);
      deps.board.ready(deps.memory.pull().ready);
    }
    if (isComplete(deps.memory)) deps.board.fullSync(null);
    deps.board.answered();
    deps.board.synced();
    deps.board.count('pullRounds');
    if (!dueCollections(deps.memory).every((collection) => pullerOf(collection).isLevel())) deps.askAgain();
    return { done: true };
  };
  return {
    start: async () => {
      const opening = Promise.all(PULLED_COLLECTIONS.map(open));
      opening.catch(() => undefined);
      await askFirst();
      await opening;
    },
    run: () =>
      run().finally(() => {
        for (const puller of pullers.values()) puller.forgetAhead();
      }),
    live: ({ scope, to, changes }) =>
      [...Map.groupBy(changes, (change) => change.collection)]
        .map(([collection, own]) => pullers.get(collection)?.live({ scope, to, changes: own }) ?? true)
        .every(Boolean),
    markBehind: () => {
      for (const puller of pullers.values()) puller.markBehind();
    },
    follow: (told) => {
      place = told;
    },
    checkpoint,
    checkpoints: () =>
      Object.fromEntries(PULLED_COLLECTIONS.flatMap((name) => (checkpoint(name) ? [[name, checkpoint(name)]] : []))),
    quietly: async (collection, act) => {
      const done = await pullers.get(collection)?.quietly(act);
      if (done?.ok) return done.value;
      if (done?.error === 'disk') await recover(collection, { kind: 'disk' });
      return null;
    },
    stop: async () => {
      stopped = true;
      await Promise.all([...pullers.values()].map((puller) => puller.stop()));
    },
  };
}

/**
 * In a new epoch the entries of others come last, when this device has handed in its own copies of them: where two runs of one
 * device stand against each other, pulling would replace the only copy of the one that the server lost.
 */
function dueCollections(memory: SyncMemory): readonly PulledCollection[] {
  return PULLED_COLLECTIONS.filter((collection) => collection !== 'branchJournal' || memory.isRecovered());
}

/** As many as are asked for when the first of them is pulled. */
const FIRST_COLLECTIONS = 2;

/** A checkpoint that no server can read: the pull of its collection starts over. */
function isUnread(fault: NetFault): boolean {
  return fault.kind === 'refused' && fault.code === 'bad-request';
}

/** Names a collection's way from the beginning to the end, in one history. */
function sweepOf(memory: SyncMemory, collection: PulledCollection): string {
  return `${memory.acknowledged().epoch.id} ${memory.pull().sweeps[collection]}`;
}

function isComplete(memory: SyncMemory): boolean {
  return memory.pull().complete.length === PULLED_COLLECTIONS.length;
}
