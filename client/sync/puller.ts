import { type Epoch, sameEpoch } from '../../schema/epoch.ts';
import type { Scope } from '../../schema/ids.ts';
import type { Checkpoint, Position } from '../../schema/protocol/checkpoint.ts';
import type { LiveChange } from '../../schema/protocol/live.ts';
import { fail, ok, type Result } from '../../schema/result.ts';
import { fillToEnd, STOPPED } from './fill.ts';
import type { NetFault } from './http.ts';
import { createPageLine, type PageLine } from './page-line.ts';
import type { PulledPage } from './page-shape.ts';
import type { PulledDoc } from './pulled-doc.ts';
import { fillPage, readPage } from './read-pages.ts';
import type { Filling, Page, Replication, StoredCheckpoint } from './replication.ts';

/** Why a round did not reach the end. `epoch`: the server's history is another. `disk`: this device could not write. */
export type PullFault = NetFault | { readonly kind: 'epoch'; readonly epoch: Epoch } | { readonly kind: 'disk' };

export interface PullerDeps {
  readonly replication: Replication;
  readonly fetchPage: (checkpoint: Checkpoint | null, limit: number) => Promise<Result<PulledPage, NetFault>>;
  /** What of a page goes to disk: shapes checked, own entries dropped, stock joined. */
  readonly accept: (documents: readonly PulledDoc[]) => PulledDoc[];
  /** The documents of live changes, likewise; null when one of them needs a pull. */
  readonly acceptLive: (changes: readonly LiveChange[]) => PulledDoc[] | null;
  /** The epoch this device follows, and the collection's sweep. A checkpoint of another is not gone on from. */
  readonly epoch: () => Epoch;
  readonly sweep: () => number;
  /** False while the whole collection is being fetched. */
  readonly isComplete: () => boolean;
  /** Where the live socket stands now; null without one. */
  readonly place: () => LivePlace | null;
  /** Milliseconds; it decides nothing but the size of a page. */
  readonly clock: () => number;
  /** Hears how many documents a page brought. */
  readonly onPage: (documents: number) => void;
  /** The last page of a collection that is fetched whole is being written: the line is free. */
  readonly onLastPage: () => void;
  /** This device could not write what came: a round must find out, and begin anew. */
  readonly onWriteFailed: () => void;
}

/** Where a live socket stands in each scope, in one history. */
export interface LivePlace {
  readonly epoch: Epoch;
  readonly positions: Readonly<Record<string, number>>;
}

export interface LiveBatch {
  readonly scope: Scope;
  readonly to: Position;
  readonly changes: readonly LiveChange[];
}

/** One collection's way from the server to this device. */
export interface Puller {
  start(): Promise<void>;
  /** The server is being asked what lies behind the checkpoint: live changes that come meanwhile are kept. */
  expect(): void;
  /** Where the whole collection is to be fetched, its first page is asked for: the next round begins with it. Also before the start. */
  askAhead(): void;
  /** The line is free: those behind it too, as many as may be in memory. */
  askOn(): void;
  /** No round follows: what was asked for ahead is forgotten. */
  forgetAhead(): void;
  /**
   * Pulls to the end; resolves when all of it is on disk. One round at a time. `isBehind` false: nothing lies behind the checkpoint, by
   * what the server said since {@link expect}, so that nothing is asked for where the checkpoint still is of use.
   */
  round(isBehind?: boolean): Promise<Result<null, PullFault>>;
  /** Takes changes that follow the last ones without a gap. False when a round must bring them instead. */
  live(batch: LiveBatch): boolean;
  /** Something was missed: nothing live is taken before the next round has ended. */
  markBehind(): void;
  /** True when live changes follow without a gap: nothing is known to be missing. */
  isLevel(): boolean;
  checkpoint(): Checkpoint | null;
  /**
   * Does something with what is on disk while nothing is written there: live changes wait meanwhile. Nothing is done when changes
   * are missing (`behind`), or when a write had failed (`disk`): then this collection must be pulled anew.
   */
  quietly<Value>(act: (checkpoint: Checkpoint) => Promise<Value>): Promise<Result<Value, 'behind' | 'disk'>>;
  stop(): Promise<void>;
}

/** Live messages kept while a round runs; with more of them, another round is cheaper. */
const HELD_BATCHES_MAX = 2_000;

/**
 * `behind`: only a round helps. `pulling`: a round runs, live changes wait for its end. `level`: live changes follow the
 * checkpoint without a gap and may move it.
 */
type Phase = 'behind' | 'pulling' | 'level';

