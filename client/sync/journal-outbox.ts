import { type Epoch, sameEpoch } from '../../schema/epoch.ts';
import type { EntryId } from '../../schema/ids.ts';
import { utf8Length } from '../../schema/payload-gate.ts';
import type { Lacking } from '../../schema/protocol/lacking.ts';
import type { JournalPushAnswer } from '../../schema/protocol/push.ts';
import type { Result } from '../../schema/result.ts';
import type { Findings } from '../store/findings.ts';
import type { Journal } from '../store/journal.ts';
import type { JournalRow } from '../store/journal-index.ts';
import { createMutex, type Mutex } from '../store/mutex.ts';
import { oldestHeld } from '../store/oldest-held.ts';
import type { Signer } from '../store/signer.ts';
import type { Acknowledged } from '../store/vault.ts';
import {
  acknowledge,
  adoptEpoch,
  beginAgain,
  beginAt,
  hasLostEntries,
  isAcknowledged,
  lackedRows,
  REFUSED_MAX,
  verdictsOf,
} from './acknowledgement.ts';
import type { Tried } from './errand.ts';
import type { NetFault } from './http.ts';
import { readBatch } from './journal-batch.ts';
import { reportVerdicts, seqOf } from './own-verdicts.ts';
import { type PushFrame, type PushRow, pushBody } from './push-body.ts';
import type { PostEntries } from './push-door.ts';

export interface JournalOutboxDeps {
  readonly journal: Pick<Journal, 'index' | 'read'>;
  readonly signer: Signer;
  /** This device's own, so that a server that lost the device can read what it signed. */
  readonly certificate: string;
  readonly post: PostEntries;
  readonly findings: Pick<Findings, 'report'>;
  readonly held: () => Acknowledged;
  /** Keeps it on disk before it counts. */
  readonly keep: (acknowledged: Acknowledged) => Promise<void>;
  readonly rowsMax: () => number;
  readonly onQuarantined: (ids: readonly EntryId[]) => void;
  /** The server's head now, asked while no post is under way. */
  readonly askHead: () => Promise<Result<NamedHead, NetFault>>;
  /** Something reached the server, or not: for the log and the status. */
  readonly onSent: (rows: number) => void;
  readonly onFault: (fault: NetFault) => void;
}

/** The head that the server names in its present epoch. */
export type NamedHead = Pick<JournalPushAnswer, 'epoch' | 'head'>;

/** Own entries on their way to the server: those behind the last acknowledged one, in order, one post at a time. */
export interface JournalOutbox {
  /** Sends until nothing waits, except what the server refused since the start or the beginning of this epoch. */
  run(): Promise<Tried>;
  /** How many have no acknowledgement, refused ones included. */
  waiting(): number;
  /** True when nothing waits that has not been offered. */
  isThrough(): boolean;
  /**
   * What the server says of its history: in a new one, and where it lost entries within one, what its head lacks waits again, and what it
   * is `lacking` below that head. Gives true when the history is a new one.
   */
  adopt(epoch: Epoch, head: JournalPushAnswer['head'], lacking?: Lacking): Promise<boolean>;
  /** The own entry `seq` and all behind it wait again, where they were acknowledged. */
  sendAgain(seq: number): Promise<void>;
}

/** What the server says of a device: its history, how far it holds the device, and what it lacks below that. */
interface Said extends NamedHead {
  readonly lacking: Lacking;
}

/** What an outbox remembers between its posts; nothing of it must outlive the app. */
interface Progress {
  /** Rows of the next batch: fewer after a failure, more after a success. */
  rows: number;
  /** Refused, found too large, or sent again though acknowledged, since the start or the beginning of this epoch: not offered again before the next. */
  readonly offered: Set<number>;
  /** Too large for any request: these travel as stubs. */
  readonly stubs: Set<EntryId>;
  /** Answers 413 in a row that were not the server's own, to one row alone. */
  strangers: number;
  /** The server has read the certificate since the start. */
  introduced: boolean;
  /** A lower head was named than before; it may have been said before the last acknowledgement. */
  doubted: boolean;
  /** What the server said of this device and the disk did not take: it counts when it is there. */
  unkept: Said | null;
  /** What an answer moves and what a new history moves, one after the other: each is worked out from what is on disk. */
  readonly inTurn: Mutex;
}

