import type { DeviceEntry } from '../../schema/entry/entry.ts';
import type { DeviceId, EntryId, ProductId } from '../../schema/ids.ts';
import type { SharesAnswer } from '../../schema/protocol/shares.ts';
import { quantity } from '../../schema/quantity.ts';
import type { Core } from '../core/core.ts';
import { giveShares } from '../core/give-shares.ts';
import { lookAtShares } from '../core/write-off-share.ts';
import { createTestJournal, type TestJournal } from './test-device.ts';
import { pushRows } from './test-push.ts';
import type { TestEnrolment } from './test-shop.ts';

/** A till that sells one limited product, as an honest one would, unless a test says otherwise. */
export interface TestSharer {
  readonly till: TestEnrolment;
  readonly deviceId: DeviceId;
  readonly journal: TestJournal;
  /** Everything that it ever wrote. */
  readonly entries: readonly DeviceEntry[];
  /** Asks the server, and gives its answer. */
  ask(core: Core, need?: number): Promise<SharesAnswer>;
  takeOver(allotment: EntryId, units: number): DeviceEntry;
  /** Asks, takes over what is open, and pushes that; gives how much it was. */
  stockUp(core: Core, need?: number): Promise<number>;
  sell(units: number): DeviceEntry;
  giveBack(units: number): DeviceEntry;
  /** Pushes all that it ever wrote. */
  push(core: Core): Promise<readonly string[]>;
}

export function createTestSharer(till: TestEnrolment, productId: ProductId): TestSharer {
  const journal = createTestJournal(till);
  const { deviceId } = till.device;
  const entries: DeviceEntry[] = [];
  let last = `${deviceId}:0000000001` as EntryId;
  const keep = <Entry extends DeviceEntry>(entry: Entry): Entry => {
    entries.push(entry);
    return entry;
  };
  const body = (allotment: EntryId, units: number) => ({ allotment, productId, quantity: quantity(units) });
  const ask = (core: Core, need?: number) =>
    giveShares(core, till.stored, {
      through: entries.length,
      products: [need === undefined ? { productId } : { productId, need: quantity(need) }],
    });
  const takeOver = (allotment: EntryId, units: number) => {
    last = allotment;
    return keep(journal.write('allotment-received', body(allotment, units)));
  };
  const push = async (core: Core) => {
    if (entries.length === 0) return [];
    return (await pushRows(core, till, entries)).verdicts.map(({ verdict }) => verdict);
  };
  return {
    ...{ till, deviceId, journal, entries, ask, takeOver, push },
    stockUp: async (core, need) => {
      const { open } = await ask(core, need);
      for (const { allotment, quantity: units } of open) takeOver(allotment, units);
      await push(core);
      return open.reduce((sum, share) => sum + share.quantity, 0);
    },
    sell: (units) => keep(journal.sell(productId, units, undefined, { limited: true })),
    giveBack: (units) => keep(journal.write('allotment-returned', body(last, units))),
  };
}

/** Per till what it holds and what waits for it, and what is free, as the manager sees it. */
export async function sharesOf(core: Core, by: TestEnrolment, productId: ProductId) {
  const { awaited, products } = await lookAtShares(core, by.stored, [productId]);
  const product = products.find((one) => one.productId === productId);
  return {
    awaited: awaited.map(({ till }) => till).toSorted(),
    free: product?.free,
    held: Object.fromEntries((product?.holders ?? []).map(({ till, held }) => [till, held])),
    open: Object.fromEntries((product?.holders ?? []).flatMap(({ till, open }) => (open ? [[till, open]] : []))),
  };
}
