import { type Edit, editShape, mergeEdit } from '../../schema/edit.ts';
import { sameEpoch } from '../../schema/epoch.ts';
import { COMPANY_SCOPE, type EditId, editIdShape } from '../../schema/ids.ts';
import { REASON_MAX } from '../../schema/limits.ts';
import { findGateFault } from '../../schema/payload-gate.ts';
import { type Product, productFieldsShape, productShape } from '../../schema/product.ts';
import type { Checkpoint } from '../../schema/protocol/checkpoint.ts';
import type { EditsPushAnswer, EditVerdict } from '../../schema/protocol/push.ts';
import { fail, ok, type Result } from '../../schema/result.ts';
import { nextRevision } from '../../schema/revision.ts';
import { mayDevice } from '../../schema/roles.ts';
import type { StoredDevice, WriteTx } from '../store/store.ts';
import { readableScopes } from './checkpoint.ts';
import type { Core } from './core.ts';
import { type EditAnswer, toAnswer } from './edit-answer.ts';
import { applyCompanyEdit } from './edit-company.ts';
import { epochOf } from './epoch.ts';
import { mayEdit } from './may-edit.ts';
import { findProductFault, putProduct, readProduct } from './product-writer.ts';
import { noticeRollback } from './rollback.ts';
import { rowText } from './row-text.ts';

/**
 * Takes pushed edits in their order, a verdict per row, all in one transaction. The same edit again gets the same answer. In another
 * history than the one that the device has `seen` nothing is judged: a verdict stands for ever, and edits made on top of what was
 * lost would stand against each other.
 */
export async function pushEdits(
  core: Core,
  device: StoredDevice,
  rows: readonly unknown[],
  seen?: Checkpoint,
): Promise<EditsPushAnswer> {
  await noticeRollback(core, device, [seen]);
  return core.store.write(readableScopes(device), async (tx) => {
    const epoch = await epochOf(tx);
    const verdicts: EditVerdict[] = [];
    if (seen && !sameEpoch(seen.epoch, epoch)) return { epoch, verdicts };
    for (const row of rows) verdicts.push(await takeRow(core, tx, device, row));
    return { epoch, verdicts };
  });
}

async function takeRow(core: Core, tx: WriteTx, device: StoredDevice, row: unknown): Promise<EditVerdict> {
  const read = readEdit(row);
  const editId = editIdOf(row);
  // Not recorded: whoever may not edit gets the same answer each time, and cannot fill the table.
  if (editId === '') return { editId, verdict: 'refused', reason: read.ok ? 'editId' : read.error };
  if (!mayDevice(device.role, 'push', 'edits')) return { editId, verdict: 'refused', reason: 'role' };
  const before = await tx.editVerdict(device.deviceId, editId);
  if (before !== undefined) return JSON.parse(before) as EditVerdict;
  const answer: EditAnswer = read.ok
    ? await applyTo(tx, device, read.value)
    : { verdict: 'refused', reason: read.error };
  const verdict = { editId, ...answer };
  const receivedAt = core.deps.now();
  const [edit, json] = [rowText(row), JSON.stringify(verdict)];
  await tx.addEditVerdict({ deviceId: device.deviceId, editId, edit, verdict: json, receivedAt });
  return verdict;
}

/** Whatever the device may: the person at it must be one whose role may edit. */
async function applyTo(tx: WriteTx, device: StoredDevice, edit: Edit): Promise<EditAnswer> {
  if (!(await mayEdit(tx, edit.person))) return { verdict: 'refused', reason: 'person' };
  const answer = await (edit.collection === 'products' ? applyEdit : applyCompanyEdit)(tx, device, edit);
  return answer.reason === undefined ? answer : { ...answer, reason: shorten(answer.reason) };
}

function editIdOf(row: unknown): EditId | '' {
  const parsed = editIdShape.safeParse((row as { editId?: unknown } | null)?.editId);
  return parsed.success ? parsed.data : '';
}

function readEdit(row: unknown): Result<Edit, string> {
  const gateFault = findGateFault(row);
  if (gateFault) return fail(shorten(`${gateFault.code}: ${gateFault.place}`));
  const parsed = editShape.safeParse(row);
  if (!parsed.success) return fail(shorten(`unreadable: ${parsed.error.issues[0]?.path.join('.') ?? ''}`));
  const fields = Object.keys(parsed.data.patch);
  const isField = (field: string) =>
    parsed.data.collection === 'company' || Object.hasOwn(productFieldsShape.shape, field);
  const unknown = fields.find((field) => !isField(field));
  if (unknown !== undefined) return fail(shorten(`field: ${unknown}`));
  return fields.length === 0 ? fail('field: none is changed') : ok(parsed.data);
}

/**
 * Merges an edit into the product by field; what would leave no valid product is refused whole. A product of another branch
 * is unknown here: neither its values nor its id's being taken may be told (I9).
 */
export async function applyEdit(tx: WriteTx, device: StoredDevice, edit: Edit): Promise<EditAnswer> {
  const current = await readProduct(tx, edit.docId);
  const isForeign = current !== undefined && !readableScopes(device).includes(current.scope);
  if (isForeign || (!current && edit.baseRevision !== null)) return { verdict: 'refused', reason: 'unknown-product' };
  const outcome = mergeEdit(current, edit);
  const fields = Object.keys(outcome.fields);
  const answer = toAnswer(outcome);
  if (!fields.some((field) => isChange(current, field, outcome.fields[field])))
    return { ...answer, ...heldBy(current) };
  const rev = nextRevision(current?.rev ?? null, (await epochOf(tx)).n);
  const base = current ?? { id: edit.docId, scope: COMPANY_SCOPE };
  const next = productShape.safeParse({ ...base, ...outcome.fields, rev });
  if (!next.success) return { verdict: 'refused', reason: shorten(`invalid: ${next.error.issues[0]?.path.join('.')}`) };
  const fault = await findProductFault(tx, next.data);
  if (fault) return { verdict: 'refused', reason: shorten(fault) };
  await putProduct(tx, next.data);
  return { ...answer, rev };
}

function heldBy(current: Product | undefined): Pick<EditVerdict, 'rev'> {
  return current ? { rev: current.rev } : {};
}

function isChange(current: Product | undefined, field: string, value: unknown): boolean {
  if (!current) return true;
  return JSON.stringify((current as Record<string, unknown>)[field]) !== JSON.stringify(value);
}

function shorten(reason: string): string {
  return reason.slice(0, REASON_MAX).toWellFormed();
}
