import { useMemo } from 'react';
import { useDevice } from '../app/contexts.ts';
import { useLive } from '../app/use-live.ts';
import type { OwnEdit } from '../device/device.ts';

/** Where an edit stands: waiting, or the server's verdict. */
export type EditState = 'pending' | NonNullable<OwnEdit['verdict']>['verdict'];

export function editState(edit: OwnEdit): EditState {
  return edit.verdict?.verdict ?? 'pending';
}

/** The state of each document's newest edit from this device. */
export function useEditStates(collection: OwnEdit['collection'] = 'products'): ReadonlyMap<string, EditState> {
  const edits = useLive(useDevice().office.edits);
  return useMemo(() => {
    const states = new Map<string, EditState>();
    for (const edit of edits)
      if (edit.collection === collection && !states.has(edit.docId)) states.set(edit.docId, editState(edit));
    return states;
  }, [edits, collection]);
}
