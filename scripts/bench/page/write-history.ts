import type { DeviceDeps } from '../../../client/device/device-deps.ts';
import type { OwnEntry } from '../../../client/store/journal.ts';
import { EMPTY_HEAD, sealEntry } from '../../../schema/chain.ts';
import type { Head } from '../../../schema/entry/entry.ts';
import type { CartId, PersonId } from '../../../schema/ids.ts';
import type { DeviceIdentity } from '../../../schema/protocol/enrol.ts';
import { buildReceipt, type Cart, payExactly, type ReceiptRules } from '../../../schema/receipt.ts';

export interface History {
  readonly identity: DeviceIdentity;
  readonly person: PersonId;
  readonly cart: Cart;
  readonly rules: ReceiptRules;
  readonly entries: number;
}

const WRITTEN_AT_ONCE = 1_000;
const SALE_EVERY_MS = 30_000;

/** Puts so many sales onto a closed device's disk, as they would lie there had it sold them, each chained to the one before. */
export async function writeHistory(deps: DeviceDeps, history: History): Promise<void> {
  const disk = await deps.openDisk(deps.name);
  let head: Head = EMPTY_HEAD;
  const begun = deps.clock() - history.entries * SALE_EVERY_MS;
  for (let made = 0; made < history.entries; made += WRITTEN_AT_ONCE) {
    const entries: OwnEntry[] = [];
    for (let at = made; at < Math.min(made + WRITTEN_AT_ONCE, history.entries); at += 1) {
      const entry = makeSale(history, head, begun + at * SALE_EVERY_MS);
      entries.push(entry);
      head = { seq: entry.seq, hash: entry.hash };
    }
    await disk.shelves.journal.insertAll(entries);
  }
  await disk.close();
}

/** A line sold again and again: what counts is how many entries there are. */
function makeSale({ identity, person, cart, rules }: History, head: Head, at: number): OwnEntry {
  const place = { till: identity.till, generation: identity.generation, receiptNo: head.seq + 1 };
  const sold = { cartId: `history-${identity.deviceId}-${head.seq + 1}` as CartId, lines: cart.lines.slice(0, 1) };
  const receipt = buildReceipt(sold, rules, place);
  const body = { ...receipt, payments: [payExactly('cash', receipt.totals.due)] };
  const { deviceId, branch } = identity;
  return sealEntry({ deviceId, branch, person, at, kind: 'sale', body }, head);
}
