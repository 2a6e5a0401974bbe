import { editShape } from '../../schema/edit.ts';
import { deviceIdShape, type EditId, editIdShape } from '../../schema/ids.ts';
import { AUDIT_LIMIT, type AuditPage, type AuditRow } from '../../schema/protocol/audit.ts';
import type { EditVerdict } from '../../schema/protocol/push.ts';
import type { EditPlace, ReadTx, StoredDevice, StoredEdit } from '../store/store.ts';
import { readableScopes } from './checkpoint.ts';
import type { Core } from './core.ts';

/** Who changed what when, newest first, as far as the device's scopes go (I9). `before` is where the page before ended. */
export function readAudit(core: Core, device: StoredDevice, before: EditPlace | null): Promise<AuditPage> {
  return core.store.read(async (tx) => {
    const stored = await tx.editsBefore(before, AUDIT_LIMIT);
    const rows: AuditRow[] = [];
    for (const edit of stored) {
      const row = await toRow(tx, device, edit);
      if (row) rows.push(row);
    }
    rows.sort((left, right) => right.receivedAt - left.receivedAt || right.at - left.at);
    const last = stored.length < AUDIT_LIMIT ? undefined : stored.at(-1);
    return { rows, next: last ? auditPlace(last) : null };
  });
}

/** A place as it travels. */
export function auditPlace({ receivedAt, deviceId, editId }: EditPlace): string {
  return `${receivedAt}.${deviceId}.${editId}`;
}

/** Null for a text that names no place. */
export function parseAuditPlace(text: string): EditPlace | null {
  const [at = '', device = '', ...edit] = text.split('.');
  const [deviceId, editId] = [deviceIdShape.safeParse(device), editIdShape.safeParse(edit.join('.'))];
  const receivedAt = Number(at);
  const isPlace = /^\d{1,15}$/.test(at) && deviceId.success && editId.success;
  return isPlace ? { receivedAt, deviceId: deviceId.data, editId: editId.data as EditId } : null;
}

/** What another branch's device was refused, and what is about that branch's own documents, is not told. */
async function toRow(tx: ReadTx, device: StoredDevice, stored: StoredEdit): Promise<AuditRow | null> {
  const edit = editShape.safeParse(JSON.parse(stored.edit));
  if (!edit.success) return null;
  const { verdict, reason } = JSON.parse(stored.verdict) as EditVerdict;
  const { collection, docId, patch, base, person, at } = edit.data;
  const doc = await tx.document(collection, docId);
  const author = await tx.device(stored.deviceId);
  const mayRead = doc ? readableScopes(device).includes(doc.scope) : author?.branch === device.branch;
  if (!mayRead || (verdict === 'refused' && author?.branch !== device.branch)) return null;
  const name = nameIn(doc?.json);
  return {
    ...{ collection, docId, patch, base, person, at, verdict },
    ...{ device: author?.till ?? stored.deviceId, receivedAt: stored.receivedAt },
    ...(name === undefined ? {} : { name }),
    ...(reason === undefined ? {} : { reason }),
  };
}

function nameIn(json: string | undefined): string | undefined {
  if (json === undefined) return undefined;
  const doc = JSON.parse(json) as { readonly name?: string; readonly tax?: { readonly name: string } };
  return doc.name ?? doc.tax?.name;
}
