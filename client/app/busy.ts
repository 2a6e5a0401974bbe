import { createContext, useContext, useEffect } from 'react';
import { must } from '../../schema/result.ts';
import { createLive, type Live } from '../device/live.ts';

/** What people are in the middle of, so that nothing reloads the page under their hands. */
export interface Busy {
  readonly count: Live<number>;
  /** Of these, payments: money is on the table, and the device does not lock. */
  readonly paying: Live<number>;
  /** Of these, lists that somebody types: the page asks before it is left. */
  readonly lists: Live<number>;
  /** Something begins; gives the way to say that it ended. */
  begin(what?: 'payment' | 'list'): () => void;
}

export function createBusy(): Busy {
  const [count, paying, lists] = [createLive(0), createLive(0), createLive(0)];
  return {
    ...{ count, paying, lists },
    begin: (what) => {
      const cells = what === undefined ? [count] : [count, what === 'payment' ? paying : lists];
      for (const cell of cells) cell.set(cell.get() + 1);
      let ended = false;
      return () => {
        if (!ended) for (const cell of cells) cell.set(cell.get() - 1);
        ended = true;
      };
    },
  };
}

/**
 * May the page be loaded anew? Not with something in the cart, and not while a payment, a refund or a list of goods is open: what was
 * typed there is nowhere else (F21).
 */
export function mayReload({ cartLines, busy }: { readonly cartLines: number; readonly busy: number }): boolean {
  return cartLines === 0 && busy === 0;
}

export const BusyContext = createContext<Busy | null>(null);

/** Says that a person is in the middle of something, as long as `busy` is true. */
export function useBusy(busy: boolean, what?: 'payment' | 'list'): void {
  const { begin } = must(useContext(BusyContext), 'Busy');
  useEffect(() => (busy ? begin(what) : undefined), [begin, busy, what]);
}
