import type { OwnEntry } from '../../client/store/journal.ts';
import type { DeviceId, ProductId } from '../../schema/ids.ts';
import type { Stock } from '../../schema/stock/counter.ts';
import type { OnHandPart } from '../../schema/stock/on-hand.ts';
import type { DeviceMachine, OpenTab } from './device-machine.ts';
import type { DeviceStorage } from './device-storage.ts';
import { soldIn } from './make-shop.ts';
import type { Moved } from './truth.ts';
import type { World } from './world.ts';

/** I4, at the server and on every device that may write. */
export interface StockCheck {
  /** Counters that the server wrote: each is what its device's entries moved, up to its seq. */
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
      'I4',
      `${where}: ${product} of ${deviceId} is ${JSON.stringify(counter)}, which is not what was moved`,
    );
  const checkDevice = (machine: DeviceMachine, open: OpenTab) => {
    const { device } = open;
    const own = sumOwn(world, owns, machine.storage());
    const ownId = machine.deviceId();
    for (const product of soldIn(world, machine.branch)) {
      const { onHand, base, parts } = device.stock.explain(product);
      const sum = parts.reduce((all, part) => all + part.in - part.out, base);
      if (sum !== onHand || onHand !== device.stock.onHand(product))
        return world.violate('I4', `${machine.name} shows ${device.stock.onHand(product)} of ${product}, not ${sum}`);
      for (const part of parts) {
        if (part.deviceId !== ownId && !isRight(part.deviceId, product, part))
          return wrong(machine.name, product, part.deviceId, part);
      }
      const mine = parts.find(({ deviceId }) => deviceId === ownId);
      // What another tab wrote meanwhile is read before the next entry or push, and not earlier.
      const knowsAll = machine.knowsAll(open) && open.tab.writing === 0;
      if (knowsAll && !world.truth.isForked(ownId) && !sameMoves(mine, own.sums.get(product)))
        return wrong(machine.name, product, 'itself', mine ?? {});
    }
  };
  return {
    checkServer: (stocks) => {
      for (const { productId, counters } of stocks) {
        for (const [deviceId, counter] of Object.entries(counters)) {
          if (!isRight(deviceId as DeviceId, productId, counter)) wrong('the server', productId, deviceId, counter);
        }
      }
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

function sameMoves(part: OnHandPart | undefined, own: Moved | undefined): boolean {
  return (part?.in ?? 0) === (own?.in ?? 0) && (part?.out ?? 0) === (own?.out ?? 0);
}
