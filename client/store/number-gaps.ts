import type { DeviceId } from '../../schema/ids.ts';
import type { BranchEntry } from '../../schema/protocol/pull.ts';

/** Entries of one device that are not here though later ones are. */
export interface NumberGap {
  readonly deviceId: DeviceId;
  readonly from: number;
  readonly to: number;
  /** When the entry right before it arrived, by the server's time; null where none is here. */
  readonly beforeAt: number | null;
}

/** Which numbers of each device's journal were seen here, and which lie between them. */
export interface NumberGaps {
  /** Gives true when a gap opened or closed. */
  put(rows: readonly BranchEntry[]): boolean;
  /** By device, the lowest first. */
  all(): readonly NumberGap[];
  clear(): void;
}

/** Stretches kept of one device: a hostile one can make thousands, and the newest are of use. */
export const STRETCHES_MAX = 50;

/** Numbers seen without a gap between them, and when the last of them arrived. */
interface Stretch {
  readonly from: number;
  readonly to: number;
  readonly toAt: number;
}

export function createNumberGaps(): NumberGaps {
  const byDevice = new Map<DeviceId, readonly Stretch[]>();
  const take = ({ deviceId, seq, receivedAt }: BranchEntry): boolean => {
    const held = byDevice.get(deviceId) ?? [];
    const last = held.at(-1);
    const grown = last?.to === seq - 1 ? appended(held, last, seq, receivedAt) : withNumber(held, seq, receivedAt);
    if (grown === held) return false;
    byDevice.set(deviceId, grown.slice(-STRETCHES_MAX));
    return grown.length !== held.length;
  };
  return {
    put: (rows) => rows.reduce((changed, row) => take(row) || changed, false),
    all: () => [...byDevice].flatMap(([deviceId, stretches]) => gapsBetween(deviceId, stretches)),
    clear: () => byDevice.clear(),
  };
}

/** The usual case: the next number. */
function appended(held: readonly Stretch[], last: Stretch, seq: number, toAt: number): readonly Stretch[] {
  return [...held.slice(0, -1), { ...last, to: seq, toAt }];
}

function withNumber(held: readonly Stretch[], seq: number, toAt: number): readonly Stretch[] {
  if (held.some(({ from, to }) => seq >= from && seq <= to)) return held;
  const before = held.filter(({ to }) => to < seq);
  const behind = held.slice(before.length);
  const [left, right] = [before.at(-1), behind[0]];
  const joinsLeft = left?.to === seq - 1;
  const joinsRight = right?.from === seq + 1;
  const middle: Stretch = {
    from: joinsLeft && left ? left.from : seq,
    to: joinsRight && right ? right.to : seq,
    toAt: joinsRight && right ? right.toAt : toAt,
  };
  return [...(joinsLeft ? before.slice(0, -1) : before), middle, ...(joinsRight ? behind.slice(1) : behind)];
}

function gapsBetween(deviceId: DeviceId, stretches: readonly Stretch[]): NumberGap[] {
  return stretches.flatMap(({ from }, index) => {
    const before = stretches[index - 1];
    const first = (before?.to ?? 0) + 1;
    return first < from ? [{ deviceId, from: first, to: from - 1, beforeAt: before?.toAt ?? null }] : [];
  });
}