export function createJournalOutbox(deps: JournalOutboxDeps): JournalOutbox {
  const { journal, held } = deps;
  const progress: Progress = {
    rows: deps.rowsMax(),
    offered: new Set(),
    stubs: new Set(),
    strangers: 0,
    introduced: false,
    doubted: false,
    unkept: null,
    inTurn: createMutex(),
  };
  const rowsOf = (seqs: readonly number[] = []) => seqs.flatMap((seq) => journal.index.row(seq) ?? []);
  const refusedRows = () => rowsOf(held().refused);
  const comeAgain = () => [...refusedRows(), ...rowsOf(held().stubs)].filter(({ seq }) => !progress.offered.has(seq));
  // Only the next batch is looked at: after days apart a hundred thousand wait, and each sale asks whether any does.
  const nextRows = () => {
    const [again, rowsMax] = [comeAgain(), Math.min(progress.rows, deps.rowsMax())];
    return again.length > 0 ? again.slice(0, rowsMax) : journal.index.after(held().head.seq, rowsMax);
  };
  const isAnyToSend = () => comeAgain().length > 0 || journal.index.countAfter(held().head.seq) > 0;
  return {
    waiting: () => refusedRows().length + journal.index.countAfter(held().head.seq),
    isThrough: () => !isAnyToSend() && !progress.doubted && progress.unkept === null,
    run: async () => {
      const { unkept } = progress;
      if (unkept) await progress.inTurn(() => adopt(deps, progress, unkept));
      const unclear = await settleDoubt(deps, progress);
      if (unclear) return unclear;
      for (let rows = nextRows(); rows.length > 0; rows = nextRows()) {
        const failed = await sendBatch(deps, progress, rows);
        if (failed) return failed;
      }
      return { done: true };
    },
    adopt: (epoch, head, lacking = []) => progress.inTurn(() => adopt(deps, progress, { epoch, head, lacking })),
    sendAgain: (seq) =>
      progress.inTurn(async () => {
        const row = journal.index.row(seq);
        if (row && isAcknowledged(held(), seq)) await deps.keep(beginAt(held(), row, journal.index));
      }),
  };
}

async function adopt({ held, keep, journal }: JournalOutboxDeps, progress: Progress, said: Said): Promise<boolean> {
  const { epoch, head, lacking } = said;
  const known = held();
  progress.doubted ||= hasLostEntries(known, epoch, head);
  if (epoch.n < known.epoch.n) return false;
  const isNew = !sameEpoch(epoch, known.epoch);
  if (isNew) beginEpoch(progress);
  const begun = isNew ? adoptEpoch(known, epoch, head, journal.index) : known;
  const lacked = lackedRows(begun, lacking, journal.index).filter(({ seq }) => !progress.offered.has(seq));
  const next = lacked[0] ? beginAt(begun, lacked[0], journal.index) : begun;
  progress.unkept = said;
  if (next !== known) await keep(next);
  progress.unkept = null;
  for (const { seq } of lacked) progress.offered.add(seq);
  return isNew;
}

/** Asks again where a lower head was named: only with no post under way does it tell what was lost. Null when that is clear. */
async function settleDoubt(deps: JournalOutboxDeps, progress: Progress): Promise<Tried | null> {
  if (!progress.doubted) return null;
  const answer = await deps.askHead();
  if (!answer.ok) {
    deps.onFault(answer.error);
    return pauseFor(answer.error);
  }
  progress.doubted = false;
  const { epoch, head } = answer.value;
  await progress.inTurn(async () => {
    if (!hasLostEntries(deps.held(), epoch, head)) return;
    beginEpoch(progress);
    await deps.keep(beginAgain(deps.held(), head, deps.journal.index));
  });
  return null;
}

/** One post. Null when it got somewhere, so that the next can follow at once. */
async function sendBatch(
  deps: JournalOutboxDeps,
  progress: Progress,
  rows: readonly JournalRow[],
): Promise<Tried | null> {
  const batch = await readBatch(deps, progress.stubs, rows);
  const answer = await deps.post(pushBody(batch, frameOf(deps, progress, rows)));
  if (answer.ok) {
    progress.rows = Math.min(deps.rowsMax(), progress.rows * 2);
    progress.introduced = true;
    progress.strangers = 0;
    const moved = await progress.inTurn(() => settle(deps, progress, batch, answer.value));
    return moved ? null : { done: false };
  }
  deps.onFault(answer.error);
  const tooLarge = isTooLarge(answer.error, batch, progress);
  const [row] = batch;
  if (tooLarge && row && batch.length === 1) return sendAsStub(deps, progress, row);
  // Less at once: also where a slow line did not carry it in time.
  progress.rows = Math.max(1, Math.ceil(batch.length / 2));
  return tooLarge ? null : pauseFor(answer.error);
}

