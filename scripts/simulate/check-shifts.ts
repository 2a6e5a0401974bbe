import type { BodyOf, DeviceEntry } from '../../schema/entry/entry.ts';
import type { DeviceMachine } from './device-machine.ts';
import type { World } from './world.ts';

/**
 * Z reports follow one another (SHF7) and say what plain sums over the entries before them say (SHF3). Called with each entry of a device's own
 * journal once, in order; `before` are all that stand before it. What the disk had lost when a report was written is in none of its sums:
 * nobody could count it, and the server says so when it comes. Only of the opening and the last report a device may know all the same,
 * because it keeps their numbers apart.
 */
export function checkShift(world: World, machine: DeviceMachine, before: readonly DeviceEntry[], entry: DeviceEntry) {
  if (entry.kind !== 'shift-close') return;
  const { zNo } = entry.body;
  const isThere = ({ hash }: DeviceEntry) => !world.truth.lackedAt(entry.hash, hash);
  const last = before.findLast((one) => one.kind === 'shift-close' && (isThere(one) || one.body.zNo === zNo - 1));
  const lastNo = last?.kind === 'shift-close' ? last.body.zNo : 0;
  if (zNo !== lastNo + 1) world.violate('SHF7', `${machine.name}: Z report ${zNo} follows ${lastNo}`);
  const since = before.slice(last ? before.indexOf(last) + 1 : 0);
  const counted = since.filter((one) => isThere(one) || one.kind === 'shift-open');
  for (const [what, said, is] of figures(entry.body, counted))
    if (said !== is) world.violate('SHF3', `${machine.name}: Z report ${zNo} says ${what} ${said}, and it is ${is}`);
}

/** Each figure as the report says it, and as the entries do. */
function figures(body: BodyOf<'shift-close'>, entries: readonly DeviceEntry[]): [string, number, number][] {
  let [sales, refunds, cash, lines] = [0, 0, 0, 0];
  for (const entry of entries) {
    const { shift } = entry.body as { readonly shift?: string };
    if (shift !== body.shift) continue;
    if (entry.kind === 'shift-open') cash += entry.body.float;
    if (entry.kind === 'credit-payment' && entry.body.payment.tender === 'cash') cash += entry.body.payment.amount;
    if (entry.kind !== 'sale' && entry.kind !== 'refund') continue;
    const sign = entry.kind === 'sale' ? 1 : -1;
    sales += entry.kind === 'sale' ? 1 : 0;
    refunds += entry.kind === 'sale' ? 0 : 1;
    for (const line of entry.body.lines) lines += sign * line.total;
    for (const { tender, amount } of entry.body.payments) if (tender === 'cash') cash += sign * amount;
  }
  const total = (amounts: readonly number[]) => amounts.reduce((sum, amount) => sum + amount, 0);
  return [
    ['sales', body.sales, sales],
    ['refunds', body.refunds, refunds],
    ['the cash expected', body.expectedCash, cash],
    ['by category', total(body.categories.map((one) => one.total)), lines],
    ['with tax', total(body.taxes.map(({ net, tax }) => net + tax)), lines],
  ];
}
