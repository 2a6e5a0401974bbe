import {
  createRevision,
  getComposedPrimaryKeyOfDocumentData,
  getDefaultRxDocumentMeta,
  now,
  stackCheckpoints,
} from 'rxdb';
import type { RxReplicationState } from 'rxdb/plugins/replication';
import type { Reached, WriteRow } from '../store/stored-collection.ts';
import type { PulledDoc } from './pulled-doc.ts';
import type { StoredCheckpoint } from './replication.ts';

/** What RxDB's replication of a collection knows while it runs. */
export type RxState = NonNullable<RxReplicationState<PulledDoc, StoredCheckpoint>['internalReplicationState']>;

/**
 * The checkpoints behind a page of new documents, as RxDB's `setCheckpoint` makes them: how far the server's documents came, and that none of
 * them is to be sent up. They go to the disk with the page; RxDB, which finds them known, writes none of its own.
 */
export async function checkpointRows(state: RxState, down: StoredCheckpoint, up: Reached): Promise<WriteRow[]> {
  const token = await state.checkpointKey;
  const row = (itemId: 'down' | 'up', reached: object): WriteRow => {
    const previous = state.lastCheckpointDoc[itemId];
    const document = {
      id: '',
      isCheckpoint: '1' as const,
      itemId,
      _deleted: false,
      _attachments: {},
      checkpointData: previous ? stackCheckpoints([previous.checkpointData, reached]) : reached,
      _meta: { ...getDefaultRxDocumentMeta(), lwt: now() },
      _rev: createRevision(token, previous),
    };
    const id = getComposedPrimaryKeyOfDocumentData(state.input.metaInstance.schema, document as never);
    return { previous: previous as never, document: { ...document, id } as never };
  };
  return [row('down', down), row('up', up)];
}

/** RxDB hears that they are on the disk. */
export function knowCheckpoints(state: RxState, rows: readonly WriteRow[]): void {
  for (const { document } of rows) state.lastCheckpointDoc[document.itemId as 'down' | 'up'] = document as never;
}
