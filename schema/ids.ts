import { z } from 'zod';

/**
 * Branded identifiers. Each is a plain string on the wire; the brand keeps a product id from being passed where
 * a device id belongs. Parse at the door (`deviceIdShape.parse`), trust inside.
 */

const idText = (pattern: RegExp) => z.string().regex(pattern);

/** 16 lowercase Crockford base32 characters: 80 random bits given at enrolment, never reused. */
export const deviceIdShape = idText(/^[0-9a-hjkmnp-tv-z]{16}$/).brand<'DeviceId'>();
/** A short name for a shop, e.g. `utama`. */
export const branchIdShape = idText(/^[a-z0-9][a-z0-9-]{0,31}$/).brand<'BranchId'>();
/** Opaque; stays the same when name, price or barcode change. */
export const productIdShape = idText(/^[0-9A-Za-z_-]{1,32}$/).brand<'ProductId'>();
/** A person who works here, or `server` for entries of the server's own journal. */
export const personIdShape = idText(/^[0-9A-Za-z_-]{1,32}$/).brand<'PersonId'>();
/** Names the cart a sale was made from; one cart is sold once per device (I14). */
export const cartIdShape = idText(/^[0-9A-Za-z_-]{8,40}$/).brand<'CartId'>();
export const editIdShape = idText(/^[0-9A-Za-z_-]{8,40}$/).brand<'EditId'>();
/** A customer of the shop, e.g. for store credit. */
export const customerIdShape = idText(/^[0-9A-Za-z_-]{1,24}$/).brand<'CustomerId'>();
export const shiftIdShape = idText(/^[0-9A-Za-z_-]{1,40}$/).brand<'ShiftId'>();
export const transferIdShape = idText(/^[0-9A-Za-z_-]{1,40}$/).brand<'TransferId'>();
/** `deviceId:seq`, seq zero-padded to {@link SEQ_DIGITS} so that text order is number order. */
export const entryIdShape = idText(/^[0-9a-hjkmnp-tv-z]{16}:(?!0{10})\d{10}$/).brand<'EntryId'>();
/** Lowercase hexadecimal SHA-256. */
export const hashShape = idText(/^[0-9a-f]{64}$/).brand<'Hash'>();
/** `*` for the company, else one branch. */
export const scopeShape = idText(/^(\*|[a-z0-9][a-z0-9-]{0,31})$/).brand<'Scope'>();
/** The name of a selling position on receipts, e.g. `K1`. */
export const tillCodeShape = idText(/^[A-Z][A-Z0-9]{0,7}$/).brand<'TillCode'>();

export type DeviceId = z.infer<typeof deviceIdShape>;
export type BranchId = z.infer<typeof branchIdShape>;
export type ProductId = z.infer<typeof productIdShape>;
export type PersonId = z.infer<typeof personIdShape>;
export type CartId = z.infer<typeof cartIdShape>;
export type EditId = z.infer<typeof editIdShape>;
export type CustomerId = z.infer<typeof customerIdShape>;
export type ShiftId = z.infer<typeof shiftIdShape>;
export type TransferId = z.infer<typeof transferIdShape>;
export type EntryId = z.infer<typeof entryIdShape>;
export type Hash = z.infer<typeof hashShape>;
export type Scope = z.infer<typeof scopeShape>;
export type TillCode = z.infer<typeof tillCodeShape>;

/** Ten digits hold one sale a second for three centuries. */
export const SEQ_DIGITS = 10;
/** The last seq those digits can say. */
export const SEQ_MAX = 10 ** SEQ_DIGITS - 1;
/** The scope of documents that every branch shares. */
export const COMPANY_SCOPE = '*' as Scope;
/** The person named by entries of the server's own journal. */
export const SERVER_PERSON = 'server' as PersonId;

/** A branch's own scope: the same text, another meaning. */
export function branchScope(branch: BranchId): Scope {
  return branch as string as Scope;
}

/** The id of a device's entry number `seq`. Throws RangeError on a seq that is no integer from 1 to {@link SEQ_MAX}. */
export function entryId(deviceId: DeviceId, seq: number): EntryId {
  if (!Number.isInteger(seq) || seq < 1 || seq > SEQ_MAX) throw new RangeError(`An entry cannot have the seq ${seq}.`);
  return `${deviceId}:${String(seq).padStart(SEQ_DIGITS, '0')}` as EntryId;
}

/** The two halves of an entry id. */
export function splitEntryId(id: EntryId): { deviceId: DeviceId; seq: number } {
  const at = id.indexOf(':');
  return { deviceId: id.slice(0, at) as DeviceId, seq: Number(id.slice(at + 1)) };
}

const CROCKFORD = '0123456789abcdefghjkmnpqrstvwxyz';

/** Random bytes as lowercase Crockford base32, one character per byte (its low five bits). */
export function base32FromBytes(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => CROCKFORD[byte & 31]).join('');
}

/** A new device id from 16 random bytes. */
export function deviceIdFromBytes(bytes: Uint8Array): DeviceId {
  return deviceIdShape.parse(base32FromBytes(bytes.subarray(0, 16)));
}
