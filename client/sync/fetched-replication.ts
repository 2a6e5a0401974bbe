import { must } from '../../schema/result.ts';
import type { Replication } from './replication.ts';

/**
 * A replication whose program is fetched when it begins: no first screen waits for it. Stopped before that, it never begins. `fillRows`: see
 * there; left out where only the program says.
 */
export function createFetchedReplication(fetch: () => Promise<Replication>, fillRows?: number): Replication {
  let replication: Replication | null = null;
  let isStopped = false;
  const begun = () => must(replication, 'a replication that has begun');
  return {
    get filling() {
      return replication?.filling;
    },
    get fillRows() {
      return replication ? replication.fillRows : fillRows;
    },
    start: async (handler, onWriteFailed) => {
      const fetched = await fetch();
      if (isStopped) return null;
      replication = fetched;
      return fetched.start(handler, onWriteFailed);
    },
    resync: async () => begun().resync(),
    emit: (documents, checkpoint) => begun().emit(documents, checkpoint),
    settled: async () => begun().settled(),
    stop: async () => {
      isStopped = true;
      await replication?.stop();
    },
  };
}
