import { type Epoch, sameEpoch } from '../../schema/epoch.ts';
import { type EntryId, splitEntryId } from '../../schema/ids.ts';
import { utf8Length } from '../../schema/payload-gate.ts';
import { type EntryVerdict, type JournalPushAnswer, journalPushAnswerShape } from '../../schema/protocol/push.ts';
import type { Findings } from '../store/findings.ts';
import type { Journal } from '../store/journal.ts';
import type { JournalRow } from '../store/journal-index.ts';
import { oldestHeld } from '../store/oldest-held.ts';
import type { Signer } from '../store/signer.ts';
import type { Acknowledged } from '../store/vault.ts';
import { acknowledge, adoptEpoch, isAcknowledged, REFUSED_MAX } from './acknowledgement.ts';
import type { Tried } from './errand.ts';
import type { Http, NetFault } from './http.ts';
import { readBatch } from './journal-batch.ts';
import { type PushFrame, type PushRow, pushBody } from './push-body.ts';

export interface JournalOutboxDeps {
  readonly journal: Pick<Journal, 'index' | 'read'>;
  readonly signer: Signer;
  /** This device's own, so that a server that lost the device can read what it signed. */
  readonly certificate: string;
  readonly http: Pick<Http, 'request'>;
  readonly findings: Pick<Findings, 'report'>;
  readonly held: () => Acknowledged;
  /** Keeps it on disk before it counts. */
  readonly keep: (acknowledged: Acknowledged) => Promise<void>;
  readonly rowsMax: () => number;
  readonly onQuarantined: (ids: readonly EntryId[]) => void;
  /** Something reached the server, or not: for the log and the status. */
  readonly onSent: (rows: number) => void;
  readonly onFault: (fault: NetFault) => void;
}

/** Own entries on their way to the server: those behind the last acknowledged one, in order, one post at a time. */
export interface JournalOutbox {
  /** Sends until nothing waits, except what the server refused since the start or the beginning of this epoch. */
  run(): Promise<Tried>;
  /** All without an acknowledgement, refused ones included. */
  waiting(): readonly JournalRow[];
  /** True when nothing waits that has not been offered. */
  isThrough(): boolean;
  /** The server's history is another one now; what its head lacks waits again. Gives true when it was not followed yet. */
  adopt(epoch: Epoch, head: JournalPushAnswer['head']): Promise<boolean>;
}

/** What an outbox remembers between its posts; nothing of it must outlive the app. */
interface Progress {
  /** Rows of the next batch: fewer after a failure, more after a success. */
  rows: number;
  /** Refused since the start or the beginning of this epoch: not offered again before the next. */
  readonly refused: Set<number>;
  /** Too large for any request: these travel as stubs. */
  readonly stubs: Set<EntryId>;
  /** The server has read the certificate since the start. */
  introduced: boolean;
}

export function createJournalOutbox(deps: JournalOutboxDeps): JournalOutbox {
  const { journal, held } = deps;
  const progress: Progress = { rows: deps.rowsMax(), refused: new Set(), stubs: new Set(), introduced: false };
  const refusedRows = () => (held().refused ?? []).flatMap((seq) => journal.index.row(seq) ?? []);
  const behindHead = () => journal.index.after(held().head.seq);
  const toSend = () => {
    const again = refusedRows().filter(({ seq }) => !progress.refused.has(seq));
    return again.length > 0 ? again : behindHead();
  };
  return {
    waiting: () => [...refusedRows(), ...behindHead()],
    isThrough: () => toSend().length === 0,
    run: async () => {
      for (let rows = toSend(); rows.length > 0; rows = toSend()) {
        const failed = await sendBatch(deps, progress, rows.slice(0, Math.min(progress.rows, deps.rowsMax())));
        if (failed) return failed;
      }
      return { done: true };
    },
    adopt: async (epoch, head) => {
      const known = held();
      if (sameEpoch(epoch, known.epoch) || epoch.n < known.epoch.n) return false;
      beginEpoch(progress);
      await deps.keep(adoptEpoch(known, epoch, head, journal.index));
      return true;
    },
  };
}

