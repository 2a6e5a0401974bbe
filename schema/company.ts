import { z } from 'zod';
import { cashRoundingShape } from './cash-rounding.ts';
import { epochShape } from './epoch.ts';
import { sha256Hex } from './hash.ts';
import {
  type BranchId,
  branchIdShape,
  customerIdShape,
  deviceIdShape,
  type PersonId,
  personIdShape,
  scopeShape,
  tillCodeShape,
} from './ids.ts';
import { CERTIFICATE_LENGTH_MAX } from './limits.ts';
import { currencyShape, fractionShape, moneyShape, roundingShape } from './money.ts';
import { customerGroupShape, localDateShape, promotionFieldsShape } from './promotion.ts';
import { QRIS_LENGTH_MAX } from './qris.ts';
import { revisionShape } from './revision.ts';
import { deviceRoleShape, PERSON_ACTIONS, personActionShape, personRoleShape } from './roles.ts';
import { scaleRuleShape } from './scale-barcode.ts';
import { taxShape } from './tax.ts';

/**
 * The `company` collection: small documents with a `kind`. Master data, written by the server alone (I8).
 * Later kinds (customers, promotions, flags, device commands) are added beside these.
 */
const header = { id: z.string().regex(/^[a-z-]{1,19}(:[0-9A-Za-z_-]{1,40})?$/), scope: scopeShape, rev: revisionShape };

/** Lines that stand on every receipt. */
const receiptTexts = z.array(z.string().max(64)).max(6);

/** A span of hours of the day, by the device's own clock; over midnight when `from` is the greater. */
const hourSpanShape = z.object({ from: z.int().min(0).max(23), to: z.int().min(0).max(23) });
/** In milliseconds, but for the hours and the number of entries. Devices keep these within the bounds of their own settings. */
export const shopSyncShape = z.object({
  pullIntervalMs: z.int().min(1).optional(),
  digestIntervalMs: z.int().min(1).optional(),
  /** In these hours what comes live is enough, and nothing is compared. */
  peakHours: hourSpanShape.optional(),
  /** In these hours a device reads its own journal through, once a night. */
  nightHours: hourSpanShape.optional(),
  /** So many entries waiting call for somebody. */
  waitingMax: z.int().min(1).optional(),
  staleAfterMs: z.int().min(1).optional(),
  offlineAfterMs: z.int().min(1).optional(),
});
export type ShopSync = z.infer<typeof shopSyncShape>;

