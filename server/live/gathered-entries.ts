import type { EntryId } from '../../schema/ids.ts';
import { branchEntryJson } from '../core/branch-entry.ts';
import type { Deps } from '../deps.ts';
import type { JournalChange } from '../store/store.ts';
import { ENTRIES_LENGTH_MAX, ENTRIES_MS } from './limits.ts';

/** An entry as it is told. */
export type ToldEntry = Pick<JournalChange, 'id' | 'deviceId' | 'seq'> & { readonly json: string };

/**
 * Entries that wait to be told together. Nobody's stock waits for them, and ten sales in one message are much less on a slow line than
 * ten messages.
 */
export interface GatheredEntries {
  add(entries: readonly JournalChange[]): void;
  /** True when the first of them has waited long enough, or many have gathered. */
  areDue(): boolean;
  /** All of them in commit order; then nothing waits. */
  take(): readonly ToldEntry[];
  stop(): void;
}

/** `onDue` is called when the time has come; that many have gathered whoever adds them sees. */
export function gatherEntries({ after }: Pick<Deps, 'after'>, onDue: () => void): GatheredEntries {
  const waiting = new Map<EntryId, ToldEntry>();
  let length = 0;
  let isTime = false;
  let isOver = false;
  let cancel: (() => void) | null = null;
  const addOne = (entry: JournalChange): void => {
    const { id, deviceId, seq } = entry;
    const json = branchEntryJson(entry);
    length += json.length - (waiting.get(id)?.json.length ?? 0);
    // One that changed meanwhile is told once, at its later place.
    waiting.delete(id);
    waiting.set(id, { id, deviceId, seq, json });
  };
  const rest = (): void => {
    cancel?.();
    cancel = null;
    isTime = false;
  };
  return {
    add: (entries) => {
      for (const entry of entries) addOne(entry);
      if (waiting.size === 0 || isOver) return;
      cancel ??= after(ENTRIES_MS, () => {
        isTime = true;
        onDue();
      });
    },
    areDue: () => isTime || length >= ENTRIES_LENGTH_MAX,
    take: () => {
      rest();
      const taken = [...waiting.values()];
      waiting.clear();
      length = 0;
      return taken;
    },
    stop: () => {
      isOver = true;
      rest();
    },
  };
}
