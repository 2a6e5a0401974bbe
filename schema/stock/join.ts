import type { DeviceId } from '../ids.ts';
import type { Counter, Stock } from './counter.ts';

/**
 * Joins two states of one product's stock: commutative, associative, idempotent (STK3). Between different `(epoch, n)` the
 * higher replaces the other whole; within one, the counter with the greater seq wins per device.
 */
export function joinStock(left: Stock, right: Stock): Stock {
  const order = left.epoch - right.epoch || left.n - right.n;
  if (order !== 0) return order > 0 ? left : right;
  return { ...left, counters: joinCounters(left.counters, right.counters) };
}

function joinCounters(left: Stock['counters'], right: Stock['counters']): Stock['counters'] {
  const joined = { ...left };
  for (const [deviceId, counter] of Object.entries(right) as [DeviceId, Counter][]) {
    const mine = joined[deviceId];
    if (mine === undefined || counter.seq > mine.seq) joined[deviceId] = counter;
  }
  return joined;
}
