/** Tints that initials stand on. */
export const TINTS = 6;

/** The first letters of a name's first two words: `Kopi Tubruk` is `KT`. */
export function initialsOf(name: string): string {
  const words = name.match(/[\p{L}\p{N}]+/gu) ?? [];
  const letters = words.slice(0, 2).map((word) => [...word][0] ?? '');
  return letters.join('').toLocaleUpperCase();
}

/** A number from 0 to {@link TINTS} - 1, always the same for a name. */
export function tintOf(name: string): number {
  return [...name].reduce((sum, letter) => (sum * 31 + (letter.codePointAt(0) ?? 0)) % 65_521, 7) % TINTS;
}
