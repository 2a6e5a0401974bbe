import { z } from 'zod';
import { epochShape } from './epoch.ts';
import { branchIdShape, deviceIdShape, personIdShape, scopeShape, tillCodeShape } from './ids.ts';
import { CERTIFICATE_LENGTH_MAX } from './limits.ts';
import { currencyShape, roundingShape } from './money.ts';
import { revisionShape } from './revision.ts';
import { deviceRoleShape, personRoleShape } from './roles.ts';
import { taxShape } from './tax.ts';

/**
 * The `company` collection: small documents with a `kind`. Master data, written by the server alone (I8).
 * Later kinds (customers, promotions, flags, device commands) are added beside these.
 */
const header = { id: z.string().regex(/^[a-z-]{1,19}(:[0-9A-Za-z_-]{1,40})?$/), scope: scopeShape, rev: revisionShape };

export const settingsDocShape = z.object({
  ...header,
  kind: z.literal('settings'),
  name: z.string().min(1).max(80),
  currency: currencyShape,
  rounding: roundingShape,
  /** A till silent for longer is named beside every total, in milliseconds. */
  silentAfterMs: z.int().min(1000),
});
export const branchDocShape = z.object({
  ...header,
  kind: z.literal('branch'),
  branch: branchIdShape,
  name: z.string().min(1).max(80),
});
export const personDocShape = z.object({
  ...header,
  kind: z.literal('person'),
  person: personIdShape,
  name: z.string().min(1).max(80),
  role: personRoleShape,
  active: z.boolean(),
});
export const taxDocShape = z.object({ ...header, kind: z.literal('tax'), tax: taxShape });
export const deviceDocShape = z.object({
  ...header,
  kind: z.literal('device'),
  device: deviceIdShape,
  branch: branchIdShape,
  role: deviceRoleShape,
  /** The selling position's name, also for a manager's device (`M1`): receipts and explanations show it. */
  till: tillCodeShape,
  generation: z.int().min(1),
  enrolledAt: z.int(),
  /** Server time at which the device was last heard from; refreshed when it connects, leaves, or every few minutes. */
  heardAt: z.int().nullable(),
  active: z.boolean(),
  /** The device's certificate, so that others can hand in its entries after a restore. */
  certificate: z.string().max(CERTIFICATE_LENGTH_MAX).optional(),
  /** The device from whose journal this one's entries diverged: it was copied, and must enrol anew. */
  forkOf: deviceIdShape.optional(),
  /** Server time from which its own requests are refused; what it still has may be handed in. */
  revokedAt: z.int().optional(),
});
/** A history of the server began: the office lists what came back in it. */
export const epochDocShape = z.object({
  ...header,
  kind: z.literal('epoch'),
  epoch: epochShape,
  /** Server time. */
  begunAt: z.int(),
  /** Restored from a backup; found older than the ledger says; rolled back while running; a history that nobody here knew. */
  cause: z.enum(['first', 'restored', 'older-than-ledger', 'rolled-back', 'unknown-epoch']),
});
export const companyDocShape = z.discriminatedUnion('kind', [
  settingsDocShape,
  branchDocShape,
  personDocShape,
  taxDocShape,
  deviceDocShape,
  epochDocShape,
]);

export type SettingsDoc = z.infer<typeof settingsDocShape>;
export type BranchDoc = z.infer<typeof branchDocShape>;
export type PersonDoc = z.infer<typeof personDocShape>;
export type TaxDoc = z.infer<typeof taxDocShape>;
export type DeviceDoc = z.infer<typeof deviceDocShape>;
export type EpochDoc = z.infer<typeof epochDocShape>;
export type CompanyDoc = z.infer<typeof companyDocShape>;
