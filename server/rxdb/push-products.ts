import type { Edit } from '../../schema/edit.ts';
import { base32FromBytes, type EditId, type PersonId, productIdShape } from '../../schema/ids.ts';
import { findGateFault } from '../../schema/payload-gate.ts';
import type { Product } from '../../schema/product.ts';
import { revisionShape } from '../../schema/revision.ts';
import { readableScopes } from '../core/checkpoint.ts';
import type { Core } from '../core/core.ts';
import { readProduct } from '../core/product-writer.ts';
import { applyEdit } from '../core/push-edits.ts';
import { rowText } from '../core/row-text.ts';
import type { ReadTx, StoredDevice, WriteTx } from '../store/store.ts';
import { changedFields, isSameContent, type PushRow, type WireDocument } from './push-row.ts';
import { documentText } from './wire-text.ts';

const EDIT_ID_BYTES = 16;

/**
 * Takes the rows of a client that may edit products, each by itself, as edits: a field applies when nobody else changed
 * it. Gives the rows' conflicts as JSON texts: the server's document for every row that it does not hold as sent, whether
 * another field was merged into it or the row was wrong. The client then goes on from there.
 */
export function pushProducts(core: Core, device: StoredDevice, rows: readonly PushRow[]): Promise<readonly string[]> {
  return core.store.write(readableScopes(device), async (tx) => {
    const conflicts: string[] = [];
    for (const row of rows) {
      const conflict = await takeRow(core, tx, device, row);
      if (conflict !== null) conflicts.push(conflict);
    }
    return conflicts;
  });
}

/** The row's conflict, or null when the server holds what the client sent. */
async function takeRow(core: Core, tx: WriteTx, device: StoredDevice, row: PushRow): Promise<string | null> {
  const { newDocumentState: next } = row;
  const before = await readOwn(tx, device, next.id);
  if (findGateFault(row)) return before ? documentText(JSON.stringify(before)) : goneText({ id: next.id });
  if (next._deleted === true) return before ? documentText(JSON.stringify(before)) : null;
  if (before || row.assumedMasterState === null) await edit(core, tx, device, row);
  const after = await readOwn(tx, device, next.id);
  if (!after) return goneText(next);
  return isSameContent(after, next) ? null : documentText(JSON.stringify(after));
}

/** Applies what the row changes, and records it with its verdict as any other edit; a row that changes nothing is none. */
async function edit(core: Core, tx: WriteTx, device: StoredDevice, row: PushRow): Promise<void> {
  const wish = toEdit(core, device, row);
  if (Object.keys(wish.patch).length === 0 || !productIdShape.safeParse(wish.docId).success) return;
  const verdict = JSON.stringify({ editId: wish.editId, ...(await applyEdit(tx, device, wish)) });
  const { deviceId } = device;
  await tx.addEditVerdict({ deviceId, editId: wish.editId, edit: rowText(wish), verdict, receivedAt: wish.at });
}

/** A row as an edit. The wire names no person: the device stands for whoever uses it. */
function toEdit(core: Core, device: StoredDevice, row: PushRow): Edit {
  const baseRevision = revisionShape.safeParse(row.assumedMasterState?.rev);
  return {
    editId: `rxdb-${base32FromBytes(core.deps.randomBytes(EDIT_ID_BYTES))}` as EditId,
    collection: 'products',
    docId: row.newDocumentState.id,
    baseRevision: baseRevision.success ? baseRevision.data : null,
    ...changedFields(row),
    person: device.deviceId as string as PersonId,
    at: core.deps.now(),
  };
}

/** A product that the device may read; any other is none for it (I9). */
async function readOwn(tx: ReadTx, device: StoredDevice, id: string): Promise<Product | undefined> {
  const product = productIdShape.safeParse(id).success ? await readProduct(tx, id) : undefined;
  return product && readableScopes(device).includes(product.scope) ? product : undefined;
}

/** There is no such product: the client's own document, deleted, so that it fits the client's schema. */
function goneText(document: WireDocument): string {
  return JSON.stringify({ ...document, _deleted: true });
}
