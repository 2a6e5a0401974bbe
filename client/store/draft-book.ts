import type {
  DraftChange,
  DraftChunk,
  DraftDoc,
  DraftEnding,
  DraftId,
  DraftKind,
  DraftVerdict,
} from '../../schema/draft.ts';
import type { Epoch } from '../../schema/epoch.ts';
import type { DeviceId, EditId } from '../../schema/ids.ts';
import { createLive, type Live } from '../device/live.ts';
import type { DraftContent, DraftOp, DraftView } from '../drafts/draft-content.ts';
import { type DraftReader, TooHeavy } from '../drafts/draft-reader.ts';
import { isLost, isMissed, isOver, isWaitingChange, mayWriteWhole, withVerdict } from './draft-rows.ts';
import type { Findings } from './findings.ts';
import { createMutex } from './mutex.ts';
import type { OwnDraftChange } from './own-draft-change.ts';
import type { Shelf } from './shelf.ts';

/** A draft as this device knows it: what the server served, and the own changes laid over it. */
export interface KnownDraft {
  readonly id: DraftId;
  readonly kind: DraftKind;
  readonly content: DraftContent;
  readonly heads: readonly string[];
  readonly ending: DraftEnding | undefined;
  /** Server time of the last change served, or the device time of the last own one. */
  readonly at: number;
  /** Own changes without a verdict. */
  readonly waiting: number;
}

/** The drafts of the branch, and the own changes of them. Everything is answered from this device. */
export interface DraftBook {
  /** A new number whenever {@link drafts} would answer differently. */
  readonly version: Live<number>;
  load(): Promise<void>;
  /** Those that have been read; newest change first. */
  drafts(): readonly KnownDraft[];
  draft(id: string): KnownDraft | undefined;
  put(docs: readonly DraftDoc[]): void;
  /** Takes in own changes that another tab wrote. */
  takeIn(written: readonly OwnDraftChange[]): void;
  remove(ids: readonly string[]): void;
  /** What is held is what the server serves: what it once took from here of other drafts, which ended long ago, leaves. */
  forgetUnserved(): Promise<void>;
  /** Changes a draft, or begins it. Resolves when the change is on disk; rejects, and changes nothing, where it does not get there. */
  change(
    id: DraftId,
    ops: readonly DraftOp[],
    by: string,
    options?: {
      readonly discards?: boolean /** Of a draft that begins with it; a cart where it is left out. */;
      readonly kind?: DraftKind;
    },
  ): Promise<void>;
  /** Own changes without a verdict, in order. */
  waiting(): readonly OwnDraftChange[];
  /** Writes verdicts of a history down; gives how many were named. */
  settle(verdicts: readonly DraftVerdict[], epoch: Epoch): Promise<number>;
  /** The drafts of this history have been pulled: what it lost waits again. */
  reopen(epoch: Epoch): Promise<void>;
  /** A round of pulls begins. What it gives is called when all is pulled: what was taken before, and is not served, goes again. */
  beginRound(): () => Promise<void>;
  /** Each draft with changes that wait, whole, as a change that any device of the branch may push. */
  rescue(): Promise<readonly DraftChange[]>;
  /** Resolves when everything that came so far has been read. */
  settled(): Promise<void>;
}

export interface DraftBookDeps {
  readonly drafts: Shelf<DraftDoc>;
  readonly changes: Shelf<OwnDraftChange>;
  readonly reader: DraftReader;
  readonly device: DeviceId;
  readonly clock: () => number;
  /** The server's time at its last word; null before. A device's own clock must not throw away what others have. */
  readonly serverTime: () => number | null;
  readonly newId: () => string;
  readonly findings: Findings;
  /** Something waits to be sent. */
  readonly onWaiting: () => void;
}

