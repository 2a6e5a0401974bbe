/** Bytes of r, and of s. */
const HALF_BYTES = 32;
const SEQUENCE = 0x30;
const INTEGER = 0x02;
/** Set in the first byte of a number that would be read as a negative one. */
const SIGN_BIT = 0x80;

/**
 * An ES256 signature, r and s side by side, as OpenSSL takes it (RFC 3279 §2.2.3, in DER). Left to Node, the same costs as much again as checking it. Null
 * where there are not 64 bytes.
 */
export function derOf(signature: Buffer): Buffer | null {
  if (signature.length !== 2 * HALF_BYTES) return null;
  const [r, s] = [integerOf(signature.subarray(0, HALF_BYTES)), integerOf(signature.subarray(HALF_BYTES))];
  return Buffer.concat([Buffer.of(SEQUENCE, r.length + s.length), r, s]);
}

/** The shortest way to write a number: no leading zeros, but one where it would look negative. */
function integerOf(number: Buffer): Buffer {
  let zeros = 0;
  while (zeros < number.length - 1 && number[zeros] === 0) zeros += 1;
  const digits = number.subarray(zeros);
  const sign = ((digits[0] ?? 0) & SIGN_BIT) === 0 ? [] : [0];
  return Buffer.concat([Buffer.of(INTEGER, digits.length + sign.length, ...sign), digits]);
}
