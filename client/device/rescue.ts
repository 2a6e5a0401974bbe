import type { DraftChange } from '../../schema/draft.ts';
import type { EnrolAnswer } from '../../schema/protocol/enrol.ts';
import {
  draftsPushAnswerShape,
  type EntryVerdict,
  type JournalPushAnswer,
  journalPushAnswerShape,
} from '../../schema/protocol/push.ts';
import {
  provableRows,
  type RescueFileFault,
  type RescueRow,
  readRescueFile,
  rescueBatches,
  rescueBody,
} from '../../schema/rescue-file.ts';
import type { Rescue } from '../../schema/rescue-text.ts';
import { fail, ok, type Result } from '../../schema/result.ts';
import type { Http, NetFault } from '../sync/http.ts';
import { type RescueContents, rescueContents } from './rescue-contents.ts';
import { isCertified } from './shop-certificate.ts';

/** What the server said of one entry of a file; `unnamed`: its answer did not speak of it. */
export interface RescueVerdict {
  readonly id: string;
  readonly kind: string;
  readonly receipt: string | undefined;
  readonly verdict: EntryVerdict['verdict'] | 'unnamed';
  readonly reason: string | undefined;
}

/** How many entries of a file the server took, had already, and did not take. */
export interface RescueOutcome {
  readonly till: string;
  readonly entries: number;
  readonly taken: number;
  readonly known: number;
  readonly refused: number;
  /** Held carts in the file, and those of them that the server has now. */
  readonly carts: number;
  readonly cartsTaken: number;
  /** One per entry, in the file's order. */
  readonly verdicts: readonly RescueVerdict[];
}

/**
 * Why nothing (more) was handed in. `other-shop`: the shop's key did not certify the file's device. `other-branch`: it is at home elsewhere.
 * `offline`, `not-the-server`, `refused`: as for every request; nothing is lost, try again.
 */
export type RescueFault = RescueFileFault | 'other-shop' | 'other-branch' | NetFault['kind'];

export interface RescueDeps {
  readonly http: Pick<Http, 'request'>;
  readonly subtle: SubtleCrypto;
  readonly enrolment: Pick<EnrolAnswer, 'device' | 'shopKey'>;
}

interface Readable {
  readonly rescue: Rescue;
  readonly rows: readonly RescueRow[];
}

/** What a file holds, where it is a file of this branch. Asks nobody and changes nothing. */
export async function lookIntoRescue(deps: RescueDeps, text: string): Promise<Result<RescueContents, RescueFault>> {
  const read = await readOwnRescue(deps, text);
  return read.ok ? ok(rescueContents(read.value.rescue, read.value.rows)) : read;
}

/** Hands a rescue file's entries in, batch by batch. What was handed in stays so when a later batch fails. */
export async function handInRescue(
  deps: RescueDeps,
  text: string,
  onProgress: (done: number, total: number) => void = () => undefined,
): Promise<Result<RescueOutcome, RescueFault>> {
  const read = await readOwnRescue(deps, text);
  if (!read.ok) return read;
  const { rescue, rows } = read.value;
  const verdicts: RescueVerdict[] = [];
  for (const batch of rescueBatches(rows)) {
    const body = rescueBody(batch, rescue.certificate);
    const answer = await deps.http.request('POST', '/sync/v1/journal/push', body, journalPushAnswerShape);
    // One row that no request carries holds back none of the others.
    const isTooLarge = !answer.ok && answer.error.kind === 'refused' && answer.error.code === 'too-large';
    if (!answer.ok && !(isTooLarge && batch.length === 1)) return fail(answer.error.kind);
    verdicts.push(...(answer.ok ? verdictsOf(batch, answer.value) : batch.map(tooLarge)));
    onProgress(verdicts.length, rows.length);
  }
  const carts = await handInDrafts(deps, rescue.drafts ?? []);
  if (!carts.ok) return carts;
  return ok({ till: rescue.device.till, entries: rows.length, ...counts(verdicts), ...carts.value, verdicts });
}

type HandedInCarts = Pick<RescueOutcome, 'carts' | 'cartsTaken'>;

/** One by one: a change that the server does not take holds back no other cart. */
async function handInDrafts(
  { http }: RescueDeps,
  drafts: readonly DraftChange[],
): Promise<Result<HandedInCarts, RescueFault>> {
  const [carts, taken] = [new Set<string>(), new Set<string>()];
  for (const change of drafts) {
    const answer = await http.request('POST', '/sync/v1/drafts/push', { changes: [change] }, draftsPushAnswerShape);
    if (!answer.ok && answer.error.kind !== 'refused') return fail(answer.error.kind);
    if (change.kind !== 'cart') continue;
    carts.add(change.draftId);
    const said = answer.ok ? answer.value.verdicts.find(({ changeId }) => changeId === change.changeId) : undefined;
    if (said && said.verdict !== 'refused') taken.add(change.draftId);
  }
  return ok({ carts: carts.size, cartsTaken: taken.size });
}

async function readOwnRescue(deps: RescueDeps, text: string): Promise<Result<Readable, RescueFault>> {
  const { subtle, enrolment } = deps;
  const read = readRescueFile(text);
  if (!read.ok) return read;
  const { device, certificate, entries } = read.value;
  if (!(await isCertified(subtle, enrolment.shopKey, certificate, device))) return fail('other-shop');
  if (device.branch !== enrolment.device.branch) return fail('other-branch');
  const rows = provableRows(read.value);
  return rows.length === 0 && entries.length > 0 ? fail('damaged') : ok({ rescue: read.value, rows });
}

/** Only what names a row speaks of it. */
function verdictsOf(rows: readonly RescueRow[], { verdicts }: JournalPushAnswer): RescueVerdict[] {
  const said = new Map(verdicts.map((one) => [`${one.id} ${one.hash}`, one]));
  return rows.map((row) => {
    const one = said.get(`${row.id} ${row.hash}`);
    return { ...nameOf(row), verdict: one?.verdict ?? 'unnamed', reason: one?.reason };
  });
}

function tooLarge(row: RescueRow): RescueVerdict {
  return { ...nameOf(row), verdict: 'refused', reason: 'too-large' };
}

function nameOf(row: RescueRow): Pick<RescueVerdict, 'id' | 'kind' | 'receipt'> {
  const { kind, body } = row as { kind?: unknown; body?: { receipt?: unknown } };
  const receipt = typeof body?.receipt === 'string' ? body.receipt : undefined;
  return { id: row.id, kind: String(kind), receipt };
}

function counts(verdicts: readonly RescueVerdict[]): Pick<RescueOutcome, 'taken' | 'known' | 'refused'> {
  const of = (...kinds: RescueVerdict['verdict'][]) => verdicts.filter(({ verdict }) => kinds.includes(verdict)).length;
  return {
    taken: of('accepted', 'quarantined', 'forked'),
    known: of('duplicate'),
    refused: of('refused', 'unnamed'),
  };
}
