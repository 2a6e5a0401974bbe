import type { OwnEntry } from '../../client/store/journal.ts';
import type { DeviceId, ProductId } from '../../schema/ids.ts';
import type { Stock } from '../../schema/stock/counter.ts';
import type { DeviceMachine, OpenTab } from './device-machine.ts';
import type { DeviceStorage } from './device-storage.ts';
import { ACCOUNTS, ruleOfStock } from './kasbon.ts';
import { shareOfTicket, TICKET } from './limited.ts';
import { soldIn } from './make-shop.ts';
import type { Moved } from './truth.ts';
import type { World } from './world.ts';

/** I4, at the server and on every device that may write. */
export interface StockCheck {
  /** Counters that the server wrote: each is what its device's entries moved, up to its seq; in the base is what retired devices moved. */
  checkServer(stocks: readonly Stock[]): void;
  /** What devices show: of the others what the counters cover, of their own everything that was sold. */
  checkDevices(): void;
}

/** Over everything that ever was in a journal: what was purged since counts all the same. */
interface OwnSums {
  readonly counted: Set<string>;
  readonly sums: Map<ProductId, { in: number; out: number }>;
}

export function createStockCheck(world: World): StockCheck {
  const versions = new WeakMap<OpenTab, number>();
  const owns = new WeakMap<DeviceStorage, OwnSums>();
  const isRight = (deviceId: DeviceId, product: ProductId, counter: Moved & { readonly seq: number }): boolean => {
    const moved = world.truth.movedUpTo(deviceId, product, counter.seq);
    return moved === null || (moved.in === counter.in && moved.out === counter.out);
  };
  const wrong = (where: string, product: ProductId, deviceId: string, counter: object) =>
    world.violate(
      ruleOfStock(product),
      `${where}: ${product} of ${deviceId} is ${JSON.stringify(counter)}, which is not what was moved`,
    );
  /** What retired devices moved, as far as their empty counters say; null where that is not known of one. */
  const movedByRetired = (product: ProductId, parts: readonly Part[]): Moved | null => {
    const sum = { in: 0, out: 0 };
    for (const part of parts) {
      const moved = isEmptied(world, part) ? world.truth.movedUpTo(part.deviceId, product, part.seq) : NOTHING;
      if (moved === null) return null;
      sum.in += moved.in;
      sum.out += moved.out;
    }
    return sum;
  };
  const checkServerStock = ({ productId, base, counters }: Stock) => {
    const parts = Object.entries(counters).map(([deviceId, counter]) => ({
      deviceId: deviceId as DeviceId,
      ...counter,
    }));
    for (const part of parts) {
      if (!isEmptied(world, part) && !isRight(part.deviceId, productId, part))
        wrong('the server', productId, part.deviceId, part);
    }
    const moved = movedByRetired(productId, parts);
    if (moved && !sameMoves(base, moved)) wrong('the server', productId, 'retired devices', base);
  };
  const checkDevice = (machine: DeviceMachine, open: OpenTab) => {
    const { device } = open;
    const own = sumOwn(world, owns, machine.storage());
    const ownId = machine.deviceId();
    const tickets = world.sellsTickets ? [TICKET, shareOfTicket(ownId)] : [];
    for (const product of [...soldIn(world, machine.branch), ...ACCOUNTS, ...tickets]) {
      const { onHand, base, parts } = device.stock.explain(product);
      const sum = parts.reduce((all, part) => all + part.in - part.out, base);
      if (sum !== onHand || onHand !== device.stock.onHand(product))
        return world.violate(
          ruleOfStock(product),
          `${machine.name} shows ${device.stock.onHand(product)} of ${product}, not ${sum}`,
        );
      const others = parts.filter(({ deviceId }) => deviceId !== ownId);
      for (const part of others) {
        if (!isEmptied(world, part) && !isRight(part.deviceId, product, part))
          return wrong(machine.name, product, part.deviceId, part);
      }
      const mine = parts.find(({ deviceId }) => deviceId === ownId);
      const wasRetired = world.watch.wasRetired(ownId);
      const retired = movedByRetired(product, others);
      if (!wasRetired && retired && base !== retired.in - retired.out)
        return wrong(machine.name, product, 'retired devices', { base });
      // What another tab wrote meanwhile is read before the next entry or push, and not earlier.
      const knowsAll = machine.knowsAll(open) && open.tab.writing === 0;
      if (!knowsAll || world.truth.isForked(ownId) || world.truth.isUneven(ownId)) continue;
      // Of a device that was retired, the base holds what the others there did not do: it counts once, there or here.
      const shown = wasRetired ? retired && netOf(mine) + base - netOf(retired) : netOf(mine);
      const isItsOwn = wasRetired || sameMoves(mine, own.sums.get(product));
      if (!isItsOwn || (shown !== null && shown !== netOf(own.sums.get(product))))
        return wrong(machine.name, product, 'itself', { ...mine, base });
    }
  };
  return {
    checkServer: (stocks) => {
      for (const stock of stocks) checkServerStock(stock);
    },
    checkDevices: () => {
      for (const machine of world.machines) {
        const open = machine.active();
        if (!open) continue;
        const version = open.device.stock.version.get();
        if (versions.get(open) === version) continue;
        versions.set(open, version);
        checkDevice(machine, open);
      }
    },
  };
}

type Part = Moved & { readonly deviceId: DeviceId; readonly seq: number };

const NOTHING: Moved = { in: 0, out: 0 };

/** A retired device's counter, of which the base holds the units. */
function isEmptied({ watch }: World, part: Part): boolean {
  return part.in === 0 && part.out === 0 && watch.wasRetired(part.deviceId);
}

function netOf(moved: Moved | undefined): number {
  return (moved?.in ?? 0) - (moved?.out ?? 0);
}

/** Plain sums over the entries that were written on a device's own disk. */
function sumOwn(world: World, owns: WeakMap<DeviceStorage, OwnSums>, storage: DeviceStorage): OwnSums {
  const own: OwnSums = owns.get(storage) ?? { counted: new Set(), sums: new Map() };
  owns.set(storage, own);
  for (const entry of storage.docs.journal.values()) {
    const { hash } = entry as OwnEntry;
    if (own.counted.has(hash)) continue;
    own.counted.add(hash);
    for (const effect of world.truth.fact(hash)?.effects ?? []) {
      const sum = own.sums.get(effect.productId) ?? { in: 0, out: 0 };
      own.sums.set(effect.productId, { in: sum.in + effect.in, out: sum.out + effect.out });
    }
  }
  return own;
}

function sameMoves(part: Moved | undefined, own: Moved | undefined): boolean {
  return (part?.in ?? 0) === (own?.in ?? 0) && (part?.out ?? 0) === (own?.out ?? 0);
}
