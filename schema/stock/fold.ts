import type { DeviceId } from '../ids.ts';
import { type Counter, counterOf, type Stock } from './counter.ts';
import type { StockEffect } from './effect.ts';

/**
 * Folds one entry's effect on one product into its counter. Strictly in seq order per device: an entry at or
 * below the counter's seq changes nothing (STK2), so folding twice is folding once. An entry that does not touch the
 * product leaves the counter as it is, and so does a quarantined or missing one: only the device's head moves past it.
 */
export function foldEffect(
  stock: Stock,
  deviceId: DeviceId,
  seq: number,
  effect: Pick<StockEffect, 'in' | 'out'>,
): Stock {
  const counter = counterOf(stock, deviceId);
  if (seq <= counter.seq) return stock;
  const next: Counter = { in: counter.in + effect.in, out: counter.out + effect.out, seq };
  return { ...stock, counters: { ...stock.counters, [deviceId]: next } };
}

/**
 * Says that everything of a device up to `seq` is counted, some of it elsewhere: its counter moves no units, and whoever holds those
 * entries does not count them again.
 */
export function coverUpTo(stock: Stock, deviceId: DeviceId, seq: number): Stock {
  return foldEffect(stock, deviceId, seq, { in: 0, out: 0 });
}

/** Retires a device: its counter moves into the base and the document's generation rises, so that no old counter returns. */
export function retireDevice(stock: Stock, deviceId: DeviceId): Stock {
  const { [deviceId]: counter, ...counters } = stock.counters;
  if (counter === undefined) return stock;
  const base = { in: stock.base.in + counter.in, out: stock.base.out + counter.out };
  return { ...stock, n: stock.n + 1, base, counters };
}

/**
 * Counts an entry that arrives from a device retired before: its counter is gone, so the base takes it, and the document's
 * generation rises, because within one generation bases are not joined. The device's head says that it is new.
 */
export function foldIntoBase(stock: Stock, effect: Pick<StockEffect, 'in' | 'out'>): Stock {
  return { ...stock, n: stock.n + 1, base: { in: stock.base.in + effect.in, out: stock.base.out + effect.out } };
}
