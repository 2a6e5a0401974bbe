import { z } from 'zod';
import { personIdShape } from '../ids.ts';
import { PIN_ROUNDS_MAX } from '../pin.ts';
import { personRoleShape } from '../roles.ts';

/** 32 bytes in base64url. */
const bytes32Shape = z.string().regex(/^[\w-]{43}$/);

/**
 * What one PIN is compared by. A PIN never leaves the device on which it is typed: `PBKDF2-HMAC-SHA-256(pin, salt, rounds)` is its proof,
 * and `verifier` the SHA-256 of that. The server keeps verifiers; a device keeps seals of them.
 */
export const pinVerifierShape = z.object({
  /** 16 bytes or more in base64url. */
  salt: z.string().regex(/^[\w-]{22,64}$/),
  rounds: z.int().min(1).max(PIN_ROUNDS_MAX),
  verifier: bytes32Shape,
});
export type PinVerifier = z.infer<typeof pinVerifierShape>;

/** The verifiers of a branch's people, each with the mark that its `pin` document carries. */
export const pinsAnswerShape = z.object({
  pins: z.array(pinVerifierShape.extend({ person: personIdShape, mark: z.string().min(1).max(40) })).max(1_000),
});
export type PinsAnswer = z.infer<typeof pinsAnswerShape>;

/** Who asks for a change, and the proof of their present PIN; '' for a person who has none in this branch. */
const proven = { by: personIdShape, proof: bytes32Shape.or(z.literal('')) };

/** `POST /api/v1/people/:person/pin`: by that person, or by somebody who may. */
export const setPinShape = z.object({ ...proven, pin: pinVerifierShape });
export type SetPin = z.infer<typeof setPinShape>;
export const setPinAnswerShape = z.object({ mark: z.string().min(1).max(40) });

/** `POST /api/v1/people/:person`: makes a person, changes name or role, or takes the person away. */
export const putPersonShape = z.object({
  ...proven,
  name: z.string().trim().min(1).max(80),
  role: personRoleShape,
  active: z.boolean(),
});
export type PutPerson = z.infer<typeof putPersonShape>;
export const putPersonAnswerShape = z.object({});
