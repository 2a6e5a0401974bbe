import { branchScope } from '../../schema/ids.ts';
import type { InboxPlace, StoredDevice, WriteTx } from '../store/store.ts';
import type { Core } from './core.ts';
import { notePush } from './count-notes.ts';
import type { LaidAnswer } from './lay-in-inbox.ts';

/** Pushes laid down in one transaction: some two megabytes. */
const LAID_TOGETHER_MAX = 8;

/** A push that is to be laid down. */
export interface Laying {
  readonly courier: StoredDevice;
  /** Lays it down in a transaction; null where it may not wait. */
  readonly lay: (tx: WriteTx) => Promise<Laid | null>;
}

export interface Laid {
  readonly place: Pick<InboxPlace, 'n' | 'deviceId' | 'length'>;
  readonly answer: LaidAnswer;
}

interface Waiting extends Laying {
  readonly resolve: (answer: LaidAnswer | null) => void;
  readonly reject: (error: unknown) => void;
}

interface Line {
  readonly waiting: Waiting[];
  isMoving: boolean;
}

const lines = new WeakMap<Core, Line>();

/** Lays a push down in one transaction with all others that came meanwhile: the disk is waited for once. Where that fails each is tried alone. */
export function layTogether(core: Core, laying: Laying): Promise<LaidAnswer | null> {
  notePush(core, laying.courier.branch);
  return new Promise((resolve, reject) => {
    const line = lines.get(core) ?? { waiting: [], isMoving: false };
    lines.set(core, line);
    line.waiting.push({ ...laying, resolve, reject });
    if (!line.isMoving) void move(core, line);
  });
}

async function move(core: Core, line: Line): Promise<void> {
  line.isMoving = true;
  while (line.waiting.length > 0) await commit(core, line.waiting.splice(0, LAID_TOGETHER_MAX));
  line.isMoving = false;
}

async function commit(core: Core, group: readonly Waiting[]): Promise<void> {
  try {
    const answers = await layAll(core, group);
    for (const [index, { resolve }] of group.entries()) resolve(answers[index] ?? null);
  } catch (error) {
    if (group.length === 1) return group[0]?.reject(error);
    for (const one of group) await commit(core, [one]);
  }
}

async function layAll(core: Core, group: readonly Laying[]): Promise<(LaidAnswer | null)[]> {
  const scopes = [...new Set(group.map(({ courier }) => branchScope(courier.branch)))];
  const places: number[] = [];
  try {
    return await core.store.write(scopes, async (tx) => {
      const answers: (LaidAnswer | null)[] = [];
      for (const { lay } of group) {
        const laid = await lay(tx);
        answers.push(laid?.answer ?? null);
        if (laid === null) continue;
        places.push(laid.place.n);
        core.inbox.laid(laid.place);
      }
      return answers;
    });
  } catch (error) {
    for (const n of places) core.inbox.left(n);
    throw error;
  }
}
