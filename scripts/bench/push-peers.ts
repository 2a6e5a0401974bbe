import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Tell } from './bench-order.ts';
import { withEnds } from './peers/ends.ts';
import { PEER_MS_MAX, type Peer, POUCHDB, RXDB_SERVER } from './peers/peer.ts';
import { startPeerDriver, startPeerServer } from './peers/peer-process.ts';
import { measurePeers, type PeerSeries } from './peers/peer-series.ts';

/** Those that answer after the disk, and those that answer before it. */
export interface PeerPushes {
  readonly durable: PeerSeries;
  readonly fleeting: PeerSeries;
}

const DURABLE: readonly Peer[] = [{ ...POUCHDB, name: 'pouchdb on LevelDB' }];
const FLEETING: readonly Peer[] = [{ ...POUCHDB, name: 'pouchdb in memory' }, RXDB_SERVER];

export const PEER_PUSH_NOTES = {
  'pouchdb on LevelDB': 'each write synced, which its adapter does not ask for by itself; no chain, no stock',
  'pouchdb in memory': 'answers before the disk: no rank',
  'rxdb-server':
    'answers before the disk (its free storages for Node keep memory): no rank; several requests, as it refuses over 100 kB',
  'automerge-repo': 'cannot: its sync server acknowledges nothing',
  yjs: 'cannot: y-websocket acknowledges nothing',
};

/** The same rows, as many to a request, written into each peer's server that acknowledges them. Milliseconds per batch. */
export async function measurePeerPushes(
  folder: string,
  batches: readonly (readonly object[])[],
  tell: Tell,
): Promise<PeerPushes> {
  const file = join(folder, 'nothing.json');
  writeFileSync(file, '[]');
  const push = (durable: boolean) => (peer: Peer) => pushInto(peer, file, batches, durable);
  return {
    durable: await measurePeers(DURABLE, tell, push(true)),
    fleeting: await measurePeers(FLEETING, tell, push(false)),
  };
}

function pushInto(peer: Peer, file: string, batches: readonly (readonly object[])[], durable: boolean) {
  return withEnds(peer.name, PEER_MS_MAX, async (ends) => {
    const server = await startPeerServer(ends, peer, file, durable);
    const driver = startPeerDriver(peer, server.origin, server.given);
    ends.add(driver.close);
    const { ms } = await driver.ask({ do: 'push', batches });
    // The first is not counted: what runs first runs slowest.
    return (ms as number[]).slice(1);
  });
}
