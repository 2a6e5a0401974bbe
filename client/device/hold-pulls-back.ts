import type { Fetch } from './device-deps.ts';
import type { StorageWatch } from './storage-watch.ts';

/**
 * Asks for no page of a pull while what is left of the disk is for sales. The disk is looked at before every page, so that a pull
 * under way never takes the room of a sale whose payment has begun.
 */
export function holdPullsBack(fetch: Fetch, watch: Pick<StorageWatch, 'look' | 'hasRoomToPull'>): Fetch {
  return async (url, init) => {
    if (!isPull(url)) return fetch(url, init);
    await watch.look();
    if (!watch.hasRoomToPull()) throw new Error('Too little room on this disk: pulling waits, selling goes on');
    return fetch(url, init);
  };
}

function isPull(url: string): boolean {
  return /\/sync\/v1\/[^/]+\/pull(\?|$)/.test(url);
}
