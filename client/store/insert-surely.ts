import type { JournalDeps, OwnEntry } from './journal.ts';
import type { Shelf } from './shelf.ts';

/**
 * Writes one entry; false where its key is taken. A disk that says it failed may have written all the same: then the sale is there, and must
 * not be written twice. Else the room that was held for it is given up, and it is written now. What `prove` refuses is tried no further.
 */
export async function insertSurely(
  { shelf, makeRoom }: Pick<JournalDeps, 'shelf' | 'makeRoom'>,
  entry: OwnEntry,
  prove: () => void = () => undefined,
): Promise<boolean> {
  let isRefused = false;
  const asked = () => {
    isRefused = true;
    prove();
    isRefused = false;
  };
  try {
    return await shelf.insert(entry, asked);
  } catch (error) {
    if (isRefused) throw error;
    if (await isOnDisk(shelf, entry)) return true;
    if (!(await makeRoom?.())) throw error;
  }
  try {
    // Its key may be taken by this very entry.
    return (await shelf.insert(entry, asked)) || (await isOnDisk(shelf, entry));
  } catch (error) {
    if (!isRefused && (await isOnDisk(shelf, entry))) return true;
    throw error;
  }
}

async function isOnDisk(shelf: Shelf<OwnEntry>, { id, hash }: OwnEntry): Promise<boolean> {
  const [held] = await shelf.byIds([id]).catch(() => []);
  return held?.hash === hash;
}
