/** Words at a time: so many bytes are copied to where the program reads them. */
export const PIECE_BYTES = 1024 * 1024;

/**
 * `s(sum, at, end)`: for each word of the memory `m` from `at` to `end`, sum = (sum rotated left by 5 ^ word) * 0x9e3779b1.
 */
const PROGRAM = Uint8Array.of(
  ...[0x00, 0x61, 0x73, 0x6d, 0x01, 0x00, 0x00, 0x00], // a module of version 1
  ...[0x01, 0x08, 0x01, 0x60, 0x03, 0x7f, 0x7f, 0x7f, 0x01, 0x7f], // a type: three i32 give one
  ...[0x03, 0x02, 0x01, 0x00], // a function of it
  ...[0x05, 0x03, 0x01, 0x00, 0x10], // a memory of 16 pages of 64 kB
  ...[0x07, 0x09, 0x02, 0x01, 0x6d, 0x02, 0x00, 0x01, 0x73, 0x00, 0x00], // exports: m the memory, s the function
  ...[0x0a, 0x30, 0x01, 0x2e, 0x00, 0x02, 0x40, 0x03, 0x40], // its code, without locals: a block, a loop
  ...[0x20, 0x01, 0x20, 0x02, 0x4f, 0x0d, 0x01], // at >= end leaves the block
  ...[0x20, 0x00, 0x41, 0x05, 0x77], // sum rotated left by 5
  ...[0x20, 0x01, 0x28, 0x02, 0x00, 0x73], // ^ the word at `at`
  ...[0x41, 0xb1, 0xf3, 0xdd, 0xf1, 0x79, 0x6c, 0x21, 0x00], // * 0x9e3779b1 is the sum
  ...[0x20, 0x01, 0x41, 0x04, 0x6a, 0x21, 0x01, 0x0c, 0x00, 0x0b, 0x0b], // at += 4, again
  ...[0x20, 0x00, 0x0b], // the sum
);

type SumWords = (sum: number, bytes: Uint8Array) => number;

/**
 * Sums words as a program that is fast from its first turn: a page that has just started reads megabytes before the browser has compiled a loop of
 * its script. Null where the browser runs no such program. Bytes must be whole words.
 */
export function createWordSum(): SumWords | null {
  try {
    const { exports } = new WebAssembly.Instance(new WebAssembly.Module(PROGRAM));
    const { m, s } = exports as { m: WebAssembly.Memory; s: (sum: number, at: number, end: number) => number };
    const memory = new Uint8Array(m.buffer);
    return (start, bytes) => {
      let sum = start;
      for (let at = 0; at < bytes.length; at += PIECE_BYTES) {
        const piece = bytes.subarray(at, at + PIECE_BYTES);
        memory.set(piece);
        sum = s(sum, 0, piece.length);
      }
      return sum;
    };
  } catch {
    return null;
  }
}
