import type { Sale } from '../../schema/entry/sale.ts';
import type { CartId } from '../../schema/ids.ts';
import { type Money, money } from '../../schema/money.ts';
import { payExactly, priceCart } from '../../schema/receipt.ts';
import { alreadyBack, refundCart, refundRules } from '../../schema/refund.ts';
import type { DeviceMachine, OpenTab } from './device-machine.ts';
import { effectsOf } from './till-acts.ts';
import type { World } from './world.ts';

/** The money in a drawer at the start of a shift. */
const FLOAT = 200_000 as Money;

/** Opens a shift, or counts and closes the one that is open: whatever waits for the server. */
export async function openOrClose({ device }: OpenTab, counted: number): Promise<void> {
  if (device.shift.current.get() === null) await device.shift.open(FLOAT);
  else await device.shift.close({ countedCash: money(counted) });
}

/** A customer brings goods back to some till of the branch, whichever sold them. It takes back what it thinks is left. */
export async function bringBack(
  world: World,
  machine: DeviceMachine,
  { device }: OpenTab,
  { receipt, units }: { readonly receipt: number; readonly units: number },
): Promise<void> {
  const printed = receiptsOf(world, machine);
  const number = printed[receipt % Math.max(1, printed.length)];
  const sale = number === undefined ? undefined : await device.till.findReceipt(number);
  const rules = device.company.rules.get();
  if (sale?.kind !== 'sale' || !rules) return;
  const before = alreadyBack(
    sale.body.lines,
    (await device.returns.known(sale)).map(({ body }) => body),
  );
  const choices = sale.body.lines.map(({ quantity }, index) => {
    const back = before[index] ?? 0;
    return { before: back, quantity: Math.min(units, quantity - back) };
  });
  const cartId = `back-${world.time.now()}-${machine.name}-${receipt}` as CartId;
  const cart = { ...refundCart(cartId, sale.body, choices), note: sale.body.note };
  if (cart.lines.length === 0) return;
  const wishes = cart.lines.flatMap(({ productId, quantity }) => (productId ? [{ productId, units: quantity }] : []));
  world.truth.ask(cartId, effectsOf(wishes, 1));
  const { due } = priceCart(cart, refundRules(rules, sale.body)).totals;
  const original = { entry: sale.id, receipt: sale.body.receipt };
  await device.till.refund({ cart, payments: [payExactly('cash', due)], original, reason: 'rusak' });
}

/** The receipts that customers of a branch hold, oldest first. */
function receiptsOf(world: World, { branch }: DeviceMachine): string[] {
  const sales = [...world.truth.facts()].map(({ entry }) => entry).filter((entry) => entry.kind === 'sale');
  return (sales as Sale[]).filter((sale) => sale.branch === branch).map(({ body }) => body.receipt);
}
