import {
  type DraftChange,
  type DraftChunk,
  type DraftDoc,
  type DraftVerdict,
  draftChangeShape,
  isIdOfKind,
  mayChangeDraft,
  nextHeads,
  sameHeads,
} from '../../schema/draft.ts';
import { branchScope, type EditId, editIdShape, type Scope } from '../../schema/ids.ts';
import { DRAFT_BYTES_MAX, DRAFT_CHANGES_MAX, DRAFT_HEADS_MAX, REASON_MAX } from '../../schema/limits.ts';
import type { DraftsPushAnswer } from '../../schema/protocol/push.ts';
import { fail, ok, type Result } from '../../schema/result.ts';
import { mayDevice } from '../../schema/roles.ts';
import type { StoredDevice, WriteTx } from '../store/store.ts';
import type { Core } from './core.ts';
import { putDraft, readDraft } from './draft-writer.ts';
import { epochOf } from './epoch.ts';
import { isServedNoMore } from './serve-drafts.ts';

/**
 * Takes pushed changes of drafts in their order, a verdict per row, all in one transaction. What is in a change is never looked at:
 * only whose it is, how large, and where it says that it leads. The same change again gets the same answer.
 */
export async function pushDrafts(
  core: Core,
  device: StoredDevice,
  rows: readonly unknown[],
): Promise<DraftsPushAnswer> {
  const scope = branchScope(device.branch);
  return core.store.write([scope], async (tx) => {
    const verdicts: DraftVerdict[] = [];
    for (const row of rows) verdicts.push(await takeRow(core, tx, device, scope, row));
    return { epoch: await epochOf(tx), verdicts };
  });
}

async function takeRow(
  core: Core,
  tx: WriteTx,
  device: StoredDevice,
  scope: Scope,
  row: unknown,
): Promise<DraftVerdict> {
  const read = readChange(device, row);
  // Not recorded: it gets the same answer each time, and nobody can fill the table with it.
  if (!read.ok) return { changeId: changeIdOf(row), verdict: 'refused', reason: read.error };
  const { changeId } = read.value;
  const { deviceId } = device;
  const before = await tx.editVerdict(deviceId, changeId);
  if (before !== undefined) return { ...(JSON.parse(before) as DraftVerdict), verdict: 'duplicate' };
  const verdict = { changeId, ...(await takeChange(core, tx, device, scope, read.value)) };
  if (verdict.verdict === 'refused') return verdict;
  const { bytes: _bytes, ...edit } = read.value;
  const record = { edit: JSON.stringify(edit), verdict: JSON.stringify(verdict), receivedAt: core.deps.now() };
  await tx.addEditVerdict({ deviceId, editId: changeId, ...record });
  return verdict;
}

function readChange({ role }: StoredDevice, row: unknown): Result<DraftChange, string> {
  const parsed = draftChangeShape.safeParse(row);
  if (!parsed.success) {
    const place = parsed.error.issues[0]?.path.join('.') ?? '';
    return fail(`unreadable: ${place}`.slice(0, REASON_MAX).toWellFormed());
  }
  if (!mayDevice(role, 'push', 'draftChanges') || !mayChangeDraft(role, parsed.data.kind)) return fail('role');
  // A till that held a cart under such an id before there were orders: it reads as one that another kind took.
  if (!isIdOfKind(parsed.data.draftId, parsed.data.kind)) return fail('draft');
  return ok(parsed.data);
}

function changeIdOf(row: unknown): EditId | '' {
  const parsed = editIdShape.safeParse((row as { changeId?: unknown } | null)?.changeId);
  return parsed.success ? parsed.data : '';
}

/** A draft of another branch is answered like one of another kind: nothing of it is told (I9). */
async function takeChange(
  core: Core,
  tx: WriteTx,
  { deviceId }: StoredDevice,
  scope: Scope,
  change: DraftChange,
): Promise<Omit<DraftVerdict, 'changeId'>> {
  const { draftId: id, kind, bytes, heads } = change;
  const current = await readDraft(tx, id);
  if (current && (current.scope !== scope || current.kind !== kind)) return { verdict: 'refused', reason: 'draft' };
  const held = current?.heads ?? [];
  if (change.whole && (!current || !sameHeads(held, change.baseHeads))) return { verdict: 'refused', reason: 'moved' };
  // Somebody else brought it, or a whole document with it; or it came again by another name.
  const isHere = !change.handsBack && !change.discards && heads.every((head) => held.includes(head));
  const isKnown = isHere || current?.changes.some((chunk) => chunk.bytes === bytes);
  if (current && !change.whole && isKnown) return { verdict: 'duplicate', rev: await tellAgain(core, tx, current) };
  const chunk: DraftChunk = { by: deviceId, bytes };
  const changes = change.whole ? [chunk] : [...(current?.changes ?? []), chunk];
  const next = change.whole ? [...heads].sort() : nextHeads(held, change);
  const over = sizeFault(changes, next);
  if (over) return { verdict: 'refused', reason: over };
  const at = core.deps.now();
  const ending = await endingAfter(tx, scope, change, current, at);
  const draft = { id, scope, kind, heads: next, changes, at, ...(ending ? { ending } : {}) };
  return { verdict: 'accepted', rev: (await putDraft(tx, current, draft)).rev };
}

/** Who gives back what is here holds a draft of whose end it never heard, where that is served no more: it is told once more. */
async function tellAgain(core: Core, tx: WriteTx, current: DraftDoc): Promise<DraftDoc['rev']> {
  const at = core.deps.now();
  return isServedNoMore(current, at) ? (await putDraft(tx, current, { ...current, at })).rev : current.rev;
}

function sizeFault(changes: readonly DraftChunk[], heads: readonly string[]): string | null {
  const size = changes.reduce((sum, { bytes }) => sum + (bytes.length / 4) * 3, 0);
  if (size > DRAFT_BYTES_MAX || changes.length > DRAFT_CHANGES_MAX) return 'size';
  return heads.length > DRAFT_HEADS_MAX ? 'heads' : null;
}

/** A sale ends a cart for good, also one that arrived before its draft. What was thrown away comes back with the next change. */
async function endingAfter(
  tx: WriteTx,
  scope: Scope,
  { draftId, whole, discards }: DraftChange,
  current: DraftDoc | undefined,
  at: number,
): Promise<DraftDoc['ending']> {
  const { ending } = current ?? {};
  if (ending?.how === 'paid' || whole) return ending;
  if (!current && (await tx.cartSold(scope, draftId))) return { how: 'paid', at };
  return discards ? { how: 'discarded', at } : undefined;
}
