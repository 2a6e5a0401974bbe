import { EMPTY_HEAD } from '../../schema/chain.ts';
import type { Head } from '../../schema/entry/entry.ts';
import { type Epoch, sameEpoch } from '../../schema/epoch.ts';
import { type DeviceId, entryId, SEQ_MAX, splitEntryId } from '../../schema/ids.ts';
import type { Lacking } from '../../schema/protocol/lacking.ts';
import type { BranchEntry } from '../../schema/protocol/pull.ts';
import { type EntryVerdict, journalPushAnswerShape } from '../../schema/protocol/push.ts';
import type { StatusAnswer } from '../../schema/protocol/status.ts';
import type { Random } from '../device/device-deps.ts';
import type { Findings } from '../store/findings.ts';
import type { Tried } from './errand.ts';
import { signedRuns } from './hand-in-runs.ts';
import type { Http, NetFault } from './http.ts';
import { type PushRow, pushBody, rowsThatFit } from './push-body.ts';

export interface HandInDeps {
  readonly http: Pick<Http, 'request'>;
  readonly random: Pick<Random, 'number'>;
  /** The history that this device follows. */
  readonly epoch: () => Epoch;
  /** Devices of the branch that entries are held of, with the certificate where it is known; the own one not among them. */
  readonly others: () => readonly { readonly deviceId: DeviceId; readonly certificate: string | undefined }[];
  /** Held entries of a device above a seq, in order, at most so many. */
  readonly read: (device: DeviceId, above: number, limit: number) => Promise<readonly BranchEntry[]>;
  /** False when own entries wait, which come first, or sync stops. */
  readonly mayGoOn: () => boolean;
  readonly rowsMax: () => number;
  readonly findings: Pick<Findings, 'report'>;
  readonly onHandedIn: (rows: number) => void;
  /** The server filed this under another id: the row held here is of no history. */
  readonly onMoved: (held: Pick<PushRow, 'id' | 'hash'>) => Promise<void>;
  readonly onFault: (fault: NetFault) => void;
}

/** The server has it under the id that it names. */
const HELD: ReadonlySet<EntryVerdict['verdict']> = new Set(['accepted', 'duplicate', 'quarantined']);

/** How far the server says it holds the devices of the branch. */
export type ToldHeads = Pick<StatusAnswer, 'heads' | 'lacking'>;

/** How a hand-in ended: all through, a failed request, or something that goes before it. */
export type HandedIn = Tried | 'interrupted';

/**
 * Hands in what the server lacks of other devices, above the heads that it named and below them. Several devices do this at once: each begins
 * with another device's entries, and where the head has moved meanwhile it goes on behind it. A `duplicate` is success.
 */
export async function handIn(deps: HandInDeps, { heads = {}, lacking = {} }: ToldHeads): Promise<HandedIn> {
  const others = deps.others();
  const first = Math.floor(deps.random.number() * others.length);
  for (const other of [...others.slice(first), ...others.slice(0, first)]) {
    const [head, missing] = [heads[other.deviceId] ?? EMPTY_HEAD, lacking[other.deviceId] ?? []];
    const ended = await handInOne(deps, other, head, missing);
    if (ended !== null) return ended;
  }
  return { done: true };
}

/**
 * True when another entry is held than the server has at its head: two runs of that device diverge somewhere before. Then all that
 * is held of it is offered, because the head says nothing of this run.
 */
async function diverges({ read }: HandInDeps, device: DeviceId, head: Head): Promise<boolean> {
  const [held] = head.seq === 0 ? [] : await read(device, head.seq - 1, 1);
  return held !== undefined && held.seq === head.seq && held.hash !== head.hash;
}

type Other = ReturnType<HandInDeps['others']>[number];

/** One device's entries. Null when all are through. */
async function handInOne(deps: HandInDeps, other: Other, head: Head, lacking: Lacking): Promise<HandedIn | null> {
  if (await diverges(deps, other.deviceId, head)) return handInStretch(deps, other, { from: 1, to: SEQ_MAX }, false);
  for (const stretch of lacking) {
    const ended = await handInStretch(deps, other, stretch, false);
    if (ended !== null) return ended;
  }
  return handInStretch(deps, other, { from: head.seq + 1, to: SEQ_MAX }, true);
}

