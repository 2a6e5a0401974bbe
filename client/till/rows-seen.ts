/** What is seen of a list whose rows are all of one height. Lengths in pixels. */
export interface ListView {
  readonly scrolled: number;
  readonly height: number;
  readonly rowHeight: number;
  readonly count: number;
  /** Rows that are drawn above and below what is seen. */
  readonly ahead: number;
}

/** Rows from `from` up to, and without, `to`. */
export interface RowSpan {
  readonly from: number;
  readonly to: number;
}

/** The rows to draw. */
export function rowsSeen({ scrolled, height, rowHeight, count, ahead }: ListView): RowSpan {
  const to = Math.min(count, Math.ceil((scrolled + height) / rowHeight) + ahead);
  const from = Math.max(0, Math.min(Math.floor(scrolled / rowHeight) - ahead, to));
  return { from, to };
}

/** How far a list must be scrolled so that a row is seen whole: no further than needed, and not at all where it is. */
export function scrolledTo(row: number, { scrolled, height, rowHeight }: ListView): number {
  const top = row * rowHeight;
  if (top < scrolled) return top;
  return Math.max(scrolled, top + rowHeight - height);
}
