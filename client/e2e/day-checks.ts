import { expect } from '@playwright/test';
import { type Booked, counted } from './day-books.ts';
import { dueOf } from './day-figures.ts';
import { KILOGRAMS, PIECES, type Rung } from './day-goods.ts';
import type { Shop } from './shop.ts';

/** What must hold of a day's books, whoever kept them. */

const isReceipt = ({ kind }: Booked) => kind === 'sale' || kind === 'refund';

/** The server took everything and doubts nothing; its receipts are numbered without a gap, and cost what their lines say. */
export function expectSound(entries: readonly Booked[]): void {
  expect(entries.map(({ seq }) => seq)).toEqual(entries.map((_, place) => place + 1));
  expect(entries.filter(({ verdict }) => verdict !== 'accepted')).toEqual([]);
  const receipts = entries.filter(isReceipt);
  expect(receipts.map(({ body }) => body.receipt.split('-').at(-1))).toEqual(
    receipts.map((_, place) => String(place + 1)),
  );
  expect(receipts.map(dueOf)).toEqual(receipts.map(({ body }) => BigInt(body.totals.due)));
}

/** Each receipt stands in the books as the cashier saw it: what was due, and how it was paid. */
export function expectRung(entries: readonly Booked[], rung: readonly Rung[]): void {
  const booked = rung.map(({ receipt }) => entries.find(({ body }) => body.receipt === receipt)?.body);
  expect(
    booked.map((body) => ({
      receipt: body?.receipt,
      due: body?.totals.due,
      paid: body?.payments.map(({ tender, amount }) => ({ tender, amount })),
    })),
  ).toEqual(rung);
}

/** What went out of the shop by these entries, less what came back, by product. */
export function soldOf(entries: readonly Booked[]): ReadonlyMap<string, number> {
  const sold = new Map<string, number>();
  for (const entry of entries.filter(isReceipt)) {
    for (const { productId, quantity } of entry.body.lines) {
      if (productId) sold.set(productId, (sold.get(productId) ?? 0) + (entry.kind === 'sale' ? quantity : -quantity));
    }
  }
  return sold;
}

/** The merged stock of every product that moved is what lay there, less what went out, and what came back. */
export function expectStocks(shop: Shop, entries: readonly Booked[]): void {
  const weighed = new Set(
    entries
      .filter(isReceipt)
      .flatMap(({ body }) => body.lines.flatMap((line) => (line.unitScale ? [line.productId] : []))),
  );
  const sold = [...soldOf(entries)];
  const start = (id: string) => (weighed.has(id) ? KILOGRAMS * 1000 : PIECES);
  expect(sold.map(([id]) => [id, counted(shop, id)])).toEqual(sold.map(([id, pieces]) => [id, start(id) - pieces]));
}

/** What each customer owes by these entries: bought on store credit, less what was paid or given back. */
export function owedOf(entries: readonly Booked[]): ReadonlyMap<string, number> {
  const owed = new Map<string, number>();
  const add = (id: string | undefined, amount: number) => id && owed.set(id, (owed.get(id) ?? 0) + amount);
  for (const { kind, body } of entries) {
    if (kind === 'credit-payment') add(body.customer as string, -(body.payment as { amount: number }).amount);
    if (kind !== 'sale' && kind !== 'refund') continue;
    const credit = body.payments.filter(({ tender }) => tender === 'credit').reduce((sum, one) => sum + one.amount, 0);
    const id = (body.customer as { id?: string } | undefined)?.id;
    if (credit > 0) add(id, kind === 'sale' ? credit : -credit);
  }
  return owed;
}

/** The shop's accounts say what these entries do. */
export function expectAccounts(shop: Shop, entries: readonly Booked[]): void {
  const owed = [...owedOf(entries)];
  expect(owed.map(([id]) => [id, -counted(shop, `kasbon_${id}`)])).toEqual(owed);
}
