/** A cell: text, a plain number as spreadsheets read it, or nothing. */
export type Cell = string | number | null;

/** What a spreadsheet would run as a formula when it opens the file. */
const FORMULA = /^[=+\-@\t\r]/;
/** Tells spreadsheets that the text is UTF-8. */
const MARK = '\ufeff';

/** A table as CSV (RFC 4180). Text that a spreadsheet would run as a formula gets an apostrophe. */
export function csvOf(head: readonly string[], rows: Iterable<readonly Cell[]>): string {
  const lines = [head, ...rows].map((cells) => cells.map(cellText).join(','));
  return `${MARK}${lines.join('\r\n')}\r\n`;
}

function cellText(cell: Cell): string {
  if (cell === null) return '';
  if (typeof cell === 'number') return String(cell);
  const safe = FORMULA.test(cell) ? `'${cell}` : cell;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

/** Money in the currency's unit, with a point: `12.5` for 1250 cents. */
export function plainMoney(amount: number, digits: number): number {
  return amount / 10 ** digits;
}
