/** Sees, from the browser's own word, when the journal is on the disk. */
export interface JournalWatch {
  /** When the last transaction that wrote to the journal was over, in `performance.now()`; not a number before the first. */
  lastWritten(): number;
  stop(): void;
}

type Write = IDBObjectStore['put'];

/** The journal is a database of its own, or records of the log that name it. What a worker writes is not seen. */
export function watchJournal(): JournalWatch {
  const { add, put } = IDBObjectStore.prototype;
  const written = new WeakSet<EventTarget>();
  let last = Number.NaN;
  const onComplete = ({ target }: Event) => {
    if (target && written.has(target)) last = performance.now();
  };
  const watching = (write: Write): Write =>
    function (this: IDBObjectStore, ...args: Parameters<Write>) {
      const { transaction } = this;
      if (isJournal(transaction.db.name, args[0])) {
        written.add(transaction);
        // On the way down to the transaction: whoever waits for it there draws the receipt at once.
        transaction.db.addEventListener('complete', onComplete, true);
      }
      return write.apply(this, args);
    };
  IDBObjectStore.prototype.add = watching(add);
  IDBObjectStore.prototype.put = watching(put);
  return {
    lastWritten: () => last,
    stop: () => {
      IDBObjectStore.prototype.add = add;
      IDBObjectStore.prototype.put = put;
    },
  };
}

function isJournal(database: string, value: unknown): boolean {
  const collection = (value as { readonly collection?: unknown } | null)?.collection;
  return /--journal\b/.test(database) || /^journal\b/.test(String(collection));
}
