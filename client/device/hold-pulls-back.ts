import type { Fetch } from './device-deps.ts';
import type { StorageWatch } from './storage-watch.ts';

/** Pages between two looks at the disk: a few megabytes, well below what is held for sales. */
const LOOK_EVERY_PAGES = 10;

/**
 * Asks for no page of a pull while what is left of the disk is for sales. The disk is looked at again and again while a pull is under
 * way, so that it never takes the room of a sale whose payment has begun. A device with nothing to sell does not wait for the look that
 * its start began: laying down what is held for sales takes a while, and is over before anybody can pay.
 */
export function holdPullsBack(
  fetch: Fetch,
  watch: Pick<StorageWatch, 'look' | 'hasRoomToPull'>,
  maySell: () => boolean,
): Fetch {
  let pages = 0;
  return async (url, init) => {
    if (!isPull(url)) return fetch(url, init);
    if (pages % LOOK_EVERY_PAGES === 0 && (pages > 0 || maySell())) await watch.look();
    pages += 1;
    if (!watch.hasRoomToPull()) throw new Error('Too little room on this disk: pulling waits, selling goes on');
    return fetch(url, init);
  };
}

function isPull(url: string): boolean {
  return /\/sync\/v1\/[^/]+\/pull(\?|$)/.test(url);
}
