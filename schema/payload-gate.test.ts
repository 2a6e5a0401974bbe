import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { canonicalJson } from './canonical-json.ts';
import { EMPTY_HEAD, sealEntry } from './chain.ts';
import { readDeviceEntry } from './entry/entry.ts';
import { BRANCH, CASHIER, makeDeviceEntries, OPENING, RULES, TILL_DEVICE } from './fixtures/make-entries.ts';
import { type CartId, productIdShape, type TillCode } from './ids.ts';
import {
  FAULT_PLACE_MAX,
  MOVE_LINES_MAX,
  QUANTITY_MAX,
  ROW_BYTES_MAX,
  SALE_BYTES_MAX,
  STRING_BYTES_MAX,
} from './limits.ts';
import { money } from './money.ts';
import { findGateFault, utf8Length } from './payload-gate.ts';
import { quantity } from './quantity.ts';
import { buildReceipt, type CartLine, payCash } from './receipt.ts';
import type { Discount } from './totals.ts';

/** `levels` lists inside each other, as text: building it by hand would need as many calls. */
function nested(levels: number): unknown {
  return JSON.parse('['.repeat(levels) + ']'.repeat(levels));
}

/** An object of exactly `bytes` bytes as JSON, of strings under their own bound. */
function ofBytes(bytes: number, more: Record<string, unknown> = {}): Record<string, unknown> {
  const row: Record<string, unknown> = { ...more, t: [] };
  const texts = row.t as string[];
  const size = () => utf8Length(JSON.stringify(row));
  while (bytes - size() > STRING_BYTES_MAX + 3) texts.push('x'.repeat(STRING_BYTES_MAX));
  texts.push('');
  const [rest, last] = [bytes - size(), texts.length - 1];
  texts[last] = 'x'.repeat(Math.min(rest, STRING_BYTES_MAX));
  return row;
}

/** A row of exactly `nodes` values, itself included. */
function ofNodes(nodes: number, more: Record<string, unknown> = {}): unknown {
  return { ...more, list: Array.from({ length: nodes - 2 - Object.keys(more).length }, () => 0) };
}

const codeOf = (row: unknown) => findGateFault(row)?.code ?? null;

describe('each limit from both sides', () => {
  test('[GATE1] 12 levels pass, 13 do not', () => {
    expect(codeOf(nested(12))).toBeNull();
    expect(codeOf(nested(13))).toBe('too-deep');
  });

  test('[GATE2] 5,000 values pass in a row, 5,001 do not; 20,000 in a sale', () => {
    expect(codeOf(ofNodes(5_000))).toBeNull();
    expect(codeOf(ofNodes(5_001))).toBe('too-many-nodes');
    for (const kind of ['sale', 'refund']) {
      expect(codeOf(ofNodes(20_000, { kind }))).toBeNull();
      expect(codeOf(ofNodes(20_001, { kind }))).toBe('too-many-nodes');
    }
  });

  test('[GATE2] 64 KiB pass in a row, a byte more does not; 256 KiB in a sale', () => {
    expect(codeOf(ofBytes(ROW_BYTES_MAX))).toBeNull();
    expect(codeOf(ofBytes(ROW_BYTES_MAX + 1))).toBe('too-large');
    for (const kind of ['sale', 'refund']) {
      expect(codeOf(ofBytes(SALE_BYTES_MAX, { kind }))).toBeNull();
      expect(codeOf(ofBytes(SALE_BYTES_MAX + 1, { kind }))).toBe('too-large');
    }
  });

  test('[GATE3] a string of 8 KiB passes, a byte more does not, counted as UTF-8', () => {
    expect(codeOf({ a: 'x'.repeat(STRING_BYTES_MAX) })).toBeNull();
    expect(codeOf({ a: 'x'.repeat(STRING_BYTES_MAX + 1) })).toBe('long-string');
    expect(codeOf({ a: '😀'.repeat(STRING_BYTES_MAX / 4) })).toBeNull();
    expect(codeOf({ a: `${'😀'.repeat(STRING_BYTES_MAX / 4)}é` })).toBe('long-string');
  });

  test('[GATE4] safe integers pass, and no other number', () => {
    for (const good of [0, -0, 1, Number.MAX_SAFE_INTEGER, -Number.MAX_SAFE_INTEGER])
      expect(codeOf({ good })).toBeNull();
    for (const bad of [0.5, Number.NaN, 2 ** 53, -(2 ** 53), Number.POSITIVE_INFINITY])
      expect(codeOf({ bad })).toBe('bad-number');
    expect(codeOf(JSON.parse('{"a":1e400}'))).toBe('bad-number');
  });
});

test('[GATE1] 20,000 brackets are refused without exhausting the stack', () => {
  expect(codeOf(nested(20_000))).toBe('too-deep');
  expect(codeOf(JSON.parse(`${'{"a":'.repeat(20_000)}1${'}'.repeat(20_000)}`))).toBe('too-deep');
});

test('[GATE1] a row that holds itself is refused', () => {
  const row: Record<string, unknown> = {};
  row.self = row;
  expect(codeOf(row)).toBe('too-deep');
});

test('[GATE2] a hundred thousand values are refused', () => {
  expect(codeOf(Array.from({ length: 100_000 }, () => null))).toBe('too-many-nodes');
});

test('[GATE5] half a surrogate pair is refused, in values and in keys', () => {
  expect(findGateFault(JSON.parse('{"body":{"note":"\\ud83d"}}'))).toEqual({ code: 'bad-text', place: 'body.note' });
  expect(codeOf(JSON.parse('{"\\udc00":1}'))).toBe('bad-key');
  expect(codeOf({ note: '🛍️ “besar”' })).toBeNull();
});

