import type { BranchDoc, SettingsDoc } from '../../schema/company.ts';
import type { Edit } from '../../schema/edit.ts';
import { type BranchId, branchScope, COMPANY_SCOPE, type PersonId } from '../../schema/ids.ts';
import type { PaymentSettings, PaymentSettingsAnswer } from '../../schema/protocol/payment-settings.ts';
import { fail, must, ok, type Result } from '../../schema/result.ts';
import type { StoredDevice, WriteTx } from '../store/store.ts';
import { putCompanyDoc, readCompanyDoc } from './company-writer.ts';
import type { Core } from './core.ts';
import { mayEdit } from './may-edit.ts';
import { recordChange } from './record-change.ts';

/**
 * Changes how a branch is paid by QRIS and how the company rounds cash; every till hears of it with its next pull. Each change is in the audit: under the
 * person, who must be one that may edit, or under the device where it is of a version that names none.
 */
export function setPaymentSettings(
  core: Core,
  device: StoredDevice,
  wish: PaymentSettings,
): Promise<Result<PaymentSettingsAnswer, 'not-allowed'>> {
  const { branch } = device;
  return core.store.write([COMPANY_SCOPE, branchScope(branch)], async (tx) => {
    if (wish.person !== undefined && !(await mayEdit(tx, wish.person))) return fail('not-allowed');
    const person = wish.person ?? (device.deviceId as string as PersonId);
    const note: Note = (docId, base, patch) => recordChange(core, tx, device, { docId, person, base, patch });
    const qris = await setQris(core, tx, { branch, wish: wish.qris, note });
    const cashRounding = await setRounding(core, tx, { wish: wish.cashRounding, note });
    return ok({ qris: qris ?? null, cashRounding: cashRounding ?? null });
  });
}

type Note = (docId: string, base: Edit['base'], patch: Edit['patch']) => Promise<void>;

interface Wish<Field extends 'qris' | 'cashRounding'> {
  readonly wish: PaymentSettings[Field];
  readonly note: Note;
}

async function setQris(core: Core, tx: WriteTx, { branch, wish, note }: Wish<'qris'> & { readonly branch: BranchId }) {
  const stored = must(await readCompanyDoc(tx, 'branch', `branch:${branch}`), `the branch ${branch}`);
  const { rev: _rev, qris, ...rest } = stored;
  const next: BranchDoc['qris'] = wish === undefined ? qris : (wish ?? undefined);
  if (next === qris) return next;
  await putCompanyDoc(tx, core.epoch.n, { ...rest, ...(next ? { qris: next } : {}) });
  await note(stored.id, { qris: qris ?? null }, { qris: next ?? null });
  return next;
}

async function setRounding(core: Core, tx: WriteTx, { wish, note }: Wish<'cashRounding'>) {
  const stored = must(await readCompanyDoc(tx, 'settings', 'settings'), 'the settings');
  const { rev: _rev, cashRounding, ...rest } = stored;
  const next: SettingsDoc['cashRounding'] = wish === undefined ? cashRounding : (wish ?? undefined);
  if (JSON.stringify(next) === JSON.stringify(cashRounding)) return next;
  await putCompanyDoc(tx, core.epoch.n, { ...rest, ...(next ? { cashRounding: next } : {}) });
  await note(stored.id, { cashRounding: cashRounding ?? null }, { cashRounding: next ?? null });
  return next;
}