export function createDraftBook(deps: DraftBookDeps): DraftBook {
  const inTurn = createMutex();
  const version = createLive(0);
  const docs = new Map<string, DraftDoc>();
  const rows = new Map<EditId, OwnDraftChange>();
  const views = new Map<string, DraftView>();
  /** The chunks that were read last, by draft, and those that took too long. */
  const read = new Map<string, readonly DraftChunk[]>();
  const tooHeavy = new Set<string>();
  let epoch: Epoch | null = null;
  let lastOrder = 0;
  const told = () => version.set(version.get() + 1);
  const ownOf = (id: string) => [...rows.values()].filter(({ draftId }) => draftId === id).sort(inOrder);
  const waiting = () => [...rows.values()].filter(isWaitingChange).sort(inOrder);
  const keep = async (row: OwnDraftChange) => {
    await deps.changes.replace(row);
    rows.set(row.id, row);
  };
  const drop = async (dropped: readonly OwnDraftChange[]) => {
    if (dropped.length > 0) await deps.changes.remove(dropped.map(({ id }) => id));
    for (const { id } of dropped) rows.delete(id);
  };
  const add = async (change: Omit<OwnDraftChange, 'id' | 'order' | 'at' | 'verdict'>) => {
    const order = lastOrder + 1;
    const row: OwnDraftChange = { id: deps.newId() as EditId, order, at: deps.clock(), verdict: null, ...change };
    await keep(row);
    lastOrder = order;
    deps.onWaiting();
  };
  /** Chunks of an earlier history prove nothing of this one. */
  const isFormer = (doc: DraftDoc) => epoch !== null && doc.rev.epoch !== epoch.n;
  const readView = async (id: string): Promise<DraftView | null> => {
    const doc = docs.get(id);
    const changes = (doc?.changes ?? []).filter(({ bytes }) => !tooHeavy.has(bytes));
    const former = doc !== undefined && isFormer(doc);
    const own = ownOf(id).map(({ bytes }) => ({ bytes }));
    try {
      const parts = { id, own, served: former ? [] : changes, former: former ? changes : [] };
      const view = await deps.reader.read(parts);
      views.set(id, view);
      read.set(id, changes);
      for (const place of view.bad) await deps.findings.report('draft', id, { chunk: changes[place] ?? null });
      return view;
    } catch (error) {
      // The last good state stays, and what came since is not read again before the next start.
      const good = new Set(read.get(id)?.map(({ bytes }) => bytes));
      if (error instanceof TooHeavy) for (const { bytes } of changes) if (!good.has(bytes)) tooHeavy.add(bytes);
      await deps.findings.report('draft', id, { reason: String(error).slice(0, 200) });
      return null;
    }
  };
  /** What this device holds and the server, by its own later word, does not: it goes again. */
  const handBack = async (id: string, view: DraftView, epoch: Epoch) => {
    const doc = docs.get(id);
    // What was paid is in the sale; a device that has it open still brings it again.
    if (doc?.ending?.how === 'paid') return;
    const own = ownOf(id);
    const lost = view.unserved.flatMap((place) => own[place] ?? []).filter((row) => isLost(row, doc, epoch));
    await sendAgain(lost, epoch);
    if (view.more && doc) {
      const whole = await deps.reader.whole(id);
      await add({ draftId: doc.id, kind: doc.kind, baseHeads: [], ...whole, handsBack: true });
    }
  };
  const sendAgain = async (lost: readonly OwnDraftChange[], epoch: Epoch) => {
    for (const row of lost) {
      const { id: former, verdict, ...change } = row;
      // Of this history: the server knows the name of the change and not the change, so it goes by another.
      const again = verdict?.epoch.id === epoch.id ? (deps.newId() as EditId) : former;
      await keep({ ...change, id: again, verdict: null });
      if (again !== former) await drop([row]);
    }
    if (lost.length > 0) deps.onWaiting();
  };
  const writeWhole = async (id: string, view: DraftView) => {
    const doc = docs.get(id);
    if (view.more || view.unserved.length > 0 || view.bad.length > 0) return;
    if (!doc || !mayWriteWhole(doc, ownOf(id), deps.device)) return;
    const { heads, bytes } = await deps.reader.whole(id);
    await add({ draftId: doc.id, kind: doc.kind, baseHeads: doc.heads, heads, bytes, whole: true });
  };
  const refresh = async (id: string) => {
    const view = await readView(id);
    told();
    if (!view || epoch === null) return;
    await handBack(id, view, epoch);
    await writeWhole(id, view);
  };
  const forgetOver = async () => {
    const now = deps.serverTime();
    const over = now === null ? [] : [...docs.values()].filter((doc) => isOver(doc, now));
    const settledRows = over.flatMap(({ id }) => ownOf(id)).filter((row) => !isWaitingChange(row));
    await drop(settledRows);
    if (over.length > 0) await deps.drafts.remove(over.map(({ id }) => id));
  };
  /** What waits may stand on what was taken, what was refused is nowhere else, and what was taken lately may have been set back unnoticed. */
  const isNeeded = (row: OwnDraftChange) =>
    row.verdict === null ||
    row.verdict.verdict === 'refused' ||
    epoch === null ||
    isMissed(row, undefined, epoch, deps.clock());
  /** Another tab wrote it: it is not here, or was settled here and goes again. */
  const isOthers = (row: OwnDraftChange) => {
    const own = rows.get(row.id);
    return own === undefined || (isWaitingChange(row) && !isWaitingChange(own));
  };
  /** What only looks: a failing disk is met again by what must be written. */
  const later = (act: () => Promise<void>) => void inTurn(act).catch(() => undefined);
  const known = (id: string, own: readonly OwnDraftChange[] = ownOf(id)): KnownDraft | undefined => {
    const [doc, view] = [docs.get(id), views.get(id)];
    const kind = doc?.kind ?? own[0]?.kind;
    if (!view || !kind) return undefined;
    const { content, heads } = view;
    const at = Math.max(doc?.at ?? 0, ...own.filter(isWaitingChange).map((row) => row.at));
    const waits = own.filter(isWaitingChange).length;
    return { id: id as DraftId, kind, content, heads, ending: doc?.ending, at, waiting: waits };
  };
  return {
    version,
    load: async () => {
      docs.clear();
      rows.clear();
      for (const doc of await deps.drafts.find({})) docs.set(doc.id, doc);
      for (const row of await deps.changes.find({})) rows.set(row.id, row);
      lastOrder = Math.max(0, ...[...rows.values()].map(({ order }) => order));
      const ids = new Set([...docs.keys(), ...[...rows.values()].map(({ draftId }) => draftId)]);
      later(async () => {
        for (const id of ids) await refresh(id);
        await forgetOver();
      });
    },
    drafts: () => {
      const own = Map.groupBy(rows.values(), ({ draftId }): string => draftId);
      return [...views.keys()]
        .flatMap((id) => known(id, own.get(id) ?? []) ?? [])
        .sort((left, right) => right.at - left.at || (left.id < right.id ? -1 : 1));
    },
    draft: (id) => known(id),
    put: (arrived) => {
      for (const doc of arrived) docs.set(doc.id, doc);
      later(async () => {
        for (const { id } of arrived) await refresh(id);
        await forgetOver();
      });
    },
    takeIn: (written) =>
      later(async () => {
        const others = written.filter(isOthers).map(({ id }) => id);
        // What was let go of, or settled, since it was written is none of another's.
        const there = others.length > 0 ? (await deps.changes.byIds(others)).filter(isOthers) : [];
        for (const row of there) rows.set(row.id, row);
        lastOrder = Math.max(lastOrder, ...there.map(({ order }) => order));
        if (there.some(isWaitingChange)) deps.onWaiting();
        for (const id of new Set(there.map(({ draftId }) => draftId))) await refresh(id);
      }),
    remove: (ids) => {
      for (const id of ids) {
        docs.delete(id);
        views.delete(id);
        later(() => deps.reader.forget(id));
      }
      told();
    },
    forgetUnserved: () =>
      inTurn(async () => {
        const unserved = new Set([...rows.values()].map(({ draftId }) => draftId).filter((id) => !docs.has(id)));
        for (const id of unserved) {
          if (ownOf(id).some(isNeeded)) continue;
          await drop(ownOf(id));
          views.delete(id);
          await deps.reader.forget(id);
        }
        if (unserved.size > 0) told();
      }),
    change: (id, ops, by, { discards, kind: begun = 'cart' } = {}) =>
      inTurn(async () => {
        // The reader may have begun anew since.
        await readView(id);
        const made = await deps.reader.change(id, ops, by);
        if (made === null) return;
        const kind = docs.get(id)?.kind ?? ownOf(id)[0]?.kind ?? begun;
        try {
          await add({ draftId: id, kind, ...made, ...(discards ? { discards } : {}) });
        } catch (error) {
          // What is not on disk was never done: the next change must not stand on it.
          await deps.reader.forget(id);
          await readView(id);
          throw error;
        }
        await refresh(id);
      }),
    waiting,
    settle: (verdicts, history) =>
      inTurn(async () => {
        let named = 0;
        for (const said of verdicts) {
          const row = rows.get(said.changeId as EditId);
          if (!row || !isWaitingChange(row)) continue;
          named += 1;
          if (said.verdict === 'refused' && !row.whole)
            await deps.findings.report('draft', row.draftId, { reason: said.reason ?? '', bytes: row.bytes });
          // Nothing was in a whole document that is not in the changes.
          if (row.whole) await drop([row]);
          else await keep(withVerdict(row, said, history));
        }
        if (named > 0) told();
        return named;
      }),
    reopen: (history) =>
      inTurn(async () => {
        if (epoch?.id === history.id) return;
        epoch = history;
        const ids = new Set([...docs.keys(), ...[...rows.values()].map(({ draftId }) => draftId)]);
        for (const id of ids) await refresh(id);
      }),
    beginRound: () => {
      const before = [...rows.values()].filter((row) => !isWaitingChange(row)).map(({ id }) => id);
      return () =>
        inTurn(async () => {
          const [history, now] = [epoch, deps.clock()];
          if (history === null) return;
          const taken = before.flatMap((id) => rows.get(id) ?? []).sort(inOrder);
          const missed = taken.filter((row) => isMissed(row, docs.get(row.draftId), history, now));
          await sendAgain(missed, history);
        });
    },
    rescue: () =>
      inTurn(async () => {
        const changes: DraftChange[] = [];
        for (const draftId of new Set(waiting().map((row) => row.draftId))) {
          const kind = ownOf(draftId)[0]?.kind;
          if (!kind || !(await readView(draftId))) continue;
          const changeId = deps.newId() as EditId;
          changes.push({ changeId, draftId, kind, baseHeads: [], ...(await deps.reader.whole(draftId)) });
        }
        return changes;
      }),
    settled: () => inTurn(async () => undefined),
  };
}

function inOrder(left: OwnDraftChange, right: OwnDraftChange): number {
  return left.order - right.order;
}