/** Page by page, the last one whole: behind the stretch may stand the signature for it. Where `byHead` says so, others do the same. */
async function handInStretch(
  deps: HandInDeps,
  other: Other,
  { from, to }: Lacking[number],
  byHead: boolean,
): Promise<HandedIn | null> {
  let rowsNow = deps.rowsMax();
  for (let above = from - 1; above < to; ) {
    if (!deps.mayGoOn()) return 'interrupted';
    const held = await deps.read(other.deviceId, above, rowsNow);
    const last = held.at(-1);
    if (last === undefined) return null;
    const batch = rowsThatFit(signedRuns(held));
    const sent: Sent = batch.length === 0 ? { kind: 'through', head: 0 } : await sendBatch(deps, other, batch);
    if (sent.kind === 'ended') return sent.ended;
    if (sent.kind === 'too-large') rowsNow = Math.ceil(batch.length / 2);
    // A row that no request carries stays with its holders; its author sends the stub.
    const isThrough = sent.kind === 'through' || batch.length === 1;
    const headNow = sent.kind === 'through' && byHead ? sent.head : 0;
    if (isThrough) above = Math.max(placeOf(held, batch) ?? last.seq, headNow);
  }
  return null;
}

type Sent =
  | { readonly kind: 'through'; readonly head: number }
  | { readonly kind: 'too-large' }
  | { readonly kind: 'ended'; readonly ended: HandedIn };

async function sendBatch(deps: HandInDeps, { deviceId, certificate }: Other, batch: readonly PushRow[]): Promise<Sent> {
  const body = pushBody(batch, certificate === undefined ? {} : { certificates: [certificate] });
  const answer = await deps.http.request('POST', '/sync/v1/journal/push', body, journalPushAnswerShape);
  if (answer.ok) {
    if (!sameEpoch(answer.value.epoch, deps.epoch())) return { kind: 'ended', ended: 'interrupted' };
    await takeVerdicts(deps, deviceId, batch, answer.value.verdicts);
    return { kind: 'through', head: answer.value.heads?.[deviceId]?.seq ?? 0 };
  }
  deps.onFault(answer.error);
  if (answer.error.kind !== 'refused') return { kind: 'ended', ended: { done: false } };
  if (answer.error.code === 'too-large') return { kind: 'too-large' };
  return { kind: 'ended', ended: { done: false, notBeforeMs: answer.error.retryAfterMs ?? 0 } };
}

/** Where the last row of a batch stands among the held ones: a fork's entries carry the id of the device they diverged from. */
function placeOf(held: readonly BranchEntry[], batch: readonly PushRow[]): number | undefined {
  const hash = batch.at(-1)?.hash;
  return held.findLast((entry) => entry.hash === hash)?.seq;
}

/**
 * The server's word on each row: what it cannot take for its author's stays with its holders, and a person hears of it. What is held under a
 * fork's id and counts as its author's own in this history would be told twice.
 */
async function takeVerdicts(
  deps: HandInDeps,
  device: DeviceId,
  batch: readonly PushRow[],
  verdicts: readonly EntryVerdict[],
): Promise<void> {
  const sent = new Map(batch.map((row) => [`${row.id} ${row.hash}`, row]));
  for (const { id, hash, verdict, reason } of verdicts) {
    const row = sent.get(`${id} ${hash}`);
    if (row === undefined) continue;
    if (verdict === 'refused')
      await deps.findings.report('refused', id, { hash, reason: reason ?? '', handedIn: true });
    const home = { id: entryId(device, splitEntryId(row.id).seq), hash: row.hash };
    if (home.id === row.id ? verdict === 'forked' : HELD.has(verdict)) await deps.onMoved(home);
    if (verdict === 'accepted' || verdict === 'quarantined') deps.onHandedIn(1);
  }
}
