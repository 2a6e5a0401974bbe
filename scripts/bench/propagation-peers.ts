import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Tell } from './bench-order.ts';
import { withEnds } from './peers/ends.ts';
import { PEER_MS_MAX, PEER_START_MS_MAX, PEERS, type Peer } from './peers/peer.ts';
import { startPeerDriver, startPeerServer } from './peers/peer-process.ts';
import { measurePeers, type PeerSeries } from './peers/peer-series.ts';

/** A peer's clients are whole and share one process: more of them measure that process. */
export const PEER_DEVICES = [2, 10] as const;
export const PEER_PROPAGATION_NOTES = {
  pouchdb: 'server in memory: answers before the disk',
  'rxdb-server': 'server in memory: answers before the disk',
  'automerge-repo': 'one document of all changes; waits 100 ms before it sends, answers to nobody',
  yjs: 'one document of all changes; keeps nothing on disk and answers to nobody',
};

const CHANGES_MAX = 30;
/** Of a peer's minute, for each number of devices, in milliseconds. */
const PART_MS_MAX = PEER_MS_MAX / 3;

/**
 * How long one change takes from a peer's client to each of its others, through the peer's own server, by number of devices: the
 * documents are sales, as ours. All clients in one process, as ours are.
 */
export async function measurePeerPropagation(
  folder: string,
  sales: readonly object[],
  rounds: number,
  tell: Tell,
): Promise<Readonly<Record<number, PeerSeries>>> {
  const file = join(folder, 'nothing.json');
  writeFileSync(file, '[]');
  const measured: Record<number, PeerSeries> = {};
  const changes = Math.min(CHANGES_MAX, rounds * 10);
  for (const count of PEER_DEVICES) {
    measured[count] = await measurePeers(PEERS, tell, (peer) => measureOne(peer, file, count, sales.slice(0, changes)));
  }
  return measured;
}

function measureOne(peer: Peer, file: string, count: number, sales: readonly object[]): Promise<number[]> {
  return withEnds(peer.name, PEER_START_MS_MAX, async (starting) => {
    const server = await startPeerServer(starting, peer, file);
    return withEnds(peer.name, PEER_MS_MAX, async (ends) => {
      const driver = startPeerDriver(peer, server.origin, server.given);
      ends.add(driver.close);
      await driver.ask({ do: 'open', count });
      const times: number[] = [];
      const begun = performance.now();
      for (const [index, document] of sales.entries()) {
        const { ms } = await driver.ask({ do: 'change', document });
        // The first is not counted: what runs first runs slowest.
        if (index > 0) times.push(...(ms as number[]));
        if (performance.now() - begun > PART_MS_MAX) break;
      }
      return times;
    });
  });
}