test('[GATE6] keys that every object has are refused wherever they stand', () => {
  for (const key of ['__proto__', 'constructor', 'prototype', '__defineGetter__', '__', '__x']) {
    expect(findGateFault(JSON.parse(`{"a":[{"${key}":{"admin":true}}]}`))).toEqual({
      code: 'bad-key',
      place: `a.0.${key}`,
    });
  }
  expect(codeOf({ a: '__proto__', _b: 1, c__: 2 })).toBeNull();
});

test('[GATE9] the place is short and well-formed, whatever the keys are', () => {
  for (const key of ['k'.repeat(10_000), '😀'.repeat(100), '\ud800'.repeat(300)]) {
    const place = findGateFault({ [key]: { x: 0.5 } })?.place ?? '';
    expect(place.length).toBeLessThanOrEqual(FAULT_PLACE_MAX);
    expect(place.isWellFormed()).toBe(true);
  }
});

test('[GATE8] what JSON has no word for is refused', () => {
  for (const bad of [undefined, () => 1, 1n, Symbol('s'), [undefined], { a: [1, undefined] }]) {
    expect(codeOf(bad)).toBe('not-json');
  }
  expect(codeOf({ a: undefined })).toBeNull();
});

test('[GATE8] the gate answers whatever it is given, and what passes has canonical JSON', () => {
  const anything = fc.anything({
    withBigInt: true,
    withSparseArray: true,
    withNullPrototype: true,
    maxDepth: 5,
    stringUnit: 'binary',
  });
  fc.assert(
    fc.property(anything, (row) => {
      if (findGateFault(row) === null) expect(typeof canonicalJson(row)).toBe('string');
    }),
    { numRuns: 200 },
  );
});

test('[I12] neither gate nor reader throws on any JSON', () => {
  fc.assert(
    fc.property(fc.json({ stringUnit: 'binary', maxDepth: 20 }), (text) => {
      const row: unknown = JSON.parse(text);
      findGateFault(row);
      expect(readDeviceEntry(row).ok).toBe(false);
    }),
    { numRuns: 300 },
  );
});

test('[GATE7] every recorded example passes', () => {
  for (const entry of makeDeviceEntries()) expect(findGateFault(entry)).toBeNull();
});

const NAMES = [
  'WHITE HANGING HEART T-LIGHT HOLDER',
  'SET 7 BABUSHKA NESTING BOXES',
  'Organic Unsweetened Granola, Cinnamon Almond',
  'Mie instan rasa soto ayam dengan koya — isi 5',
  'POPPY’S PLAYHOUSE BEDROOM',
];

/** An invoice of real names, as wholesalers make them. */
function invoice(lines: number, each: Partial<CartLine> = {}, discount?: Discount) {
  const cart = {
    cartId: 'cart-invoice-1' as CartId,
    lines: Array.from({ length: lines }, (_, index) => ({
      productId: productIdShape.parse(`p${String(8_992_761_000_000 + index)}`),
      rev: { epoch: 1, n: 1 + (index % 30) },
      name: NAMES[index % NAMES.length] as string,
      barcode: String(8_992_761_000_000 + index),
      quantity: quantity(1 + (index % 200)),
      unitScale: 1,
      unitPrice: money(1_500 + 37 * index),
      taxId: 'ppn',
      ...each,
    })),
    discount,
  };
  const receipt = buildReceipt(cart, RULES, { till: 'K1' as TillCode, generation: 1, receiptNo: 123_456 });
  const body = { ...receipt, payments: [payCash(receipt.totals.due, receipt.totals.due)] };
  return sealEntry(
    { deviceId: TILL_DEVICE, branch: BRANCH, person: CASHIER, at: OPENING, kind: 'sale', body },
    EMPTY_HEAD,
  );
}

test('[GATE7] an invoice of 1,114 real lines passes, with barcodes, tax and a discount on the whole', () => {
  const entry = invoice(1_114, {}, { type: 'percent', basisPoints: 500 });
  expect(findGateFault(entry)).toBeNull();
  expect(readDeviceEntry(entry).ok).toBe(true);
});

test('[GATE7] an invoice with a discount on each of 1,114 lines is refused, one of 800 lines is not', () => {
  const discount: Discount = { type: 'percent', basisPoints: 1_250 };
  expect(codeOf(invoice(1_114, { discount }, discount))).toBe('too-large');
  expect(codeOf(invoice(800, { discount }, discount))).toBeNull();
});

test('[GATE7] a movement of as many lines as one may have passes', () => {
  const lines = Array.from({ length: MOVE_LINES_MAX }, (_, index) => ({
    productId: productIdShape.parse(`${'p'.repeat(26)}${100_000 + index}`),
    quantity: quantity(QUANTITY_MAX),
    unitCost: money(Number.MAX_SAFE_INTEGER),
  }));
  const body = { reference: 'é'.repeat(120), lines };
  const entry = sealEntry(
    { deviceId: TILL_DEVICE, branch: BRANCH, person: CASHIER, at: OPENING, kind: 'receive', body },
    EMPTY_HEAD,
  );
  expect(findGateFault(entry)).toBeNull();
  expect(readDeviceEntry(entry).ok).toBe(true);
});

test('[GATE3] the length of text in UTF-8 is counted without making it', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme' }), (text) => {
      expect(utf8Length(text)).toBe(new TextEncoder().encode(text).length);
    }),
  );
});
