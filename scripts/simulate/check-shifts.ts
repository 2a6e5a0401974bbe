import type { BodyOf, DeviceEntry } from '../../schema/entry/entry.ts';
import type { DeviceMachine } from './device-machine.ts';
import type { World } from './world.ts';

/** What a device's own journal said of its shift since the last Z report. */
export interface ShiftState {
  zNo: number;
  /** Entries since the last Z report, in order. */
  entries: DeviceEntry[];
}

export function noShift(): ShiftState {
  return { zNo: 0, entries: [] };
}

/**
 * Z reports follow one another (SHF7) and say what plain sums over the entries before them say (SHF3). Called with each entry of a device's own
 * journal once, in order.
 */
export function checkShift(world: World, machine: DeviceMachine, state: ShiftState, entry: DeviceEntry): void {
  if (entry.kind !== 'shift-close') {
    state.entries.push(entry);
    return;
  }
  const { zNo } = entry.body;
  if (zNo !== state.zNo + 1) world.violate('SHF7', `${machine.name}: Z report ${zNo} follows ${state.zNo}`);
  for (const [what, said, is] of figures(entry.body, state.entries))
    if (said !== is) world.violate('SHF3', `${machine.name}: Z report ${zNo} says ${what} ${said}, and it is ${is}`);
  state.zNo = zNo;
  state.entries = [];
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
