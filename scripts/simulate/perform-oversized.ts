import type { CartId, ProductId } from '../../schema/ids.ts';
import { money } from '../../schema/money.ts';
import { quantity } from '../../schema/quantity.ts';
import type { Cart } from '../../schema/receipt.ts';
import type { Play } from './play.ts';
import type { Deed } from './step.ts';

/** Somebody puts together what no server could read: it is refused before any money is taken, or it is readable (F31). */
export function performOversized(play: Play, { device, kind }: Extract<Deed, { do: 'oversized' }>): void {
  const machine = play.pick(device);
  const open = machine?.active();
  if (!machine || !open) return;
  const { world } = play;
  world.count('F31');
  const cart = bigCart(kind, `big-${world.time.now()}-${machine.name}`);
  if (open.device.till.check(cart) === null)
    world.violate('F31', `${machine.name} would sell a cart that is too much (${kind})`);
}

/** As much as a line can say. */
const EVERYTHING = {
  ...{ productId: 'p1' as ProductId, rev: { epoch: 1, n: 1 }, barcode: '8991002101234', taxId: 'ppn11' },
  discount: { type: 'amount', amount: money(10) } as never,
};

function bigCart(kind: 'lines' | 'surrogate' | 'bytes', id: string): Cart {
  const lines = Array.from({ length: kind === 'lines' ? 1_300 : 3 }, (_, index) => ({
    ...{ name: `Barang ${index}`, quantity: quantity(1), unitScale: 1, unitPrice: money(1_000) },
    ...(kind === 'lines' ? EVERYTHING : {}),
    ...(kind === 'bytes' ? { note: 'x'.repeat(200_000) } : {}),
    ...(kind === 'surrogate' ? { note: 'rusak \ud83d' } : {}),
  }));
  return { cartId: id as CartId, lines };
}
