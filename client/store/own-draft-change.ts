import type { DraftChange, DraftVerdict } from '../../schema/draft.ts';
import type { Epoch } from '../../schema/epoch.ts';

/** A change of a draft made on this device, and what the server said of it. */
export interface OwnDraftChange extends Omit<DraftChange, 'changeId'> {
  /** The `changeId` of the change. */
  readonly id: DraftChange['changeId'];
  /** Order on this device: changes travel in it. */
  readonly order: number;
  /** Device clock. */
  readonly at: number;
  readonly verdict:
    | (Omit<DraftVerdict, 'changeId'> & {
        /** The history in which it was given. */
        readonly epoch: Epoch;
      })
    | null;
}
