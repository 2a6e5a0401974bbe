import type { Edit } from '../../schema/edit.ts';
import type { Epoch } from '../../schema/epoch.ts';
import type { EditId } from '../../schema/ids.ts';
import type { EditVerdict } from '../../schema/protocol/push.ts';
import type { Revision } from '../../schema/revision.ts';
import type { OwnEdit } from '../device/device.ts';
import { createLive, type Live } from '../device/live.ts';
import { carryOn, waitingAgain, withoutOvertaken } from './edit-again.ts';
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
  /** Takes in what another tab wrote; gives what was not here yet. */
  takeIn(written: readonly OwnEdit[]): Promise<readonly OwnEdit[]>;
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
  /** Held in their order: only the newest is ever added. */
  const tell = () => edits.set([...byId.values()].reverse());
  const of = (edit: Pick<Edit, 'collection' | 'docId'>) =>
    [...(byDocument.get(documentOf(edit))?.values() ?? [])].sort((left, right) => left.order - right.order);
  const waiting = () => edits.get().filter(isWaiting).toReversed();
  /**
   * Does work whose changes go to the disk together, all or none, and are told once: a crash in between sends the edits again, and the same
   * follows. What the disk did not take was never done.
   */
  const inOneWrite = <Value>(work: (keep: (edit: OwnEdit) => void) => Value): Promise<Value> =>
    inTurn(async () => {
      const before = new Map<string, OwnEdit | undefined>();
      const value = work((edit) => {
        if (!before.has(edit.editId)) before.set(edit.editId, byId.get(edit.editId));
        hold(edit);
      });
      try {
        await shelf.replaceAll([...before.keys()].flatMap((id) => byId.get(id) ?? []));
      } catch (error) {
        for (const [id, edit] of before) putBack(id, edit);
        throw error;
      }
      if (before.size > 0) tell();
      return value;
    });
  const putBack = (id: string, edit: OwnEdit | undefined) => {
    if (edit) return hold(edit);
    const added = byId.get(id);
    byId.delete(id);
    if (added) byDocument.get(documentOf(added))?.delete(id);
  };
  const added = (edit: Edit): OwnEdit => ({ ...edit, order: newest + 1, verdict: null });
  const settleOne = (keep: (edit: OwnEdit) => void, edit: OwnEdit, verdict: EditVerdict, epoch: Epoch): OwnEdit => {
    const ofDocument = of(edit);
    const behind = ofDocument.filter(({ order }) => order > edit.order);
    const judged = { ...edit, verdict: keptVerdict(edit, withoutOvertaken(verdict, epoch, behind), epoch) };
    const carriedOn = carryOn(
      judged,
      ofDocument.filter(({ order }) => order < edit.order),
    );
    const settled = carriedOn ? carriedOnBy(judged, carriedOn) : judged;
    for (const rebased of rebaseEdits(behind.filter(isWaiting), settled)) keep(rebased);
    if (carriedOn && !byId.has(carriedOn.editId)) keep(added(carriedOn));
    keep(settled);
    return settled;
  };
  return {
    edits,
    load: async () => {
      byId.clear();
      byDocument.clear();
      for (const edit of (await shelf.find({})).sort((left, right) => left.order - right.order)) hold(edit);
      tell();
    },
    add: (...wished) =>
      inTurn(async () => {
        const rows = wished.map((edit, place) => ({ ...added(edit), order: newest + 1 + place }));
        await shelf.insertAll(rows);
        for (const row of rows) hold(row);
        tell();
      }),
    takeIn: (written) =>
      inTurn(async () => {
        const others = written.filter(({ editId }) => !byId.has(editId));
        for (const edit of others) hold(edit);
        if (others.length > 0) tell();
        return others;
      }),
    waiting,
    sendable: (limit) => firstPerDocument(byId.values(), limit),
    settle: (verdicts, epoch) =>
      inOneWrite((keep) =>
        verdicts.flatMap((verdict) => {
          const edit = byId.get(verdict.editId);
          return edit && isWaiting(edit) ? [settleOne(keep, edit, verdict, epoch)] : [];
        }),
      ),
    reopen: (epoch) =>
      inOneWrite((keep) => {
        const laterThan = (edit: OwnEdit) => of(edit).filter(({ order }) => order > edit.order);
        const again = edits.get().flatMap((edit) => waitingAgain(edit, epoch, laterThan(edit)) ?? []);
        for (const edit of again) keep(edit);
        return again;
      }),
    decide: (id, decided, carriedOn) =>
      inOneWrite((keep) => {
        const edit = byId.get(id);
        if (edit && carriedOn) keep(added(carriedOn));
        if (edit) keep({ ...edit, decided });
      }),
    patchesFor: (docId, collection = 'products') =>
      // Asked for each of ten thousands of products at a start, where mostly nobody has edited anything.
      byId.size === 0
        ? []
        : of({ collection, docId }).flatMap((edit) => shownPatch(edit, revisionOf(docId, collection)) ?? []),
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

/** The first waiting edit of each document, at most so many: behind a large import nobody looks through all of it for each push. */
function firstPerDocument(inOrder: Iterable<OwnEdit>, limit: number): OwnEdit[] {
  const first = new Map<string, OwnEdit>();
  for (const edit of inOrder) {
    if (first.size >= limit) break;
    if (isWaiting(edit) && !first.has(documentOf(edit))) first.set(documentOf(edit), edit);
  }
  return [...first.values()];
}
