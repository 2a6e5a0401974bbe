import type { Scope } from '../../schema/ids.ts';
import { positionAt } from '../core/checkpoint.ts';
import type { Core } from '../core/core.ts';
import { createWakeLoop } from '../wake-loop.ts';
import { type ChangesMessage, changesMessage, encodeOnce } from './changes-message.ts';
import { CHANGES_LENGTH_MAX, CHANGES_MAX } from './limits.ts';

const RESYNC_TEXT = JSON.stringify({ type: 'resync' });
const RESYNC = encodeOnce(RESYNC_TEXT, () => RESYNC_TEXT);

/**
 * Follows the change log of one scope: from its position on, each change is read once, written as text once, and handed to
 * `send`. The position moves in the same breath as the message goes out, so that whoever joins in between misses nothing.
 */
export interface Tail {
  position(): number;
  /** Reads what is new. Calls while it reads make it read once more. */
  wake(): void;
}

export function createTail(core: Core, scope: Scope, start: number, send: (message: ChangesMessage) => void): Tail {
  let position = start;
  const readOnce = async (): Promise<boolean> => {
    const step = await readStep(core, scope, position);
    if (!step) return false;
    position = step.to;
    send(step.message);
    return false;
  };
  // The next wake-up tries again from the same position.
  const wake = createWakeLoop(readOnce, (error) =>
    core.deps.log.warn({ err: error, scope }, 'the change log could not be read'),
  );
  return { position: () => position, wake };
}

/** The next message, or null when nothing is new. Too much for one message becomes a call to pull. */
function readStep(core: Core, scope: Scope, from: number): Promise<{ to: number; message: ChangesMessage } | null> {
  return core.store.read(async (tx) => {
    const newest = (await tx.place(scope)).seq;
    if (newest <= from) return null;
    const changes = await tx.changesAfter({ scope, after: from, limit: CHANGES_MAX + 1 });
    const message =
      changes.length > CHANGES_MAX
        ? RESYNC
        : changesMessage(scope, from, await positionAt(core, tx, scope, newest), changes);
    return { to: newest, message: message.text.length > CHANGES_LENGTH_MAX ? RESYNC : message };
  });
}
