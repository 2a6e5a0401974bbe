import type { OwnEntry } from '../../client/store/journal.ts';
import { EMPTY_HEAD, entryHash } from '../../schema/chain.ts';
import type { DeviceEntry, Head } from '../../schema/entry/entry.ts';
import { type DeviceId, entryId } from '../../schema/ids.ts';
import { entrySigningText } from '../../schema/signature.ts';
import { checkShift } from './check-shifts.ts';
import type { DeviceMachine } from './device-machine.ts';
import type { DeviceStorage } from './device-storage.ts';
import { publicKeyOf, verifyStandIn } from './stand-in-crypto.ts';
import type { World } from './world.ts';

interface JournalState {
  head: Head;
  receiptNo: number;
  readonly carts: Set<string>;
  /** All that were checked, in order. */
  readonly entries: OwnEntry[];
}

/** What holds of every journal on a device's own disk: I5, I6, I7, I14, SHF3 and SHF7, over each entry once. */
export interface JournalCheck {
  check(): void;
}

export function createJournalCheck(world: World): JournalCheck {
  const states = new WeakMap<DeviceStorage, JournalState>();
  /** Who printed a receipt number first; a copied device prints the same again until it is noticed. */
  const receipts = new Map<string, string>();
  const checkEntry = (machine: DeviceMachine, deviceId: DeviceId, state: JournalState, entry: OwnEntry) => {
    const fault = chainFault(state.head, entry) ?? signatureFault(machine, entry);
    if (fault) world.violate('I6', `${machine.name}: ${fault}`);
    state.head = { seq: entry.seq, hash: entry.hash };
    checkShift(world, machine, state.entries, entry);
    state.entries.push(entry);
    if (entry.kind !== 'sale' && entry.kind !== 'refund') return;
    const { receipt, receiptNo, cartId } = entry.body;
    const holder = receipts.get(receipt);
    if (receiptNo !== state.receiptNo + 1)
      world.violate('I5', `${machine.name}: receipt ${receiptNo} follows ${state.receiptNo}`);
    if (holder !== undefined && holder !== entry.hash && !world.truth.isForked(deviceId))
      world.violate('I5', `${machine.name}: receipt ${receipt} was printed twice`);
    if (state.carts.has(cartId)) world.violate('I14', `${machine.name}: cart ${cartId} was sold twice`);
    const money = moneyFault(entry);
    if (money) world.violate('I7', `${machine.name}: ${entry.id}: ${money}`);
    receipts.set(receipt, entry.hash);
    state.receiptNo = receiptNo;
    state.carts.add(cartId);
  };
  const checkMachine = (machine: DeviceMachine) => {
    const storage = machine.storage();
    if (storage.vault.enrolment === undefined) return;
    const deviceId = machine.deviceId();
    const state = states.get(storage) ?? { head: EMPTY_HEAD, receiptNo: 0, carts: new Set(), entries: [] };
    states.set(storage, state);
    const next = () => storage.docs.journal.get(entryId(deviceId, state.head.seq + 1)) as OwnEntry | undefined;
    for (let entry = next(); entry !== undefined; entry = next()) checkEntry(machine, deviceId, state, entry);
  };
  return {
    check: () => {
      for (const machine of world.machines) checkMachine(machine);
    },
  };
}

function chainFault(head: Head, entry: OwnEntry): string | null {
  if (entry.prev !== head.hash) return `${entry.id} does not follow the entry before it`;
  return entryHash(entry) === entry.hash ? null : `${entry.id} is not what its hash says`;
}

function signatureFault(machine: DeviceMachine, { id, hash, signature }: OwnEntry): string | null {
  const key = machine.storage().vault.keys?.publicKey as { readonly name: string } | undefined;
  if (key === undefined || signature === undefined) return `${id} has no signature`;
  return verifyStandIn(publicKeyOf(key), entrySigningText(id, hash), signature) ? null : `${id} has a false signature`;
}

/** Plain sums of what the customer paid. */
function moneyFault(entry: Extract<DeviceEntry, { kind: 'sale' | 'refund' }>): string | null {
  const { lines, totals, payments } = entry.body;
  const numbers = [...lines.map(({ total }) => total), ...payments.map(({ amount }) => amount), totals.due];
  if (!numbers.every(Number.isSafeInteger)) return 'an amount is no whole number';
  const sum = lines.reduce((all, { total }) => all + total, 0);
  const paid = payments.reduce((all, { amount }) => all + amount, 0);
  return sum === totals.total && paid === totals.due ? null : `the lines are ${sum}, the total says ${totals.total}`;
}
