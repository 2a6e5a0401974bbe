import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Tell } from './bench-order.ts';
import { withEnds } from './peers/ends.ts';
import { PEER_MS_MAX, type Peer, POUCHDB, RXDB_SERVER } from './peers/peer.ts';
import { startPeerDriver, startPeerServer } from './peers/peer-process.ts';
import { measurePeers, type PeerSeries } from './peers/peer-series.ts';

const DURABLE: readonly Peer[] = [{ ...POUCHDB, name: 'pouchdb on LevelDB' }];
const FLEETING: readonly Peer[] = [RXDB_SERVER];

export const PEER_STORM_NOTES = {
  raw: 'the same rows into a bare better-sqlite3 table, 200 to a transaction',
  'pouchdb on LevelDB':
    'each write synced, which its adapter does not ask for by itself; no chain, no stock, nobody sells meanwhile',
  'rxdb-server': 'keeps memory only: no rank; nobody sells meanwhile',
  'automerge-repo': 'cannot: its sync server acknowledges nothing',
  yjs: 'cannot: y-websocket acknowledges nothing',
};

/** So many clients, each with as many documents, so many to a request. */
export interface PeerStorm {
  readonly clients: number;
  readonly waiting: number;
  readonly rows: number;
  /** Like which all are, but for their ids. */
  readonly document: object;
}

/** The same at peers that acknowledge what is pushed: milliseconds until all clients have their answers. */
export async function measurePeerStorm(folder: string, storm: PeerStorm, tell: Tell) {
  const file = join(folder, 'nothing.json');
  writeFileSync(file, '[]');
  const play = (durable: boolean) => (peer: Peer) => playPeerStorm(peer, file, storm, durable);
  const durable: PeerSeries = await measurePeers(DURABLE, tell, play(true));
  const fleeting: PeerSeries = await measurePeers(FLEETING, tell, play(false));
  return { durable, fleeting };
}

function playPeerStorm(peer: Peer, file: string, storm: PeerStorm, durable: boolean): Promise<number[]> {
  return withEnds(peer.name, PEER_MS_MAX, async (ends) => {
    const server = await startPeerServer(ends, peer, file, durable);
    const driver = startPeerDriver(peer, server.origin, server.given);
    ends.add(driver.close);
    const { ms } = await driver.ask({ do: 'storm', ...storm });
    return [Number(ms)];
  });
}
