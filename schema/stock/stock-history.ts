/** What moved a product, at a moment. */
export interface Moved {
  readonly at: number;
  readonly delta: number;
}

/** The stock right after a moment. */
export interface Level {
  readonly at: number;
  readonly onHand: number;
}

/**
 * The stock over time, oldest first, from what it is now and what moved it: undone one by one from the newest back. Begins at `from` with
 * what was there then, as far as is known, and ends at `now`.
 */
export function stockLevels(onHand: number, moves: readonly Moved[], from: number, now: number): readonly Level[] {
  const newestFirst = moves.filter(({ at }) => at > from).sort((left, right) => right.at - left.at);
  const levels: Level[] = [{ at: now, onHand }];
  let level = onHand;
  for (const { at, delta } of newestFirst) {
    levels.push({ at: Math.min(at, now), onHand: level });
    level -= delta;
  }
  levels.push({ at: from, onHand: level });
  return levels.reverse();
}

/**
 * How much a till usually sells in as long a time as it is silent now: the average, over the days before, of what it sold in the same
 * hours of the clock. `days` before the silence began are looked at, and those on which it wrote nothing at all are left out: the shop was closed.
 */
export function usuallySold(
  sold: readonly Moved[],
  activeAt: readonly number[],
  { silentSince, now, days }: { readonly silentSince: number; readonly now: number; readonly days: number },
): number {
  let [sum, counted] = [0, 0];
  for (let day = 1; day <= days; day += 1) {
    const [from, to] = [silentSince - day * DAY_MS, now - day * DAY_MS];
    if (to > silentSince) continue;
    if (!activeAt.some((at) => Math.abs(at - to) <= DAY_MS / 2)) continue;
    counted += 1;
    for (const { at, delta } of sold) if (at > from && at <= to) sum -= delta;
  }
  return counted === 0 ? 0 : sum / counted;
}

const DAY_MS = 24 * 60 * 60 * 1_000;
