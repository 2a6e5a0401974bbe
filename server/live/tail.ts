import type { Scope } from '../../schema/ids.ts';
import type { Position } from '../../schema/protocol/checkpoint.ts';
import { positionAt } from '../core/checkpoint.ts';
import type { Core } from '../core/core.ts';
import type { ScopeCommit, StoredChange } from '../store/store.ts';
import { createWakeLoop } from '../wake-loop.ts';
import { type ChangesMessage, changesMessage, encodeOnce, entriesMessage } from './changes-message.ts';
import { gatherEntries } from './gathered-entries.ts';
import { CHANGES_LENGTH_MAX, CHANGES_MAX } from './limits.ts';

const RESYNC_TEXT = JSON.stringify({ type: 'resync' });
const RESYNC = encodeOnce(RESYNC_TEXT, () => RESYNC_TEXT);

/**
 * Follows the change log of one scope: from its position on, each change is read once, written as text once, and handed to
 * `send`. The position moves in the same breath as the message goes out, so that whoever joins in between misses nothing.
 * Entries follow a moment later, several in one message, which begins and ends where the position is by then.
 */
export interface Tail {
  position(): number;
  /**
   * Tells of a commit that goes on from its position, in the same turn; of anything else it reads what is new. Calls while it reads make it read once
   * more.
   */
  wake(commit?: ScopeCommit | null): void;
  /** Nobody listens any more. */
  stop(): void;
}

export function createTail(core: Core, scope: Scope, start: number, send: (message: ChangesMessage) => void): Tail {
  let position = start;
  const gathered = gatherEntries(core.deps, () => read());
  /** What is too much for one message becomes a call to pull, which brings the entries that wait too. */
  const callToPull = (): void => {
    gathered.take();
    send(RESYNC);
  };
  const tell = (message: ChangesMessage): boolean => {
    const isShort = message.text.length <= CHANGES_LENGTH_MAX;
    if (isShort) send(message);
    else callToPull();
    return isShort;
  };
  const tellNew = ({ to, changes }: Step): void => {
    const from = position;
    position = to.seq;
    if (changes.length > CHANGES_MAX) callToPull();
    else if (tell(changesMessage(scope, from, to, changes)))
      gathered.add(changes.flatMap((change) => (change.kind === 'entry' ? [change.entry] : [])));
  };
  const readOnce = async (): Promise<boolean> => {
    const from = position;
    const step = await readStep(core, scope, from, gathered.areDue());
    // A commit was told of meanwhile: this is none that goes on from here.
    if (from !== position) return true;
    if (!step) return false;
    if (step.to.seq > position) tellNew(step);
    if (gathered.areDue()) tell(entriesMessage(scope, step.to, gathered.take()));
    return false;
  };
  // The next wake-up tries again from the same position.
  const read = createWakeLoop(readOnce, (error) =>
    core.deps.log.warn({ err: error, scope }, 'the change log could not be read'),
  );
  const wake: Tail['wake'] = (commit) => {
    if (commit?.after !== position) return read();
    tellNew({ to: core.positions.sign(commit.epoch, scope, commit.place), changes: commit.changes });
    if (gathered.areDue()) read();
  };
  return { position: () => position, wake, stop: gathered.stop };
}

/** What lies behind a position, and where it ends: there, if nothing does. */
interface Step {
  readonly to: Position;
  readonly changes: readonly StoredChange[];
}

/** The next step; null when nothing is new, unless `always`. */
function readStep(core: Core, scope: Scope, from: number, always: boolean): Promise<Step | null> {
  return core.store.read(async (tx) => {
    const newest = (await tx.place(scope)).seq;
    if (newest < from || (newest === from && !always)) return null;
    const changes = newest === from ? [] : await tx.changesAfter({ scope, after: from, limit: CHANGES_MAX + 1 });
    return { to: await positionAt(core, tx, scope, newest), changes };
  });
}