export function createPuller(deps: PullerDeps): Puller {
  let phase: Phase = 'behind';
  let missed = false;
  let stopped = false;
  let held: LiveBatch[] = [];
  let checkpoint: StoredCheckpoint | null = null;
  let finish: (result: Result<null, PullFault>) => void = () => undefined;
  let ahead: PageLine | null = null;

  const usable = () => {
    const current =
      checkpoint !== null && sameEpoch(checkpoint.epoch, deps.epoch()) && checkpoint.sweep === deps.sweep();
    return current ? checkpoint : null;
  };
  const handler = async (_onDisk: StoredCheckpoint | null, limit: number): Promise<Page> => {
    if (phase !== 'pulling') return { documents: [], checkpoint };
    const { documents, reached, result } = await fillPage(deps, usable(), limit);
    checkpoint = reached ?? checkpoint;
    if (result !== null) finish(result);
    return { documents, checkpoint };
  };
  const apply = (batch: LiveBatch): boolean => {
    const position = checkpoint?.scopes[batch.scope];
    if (checkpoint === null || position === undefined) return false;
    const fresh = batch.changes.filter(({ seq }) => seq > position.seq);
    const documents = deps.acceptLive(fresh);
    if (documents === null) return false;
    if (batch.to.seq <= position.seq) return true;
    const scopes = { ...checkpoint.scopes, [batch.scope]: { ...batch.to, grant: position.grant } };
    checkpoint = { ...checkpoint, scopes };
    if (documents.length > 0) deps.replication.emit(documents, checkpoint);
    return true;
  };
  const live = (batch: LiveBatch): boolean => {
    if (phase === 'level') {
      if (apply(batch)) return true;
      phase = 'behind';
      return false;
    }
    if (phase === 'pulling' && held.length < HELD_BATCHES_MAX) held.push(batch);
    else missed = true;
    return true;
  };
  const beginPull = () => {
    missed = false;
    held = [];
    phase = 'pulling';
  };
  /** What came meanwhile follows, if nothing is missing. */
  const endPull = (holds: boolean) => {
    phase = holds && !missed && !stopped ? 'level' : 'behind';
    const waiting = held;
    held = [];
    if (phase === 'level' && !waiting.every(live)) phase = 'behind';
  };
  const markBehind = () => {
    missed = true;
    held = [];
    if (phase === 'level') phase = 'behind';
  };
  /** Nothing lies behind the checkpoint; what came live since must be on disk as after a pull. */
  const stay = async (): Promise<Result<null, PullFault>> => {
    const onDisk = await deps.replication.settled();
    if (phase === 'pulling' || !onDisk) endPull(onDisk);
    return onDisk ? ok(null) : fail({ kind: 'disk' });
  };
  const resync = async (): Promise<Result<null, PullFault>> => {
    const { promise: outcome, resolve } = Promise.withResolvers<Result<null, PullFault>>();
    finish = resolve;
    return (await deps.replication.resync()) ? outcome : fail({ kind: 'disk' });
  };
  /** What still follows from where this collection stands. */
  const takeAhead = (): PageLine | null => {
    const taken = ahead;
    ahead = null;
    return taken?.from === usable() ? taken : null;
  };
  const askLine = () => createPageLine(deps, usable(), deps.replication.fillRows ?? 0);
  const fill = (filling: Filling, line: PageLine) =>
    fillToEnd(line, {
      filling,
      readPage: (from, page) => readPage(deps, from, page),
      reached: (now) => {
        checkpoint = now;
        return !stopped;
      },
      onLastPage: deps.onLastPage,
    });
  const known = () => {
    const stored = usable();
    return stored && { epoch: stored.epoch, scopes: stored.scopes };
  };
  return {
    start: async () => {
      checkpoint = await deps.replication.start(handler, () => {
        markBehind();
        deps.onWriteFailed();
      });
    },
    expect: () => {
      if (phase === 'behind' && !stopped) beginPull();
    },
    askAhead: () => {
      if (stopped || ahead || !deps.replication.fillRows || deps.isComplete()) return;
      // Live changes are kept from now on: the page may be the last.
      if (phase !== 'pulling') beginPull();
      ahead = askLine();
    },
    askOn: () => ahead?.askOn(),
    forgetAhead: () => {
      if (ahead) markBehind();
      ahead = null;
    },
    round: async (isBehind = true) => {
      if (stopped) return fail(STOPPED);
      if (!isBehind && phase !== 'behind' && usable() !== null) return stay();
      // What came live since it was asked for follows.
      const first = takeAhead();
      if (first === null) beginPull();
      const { filling } = deps.replication;
      const result = await (filling && !deps.isComplete() ? fill(filling, first ?? askLine()) : resync());
      const onDisk = await deps.replication.settled();
      endPull(result.ok && onDisk);
      return onDisk ? result : fail({ kind: 'disk' });
    },
    live,
    markBehind,
    isLevel: () => phase === 'level',
    checkpoint: known,
    quietly: async (act) => {
      const reached = known();
      if (phase !== 'level' || reached === null) return fail('behind');
      beginPull();
      let onDisk = false;
      try {
        onDisk = await deps.replication.settled();
        return onDisk ? ok(await act(reached)) : fail('disk');
      } finally {
        endPull(onDisk);
      }
    },
    stop: async () => {
      stopped = true;
      phase = 'behind';
      finish(fail(STOPPED));
      await deps.replication.stop();
    },
  };
}
