import { useCallback, useLayoutEffect, useState } from 'react';
import { type RowSpan, rowsSeen, scrolledTo } from './rows-seen.ts';

/** Pixels: the height of what scrolls, and the width of its only child, which holds the list. */
export interface ListSize {
  readonly width: number;
  readonly height: number;
}

/** Measured before anything of it is painted, and again whenever it changes; nothing before it is drawn. */
export function useListSize(scroller: HTMLElement | null): ListSize | null {
  const [size, setSize] = useState<ListSize | null>(null);
  useLayoutEffect(() => {
    const list = scroller?.firstElementChild;
    if (!scroller || !list) return undefined;
    const measure = () => {
      const { clientHeight: height } = scroller;
      const { clientWidth: width } = list;
      setSize((before) => (before?.width === width && before.height === height ? before : { width, height }));
    };
    measure();
    const sizes = new ResizeObserver(measure);
    for (const element of [scroller, list]) sizes.observe(element);
    return () => sizes.disconnect();
  }, [scroller]);
  return size;
}

export interface Rows extends RowSpan {
  /** Scrolls no further than needed to show a row, which is drawn when the event that asks for it is over. */
  show(row: number): void;
}

export interface RowsWish {
  /** What scrolls; null before it is drawn. */
  readonly scroller: HTMLElement | null;
  /** Pixels. */
  readonly height: number;
  readonly rowHeight: number;
  readonly count: number;
  readonly ahead: number;
}

/** The rows of a long list that must be drawn: all are of one height, so that a place is a multiplication, and no list of thousands of measurements. */
export function useRows({ scroller, height, rowHeight, count, ahead }: RowsWish): Rows {
  /** Whole rows above what is seen: a step of a few pixels draws nothing. */
  const [above, setAbove] = useState(0);
  const look = useCallback(() => setAbove(Math.floor((scroller?.scrollTop ?? 0) / rowHeight)), [scroller, rowHeight]);
  useLayoutEffect(() => {
    look();
    scroller?.addEventListener('scroll', look, { passive: true });
    return () => scroller?.removeEventListener('scroll', look);
  }, [scroller, look]);
  const view = { height, rowHeight, count, ahead };
  return {
    // The first row seen may be seen in part only, and so may one more at the end.
    ...rowsSeen({ ...view, scrolled: above * rowHeight, height: height + rowHeight }),
    show: (row) => {
      if (scroller === null) return;
      scroller.scrollTo({ top: scrolledTo(row, { ...view, scrolled: scroller.scrollTop }) });
      look();
    },
  };
}
