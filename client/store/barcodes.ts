import type { ProductId } from '../../schema/ids.ts';
import type { Product } from '../../schema/product.ts';

/** Which product a barcode means. */
export interface Barcodes {
  /** All products anew: looked through at the first question, or before the first change. */
  begin(products: () => Iterable<Product>): void;
  /** A product is about to become another; `before` undefined for a new one. */
  change(before: Product | undefined, now: Product): void;
  find(barcode: string): ProductId | undefined;
}

export function createBarcodes(): Barcodes {
  /** Products that carry a barcode, the last one to claim it last: when that one lets go, the one before has it again. */
  const holders = new Map<string, readonly ProductId[]>();
  let unread: (() => Iterable<Product>) | null = null;
  const read = () => {
    const products = unread?.() ?? [];
    unread = null;
    for (const product of products) move(holders, undefined, product);
  };
  return {
    begin: (products) => {
      holders.clear();
      unread = products;
    },
    change: (before, now) => {
      // One that comes last when they are looked through: a first pull brings nothing else.
      if (unread && before === undefined) return;
      read();
      move(holders, before, now);
    },
    find: (barcode) => {
      read();
      return holders.get(barcode)?.at(-1);
    },
  };
}

function move(holders: Map<string, readonly ProductId[]>, before: Product | undefined, now: Product): void {
  const isClaimed = (barcode: string) => now.active && now.barcodes.includes(barcode);
  for (const barcode of before?.barcodes ?? []) {
    const others = holders.get(barcode)?.filter((id) => id !== now.id) ?? [];
    if (isClaimed(barcode)) continue;
    if (others.length === 0) holders.delete(barcode);
    else holders.set(barcode, others);
  }
  if (!now.active) return;
  for (const barcode of now.barcodes) {
    const held = holders.get(barcode) ?? [];
    // As long as it is: a list that was spread keeps room for sixteen more, of each of 100,000 products.
    if (!held.includes(now.id)) holders.set(barcode, held.concat(now.id));
  }
}
