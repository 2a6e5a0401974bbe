import type { EpochDoc } from '../../schema/company.ts';
import type { Epoch } from '../../schema/epoch.ts';
import { base32FromBytes, COMPANY_SCOPE } from '../../schema/ids.ts';
import { must } from '../../schema/result.ts';
import type { ReadTx } from '../store/store.ts';
import { putCompanyDoc } from './company-writer.ts';
import type { Core } from './core.ts';
import { changeDeviceDoc } from './device-record.ts';
import { restampDrafts } from './restamp-drafts.ts';
import { restampStock } from './restamp-stock.ts';

export type EpochCause = EpochDoc['cause'];

/** What a new epoch is made from. */
export type EpochParts = Pick<Core, 'store' | 'ledger' | 'deps'>;

const EPOCH_ID_LENGTH = 16;

/** The epoch of the history that a transaction sees: what it answers and what it writes are of this one. */
export async function epochOf(tx: ReadTx): Promise<Epoch> {
  return must(await tx.epoch(), 'the epoch of an open store');
}

/**
 * Begins a new epoch: first its line in the ledger, then, in one transaction, the epoch itself, all stock stamped with its number,
 * and the document that tells devices and office. `after` are histories beside the database's own that it follows. Rejects with a
 * StoreFault where the disk fails; its number is then used up, and nothing else happened.
 */
export async function beginEpoch(parts: EpochParts, cause: EpochCause, after: readonly Epoch[] = []): Promise<Epoch> {
  const { store, ledger, deps } = parts;
  const known = await store.read((tx) => tx.epoch());
  const ancestors = known ? [known, ...after] : after;
  const n = Math.max(ledger.lastEpoch(), ...ancestors.map((epoch) => epoch.n), 0) + 1;
  const epoch = { n, id: base32FromBytes(deps.randomBytes(EPOCH_ID_LENGTH)) };
  const begunAt = deps.now();
  ledger.append({ kind: 'epoch', epoch, at: begunAt, cause, after: [...ancestors] });
  while (!(await writeEpoch(parts, { epoch, begunAt, cause })))
    deps.log.debug('a branch was new; its stock is stamped too');
  if (cause !== 'first') deps.log.warn({ epoch, cause }, 'a new epoch began');
  return epoch;
}

type Beginning = Pick<EpochDoc, 'epoch' | 'begunAt' | 'cause'>;

/** False, and nothing written, when a scope was first written in between reading which there are and holding them. */
async function writeEpoch({ store, ledger }: EpochParts, beginning: Beginning): Promise<boolean> {
  const scopes = await store.read((tx) => tx.scopes());
  const held = [...new Set([COMPANY_SCOPE, ...scopes])];
  return store.write(held, async (tx) => {
    if (!(await tx.scopes()).every((scope) => held.includes(scope))) return false;
    const { epoch, begunAt } = beginning;
    await tx.addEpoch(epoch, begunAt);
    for (const scope of scopes) await restampStock(tx, scope, epoch.n);
    for (const scope of scopes) await restampDrafts(tx, scope);
    await putCompanyDoc(tx, epoch.n, { id: `epoch:${epoch.n}`, scope: COMPANY_SCOPE, kind: 'epoch', ...beginning });
    // Revoked after the backup was made: what the ledger says stands.
    for (const [deviceId, revokedAt] of ledger.revocations()) {
      await changeDeviceDoc(tx, deviceId, { active: false, revokedAt });
    }
    return true;
  });
}
