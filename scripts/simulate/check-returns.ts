import type { Refund, Sale } from '../../schema/entry/sale.ts';
import type { EntryId } from '../../schema/ids.ts';
import type { Fresh } from './server-watch.ts';
import type { World } from './world.ts';

/** Whenever a sale or a refund of it reached the server: more units back than sold are flagged, and nothing else is (RET5). */
export function createReturnsCheck(world: World): { check(fresh: Fresh): void } {
  const refundsBySale = new Map<EntryId, Set<EntryId>>();
  const counts = (id: EntryId) => world.watch.rows().entry_state.get(id)?.verdict === 'accepted';
  const read = <Entry>(id: EntryId): Entry | null => {
    const row = world.watch.rows().entry.get(id);
    return row && counts(id) ? (JSON.parse(row.json) as Entry) : null;
  };
  const checkSale = (id: EntryId) => {
    const sale = read<Sale>(id);
    // A copied device's refund may name what is another entry in the copy that was first.
    if (sale?.kind !== 'sale') return;
    const ids = [...(refundsBySale.get(id) ?? [])];
    const refunds = ids.flatMap((refund) => read<Refund>(refund) ?? []);
    const mine = refunds.filter(({ body }) => body.original?.receipt === sale.body.receipt);
    const back = mine.flatMap(({ body }) => body.lines);
    // In money too: a copied device's sale of that number may have had something dearer in its place.
    const isOverAt = (line: Amount, index: number) => {
      const sum = sumOf(back.filter(({ originalLine }) => originalLine === index));
      return sum.quantity > line.quantity || sum.total > line.total;
    };
    // Or more lines: of those the sale that counts sold nothing.
    const isElsewhere = back.some(({ originalLine = 0 }) => originalLine >= sale.body.lines.length);
    const isOver = isElsewhere || sale.body.lines.some(isOverAt);
    const flagged = ids.some((refund) =>
      world.watch
        .rows()
        .entry_state.get(refund)
        ?.flags.some((flag) => flag.startsWith('over-refunded')),
    );
    if (isOver !== flagged)
      world.violate(
        'RET5',
        `${sale.body.receipt}: ${isOver ? 'more' : 'no more'} came back than was sold, and ${isOver ? 'no' : 'a'} flag says so`,
      );
  };
  return {
    check: ({ entries }) => {
      const touched = new Set<EntryId>();
      for (const { id, kind, json } of entries) {
        if (kind === 'sale' && refundsBySale.has(id)) touched.add(id);
        const sale = kind === 'refund' ? (JSON.parse(json) as Refund).body.original?.entry : undefined;
        if (sale === undefined) continue;
        refundsBySale.set(sale, (refundsBySale.get(sale) ?? new Set()).add(id));
        touched.add(sale);
      }
      for (const id of touched) checkSale(id);
    },
  };
}

interface Amount {
  readonly quantity: number;
  readonly total: number;
}

function sumOf(lines: readonly Amount[]): Amount {
  let [quantity, total] = [0, 0];
  for (const line of lines) [quantity, total] = [quantity + line.quantity, total + line.total];
  return { quantity, total };
}
