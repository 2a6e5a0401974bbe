import type { Scope } from '../../schema/ids.ts';
import { PULL_LIMIT_DEFAULT, PULL_LIMIT_MAX } from '../../schema/limits.ts';
import type { Checkpoint, Position } from '../../schema/protocol/checkpoint.ts';
import { knowsDocument } from '../../schema/protocol/known-collections.ts';
import { PROTOCOL_VERSION } from '../../schema/protocol/version.ts';
import type { PulledCollection } from '../../schema/roles.ts';
import type { ReadTx, ScopePlace, Span, StoredDevice } from '../store/store.ts';
import { branchEntryJson } from './branch-entry.ts';
import { makeCheckpoint, positionAt, readableScopes, startOf } from './checkpoint.ts';
import type { Core } from './core.ts';
import { epochOf } from './epoch.ts';
import { windowOf, windowStart } from './journal-window.ts';
import { noticeRollback } from './rollback.ts';
import { readDraftPage } from './serve-drafts.ts';

/** Characters of a page, or one document: of the largest sales a page by number alone would be more than any till could take. */
export const PAGE_LENGTH_MAX = 8 * 1024 * 1024;

/** Rows read at once: of the longest ones some 70 MiB, where all that may be asked for would be more than any server has. */
const SLICE = 200;

export interface PullRequest {
  readonly collection: PulledCollection;
  readonly checkpoint: Checkpoint | undefined;
  readonly limit: number;
  /** Characters of the documents, where the one who asks takes a short page for what it is; unbounded otherwise. */
  readonly lengthMax?: number;
  /** Days of the other devices' entries that it keeps, as it asks for them; its role's where it does not. */
  readonly windowDays?: number | undefined;
  /** The version that the device speaks: what it cannot read is left out. */
  readonly protocol?: number;
}

/** One page. Documents are JSON text, as stored. */
export interface PullPage {
  readonly documents: readonly string[];
  readonly checkpoint: Checkpoint;
  readonly more: boolean;
}

/** A page's size from a URL: clamped; what is no number gives the default. */
export function parseLimit(text: unknown): number {
  if (typeof text !== 'string' || !/^-?\d{1,15}$/.test(text.trim())) return PULL_LIMIT_DEFAULT;
  return Math.min(Math.max(Number(text), 1), PULL_LIMIT_MAX);
}

/** Where a page ends in one scope: behind a change, or null where nothing is behind it. */
export interface PageEnd {
  readonly scope: Scope;
  readonly seq: number | null;
}

/** What a page holds, and where it ends. */
export interface PageRows {
  readonly documents: readonly string[];
  readonly ends: readonly PageEnd[];
}

/**
 * The next page of a collection: scope after scope, each in commit order, all on one snapshot. The checkpoint is always
 * complete; a scope read to its end stands at its newest position, so the next pull asks for nothing twice.
 */
export async function pull(core: Core, device: StoredDevice, request: PullRequest): Promise<PullPage> {
  await noticeRollback(core, device, [request.checkpoint]);
  return core.store.read(async (tx) => {
    const rows = await readRows(core, tx, device, request, await pageStarts(core, tx, device, request));
    return { documents: rows.documents, ...(await endOf(core, tx, rows)) };
  });
}

/** Behind which change of each scope a page begins. */
export async function pageStarts(
  core: Core,
  tx: ReadTx,
  device: StoredDevice,
  request: PullRequest,
): Promise<readonly ScopePlace[]> {
  const starts: ScopePlace[] = [];
  for (const scope of readableScopes(device)) {
    starts.push({ scope, after: await pageStart(core, tx, device, request, scope) });
  }
  return starts;
}

/** The documents of a page that begins there. */
export async function readRows(
  core: Core,
  tx: ReadTx,
  device: StoredDevice,
  request: PullRequest,
  starts: readonly ScopePlace[],
): Promise<PageRows> {
  const documents: string[] = [];
  const ends: PageEnd[] = [];
  let length = 0;
  for (const { scope, after } of starts) {
    const room = request.limit - documents.length;
    const rows = await readSlices(tx, device, request, { scope, after, limit: room + 1 }, core.deps.now());
    const page = rows.slice(0, room);
    length = cutToLength(page, length, request.lengthMax ?? Number.POSITIVE_INFINITY);
    for (const { json } of page) documents.push(json);
    ends.push({ scope, seq: page.length === rows.length ? null : (page.at(-1)?.seq ?? after) });
  }
  return { documents, ends };
}

