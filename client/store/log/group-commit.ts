import type { Mutex } from '../mutex.ts';
import type { LogRecord } from './log-record.ts';

/** One write on its way to the disk. */
export interface LogWrite {
  /**
   * Says what goes to the disk as things stand now, the earlier writes of this turn included. Asked again when another tab wrote
   * meanwhile.
   */
  prepare(): readonly LogRecord[];
  /** It is on the disk: memory takes it in. */
  apply(): void;
  /** The turn is over, whatever came of it: what was prepared counts no more. */
  settle(): void;
}

export interface GroupCommitDeps {
  readonly inTurn: Mutex;
  /** Puts records on the disk in one transaction. False, and nothing done, when another tab wrote meanwhile. */
  readonly append: (records: readonly LogRecord[]) => Promise<boolean>;
  /** Takes in what the other tab wrote. */
  readonly catchUp: () => Promise<void>;
}

interface Waiting {
  readonly write: LogWrite;
  readonly resolve: () => void;
  readonly reject: (error: unknown) => void;
}

/** Writes of one transaction. */
const GROUP_WRITES_MAX = 200;
/** Times that other tabs may come before one write; more means that something else is wrong. */
const OVERTAKEN_MAX = 100;

/**
 * Writes in the order of their asking, one transaction at a time: those that come while one is under way go together in the next. Each
 * resolves when it is on the disk and in memory, so that nothing is ever read that a power cut could take back.
 */
export function createGroupCommit({ inTurn, append, catchUp }: GroupCommitDeps): (write: LogWrite) => Promise<void> {
  const waiting: Waiting[] = [];
  const settle = (writes: readonly LogWrite[]) => {
    for (const write of writes) write.settle();
  };
  const commit = async (writes: readonly LogWrite[]): Promise<void> => {
    for (let tries = 0; tries < OVERTAKEN_MAX; tries += 1) {
      const records = writes.flatMap((write) => write.prepare());
      if (records.length === 0 || (await append(records))) {
        for (const write of writes) write.apply();
        return;
      }
      settle(writes);
      await catchUp();
    }
    throw new Error('Other tabs do not stop writing to this log.');
  };
  const commitGroup = async (group: readonly Waiting[]): Promise<void> => {
    const writes = group.map(({ write }) => write);
    try {
      await commit(writes);
      for (const { resolve } of group) resolve();
    } catch (error) {
      settle(writes);
      // One that is too large for the disk, or no JSON, must not fail those beside it.
      if (group.length === 1) group[0]?.reject(error);
      else for (const one of group) await commitGroup([one]);
    } finally {
      settle(writes);
    }
  };
  return (write) =>
    new Promise((resolve, reject) => {
      waiting.push({ write, resolve, reject });
      void inTurn(async () => {
        const group = waiting.splice(0, GROUP_WRITES_MAX);
        if (group.length > 0) await commitGroup(group);
      });
    });
}
