import { useDevice } from '../app/contexts.ts';
import { useLive } from '../app/use-live.ts';
import type { OwnEdit } from '../device/device.ts';

/** Where an edit stands: waiting, or the server's verdict. */
export type EditState = 'pending' | NonNullable<OwnEdit['verdict']>['verdict'];

export function editState(edit: OwnEdit): EditState {
  return edit.verdict?.verdict ?? 'pending';
}

type States = ReadonlyMap<string, EditState>;
type Collection = OwnEdit['collection'];

/** Every row of a list asks: what holds for one list of edits is worked out once. */
const known = new WeakMap<readonly OwnEdit[], Map<Collection, States>>();

/** The state of each document's newest edit from this device. */
export function useEditStates(collection: Collection = 'products'): States {
  return statesOf(useLive(useDevice().office.edits), collection);
}

function statesOf(edits: readonly OwnEdit[], collection: Collection): States {
  const ofEdits = known.get(edits) ?? new Map<Collection, States>();
  known.set(edits, ofEdits);
  const held = ofEdits.get(collection);
  if (held) return held;
  const states = new Map<string, EditState>();
  for (const edit of edits) {
    if (edit.collection === collection && !states.has(edit.docId)) states.set(edit.docId, editState(edit));
  }
  ofEdits.set(collection, states);
  return states;
}
