import type { Level } from '../../schema/stock/stock-history.ts';

/** Width and height of the drawing, in its own units. */
const [WIDTH, HEIGHT] = [100, 40];
/** Room above and below the line. */
const MARGIN = 2;

/** Where a moment and a stock stand in the drawing. */
export interface PlotScale {
  readonly lowest: number;
  readonly highest: number;
  x(at: number): number;
  y(onHand: number): number;
}

/** The lowest line is nothing, or what is below it. */
export function plotScale(levels: readonly Level[]): PlotScale {
  let [lowest, highest] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (const { onHand } of levels) {
    lowest = Math.min(lowest, onHand);
    highest = Math.max(highest, onHand);
  }
  const [bottom, top] = [Math.min(0, lowest), Math.max(1, highest)];
  const [from, to] = [levels[0]?.at ?? 0, levels.at(-1)?.at ?? 1];
  return {
    lowest,
    highest,
    x: (at) => ((at - from) / Math.max(1, to - from)) * WIDTH,
    y: (onHand) => MARGIN + ((top - onHand) / (top - bottom)) * (HEIGHT - 2 * MARGIN),
  };
}

/** The line of a stock that stays what it is until the next move. */
export function levelPath(levels: readonly Level[], scale: PlotScale): string {
  const [first, ...rest] = levels;
  if (!first) return '';
  const place = (value: number) => value.toFixed(2);
  const steps = rest.map(({ at, onHand }) => `H${place(scale.x(at))}V${place(scale.y(onHand))}`);
  return `M${place(scale.x(first.at))},${place(scale.y(first.onHand))}${steps.join('')}`;
}
