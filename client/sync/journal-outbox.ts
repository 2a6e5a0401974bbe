import type { DeviceEntry } from '../../schema/entry/entry.ts';
import { type Epoch, sameEpoch } from '../../schema/epoch.ts';
import type { EntryId } from '../../schema/ids.ts';
import { BODY_BYTES_MAX } from '../../schema/limits.ts';
import { utf8Length } from '../../schema/payload-gate.ts';
import { type EntryVerdict, type JournalPushAnswer, journalPushAnswerShape } from '../../schema/protocol/push.ts';
import type { Findings } from '../store/findings.ts';
import type { Journal, OwnEntry } from '../store/journal.ts';
import type { JournalRow } from '../store/journal-index.ts';
import type { Acknowledged } from '../store/vault.ts';
import { acknowledge, adoptEpoch } from './acknowledgement.ts';
import type { Tried } from './errand.ts';
import type { Http, NetFault } from './http.ts';

export interface JournalOutboxDeps {
  readonly journal: Journal;
  readonly http: Http;
  readonly findings: Findings;
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
  /** Sends until nothing waits. */
  run(): Promise<Tried>;
  waiting(): readonly JournalRow[];
  /** The server's history is another one now; what its head lacks waits again. */
  adopt(epoch: Epoch, head: JournalPushAnswer['head']): Promise<void>;
}

/** Room in a body for what stands around the rows. */
const BODY_BYTES_SPARE = 4 * 1024;

export function createJournalOutbox(deps: JournalOutboxDeps): JournalOutbox {
  const waiting = () => deps.journal.index.after(deps.held().head.seq);
  let rowsNow = deps.rowsMax();
  return {
    waiting,
    run: async () => {
      while (waiting().length > 0) {
        const batch = await readBatch(deps.journal, waiting(), Math.min(rowsNow, deps.rowsMax()));
        const answer = await deps.http.request(
          'POST',
          '/sync/v1/journal/push',
          pushBody(batch),
          journalPushAnswerShape,
        );
        if (answer.ok) {
          rowsNow = Math.min(deps.rowsMax(), rowsNow * 2);
          if (!(await settle(deps, batch, answer.value))) return { done: false };
        } else {
          deps.onFault(answer.error);
          if (isTooLarge(answer.error) && batch.length === 1) return reportTooLarge(deps, batch);
          // Less at once: also where a slow line did not carry it in time.
          rowsNow = Math.ceil(batch.length / 2);
          if (!isTooLarge(answer.error)) return pauseFor(answer.error);
        }
      }
      return { done: true };
    },
    adopt: async (epoch, head) => {
      const { epoch: known } = deps.held();
      if (!sameEpoch(epoch, known) && epoch.n >= known.n) await deps.keep(adoptEpoch(epoch, head, deps.journal.index));
    },
  };
}

/** Signatures stand beside the entries, never inside: what an entry's hash covers is what travels. */
function pushBody(batch: readonly OwnEntry[]): object {
  const entries = batch.map(({ signature: _signature, ...entry }) => entry);
  const signatures = batch.flatMap(({ id, hash, signature }) =>
    signature === undefined ? [] : [{ id, hash, signature }],
  );
  return { entries, signatures };
}

/** The next entries that fit into one body; at least one. */
async function readBatch(journal: Journal, waiting: readonly JournalRow[], rowsMax: number): Promise<OwnEntry[]> {
  const rows = waiting.slice(0, rowsMax);
  const entries = await journal.read(rows[0]?.seq ?? 1, rows.at(-1)?.seq ?? 0);
  let bytes = BODY_BYTES_SPARE;
  const fitting = entries.findIndex((entry) => {
    bytes += utf8Length(JSON.stringify(entry)) + 1;
    return bytes > BODY_BYTES_MAX;
  });
  return fitting === -1 ? entries : entries.slice(0, Math.max(1, fitting));
}

/** Keeps what an answer acknowledges. False when it moved nothing, so that trying again at once would not help. */
async function settle(
  deps: JournalOutboxDeps,
  batch: readonly DeviceEntry[],
  answer: JournalPushAnswer,
): Promise<boolean> {
  await reportVerdicts(deps, batch, answer.verdicts);
  const before = deps.held();
  const after = acknowledge(before, answer, deps.journal.index);
  if (after === before) {
    deps.onFault({ kind: 'not-the-server', text: 'An answer that acknowledged nothing' });
    return false;
  }
  await deps.keep(after);
  deps.onSent(Math.max(0, after.head.seq - before.head.seq));
  return true;
}

async function reportVerdicts(
  deps: JournalOutboxDeps,
  batch: readonly DeviceEntry[],
  verdicts: readonly EntryVerdict[],
): Promise<void> {
  const sent = new Map(batch.map((entry) => [`${entry.id} ${entry.hash}`, entry.id]));
  const quarantined: EntryId[] = [];
  for (const { id, hash, verdict, reason } of verdicts) {
    const own = sent.get(`${id} ${hash}`);
    if (own === undefined || verdict === 'accepted' || verdict === 'duplicate') continue;
    if (verdict === 'quarantined') quarantined.push(own);
    await deps.findings.report(verdict, id, { hash, reason: reason ?? '' });
  }
  if (quarantined.length > 0) deps.onQuarantined(quarantined);
}

function isTooLarge(fault: NetFault): boolean {
  return fault.kind === 'refused' && fault.code === 'too-large';
}

function pauseFor(fault: NetFault): Tried {
  return { done: false, notBeforeMs: (fault.kind === 'refused' && fault.retryAfterMs) || 0 };
}

/** One row that no request can carry. It waits and is shown; its chain stub is what will travel in its place. */
async function reportTooLarge({ findings }: JournalOutboxDeps, [entry]: readonly DeviceEntry[]): Promise<Tried> {
  if (entry) await findings.report('too-large', entry.id, { bytes: utf8Length(JSON.stringify(entry)) });
  return { done: false };
}
