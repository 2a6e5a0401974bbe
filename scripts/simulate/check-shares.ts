import type { OwnEntry } from '../../client/store/journal.ts';
import type { DeviceEntry } from '../../schema/entry/entry.ts';
import type { EntryId, Hash, Scope } from '../../schema/ids.ts';
import type { Stock } from '../../schema/stock/counter.ts';
import type { DeviceMachine } from './device-machine.ts';
import type { DeviceStorage } from './device-storage.ts';
import { shareMove, TICKET } from './limited.ts';
import type { Fresh } from './server-watch.ts';
import type { World } from './world.ts';

/** Shares of the limited product: ALT2, ALT4 and ALT6 at the server, ALT3 and ALT5 on every device. */
export interface ShareCheck {
  check(fresh: Fresh): void;
}

type Row = Fresh['entries'][number];

/** What one disk ever held of its device's share. */
interface OwnShare {
  readonly counted: Set<Hash>;
  sum: number;
  /** False once a disk lost something or was copied, or a tab slept: then it may not know what it holds. */
  isSure: boolean;
}

export function createShareCheck(world: World): ShareCheck {
  const owns = new WeakMap<DeviceStorage, OwnShare>();
  const rows = () => world.watch.rows();
  const isCounted = (id: EntryId) => rows().entry_state.get(id)?.verdict === 'accepted';
  const sumOf = (scope: Scope, isMeant: (stock: Stock) => boolean): number => {
    let sum = 0;
    for (const { collection, scope: at, json } of rows().document.values()) {
      if (collection !== 'stock' || at !== scope) continue;
      const stock = JSON.parse(json) as Stock;
      if (!isMeant(stock)) continue;
      sum += stock.base.in - stock.base.out;
      for (const counter of Object.values(stock.counters)) sum += counter.in - counter.out;
    }
    return sum;
  };
  const openIn = (scope: Scope): number => {
    const settled = (id: EntryId) => rows().settled_target.has(`allotment ${id}`);
    const open = [...rows().entry.values()].filter(
      ({ kind, scope: at, id, courier, deviceId }) =>
        kind === 'allotment' && at === scope && courier === deviceId && !settled(id),
    );
    return open.reduce((sum, { json }) => sum + quantityOf(json), 0);
  };
  /** What is out was taken from the stock when it was given, and moves with it since. */
  const checkOut = (scope: Scope) => {
    const out = sumOf(scope, ({ productId }) => productId.startsWith('jatah_')) + openIn(scope);
    const onHand = sumOf(scope, ({ productId }) => productId === TICKET);
    if (out > onHand) world.violate('ALT2', `${out} tickets are out in ${scope}, and there are ${onHand}`);
  };
  /** Whoever lives and may come back has said what it holds before more is given. */
  const checkReported = (scope: Scope) => {
    for (const { entry } of world.truth.facts()) {
      if (entry.kind !== 'allotment-received' || entry.branch !== (scope as string)) continue;
      const { allotment } = entry.body;
      if (world.watch.idsOf(entry.hash).length > 0 || rows().entry.has(allotment)) continue;
      if (isAwaited(world, entry)) world.violate('ALT6', `more was given before the server knew of ${entry.id}`);
    }
  };
  const checkServer = ({ id, kind, scope, courier, deviceId, json }: Row) => {
    if (kind === 'allotment' && courier === deviceId && !world.wasRolledBack) {
      checkReported(scope);
      checkOut(scope);
    }
    const flags = rows().entry_state.get(id)?.flags ?? [];
    if (kind !== 'allotment-received' || !flags.includes('share-not-given') || !isCounted(id)) return;
    const author = (JSON.parse(json) as DeviceEntry).deviceId;
    // A history that was taken back, a copy, and a device that was retired may have lost what was given.
    const isHonest = !world.wasTakenBack && !world.truth.isForked(author) && !world.watch.wasRetired(author);
    if (isHonest) world.violate('ALT4', `${id} took over what was given to it, and it does not count`);
  };
  const checkOwn = (machine: DeviceMachine) => {
    const storage = machine.storage();
    const own: OwnShare = owns.get(storage) ?? { counted: new Set(), sum: 0, isSure: true };
    owns.set(storage, own);
    // A copy is told what its original took over, under its own id.
    const isCopied = machine.storage().vault.enrolment && world.truth.isForked(machine.deviceId());
    if (isCopied || machine.tabs().some(({ tab }) => tab.isFrozen())) own.isSure = false;
    for (const doc of storage.docs.journal.values()) {
      const entry = doc as OwnEntry;
      if (own.counted.has(entry.hash)) continue;
      own.counted.add(entry.hash);
      const move = shareMove(entry);
      own.sum += move;
      if (own.sum >= 0 || move >= 0 || !own.isSure) continue;
      const rule = entry.kind === 'sale' ? 'ALT3' : 'ALT5';
      world.violate(rule, `${machine.name}: ${entry.id} took ${-move} of its share, which is ${own.sum} now`);
    }
    for (const hash of own.counted) if (world.truth.isLost(hash) || world.truth.wasGivenBack(hash)) own.isSure = false;
  };
  return {
    check: (fresh) => {
      if (!world.sellsTickets) return;
      for (const row of fresh.entries) checkServer(row);
      for (const machine of world.machines) checkOwn(machine);
    },
  };
}

/** True of a device that is open now, and that nobody ended: the server has to wait for it. */
function isAwaited(world: World, { deviceId, hash }: Pick<DeviceEntry, 'deviceId' | 'hash'>): boolean {
  const isEnded = world.watch.wasRetired(deviceId) || (world.server.core()?.ledger.isRevoked(deviceId) ?? true);
  if (isEnded || world.truth.isForked(deviceId) || world.truth.isLost(hash)) return false;
  return world.machines.some((machine) => machine.active() !== null && machine.deviceId() === deviceId);
}

function quantityOf(json: string): number {
  return (JSON.parse(json) as { body: { quantity: number } }).body.quantity;
}
