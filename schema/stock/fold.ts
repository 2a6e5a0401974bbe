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

/**
 * Retires a device: its counter moves into the base and the document's generation rises, so that no old counter returns. An empty
 * counter stays and says up to where the base holds the device's entries: the till itself may go on selling (STK13).
 */
export function retireDevice(stock: Stock, deviceId: DeviceId): Stock {
  const counter = counterOf(stock, deviceId);
  return isEmpty(counter) ? stock : moveIntoBase(stock, deviceId, counter);
}

/**
 * Counts an entry that arrives from a device retired before: the base takes it, and the document's generation rises, because within one
 * generation bases are not joined. An entry at or below the empty counter's seq changes nothing (STK2).
 */
export function foldIntoBase(
  stock: Stock,
  deviceId: DeviceId,
  seq: number,
  effect: Pick<StockEffect, 'in' | 'out'>,
): Stock {
  return seq <= counterOf(stock, deviceId).seq ? stock : moveIntoBase(stock, deviceId, { ...effect, seq });
}

/** Drops empty counters of retired devices that show no stock any more. Only where the generation rises, or a join brings them back. */
export function forgetDevices(stock: Stock, forgotten: ReadonlySet<DeviceId>): Stock {
  const counters = Object.entries(stock.counters) as [DeviceId, Counter][];
  const kept = counters.filter(([deviceId, counter]) => !(forgotten.has(deviceId) && isEmpty(counter)));
  return { ...stock, counters: Object.fromEntries(kept) };
}

function moveIntoBase(stock: Stock, deviceId: DeviceId, { in: units, out, seq }: Counter): Stock {
  const base = { in: stock.base.in + units, out: stock.base.out + out };
  return { ...stock, n: stock.n + 1, base, counters: { ...stock.counters, [deviceId]: { in: 0, out: 0, seq } } };
}

function isEmpty(counter: Counter): boolean {
  return counter.in === 0 && counter.out === 0;
}