/** The checkpoint behind a page, and whether anything is. */
export async function endOf(
  core: Core,
  tx: ReadTx,
  { ends }: Pick<PageRows, 'ends'>,
): Promise<Omit<PullPage, 'documents'>> {
  const epoch = await epochOf(tx);
  const positions = new Map<Scope, Position>();
  for (const { scope, seq } of ends) {
    const position =
      seq === null ? core.positions.sign(epoch, scope, await tx.place(scope)) : await positionAt(core, tx, scope, seq);
    positions.set(scope, position);
  }
  return { checkpoint: makeCheckpoint(epoch, positions), more: ends.some(({ seq }) => seq !== null) };
}

/** Behind the checkpoint; a device that begins gets of the branch journal what its window holds. */
async function pageStart(
  core: Core,
  tx: ReadTx,
  device: StoredDevice,
  { collection, checkpoint, windowDays }: PullRequest,
  scope: Scope,
): Promise<number> {
  const reached = await startOf(core, tx, checkpoint, scope);
  if (collection !== 'branchJournal' || reached > 0) return reached;
  return windowStart(core, tx, scope, windowOf(device.role, windowDays));
}

/** Leaves of a page's rows those that fit, and gives the length with them. The very first row of an answer always does. */
function cutToLength(page: PageRow[], before: number, lengthMax: number): number {
  let length = before;
  const over = page.findIndex(({ json }) => {
    const isOver = length > 0 && length + json.length > lengthMax;
    if (!isOver) length += json.length;
    return isOver;
  });
  if (over >= 0) page.length = over;
  return length;
}

interface PageRow {
  readonly seq: number;
  readonly json: string;
}

/** As many rows as are asked for, or as many as are longer than a page together. */
async function readSlices(
  tx: ReadTx,
  device: StoredDevice,
  request: PullRequest,
  span: Span,
  now: number,
): Promise<readonly PageRow[]> {
  const rows: PageRow[] = [];
  for (let [after, length] = [span.after, 0]; rows.length < span.limit; ) {
    const limit = Math.min(SLICE, span.limit - rows.length);
    const slice = await readPage(tx, device, request, { ...span, after, limit }, now);
    rows.push(...slice);
    length += slice.reduce((sum, { json }) => sum + json.length, 0);
    const last = slice.at(-1);
    if (last === undefined || slice.length < limit || length > (request.lengthMax ?? Number.POSITIVE_INFINITY)) break;
    after = last.seq;
  }
  return rows;
}

async function readPage(
  tx: ReadTx,
  device: StoredDevice,
  { collection, protocol = PROTOCOL_VERSION }: PullRequest,
  span: Span,
  now: number,
): Promise<readonly PageRow[]> {
  if (collection === 'drafts') return readDraftPage(tx, span, now);
  if (collection !== 'branchJournal') return readKnown(tx, collection, span, protocol);
  const changes = await tx.journalAfter(span, device.deviceId);
  return changes.map((change) => ({ seq: change.seq, json: branchEntryJson(change) }));
}

/** As many documents as are asked for of those that the version has, however many others stand between them. */
async function readKnown(
  tx: ReadTx,
  collection: Exclude<PulledCollection, 'branchJournal'>,
  span: Span,
  protocol: number,
): Promise<readonly PageRow[]> {
  const rows: PageRow[] = [];
  for (let { after } = span; rows.length < span.limit; ) {
    const page = await tx.documentsAfter(collection, { ...span, after });
    rows.push(...page.filter(({ id }) => knowsDocument(protocol, collection, id)));
    const last = page.at(-1);
    if (last === undefined || page.length < span.limit) break;
    after = last.seq;
  }
  return rows.slice(0, span.limit);
}
