import type { Tell } from '../bench-order.ts';
import { makeProfile } from '../chromium.ts';
import type { PageShop } from '../page-shop.ts';
import { withEnds } from '../peers/ends.ts';
import { PEER_MS_MAX, PEER_START_MS_MAX, PEERS, type Peer } from '../peers/peer.ts';
import { openPeerPage, openPeerShop } from '../peers/peer-page.ts';
import { measurePeers, type PeerSeries } from '../peers/peer-series.ts';
import { saleBytes } from './sale-bytes.ts';
import { SALE_LINES } from './till-round.ts';

const SALES = 50;
const STORED =
  'stores one document of as many bytes, does not wait for the disk: no rank; no signature, chain or stock';
export const PEER_SALE_NOTES = {
  pouchdb: `IndexedDB adapter; ${STORED}`,
  'rxdb-server': `RxDB 15 on Dexie; ${STORED}`,
  yjs: `a map in y-indexeddb; ${STORED}`,
  'automerge-repo': `a map in one document, flushed into IndexedDB; ${STORED}`,
};

/** How long each peer takes to store a document of as many bytes as a sale, in its own page and browser. Milliseconds. */
export function measurePeerSales({ folder }: PageShop, tell: Tell): Promise<PeerSeries> {
  const documents = Array.from({ length: SALES + 1 }, (_, index) => ({
    id: `sale-${String(index).padStart(6, '0')}`,
    body: 'x'.repeat(saleBytes(SALE_LINES)),
  }));
  return measurePeers(PEERS, tell, (peer) => storeSales(peer, folder, documents));
}

function storeSales(peer: Peer, folder: string, documents: readonly object[]): Promise<number[]> {
  return withEnds(peer.name, PEER_START_MS_MAX, async (starting) => {
    const shop = await openPeerShop(starting, peer, [], folder);
    return withEnds(peer.name, PEER_MS_MAX, async (ends) => {
      const { page } = await openPeerPage(ends, shop, makeProfile(ends));
      const times = await page.evaluate((sales) => window.laciPeer.store(sales), documents);
      // The first opens what is not open yet.
      return times.slice(1);
    });
  });
}
