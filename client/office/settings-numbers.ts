/** Lines as typed, one a line; null when there are too many or one is too long for paper. */
export function readLines(typed: string): string[] | null {
  const lines = typed.split('\n').map((line) => line.trimEnd());
  while (lines.at(-1) === '') lines.pop();
  return lines.length <= LINES_MAX && lines.every((line) => line.length <= LINE_LENGTH_MAX) ? lines : null;
}

/** What a receipt holds above and below (schema/company.ts). */
export const LINES_MAX = 6;
const LINE_LENGTH_MAX = 64;

/** A whole number as typed, times a unit; undefined for nothing, null for what is none or out of bounds. */
export function readWhole(
  typed: string,
  { unit = 1, min, max }: { readonly unit?: number; readonly min: number; readonly max: number },
): number | null | undefined {
  const text = typed.trim();
  if (text === '') return undefined;
  const value = /^\d{1,12}$/.test(text) ? Number(text) * unit : Number.NaN;
  return Number.isSafeInteger(value) && value >= min && value <= max ? value : null;
}

/** What such a field begins with. */
export function wholeText(value: number | undefined, unit = 1): string {
  return value === undefined ? '' : String(Math.round(value / unit));
}
