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
  /** Writes edits down in order. */
  add(...edits: readonly Edit[]): Promise<void>;
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
  patchesFor(docId: string, collection?: Edit['collection']): readonly Pick<Edit, 'patch'>[];
}

type RevisionOf = (docId: string, collection: Edit['collection']) => Revision | undefined;

export function createEditBook(shelf: Shelf<OwnEdit>, revisionOf: RevisionOf): EditBook {
  const inTurn = createMutex();
  const edits = createLive<readonly OwnEdit[]>([]);
  /** All of them by id and, oldest first, by document: an import makes more than could be looked through for each verdict. */
  const byId = new Map<string, OwnEdit>();
  const byDocument = new Map<string, Map<string, OwnEdit>>();
  let newest = 0;
  const hold = (edit: OwnEdit) => {
    const key = documentOf(edit);
    const ofDocument = byDocument.get(key) ?? new Map<string, OwnEdit>();
    byId.set(edit.editId, edit);
    byDocument.set(key, ofDocument.set(edit.editId, edit));
    newest = Math.max(newest, edit.order);
  };
  const tell = () => edits.set([...byId.values()].sort((left, right) => right.order - left.order));
  const of = (edit: Pick<Edit, 'collection' | 'docId'>) =>
    [...(byDocument.get(documentOf(edit))?.values() ?? [])].sort((left, right) => left.order - right.order);
  const waiting = () => edits.get().filter(isWaiting).toReversed();
  const keep = async (edit: OwnEdit) => {
    await shelf.replace(edit);
    hold(edit);
  };
  const add = (edit: Edit) => keep({ ...edit, order: newest + 1, verdict: null });
  const settleOne = async (edit: OwnEdit, verdict: EditVerdict, epoch: Epoch): Promise<OwnEdit> => {
    const judged = { ...edit, verdict: keptVerdict(edit, verdict, epoch) };
    const ofDocument = of(edit);
    const carriedOn = carryOn(
      judged,
      ofDocument.filter(({ order }) => order < edit.order),
    );
    const settled = carriedOn ? carriedOnBy(judged, carriedOn) : judged;
    const later = ofDocument.filter((one) => isWaiting(one) && one.order > edit.order);
    // The verdict last: a crash in between sends the edit again, and the same rebasing follows.
    for (const rebased of rebaseEdits(later, settled)) await keep(rebased);
    if (carriedOn && !byId.has(carriedOn.editId)) await add(carriedOn);
    await keep(settled);
    return settled;
  };
  /** What was written is told once, also where the disk fails on the way. */
  const thenTell = async <Value>(work: () => Promise<Value>): Promise<Value> => {
    try {
      return await work();
    } finally {
      tell();
    }
  };
  return {
    edits,
    load: async () => {
      byId.clear();
      byDocument.clear();
      for (const edit of await shelf.find({})) hold(edit);
      tell();
    },
    add: (...added) =>
      inTurn(() =>
        thenTell(async () => {
          const rows = added.map((edit, place) => ({ ...edit, order: newest + 1 + place, verdict: null }));
          await shelf.insertAll(rows);
          for (const row of rows) hold(row);
        }),
      ),
    waiting,
    sendable: (limit) => firstPerDocument(waiting()).slice(0, limit),
    settle: (verdicts, epoch) =>
      inTurn(() =>
        thenTell(async () => {
          const settled: OwnEdit[] = [];
          for (const verdict of verdicts) {
            const edit = byId.get(verdict.editId);
            if (edit && isWaiting(edit)) settled.push(await settleOne(edit, verdict, epoch));
          }
          return settled;
        }),
      ),
    reopen: (epoch) =>
      inTurn(() =>
        thenTell(async () => {
          const again = edits.get().flatMap((edit) => waitingAgain(edit, epoch) ?? []);
          for (const edit of again) await keep(edit);
          return again;
        }),
      ),
    decide: (id, decided, carriedOn) =>
      inTurn(() =>
        thenTell(async () => {
          const edit = byId.get(id);
          // The edit that carries it on first: a crash in between asks the person once more, and loses nothing.
          if (edit && carriedOn) await add(carriedOn);
          if (edit) await keep({ ...edit, decided });
        }),
      ),
    patchesFor: (docId, collection = 'products') =>
      of({ collection, docId }).flatMap((edit) => shownPatch(edit, revisionOf(docId, collection)) ?? []),
  };
}

function documentOf({ collection, docId }: Pick<Edit, 'collection' | 'docId'>): string {
  return `${collection} ${docId}`;
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
    if (!first.has(documentOf(edit))) first.set(documentOf(edit), edit);
  }
  return [...first.values()];
}
