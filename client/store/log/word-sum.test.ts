import { expect, test, vi } from 'vitest';
import { checksumOfBytes } from './checksum.ts';
import { createWordSum, PIECE_BYTES } from './word-sum.ts';

/** What lies on disks: the sum as it was first written down. */
function plainSum(start: number, bytes: Uint8Array): number {
  const turned = (sum: number) => (sum << 5) | (sum >>> 27);
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  let sum = Math.imul(start ^ bytes.length, 0x9e3779b1);
  let at = 0;
  for (; at + 4 <= bytes.length; at += 4) sum = Math.imul(turned(sum) ^ view.getUint32(at, true), 0x9e3779b1);
  for (; at < bytes.length; at += 1) sum = Math.imul(turned(sum) ^ view.getUint8(at), 0x9e3779b1);
  return sum >>> 0;
}

const EDGES = [PIECE_BYTES - 4, PIECE_BYTES, PIECE_BYTES + 9, 3 * PIECE_BYTES + 2];
const LENGTHS = [0, 1, 3, 4, 5, 4_095, 16_384, 16_387, ...EDGES];

function madeBytes(length: number, offset = 0): Uint8Array {
  const bytes = new Uint8Array(length + offset).subarray(offset);
  for (let at = 0; at < length; at += 1) bytes[at] = (Math.imul(at + length, 2_654_435_761) >>> 13) & 0xff;
  return bytes;
}

test.each(LENGTHS)('[DISK21] the sum of %i bytes is what it ever was, wherever they lie', (length) => {
  for (const offset of [0, 1, 2, 4])
    for (const start of [0, 1, 0xffff_ffff]) {
      const bytes = madeBytes(length, offset);
      expect(checksumOfBytes(start, bytes)).toBe(plainSum(start, bytes));
    }
});

test('[DISK21] where the browser runs no such program, the script sums by itself', async () => {
  vi.stubGlobal('WebAssembly', undefined);
  expect(createWordSum()).toBeNull();
  vi.resetModules();
  const script = await import('./checksum.ts');
  const bytes = madeBytes(16_387);
  expect(script.checksumOfBytes(7, bytes)).toBe(plainSum(7, bytes));
  vi.unstubAllGlobals();
});

test('[DISK21] a program of a page’s first moment sums words', () => {
  const sum = createWordSum();
  const bytes = madeBytes(PIECE_BYTES + 8);
  expect((sum?.(Math.imul(bytes.length, 0x9e3779b1), bytes) ?? 0) >>> 0).toBe(plainSum(0, bytes));
});
