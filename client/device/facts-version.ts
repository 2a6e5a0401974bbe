import type { Shelves } from '../store/device-disk.ts';
import type { DraftBook } from '../store/draft-book.ts';
import { createLive, type Live } from './live.ts';

/** A new number whenever a draft, an own entry or another device's may have changed what drafts and entries say together. */
export function factsVersion(
  { draftBook, shelves }: { readonly draftBook: DraftBook; readonly shelves: Pick<Shelves, 'branchJournal'> },
  ownEntries: Live<number>,
): Live<number> {
  const version = createLive(0);
  const bump = () => version.set(version.get() + 1);
  shelves.branchJournal.onWritten(bump);
  draftBook.version.subscribe(bump);
  ownEntries.subscribe(bump);
  return version;
}
