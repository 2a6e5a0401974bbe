import type { Edit } from '../../schema/edit.ts';
import { base32FromBytes, type EditId } from '../../schema/ids.ts';
import type { StoredDevice, WriteTx } from '../store/store.ts';
import type { Core } from './core.ts';

const ID_BYTES = 16;

export type Change = Pick<Edit, 'docId' | 'person' | 'base' | 'patch'>;

/** Records a change that came another way than by an edit, beside the edits: the audit lists all of them. */
export async function recordChange(core: Core, tx: WriteTx, device: StoredDevice, change: Change): Promise<void> {
  const receivedAt = core.deps.now();
  const editId = `own-${base32FromBytes(core.deps.randomBytes(ID_BYTES))}` as EditId;
  const edit: Edit = { ...change, editId, collection: 'company', baseRevision: null, at: receivedAt };
  const verdict = JSON.stringify({ editId, verdict: 'accepted', fields: Object.keys(change.patch) });
  await tx.addEditVerdict({ deviceId: device.deviceId, editId, edit: JSON.stringify(edit), verdict, receivedAt });
}