export const settingsDocShape = z.object({
  ...header,
  kind: z.literal('settings'),
  name: z.string().min(1).max(80),
  currency: currencyShape,
  rounding: roundingShape,
  /** A till silent for longer is named beside every total, in milliseconds. */
  silentAfterMs: z.int().min(1000),
  /** How what is paid in cash is rounded; not at all where it is left out. */
  cashRounding: cashRoundingShape.optional(),
  /** What every receipt says above and below, e.g. the tax number; how long goods may come back. */
  receiptHeader: receiptTexts.optional(),
  receiptFooter: receiptTexts.optional(),
  /** What cashiers may do alone, in place of what the table of roles says. */
  cashierMay: z.array(personActionShape).max(PERSON_ACTIONS.length).optional(),
  /** The largest discount that needs no approval, in basis points; a tenth where it is left out. */
  discountMaxBasisPoints: z.int().min(0).max(10_000).optional(),
  /** How this shop's scales fill barcodes 20 to 29; at most one rule per prefix. */
  scaleBarcodes: z.array(scaleRuleShape).max(10).optional(),
  /** A till that nobody touches for so long asks for a PIN, in milliseconds; 0 for never, 5 minutes where it is left out. */
  lockAfterMs: z.int().min(0).optional(),
  /** How much store credit needs no approval where the customer's own limit is left out; any sum where this is too. */
  creditLimit: moneyShape.min(0).optional(),
  /** What every device of the shop does about sync, where nobody set another value on the device itself. */
  sync: shopSyncShape.optional(),
  /** True: the managers of each branch may read the reports of all of them. Since version 4. */
  reportsOfAll: z.boolean().optional(),
  /** When the server reads its whole store through, by its own clock: every night, or on one day of the week (1 is Monday, 7 Sunday). Since version 4. */
  verifyAt: z.object({ hour: z.int().min(0).max(23), weekday: z.int().min(1).max(7).optional() }).optional(),
});
export const branchDocShape = z.object({
  ...header,
  kind: z.literal('branch'),
  branch: branchIdShape,
  name: z.string().min(1).max(80),
  /** The shop's static QRIS, as its bank gave it: the text behind the printed code. */
  qris: z.string().max(QRIS_LENGTH_MAX).optional(),
  /** For receipts. */
  address: receiptTexts.optional(),
  phone: z.string().max(30).optional(),
});
/** What a branch is called, for all the others: its own document is not theirs to read. Since version 4. */
export const branchNameDocShape = z.object({
  ...header,
  kind: z.literal('branch-name'),
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
/**
 * Says that a person has a PIN in a branch, and names the one set last: a device that holds another asks for it. What a PIN is compared
 * by is no document; only devices of the branch are given it, and keep it sealed.
 */
export const pinDocShape = z.object({
  ...header,
  kind: z.literal('pin'),
  person: personIdShape,
  /** Random; '' once the person left. */
  mark: z.string().max(40),
  setBy: personIdShape,
  /** Server time. */
  setAt: z.int(),
});
export const taxDocShape = z.object({
  ...header,
  kind: z.literal('tax'),
  tax: taxShape,
  /** The rate that counts from a day on, by the shop's own clock, where a change is known beforehand. */
  next: z.object({ rate: fractionShape, from: localDateShape }).optional(),
});
/** Somebody who buys here by name: for store credit, and for prices of a group. */
export const customerDocShape = z.object({
  ...header,
  kind: z.literal('customer'),
  customer: customerIdShape,
  name: z.string().min(1).max(80),
  phone: z.string().max(30).optional(),
  /** Whose promotions count for this customer, e.g. `member`. */
  group: customerGroupShape.optional(),
  /** How much store credit needs no approval; any sum where it is left out. */
  creditLimit: moneyShape.min(0).optional(),
  active: z.boolean(),
});
export const promotionDocShape = z.object({
  ...header,
  kind: z.literal('promotion'),
  promotion: z.string().regex(/^[0-9A-Za-z_-]{1,32}$/),
  ...promotionFieldsShape.shape,
});
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
  /** What people call it, beside its till code. */
  name: z.string().max(40).optional(),
  /** Server time at which a command was left for it: it asks for what it shall do. */
  commandAt: z.int().optional(),
  /** The integration whose sales it holds: no device that anybody carries. */
  integration: z.string().max(60).optional(),
});
/** The document of a person's PIN in a branch: ids are the company's, so the branch is in it. */
export function pinDocId(branch: BranchId, person: PersonId): string {
  return `pin:${sha256Hex(`${branch}/${person}`).slice(0, 32)}`;
}
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
  branchNameDocShape,
  personDocShape,
  pinDocShape,
  taxDocShape,
  customerDocShape,
  promotionDocShape,
  deviceDocShape,
  epochDocShape,
]);

export type SettingsDoc = z.infer<typeof settingsDocShape>;
export type BranchDoc = z.infer<typeof branchDocShape>;
export type BranchNameDoc = z.infer<typeof branchNameDocShape>;
export type PersonDoc = z.infer<typeof personDocShape>;
export type PinDoc = z.infer<typeof pinDocShape>;
export type TaxDoc = z.infer<typeof taxDocShape>;
export type CustomerDoc = z.infer<typeof customerDocShape>;
export type PromotionDoc = z.infer<typeof promotionDocShape>;
export type DeviceDoc = z.infer<typeof deviceDocShape>;
export type EpochDoc = z.infer<typeof epochDocShape>;
export type CompanyDoc = z.infer<typeof companyDocShape>;
