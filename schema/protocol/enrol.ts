import { z } from 'zod';
import { epochShape } from '../epoch.ts';
import { branchIdShape, deviceIdShape, tillCodeShape } from '../ids.ts';
import { CERTIFICATE_LENGTH_MAX, ENROL_CODE_LENGTH } from '../limits.ts';
import { deviceRoleShape } from '../roles.ts';
import { signatureShape } from '../signature.ts';
import { lackingShape } from './lacking.ts';
import { headShape } from './push.ts';

/** What a person types: Crockford base32, upper or lower case; spaces and dashes do not matter. */
export const enrolCodeShape = z.string().regex(new RegExp(`^[0-9a-hjkmnp-tv-z]{${ENROL_CODE_LENGTH}}$`));

/** A code as typed, in the form the server knows: lower case, without separators, `o`→`0`, `i` and `l`→`1`. */
export function normaliseEnrolCode(typed: string): string {
  return typed.toLowerCase().replace(/[\s-]/g, '').replace(/o/g, '0').replace(/[il]/g, '1');
}

/** A P-256 public key as a JSON Web Key (RFC 7517), nothing private in it. */
export const publicKeyShape = z.object({
  kty: z.literal('EC'),
  crv: z.literal('P-256'),
  x: z.string().regex(/^[A-Za-z0-9_-]{43}$/),
  y: z.string().regex(/^[A-Za-z0-9_-]{43}$/),
});
export type PublicKey = z.infer<typeof publicKeyShape>;

/** `POST /enrol/v1`. */
export const enrolRequestShape = z.object({ code: z.string().max(40), publicKey: publicKeyShape });
export type EnrolRequest = z.infer<typeof enrolRequestShape>;

/** Who a device is, as its certificate says it. */
export const deviceIdentityShape = z.object({
  deviceId: deviceIdShape,
  branch: branchIdShape,
  role: deviceRoleShape,
  till: tillCodeShape,
  generation: z.int().min(1),
});
export type DeviceIdentity = z.infer<typeof deviceIdentityShape>;

/**
 * `certificate` is a compact JWS (ES256) by the shop key over the identity and the public key; `shopKey` verifies it.
 * `credential` is the bearer token; the server keeps only its hash, and it alone decides device, branch and role.
 */
export const enrolAnswerShape = z.object({
  device: deviceIdentityShape,
  certificate: z.string().max(CERTIFICATE_LENGTH_MAX),
  shopKey: publicKeyShape,
  credential: z.string().max(200),
  epoch: epochShape,
  serverTime: z.int(),
});
export type EnrolAnswer = z.infer<typeof enrolAnswerShape>;

/**
 * `POST /enrol/v1/readmit`, since version 2: a device that the server does not know any more (it was restored to before the
 * enrolment) proves itself by its certificate and its key, and keeps its credential.
 */
export const readmitRequestShape = z.object({
  certificate: z.string().max(CERTIFICATE_LENGTH_MAX),
  credential: z.string().regex(/^[A-Za-z0-9_-]{40,200}$/),
  /** By the device's key over `readmitSigningText`. */
  signature: signatureShape,
});
export type ReadmitRequest = z.infer<typeof readmitRequestShape>;
export const readmitAnswerShape = z.object({
  device: deviceIdentityShape,
  epoch: epochShape,
  serverTime: z.int(),
  /** Since version 3: how far the server holds the device, and what is missing below that. */
  head: headShape.optional(),
  lacking: lackingShape.optional(),
  /** Since version 3: it was revoked, and may hand in what it holds; nothing else is answered it. */
  revoked: z.literal(true).optional(),
});
export type ReadmitAnswer = z.infer<typeof readmitAnswerShape>;

/** `POST /api/v1/enrolment-codes`, for devices that may enrol others. */
export const enrolCodeRequestShape = z.object({ role: deviceRoleShape, till: tillCodeShape });
/** A code is shown once, is good once, until `expiresAt` (server time, milliseconds since 1970). */
export const enrolCodeAnswerShape = z.object({
  code: enrolCodeShape,
  role: deviceRoleShape,
  till: tillCodeShape,
  expiresAt: z.int(),
});
export type EnrolCodeAnswer = z.infer<typeof enrolCodeAnswerShape>;
