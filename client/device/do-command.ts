import type { CommandResult, DeviceCommand } from '../../schema/protocol/device-care.ts';
import type { People } from './people.ts';
import type { ResetEnd } from './reset.ts';

/** Nobody sold for so long: then a reset disturbs nobody. In milliseconds. */
export const QUIET_MS = 60_000;

export interface CommandDeps {
  readonly people: Pick<People, 'lock' | 'locked'>;
  readonly syncNow: () => void;
  readonly fullSync: () => Promise<void>;
  /** Sends what waits, and rejects with what `save` rejects with where it cannot. */
  readonly reset: (save: () => Promise<void>) => Promise<ResetEnd>;
  /** True while money was taken for a cart that is not a sale yet. */
  readonly isPaying: () => boolean;
  /** When the last own entry was written, by this device's clock; null for none. */
  readonly lastEntryAt: () => number | null;
  readonly clock: () => number;
}

/** What could not be sent stays where it is: nobody is here to whom a file could be given. */
class NotSent extends Error {}

/** Does what the office asks of this device; null where it must wait because somebody sells. */
export async function doCommand(deps: CommandDeps, command: DeviceCommand): Promise<CommandResult | null> {
  switch (command) {
    case 'sync':
      deps.syncNow();
      return 'done';
    case 'full-sync':
      await deps.fullSync();
      return 'done';
    case 'lock':
      await deps.people.lock();
      return deps.people.locked.get() ? 'done' : 'not-active';
    case 'reset':
      return isSelling(deps) ? null : resetFromAfar(deps);
  }
}

async function resetFromAfar({ reset }: CommandDeps): Promise<CommandResult> {
  try {
    return await reset(() => Promise.reject(new NotSent()));
  } catch (error) {
    if (error instanceof NotSent) return 'not-sent';
    throw error;
  }
}

function isSelling({ isPaying, lastEntryAt, clock }: CommandDeps): boolean {
  const at = lastEntryAt();
  return isPaying() || (at !== null && Math.abs(clock() - at) < QUIET_MS);
}
