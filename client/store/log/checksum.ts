import { whenAsked } from '../when-asked.ts';
import { createWordSum } from './word-sum.ts';

const FNV_BASIS = 0x811c9dc5;
const FNV_PRIME = 0x01000193;

/**
 * FNV-1a (RFC 9923) over UTF-16 units: not against people, who can write on their own disk, but against disks, which cut and flip. 10 MB
 * take some tens of milliseconds.
 */
export function checksum(...texts: readonly (string | undefined)[]): number {
  let sum = FNV_BASIS;
  for (const text of texts) {
    if (text === undefined) continue;
    sum = Math.imul(sum ^ text.length, FNV_PRIME);
    for (let at = 0; at < text.length; at += 1) sum = Math.imul(sum ^ text.charCodeAt(at), FNV_PRIME);
  }
  return sum >>> 0;
}

const WORD_BYTES = 4;
/** An odd number whose bits are spread: 2 to the power of 32, divided by the golden ratio. */
const SPREAD = 0x9e3779b1;

/**
 * The same purpose for bytes, four at a time, so that megabytes take a few milliseconds: each step can be undone, so that one changed word
 * always shows, and the turn carries every bit through all others.
 */
export function checksumOfBytes(start: number, bytes: Uint8Array): number {
  const whole = bytes.length - (bytes.length % WORD_BYTES);
  let sum = sumWords(Math.imul(start ^ bytes.length, SPREAD), bytes.subarray(0, whole));
  for (let at = whole; at < bytes.length; at += 1) sum = Math.imul(turned(sum) ^ (bytes[at] as number), SPREAD);
  return sum >>> 0;
}

/** Fewer bytes are not worth copying. */
const COPIED_BYTES_MIN = 4_096;
const wordSum = whenAsked(createWordSum);

function sumWords(start: number, bytes: Uint8Array): number {
  const copied = bytes.length < COPIED_BYTES_MIN ? null : wordSum();
  if (copied) return copied(start, bytes);
  let sum = start;
  for (const word of wordsOf(bytes)) sum = Math.imul(turned(sum) ^ word, SPREAD);
  return sum;
}

function turned(sum: number): number {
  return (sum << 5) | (sum >>> 27);
}

/** As many whole words as there are; where they do not lie as words do, of a copy. */
function wordsOf(bytes: Uint8Array): Uint32Array {
  const aligned = bytes.byteOffset % WORD_BYTES === 0 ? bytes : bytes.slice();
  return new Uint32Array(aligned.buffer, aligned.byteOffset, Math.floor(aligned.length / WORD_BYTES));
}
