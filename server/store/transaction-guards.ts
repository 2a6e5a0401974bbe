import type { WriteTx } from './store.ts';

type AnyWrite = (...args: never[]) => Promise<unknown>;

/** Lets a test or a simulator step in before every write. Nothing is wrapped where nobody asks. */
export function watchWrites<Writes extends object>(writes: Writes, beforeWrite: (() => void) | undefined): Writes {
  if (!beforeWrite) return writes;
  const wrapped = Object.entries(writes as Record<string, AnyWrite>).map(([name, write]) => [
    name,
    async (...args: never[]) => {
      beforeWrite();
      return write(...args);
    },
  ]);
  return Object.fromEntries(wrapped) as Writes;
}

/** A transaction that somebody kept must not write into the next one. */
export function guardTransaction(tx: WriteTx): { readonly tx: WriteTx; finish(): void } {
  let open = true;
  const proxy = new Proxy(tx, {
    get: (target, name) => {
      if (!open) throw new Error('Invariant broken: a transaction was used after its end.');
      return target[name as keyof WriteTx];
    },
  });
  const finish = (): void => {
    open = false;
  };
  return { tx: proxy, finish };
}
