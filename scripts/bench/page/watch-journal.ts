/** Sees, from the browser's own word, when the journal is on the disk. */
export interface JournalWatch {
  /** When the last transaction that wrote to the journal was over, in `performance.now()`. */
  lastWritten(): number;
  stop(): void;
}

export function watchJournal(): JournalWatch {
  const begin = IDBDatabase.prototype.transaction;
  let last = Number.NaN;
  IDBDatabase.prototype.transaction = function transaction(this: IDBDatabase, ...args: Parameters<typeof begin>) {
    const begun = begin.apply(this, args);
    const isJournal = /journal/i.test(this.name) && !/branchJournal/i.test(this.name);
    if (isJournal && begun.mode !== 'readonly')
      begun.addEventListener('complete', () => {
        last = performance.now();
      });
    return begun;
  };
  return {
    lastWritten: () => last,
    stop: () => {
      IDBDatabase.prototype.transaction = begin;
    },
  };
}
