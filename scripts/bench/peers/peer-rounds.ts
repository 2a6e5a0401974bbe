import type { Tell } from '../bench-order.ts';
import { type Ends, withEnds } from './ends.ts';
import { PEER_MS_MAX, PEER_START_MS_MAX, type Peer } from './peer.ts';
import { openPeerShop, type PeerShop, reopenPeer, syncPeer } from './peer-page.ts';
import { sentenceOf } from './peer-series.ts';

/** The peers of a benchmark in the browser, measured round by round, each for at most a minute in all. */
export interface PeerRounds {
  /** One full sync of each that has time left, into a fresh profile. */
  syncRound(): Promise<void>;
  readonly failed: Readonly<Record<string, string>>;
  /** Milliseconds by peer; of one that was given fewer documents as if it went on at the same speed. */
  scaledTo(documents: number): Record<string, number[]>;
}

/** Starts the peers' servers, each filled; one that fails is told and left out. */
export async function openPeerRounds(
  ends: Ends,
  peers: readonly Peer[],
  products: readonly unknown[],
  folder: string,
  tell: Tell,
): Promise<PeerRounds> {
  const shops: PeerShop[] = [];
  const failed: Record<string, string> = {};
  const [series, spent] = [new Map<string, number[]>(), new Map<string, number>()];
  const orTell = async (peer: Peer, work: () => Promise<void>) => {
    await work().catch((error: unknown) => {
      // What was measured before stands.
      if (!series.has(peer.name)) failed[peer.name] = sentenceOf(error);
      spent.set(peer.name, Number.POSITIVE_INFINITY);
      tell(`${peer.name} failed: ${sentenceOf(error)}`);
    });
  };
  for (const peer of peers) {
    await orTell(peer, async () => {
      shops.push(await startWithin(ends, peer, products, folder));
    });
  }
  const sync = (shop: PeerShop) =>
    withEnds(shop.peer.name, PEER_MS_MAX, async (own) => {
      const { name } = shop.peer;
      const { time, page } = await syncPeer(own, shop);
      spent.set(name, (spent.get(name) ?? 0) + time.ms);
      series.set(name, [...(series.get(name) ?? []), time.ms]);
      await reopenPeer(page, shop);
      tell(`  ${name}: ${Math.round(time.ms)} ms for ${time.documents} documents`);
    });
  return {
    failed,
    syncRound: async () => {
      for (const shop of shops) {
        if ((spent.get(shop.peer.name) ?? 0) < PEER_MS_MAX) await orTell(shop.peer, () => sync(shop));
      }
    },
    scaledTo: (documents) =>
      Object.fromEntries(
        shops.flatMap(({ peer: { name }, documents: own }) => {
          const measured = series.get(name);
          return measured ? [[name, measured.map((ms) => (ms * documents) / own)]] : [];
        }),
      ),
  };
}

/** Its server lives on with the benchmark; only filling it has a limit. */
function startWithin(ends: Ends, peer: Peer, products: readonly unknown[], folder: string): Promise<PeerShop> {
  return withEnds(`${peer.name}'s server`, PEER_START_MS_MAX, () => openPeerShop(ends, peer, products, folder));
}
