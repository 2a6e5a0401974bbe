import { PULL_LIMIT_MAX } from '../../schema/limits.ts';
import { ok } from '../../schema/result.ts';
import type { PulledCollection } from '../../schema/roles.ts';
import { pageShape } from './page-shape.ts';
import type { PullRoundsDeps } from './pull-rounds.ts';
import { createPuller, type Puller, type PullerDeps } from './puller.ts';

/** Even a line of 2 kB/s carries so many documents before patience ends. */
const PULL_ROWS_MIN = 20;

/** The puller of a collection over HTTP. */
export function openPuller(
  deps: PullRoundsDeps,
  collection: PulledCollection,
  more: Pick<PullerDeps, 'onPage' | 'onLastPage' | 'place'>,
): Puller {
  // A slow line that did not carry a page in time is asked for less.
  let rowsNow = PULL_LIMIT_MAX;
  return createPuller({
    replication: deps.createReplication(collection),
    fetchPage: async (checkpoint, wanted) => {
      const limit = Math.min(rowsNow, wanted);
      const asked = checkpoint === null ? '' : `checkpoint=${encodeURIComponent(JSON.stringify(checkpoint))}&`;
      const days = collection === 'branchJournal' ? deps.windowDays() : null;
      const window = days === null ? '' : `&window=${days}`;
      // The time says nothing to the server: whoever remembers pages by their address never saw this one.
      const path = `/sync/v1/${collection}/pull?${asked}limit=${limit}&at=${deps.world.clock()}${window}`;
      let bytes: Uint8Array | undefined;
      const answer = await deps.http.request('GET', path, undefined, pageShape, (came) => {
        bytes = came;
      });
      rowsNow = answer.ok ? Math.min(PULL_LIMIT_MAX, rowsNow * 2) : Math.max(PULL_ROWS_MIN, Math.floor(limit / 2));
      return answer.ok ? ok({ ...answer.value, bytes }) : answer;
    },
    ...deps.door(collection),
    epoch: () => deps.memory.acknowledged().epoch,
    isComplete: () => deps.memory.pull().complete.includes(collection),
    clock: deps.world.clock,
    sweep: () => deps.memory.pull().sweeps[collection],
    ...more,
    onWriteFailed: deps.askAgain,
  });
}
