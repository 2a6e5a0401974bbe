import { type CountedWire, layCountedWire } from '../../wire/wire-count.ts';
import type { Ends } from '../peers/ends.ts';
import type { Peer } from '../peers/peer.ts';
import { type PeerDriver, startPeerDriver, startPeerServer } from '../peers/peer-process.ts';
import { QUIET_MS, saleBytes, type WirePair, type WireStack } from './wire-stack.ts';

export interface PeerOrder {
  readonly peer: Peer;
  /** The products, as JSON. */
  readonly file: string;
  /** What sales are for it, in turn: entries that our till wrote. */
  readonly sales: readonly object[];
}

/** Other people's server and clients, each in a process of its own, on the same documents. Throws when they are not installed. */
export async function startPeerStack(ends: Ends, { peer, file, sales }: PeerOrder): Promise<WireStack> {
  const { port, given } = await startPeerServer(ends, peer, file);
  let sold = 0;
  const nextSale = () => {
    sold += 1;
    return { ...sales[sold % sales.length], id: `${'s'.repeat(16)}:${String(sold).padStart(10, '0')}` };
  };
  const open = async (plain: boolean): Promise<WiredDriver> => {
    const wire = await layCountedWire(port, { plain });
    const driver = startPeerDriver(peer, wire.origin, given);
    const close = async () => {
      await driver.close();
      await wire.close();
    };
    ends.add(close);
    return { ...driver, wire, close };
  };
  return {
    name: peer.name,
    fullSync: async (plain) => {
      const driver = await open(plain);
      const { documents } = await driver.ask({ do: 'fullSync' });
      const { total } = driver.wire.take();
      await driver.close();
      return { bytes: total, documents: Number(documents), everything: total };
    },
    openPair: (plain) => openPair(() => open(plain), nextSale),
    close: () => Promise.resolve(),
  };
}

type WiredDriver = PeerDriver & { readonly wire: CountedWire };

async function openPair(open: () => Promise<WiredDriver>, nextSale: () => { readonly id: string }): Promise<WirePair> {
  const [seller, other] = await Promise.all([open(), open()]);
  const both = [seller, other];
  await Promise.all(both.map((driver) => driver.ask({ do: 'follow' })));
  const sellOne = async () => {
    const document = nextSale();
    await seller.ask({ do: 'put', document });
    await other.ask({ do: 'wait', id: document.id });
    await Promise.all(both.map((driver) => driver.wire.quiet(QUIET_MS)));
  };
  await sellOne();
  return {
    sell: async () => {
      for (const { wire } of both) wire.take();
      await sellOne();
      return saleBytes({ seller: seller.wire.take(), other: other.wire.take() });
    },
    close: async () => {
      await Promise.all(both.map((driver) => driver.close()));
    },
  };
}
