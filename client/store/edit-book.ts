import type { Edit } from '../../schema/edit.ts';
import type { EditVerdict } from '../../schema/protocol/push.ts';
import type { Revision } from '../../schema/revision.ts';
import type { OwnEdit } from '../device/device.ts';
import { createLive, type Live } from '../device/live.ts';
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

/** Fields that the server took, shown until the revision that holds them, or a later one, has arrived. */
interface Settling {
  readonly docId: string;
  readonly patch: Edit['patch'];
  readonly revision: Revision;
}

export function createEditBook(shelf: Shelf<OwnEdit>, revisionOf: (docId: string) => Revision | undefined): EditBook {
  const edits = createLive<readonly OwnEdit[]>([]);
  const settling: Settling[] = [];
  const inOrder = () => [...edits.get()].reverse();
  const waiting = () => inOrder().filter((edit) => edit.verdict === null);
  const keep = async (edit: OwnEdit) => {
    await shelf.replace(edit);
    const others = edits.get().filter(({ editId }) => editId !== edit.editId);
    edits.set([...others, edit].sort((left, right) => right.order - left.order));
  };
  return {
    edits,
    load: async () => edits.set((await shelf.find({})).sort((left, right) => right.order - left.order)),
    add: (edit) => keep({ ...edit, order: (edits.get()[0]?.order ?? 0) + 1, verdict: null }),
    waiting,
    sendable: (limit) => firstPerDocument(waiting()).slice(0, limit),
    settle: async (verdicts) => {
      const settled: OwnEdit[] = [];
      for (const verdict of verdicts) {
        const edit = waiting().find(({ editId }) => editId === verdict.editId);
        if (edit === undefined) continue;
        const patch = takenFields(edit, verdict);
        if (verdict.rev) settling.push({ docId: edit.docId, patch, revision: verdict.rev });
        settled.push({ ...edit, verdict: keptVerdict(verdict) });
        await keep({ ...edit, verdict: keptVerdict(verdict) });
        for (const later of waiting().filter(({ docId }) => docId === edit.docId)) {
          await keep(rebase(later, edit, patch, verdict));
        }
      }
      return settled;
    },
    patchesFor: (docId) => {
      const arrived = revisionOf(docId);
      const taken = settling.filter((one) => one.docId === docId && isBefore(arrived, one.revision));
      return [...taken, ...waiting().filter((edit) => edit.docId === docId)];
    },
  };
}

function firstPerDocument(waiting: readonly OwnEdit[]): OwnEdit[] {
  const first = new Map<string, OwnEdit>();
  for (const edit of waiting) {
    const document = `${edit.collection} ${edit.docId}`;
    if (!first.has(document)) first.set(document, edit);
  }
  return [...first.values()];
}

/** What the server wrote of an edit. */
function takenFields(edit: OwnEdit, verdict: EditVerdict): Edit['patch'] {
  if (verdict.verdict === 'refused') return {};
  const { fields } = verdict;
  if (verdict.verdict !== 'conflict' || fields === undefined) return verdict.verdict === 'conflict' ? {} : edit.patch;
  return Object.fromEntries(Object.entries(edit.patch).filter(([field]) => fields.includes(field)));
}

function keptVerdict({ verdict, reason, conflicts }: EditVerdict): OwnEdit['verdict'] {
  return { verdict, ...(reason === undefined ? {} : { reason }), ...(conflicts === undefined ? {} : { conflicts }) };
}

/**
 * A later edit of the same document was made on top of the first. What the server took of the first is its base already; what
 * it did not take never came to be, so there the later one stands on what the first one stood on.
 */
function rebase(later: OwnEdit, first: OwnEdit, taken: Edit['patch'], { verdict, rev }: EditVerdict): OwnEdit {
  const base = { ...later.base };
  for (const field of Object.keys(first.patch)) {
    const former = first.base[field];
    if (field in taken || !(field in later.patch)) continue;
    if (former === undefined) delete base[field];
    else base[field] = former;
  }
  return { ...later, base, baseRevision: verdict === 'accepted' && rev ? rev : later.baseRevision };
}

function isBefore(arrived: Revision | undefined, revision: Revision): boolean {
  if (arrived === undefined) return true;
  return arrived.epoch < revision.epoch || (arrived.epoch === revision.epoch && arrived.n < revision.n);
}
