import { createHash } from 'node:crypto';

/**
 * A number from 0 to `below - 1` that is always the same for a code and purpose: invented prices and quantities must not
 * change between two starts.
 */
export function stableNumber(code: string, purpose: string, below: number): number {
  const digest = createHash('sha256').update(`${purpose}\n${code}`).digest();
  return digest.readUIntBE(0, 6) % below;
}
