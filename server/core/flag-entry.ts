import type { EntryFlag } from '../../schema/entry/flag.ts';
import type { EntryId } from '../../schema/ids.ts';
import type { JournalWork } from './journal-work.ts';

/** Says one more thing of a stored entry; nothing where it is said already. */
export async function addFlag({ tx }: Pick<JournalWork, 'tx'>, id: EntryId, flag: EntryFlag): Promise<void> {
  const stored = await tx.entry(id);
  if (stored && !stored.flags.includes(flag)) await tx.reflagEntry(id, [...stored.flags, flag]);
}

/** Does not say it any more; nothing where it was not said. */
export async function dropFlag({ tx }: Pick<JournalWork, 'tx'>, id: EntryId, flag: EntryFlag): Promise<void> {
  const stored = await tx.entry(id);
  if (stored?.flags.includes(flag)) {
    await tx.reflagEntry(
      id,
      stored.flags.filter((other) => other !== flag),
    );
  }
}
