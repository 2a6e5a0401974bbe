import type { Edit } from '../../schema/edit.ts';
import type { Epoch } from '../../schema/epoch.ts';
import type { EditId } from '../../schema/ids.ts';
import type { EditVerdict } from '../../schema/protocol/push.ts';
import type { Revision } from '../../schema/revision.ts';
import type { OwnEdit } from '../device/device.ts';
import { createLive, type Live } from '../device/live.ts';
import { carryOn, waitingAgain } from './edit-again.ts';
import { keptVerdict, rebaseEdits, shownPatch } from './edit-verdict.ts';
import { createMutex } from './mutex.ts';
import type { Shelf } from './shelf.ts';

/** The edits of this device: what waits for a verdict, what the verdict was, and what screens lay over documents. */
export interface EditBook {
  /** Newest first. */
  readonly edits: Live<readonly OwnEdit[]>;
  load(): Promise<void>;
  add(edit: Edit): Promise<void>;
  /** Edits without a verdict, in order. */
  waiting(): readonly OwnEdit[];
  /** The first waiting edit of each document: a second one goes only after the verdict on the first (I15). */
  sendable(limit: number): readonly OwnEdit[];
  /** Writes verdicts of a history down and rebases what waited for them. Gives the edits that were settled. */
  settle(verdicts: readonly EditVerdict[], epoch: Epoch): Promise<readonly OwnEdit[]>;
  /** In a new history, edits with a verdict of an older one wait again. Gives those. */
  reopen(epoch: Epoch): Promise<readonly OwnEdit[]>;
  /** Keeps what a person made of a conflict or refusal, and the edit that carries mine on, if there is one. */
  decide(id: EditId, decided: NonNullable<OwnEdit['decided']>, carriedOn: Edit | null): Promise<void>;
  /** Patches that a document does not hold yet, in order. */
  patchesFor(docId: string): readonly Pick<Edit, 'patch'>[];
}

export function createEditBook(shelf: Shelf<OwnEdit>, revisionOf: (docId: string) => Revision | undefined): EditBook {
  const inTurn = createMutex();
  const edits = createLive<readonly OwnEdit[]>([]);
  let byDocument: ReadonlyMap<string, readonly OwnEdit[]> = new Map();
  const set = (list: readonly OwnEdit[]) => {
    const newestFirst = [...list].sort((left, right) => right.order - left.order);
    byDocument = Map.groupBy(newestFirst.toReversed(), ({ docId }) => docId);
    edits.set(newestFirst);
  };
  const waiting = () => edits.get().filter(isWaiting).toReversed();
  const keep = async (edit: OwnEdit) => {
    await shelf.replace(edit);
    set([...edits.get().filter(({ editId }) => editId !== edit.editId), edit]);
  };
  const add = (edit: Edit) => keep({ ...edit, order: (edits.get()[0]?.order ?? 0) + 1, verdict: null });
  const settleOne = async (edit: OwnEdit, verdict: EditVerdict, epoch: Epoch): Promise<OwnEdit> => {
    const judged = { ...edit, verdict: keptVerdict(edit, verdict, epoch) };
    const ofDocument = edits.get().filter((one) => one.collection === edit.collection && one.docId === edit.docId);
    const carriedOn = carryOn(
      judged,
      ofDocument.filter(({ order }) => order < edit.order),
    );
    const settled = carriedOn ? carriedOnBy(judged, carriedOn) : judged;
    const later = waiting().filter((one) => ofDocument.includes(one) && one.order > edit.order);
    // The verdict last: a crash in between sends the edit again, and the same rebasing follows.
    for (const rebased of rebaseEdits(later, settled)) await keep(rebased);
    if (carriedOn && !edits.get().some(({ editId }) => editId === carriedOn.editId)) await add(carriedOn);
    await keep(settled);
    return settled;
  };
  return {
    edits,
    load: async () => set(await shelf.find({})),
    add: (edit) => inTurn(() => add(edit)),
    waiting,
    sendable: (limit) => firstPerDocument(waiting()).slice(0, limit),
    settle: (verdicts, epoch) =>
      inTurn(async () => {
        const settled: OwnEdit[] = [];
        for (const verdict of verdicts) {
          const edit = waiting().find(({ editId }) => editId === verdict.editId);
          if (edit) settled.push(await settleOne(edit, verdict, epoch));
        }
        return settled;
      }),
    reopen: (epoch) =>
      inTurn(async () => {
        const again = edits.get().flatMap((edit) => waitingAgain(edit, epoch) ?? []);
        for (const edit of again) await shelf.replace(edit);
        const byId = new Map(again.map((edit) => [edit.editId, edit]));
        if (again.length > 0) set(edits.get().map((edit) => byId.get(edit.editId) ?? edit));
        return again;
      }),
    decide: (id, decided, carriedOn) =>
      inTurn(async () => {
        const edit = edits.get().find(({ editId }) => editId === id);
        // The edit that carries it on first: a crash in between asks the person once more, and loses nothing.
        if (edit && carriedOn) await add(carriedOn);
        if (edit) await keep({ ...edit, decided });
      }),
    patchesFor: (docId) => (byDocument.get(docId) ?? []).flatMap((edit) => shownPatch(edit, revisionOf(docId)) ?? []),
  };
}

/** No conflict for a person: what the server did not take of it stands on an own earlier edit, and goes on as another one. */
function carriedOnBy(edit: OwnEdit, { editId, patch, at }: Edit): OwnEdit {
  const fields = Object.fromEntries(Object.keys(patch).map((field) => [field, 'mine' as const]));
  const { conflicts: _conflicts, ...verdict } = { ...edit.verdict, verdict: 'merged' as const };
  return { ...edit, verdict, decided: { at, fields, as: editId } };
}

function isWaiting({ verdict }: OwnEdit): boolean {
  return verdict === null;
}

function firstPerDocument(waiting: readonly OwnEdit[]): OwnEdit[] {
  const first = new Map<string, OwnEdit>();
  for (const edit of waiting) {
    const document = `${edit.collection} ${edit.docId}`;
    if (!first.has(document)) first.set(document, edit);
  }
  return [...first.values()];
}
