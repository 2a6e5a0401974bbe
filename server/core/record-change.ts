import type { Edit } from '../../schema/edit.ts';
import { base32FromBytes, type DeviceId, type EditId, type PersonId } from '../../schema/ids.ts';
import { keptReportShape } from '../../schema/protocol/device-care.ts';
import type { ReadTx, StoredDevice, WriteTx } from '../store/store.ts';
import type { Core } from './core.ts';
import { deviceDocId } from './device-record.ts';

/** Records what was done to a device, or asked of it, from the device `by`: under the person who is at that. */
export async function recordAct(
  core: Core,
  tx: WriteTx,
  by: StoredDevice,
  { device, ...act }: Pick<Change, 'base' | 'patch'> & { readonly device: DeviceId },
): Promise<void> {
  await recordChange(core, tx, by, { ...act, docId: deviceDocId(device), person: await personAt(tx, by) });
}

/** The person who was last said to be at a device; its own id where nobody was. A device says who is at it as it says it of an edit. */
async function personAt(tx: Pick<ReadTx, 'record'>, { deviceId }: StoredDevice): Promise<PersonId> {
  const record = await tx.record('report', deviceId);
  const person = record && keptReportShape.parse(JSON.parse(record.json)).person;
  return person ?? (deviceId as string as PersonId);
}

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
