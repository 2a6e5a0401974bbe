import type { BranchId, DeviceId, ProductId } from '../../schema/ids.ts';
import { type Counter, type Stock, stockId } from '../../schema/stock/counter.ts';
import { explainOnHand } from '../../schema/stock/on-hand.ts';
import type { Core } from '../core/core.ts';
import { BRANCH } from '../seed/shop.ts';
import type { JournalChange, StoredDevice } from '../store/store.ts';

/** What a test asks of a shop's store. */
export interface ShopReader {
  stock(productId: ProductId): Promise<Stock | undefined>;
  counter(deviceId: DeviceId, productId: ProductId): Promise<Counter | undefined>;
  /** Σ in - out over base and counters. */
  onHand(productId: ProductId): Promise<number>;
  /** A device's entries in the order of its chain. */
  entriesOf(deviceId: DeviceId): Promise<readonly JournalChange[]>;
  forksOf(deviceId: DeviceId): Promise<readonly StoredDevice[]>;
  /** Bodies of the server's own journal, in its order. */
  serverEntries(): Promise<readonly { readonly kind: string; readonly body: Record<string, unknown> }[]>;
  /** A company document of a device. */
  deviceDoc(deviceId: DeviceId): Promise<Record<string, unknown> | undefined>;
}

const NOBODY = '0000000000000000' as DeviceId;

export function readShop(core: Core, branch: BranchId = BRANCH): ShopReader {
  const stock: ShopReader['stock'] = async (productId) => {
    const stored = await core.store.read((tx) => tx.document('stock', stockId(branch, productId)));
    return stored && (JSON.parse(stored.json) as Stock);
  };
  const entriesOf: ShopReader['entriesOf'] = (id) => core.store.read((tx) => tx.entriesFrom(id, 1, 1_000));
  return {
    stock,
    counter: async (deviceId, productId) => (await stock(productId))?.counters[deviceId],
    onHand: async (productId) => explainOnHand(await stock(productId), NOBODY, []).onHand,
    entriesOf,
    forksOf: (id) => core.store.read((tx) => tx.forksOf(id)),
    serverEntries: async () => {
      const devices = await core.store.read((tx) => tx.devicesOfBranch(branch));
      const server = devices.find(({ till }) => till === 'SERVER');
      const entries = server ? await entriesOf(server.deviceId) : [];
      return entries.map(({ json }) => JSON.parse(json) as { kind: string; body: Record<string, unknown> });
    },
    deviceDoc: async (id) => {
      const stored = await core.store.read((tx) => tx.document('company', `device:${id}`));
      return stored && (JSON.parse(stored.json) as Record<string, unknown>);
    },
  };
}
