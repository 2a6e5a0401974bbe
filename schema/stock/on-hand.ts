import type { DeviceId } from '../ids.ts';
import { type Counter, NO_COUNTER, type Stock } from './counter.ts';

/** An own entry's effect that the server's counters may not cover yet. */
export interface OwnEffect {
  readonly seq: number;
  readonly in: number;
  readonly out: number;
}

/** One device's part of a sum, in smallest units. */
export interface OnHandPart {
  readonly deviceId: DeviceId;
  readonly in: number;
  readonly out: number;
  /** The last entry of the device that is in the sum. */
  readonly seq: number;
  /** Units (in - out) of own entries that no counter covers yet. */
  readonly uncovered: number;
}

/** On hand, and why: `onHand = base + Σ (in - out) over parts`. */
export interface OnHand {
  readonly onHand: number;
  readonly base: number;
  readonly parts: readonly OnHandPart[];
}

/**
 * Σ in - out over the stock document, plus own effects that are not quarantined and whose seq exceeds the own counter's
 * (I4). `own` holds effects on this product only; the order does not matter. `stock` is undefined for a product that
 * nobody has moved.
 */
export function explainOnHand(stock: Stock | undefined, ownDevice: DeviceId, own: readonly OwnEffect[]): OnHand {
  const base = stock ? stock.base.in - stock.base.out : 0;
  const counters = new Map(Object.entries(stock?.counters ?? {}) as [DeviceId, Counter][]);
  const fresh = own.filter((effect) => effect.seq > (counters.get(ownDevice)?.seq ?? 0));
  if (fresh.length > 0 && !counters.has(ownDevice)) counters.set(ownDevice, NO_COUNTER);
  const parts = [...counters].map(([deviceId, counter]) =>
    deviceId === ownDevice ? ownPart(deviceId, counter, fresh) : { deviceId, ...counter, uncovered: 0 },
  );
  return { onHand: parts.reduce((sum, part) => sum + part.in - part.out, base), base, parts };
}

function ownPart(deviceId: DeviceId, counter: Counter, fresh: readonly OwnEffect[]): OnHandPart {
  const added = fresh.reduce((sum, effect) => ({ in: sum.in + effect.in, out: sum.out + effect.out }), {
    in: 0,
    out: 0,
  });
  const seq = fresh.reduce((last, effect) => Math.max(last, effect.seq), counter.seq);
  return { deviceId, in: counter.in + added.in, out: counter.out + added.out, seq, uncovered: added.in - added.out };
}