/** One post. Null when it got somewhere, so that the next can follow at once. */
async function sendBatch(
  deps: JournalOutboxDeps,
  progress: Progress,
  rows: readonly JournalRow[],
): Promise<Tried | null> {
  const batch = await readBatch(deps, progress.stubs, rows);
  const body = pushBody(batch, frameOf(deps, progress, rows));
  const answer = await deps.http.request('POST', '/sync/v1/journal/push', body, journalPushAnswerShape);
  if (answer.ok) {
    progress.rows = Math.min(deps.rowsMax(), progress.rows * 2);
    progress.introduced = true;
    return (await settle(deps, progress, batch, answer.value)) ? null : { done: false };
  }
  deps.onFault(answer.error);
  if (isTooLarge(answer.error) && batch.length === 1) return sendAsStub(deps, progress, batch);
  // Less at once: also where a slow line did not carry it in time.
  progress.rows = Math.max(1, Math.ceil(batch.length / 2));
  return isTooLarge(answer.error) ? null : pauseFor(answer.error);
}

/** Another history of the server: it may know nothing of what was said before. */
function beginEpoch(progress: Progress): void {
  progress.refused.clear();
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
  const after = acknowledge(before, answer, deps.journal.index);
  if (!sameEpoch(before.epoch, after.epoch)) beginEpoch(progress);
  const offered = progress.refused.size;
  for (const seq of refusedNow) if (seq <= after.head.seq) progress.refused.add(seq);
  if (after !== before) await deps.keep(after);
  if (after !== before) deps.onSent(batch.filter(({ id }) => isAcknowledged(after, seqOf(id))).length);
  const moved = after !== before || progress.refused.size > offered;
  if (!moved) deps.onFault({ kind: 'not-the-server', text: nothingMoved(after) });
  return moved;
}

function nothingMoved({ refused }: Acknowledged): string {
  const isFull = (refused?.length ?? 0) >= REFUSED_MAX;
  return isFull ? 'The server refuses what this device writes' : 'An answer that acknowledged nothing';
}

/** Writes down what a person should know of. Gives the seqs of refused rows. */
async function reportVerdicts(
  { findings, onQuarantined }: JournalOutboxDeps,
  batch: readonly PushRow[],
  verdicts: readonly EntryVerdict[],
): Promise<number[]> {
  const sent = new Map(batch.map(({ id, hash }) => [`${id} ${hash}`, id]));
  const told = verdicts.flatMap((one) => {
    const own = sent.get(`${one.id} ${one.hash}`);
    const { verdict, hash, reason = '' } = one;
    return own === undefined || verdict === 'accepted' || verdict === 'duplicate'
      ? []
      : [{ own, verdict, hash, reason }];
  });
  for (const { own, verdict, hash, reason } of told) await findings.report(verdict, own, { hash, reason });
  const quarantined = told.filter(({ verdict }) => verdict === 'quarantined').map(({ own }) => own);
  if (quarantined.length > 0) onQuarantined(quarantined);
  return told.filter(({ verdict }) => verdict === 'refused').map(({ own }) => seqOf(own));
}

function seqOf(id: EntryId): number {
  return splitEntryId(id).seq;
}

function isTooLarge(fault: NetFault): boolean {
  return fault.kind === 'refused' && fault.code === 'too-large';
}

function pauseFor(fault: NetFault): Tried {
  return { done: false, notBeforeMs: (fault.kind === 'refused' && fault.retryAfterMs) || 0 };
}

/** One row that no request can carry: it is shown, and from now on its chain stub travels in its place. */
async function sendAsStub(
  { findings }: JournalOutboxDeps,
  { stubs }: Progress,
  [row]: readonly PushRow[],
): Promise<Tried | null> {
  if (row === undefined || stubs.has(row.id)) return { done: false };
  stubs.add(row.id);
  await findings.report('too-large', row.id, { bytes: utf8Length(JSON.stringify(row.row)) });
  return null;
}
