import type { Tell } from '../bench-order.ts';
import type { Peer } from './peer.ts';

/** What was measured of some peers, and why the others were not. */
export interface PeerSeries {
  readonly series: Record<string, number[]>;
  readonly failed: Record<string, string>;
}

/** Measures one peer after another; one that fails or hangs is told, and the rest goes on. */
export async function measurePeers(
  peers: readonly Peer[],
  tell: Tell,
  measure: (peer: Peer) => Promise<readonly number[]>,
): Promise<PeerSeries> {
  const { series, failed } = { series: {} as Record<string, number[]>, failed: {} as Record<string, string> };
  for (const peer of peers) {
    try {
      series[peer.name] = [...(await measure(peer))];
    } catch (error) {
      failed[peer.name] = sentenceOf(error);
      tell(`${peer.name} was not measured: ${failed[peer.name]}`);
    }
  }
  return { series, failed };
}

/** The first line of what went wrong. */
export function sentenceOf(error: unknown): string {
  return (error instanceof Error ? error.message : String(error)).split('\n')[0] ?? '';
}
