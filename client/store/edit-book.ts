import type { Edit } from '../../schema/edit.ts';
import type { EditVerdict } from '../../schema/protocol/push.ts';
import type { Revision } from '../../schema/revision.ts';
import type { OwnEdit } from '../device/device.ts';
import { createLive, type Live } from '../device/live.ts';
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
  /** Writes verdicts down and rebases what waited for them. Gives the edits that were settled. */
  settle(verdicts: readonly EditVerdict[]): Promise<readonly OwnEdit[]>;
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
  const settleOne = async (edit: OwnEdit, verdict: EditVerdict): Promise<OwnEdit> => {
    const settled = { ...edit, verdict: keptVerdict(edit, verdict) };
    const isLater = (one: OwnEdit) =>
      one.collection === edit.collection && one.docId === edit.docId && one.order > edit.order;
    // The verdict last: a crash in between sends the edit again, and the same rebasing follows.
    for (const later of rebaseEdits(waiting().filter(isLater), settled)) await keep(later);
    await keep(settled);
    return settled;
  };
  return {
    edits,
    load: async () => set(await shelf.find({})),
    add: (edit) => inTurn(() => keep({ ...edit, order: (edits.get()[0]?.order ?? 0) + 1, verdict: null })),
    waiting,
    sendable: (limit) => firstPerDocument(waiting()).slice(0, limit),
    settle: (verdicts) =>
      inTurn(async () => {
        const settled: OwnEdit[] = [];
        for (const verdict of verdicts) {
          const edit = waiting().find(({ editId }) => editId === verdict.editId);
          if (edit) settled.push(await settleOne(edit, verdict));
        }
        return settled;
      }),
    patchesFor: (docId) => (byDocument.get(docId) ?? []).flatMap((edit) => shownPatch(edit, revisionOf(docId)) ?? []),
  };
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