/** Another history of the server: it may know nothing of what was said before. */
function beginEpoch(progress: Progress): void {
  progress.offered.clear();
  progress.introduced = false;
}

function frameOf({ journal, held, certificate }: JournalOutboxDeps, progress: Progress, rows: readonly JournalRow[]) {
  const oldest = oldestHeld(journal.index, rows.at(-1)?.seq ?? 0);
  const resent = held().resent ?? 0;
  const comesAgain = rows.some(({ seq }) => seq <= resent);
  return {
    ...(progress.introduced ? {} : { certificates: [certificate] }),
    ...(oldest > 1 ? { oldestHeld: oldest } : {}),
    ...(comesAgain ? { resent } : {}),
  } satisfies PushFrame;
}

/** Keeps what an answer acknowledges. False when it moved nothing, so that trying again at once would not help. */
async function settle(
  deps: JournalOutboxDeps,
  progress: Progress,
  batch: readonly PushRow[],
  answer: JournalPushAnswer,
): Promise<boolean> {
  const refusedNow = await reportVerdicts(deps, batch, answer.verdicts);
  const before = deps.held();
  const verdictOf = verdictsOf(answer.verdicts);
  const sentAsStub = new Set(batch.filter(({ id }) => progress.stubs.has(id)).map(({ id }) => seqOf(id)));
  const after = acknowledge(before, answer, deps.journal.index, sentAsStub);
  if (!sameEpoch(before.epoch, after.epoch)) beginEpoch(progress);
  // It did lack these: where it says so once more, it was set back unnoticed.
  for (const { id, hash } of batch) if (verdictOf({ id, hash }) === 'accepted') progress.offered.delete(seqOf(id));
  const offered = progress.offered.size;
  for (const seq of [...refusedNow, ...sentAsStub]) if (seq <= after.head.seq) progress.offered.add(seq);
  if (after !== before) await deps.keep(after);
  if (after !== before) deps.onSent(batch.filter(({ id }) => isAcknowledged(after, seqOf(id))).length);
  const moved = after !== before || progress.offered.size > offered;
  if (!moved) deps.onFault({ kind: 'not-the-server', text: nothingMoved(after) });
  return moved;
}

function nothingMoved({ refused }: Acknowledged): string {
  const isFull = (refused?.length ?? 0) >= REFUSED_MAX;
  return isFull ? 'The server refuses what this device writes' : 'An answer that acknowledged nothing';
}

/** Times that a proxy may say of one row alone that it is too large before it is believed. */
const STRANGERS_MAX = 3;

/** The server's own word counts at once; a proxy's page may be a mistake of the minute. */
function isTooLarge(fault: NetFault, batch: readonly PushRow[], progress: Progress): boolean {
  if (fault.kind === 'refused') return fault.code === 'too-large';
  const isStranger = fault.kind === 'not-the-server' && fault.status === 413 && batch.length === 1;
  progress.strangers = isStranger ? progress.strangers + 1 : 0;
  return progress.strangers >= STRANGERS_MAX;
}

function pauseFor(fault: NetFault): Tried {
  return { done: false, notBeforeMs: (fault.kind === 'refused' && fault.retryAfterMs) || 0 };
}

/**
 * One row that no request can carry: it is shown, and its chain stub travels in its place. Where the server has the stub already, the
 * text is offered again at the next start: somebody may have raised the limit.
 */
async function sendAsStub(
  { findings, held }: JournalOutboxDeps,
  progress: Progress,
  row: PushRow,
): Promise<Tried | null> {
  progress.strangers = 0;
  if (held().stubs?.includes(seqOf(row.id))) {
    progress.offered.add(seqOf(row.id));
    return null;
  }
  if (progress.stubs.has(row.id)) return { done: false };
  progress.stubs.add(row.id);
  await findings.report('too-large', row.id, { bytes: utf8Length(JSON.stringify(row.row)) });
  return null;
}
