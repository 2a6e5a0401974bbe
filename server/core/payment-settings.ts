import type { BranchDoc, SettingsDoc } from '../../schema/company.ts';
import { type BranchId, branchScope, COMPANY_SCOPE } from '../../schema/ids.ts';
import type { PaymentSettings, PaymentSettingsAnswer } from '../../schema/protocol/payment-settings.ts';
import { must } from '../../schema/result.ts';
import type { WriteTx } from '../store/store.ts';
import { putCompanyDoc, readCompanyDoc } from './company-writer.ts';
import type { Core } from './core.ts';

/** Changes how a branch is paid by QRIS and how the company rounds cash; every till hears of it with its next pull. */
export function setPaymentSettings(
  core: Core,
  branch: BranchId,
  wish: PaymentSettings,
): Promise<PaymentSettingsAnswer> {
  return core.store.write([COMPANY_SCOPE, branchScope(branch)], async (tx) => {
    const qris = await setQris(core, tx, branch, wish.qris);
    const cashRounding = await setRounding(core, tx, wish.cashRounding);
    return { qris: qris ?? null, cashRounding: cashRounding ?? null };
  });
}

async function setQris(core: Core, tx: WriteTx, branch: BranchId, wish: PaymentSettings['qris']) {
  const stored = must(await readCompanyDoc(tx, 'branch', `branch:${branch}`), `the branch ${branch}`);
  const { rev: _rev, qris, ...rest } = stored;
  const next: BranchDoc['qris'] = wish === undefined ? qris : (wish ?? undefined);
  if (next !== qris) await putCompanyDoc(tx, core.epoch.n, { ...rest, ...(next ? { qris: next } : {}) });
  return next;
}

async function setRounding(core: Core, tx: WriteTx, wish: PaymentSettings['cashRounding']) {
  const stored = must(await readCompanyDoc(tx, 'settings', 'settings'), 'the settings');
  const { rev: _rev, cashRounding, ...rest } = stored;
  const next: SettingsDoc['cashRounding'] = wish === undefined ? cashRounding : (wish ?? undefined);
  if (wish !== undefined) await putCompanyDoc(tx, core.epoch.n, { ...rest, ...(next ? { cashRounding: next } : {}) });
  return next;
}
