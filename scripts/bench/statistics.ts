/** What a benchmark says of one series of measurements. */
export interface Summary {
  readonly median: number;
  readonly p95: number;
}

/** Everything measured in one run, as its last line says it. */
export interface BenchResult {
  readonly name: string;
  readonly unit: 'ms' | 'bytes' | 'MB';
  readonly ours: Summary;
  readonly peers: Readonly<Record<string, Summary>>;
  /** Median of ours over median of the peer: below 1 is faster, or less. */
  readonly ratios: Readonly<Record<string, number>>;
  /** Peers that did less than ours, e.g. answered before the disk: figures without a rank. */
  readonly unranked?: Readonly<Record<string, Summary>>;
  /** By peer: what it cannot do, or how its work differs. */
  readonly notes?: Readonly<Record<string, string>>;
  /** By peer: why it was not measured though it can be. A run with one ends with status 1. */
  readonly failed?: Readonly<Record<string, string>>;
}

/** Median and 95th percentile (nearest rank) of a series. Throws on an empty one: a peer that is missing is no peer. */
export function summarise(series: readonly number[]): Summary {
  return { median: round(median(series)), p95: round(percentile(series, 95)) };
}

/** The middle value; the mean of the two middle ones for an even count. */
export function median(series: readonly number[]): number {
  const sorted = sort(series);
  const upper = sorted[Math.floor(sorted.length / 2)] as number;
  const lower = sorted[Math.floor((sorted.length - 1) / 2)] as number;
  return (lower + upper) / 2;
}

/** The smallest value that at least `percent` of the series do not exceed (nearest rank). */
export function percentile(series: readonly number[], percent: number): number {
  const sorted = sort(series);
  return sorted[Math.max(0, Math.ceil((percent / 100) * sorted.length) - 1)] as number;
}

function sort(series: readonly number[]): number[] {
  if (series.length === 0) throw new RangeError('Nothing was measured.');
  if (!series.every(Number.isFinite)) throw new RangeError('A measurement is not a number.');
  return [...series].sort((left, right) => left - right);
}

/** Median of one series over median of another, to three decimals. */
export function ratioOf(series: readonly number[], other: readonly number[]): number {
  return Math.round((median(series) / median(other)) * 1000) / 1000;
}

/** Holds our series against each peer's. Throws when a peer has no measurement or takes no time at all. */
export function compareSeries(
  name: string,
  ours: readonly number[],
  peers: Readonly<Record<string, readonly number[]>>,
  unit: BenchResult['unit'] = 'ms',
): BenchResult {
  const names = Object.keys(peers);
  const missing = names.filter((peer) => peers[peer]?.length === 0);
  if (names.length === 0 || missing.length > 0)
    throw new RangeError(`Peers without a measurement: ${missing.join(', ') || 'all'}.`);
  const summaries = Object.fromEntries(names.map((peer) => [peer, summarise(peers[peer] ?? [])]));
  return {
    name,
    unit,
    ours: summarise(ours),
    peers: summaries,
    ratios: Object.fromEntries(names.map((peer) => [peer, ratioOf(ours, peers[peer] ?? [])])),
  };
}

/** A hundredth is as fine as these clocks are. */
function round(value: number): number {
  return Math.round(value * 100) / 100;
}
