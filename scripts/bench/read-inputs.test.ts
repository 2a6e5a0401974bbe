import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, expect, test } from 'vitest';
import type { BenchOrder } from './bench-order.ts';
import { readInputs } from './read-inputs.ts';

const folder = mkdtempSync(join(tmpdir(), 'laci-test-'));
afterAll(() => rmSync(folder, { recursive: true }));

function told(bytes: string | Uint8Array, order: Partial<BenchOrder> = {}): string {
  const file = join(folder, 'given');
  writeFileSync(file, bytes);
  const named = 'salesFile' in order ? { ...order, salesFile: file } : { catalogue: file };
  let said = '';
  readInputs({ format: 'online-retail', ...named } as BenchOrder, (text) => {
    said += text;
  });
  return said.replace(file, 'given');
}
const sales = (format: BenchOrder['format']) => ({ salesFile: '', format });

test('what counts in a catalogue is told, and what is left out, however it was saved', () => {
  expect(told('barcode,name\n8991002101234,Kopi "Satu"\n8991002101234,Teh\n,"Gula, putih"\n')).toBe(
    'given: 2 products; 1 lines are left out, e.g. line 2: broken quoting',
  );
  expect(told('﻿barcode;name\n;حليب كامل\n;绿茶\n')).toBe('given: 2 products');
  expect(told(gzipSync('name\nKopi\n'))).toBe('given: 1 products');
  expect(told(Buffer.from('﻿name\nKopi\n', 'utf16le'))).toBe('given: 1 products');
});

test.each([
  ['', 'cannot be a catalogue. The file is empty. Give a CSV file'],
  ['barcode,name\n', 'holds no product that can be sold.'],
  ['title,code\nKopi,1\n', 'there is none called "name"'],
  [
    `name\n${'x'.repeat(500)}\n`,
    'holds no product that can be sold; 1 lines are left out, e.g. line 2: name is too long',
  ],
  ['PK\u0003\u0004', 'is a spreadsheet or archive: save it as CSV first.'],
  [new Uint8Array([0x1f, 0x8b, 1, 2, 3]), 'cannot be read: '],
])('a catalogue of %j is refused in a sentence', (bytes, sentence) => {
  expect(() => told(bytes)).toThrow(sentence);
});

test('a file that is not there is refused in a sentence that names the option', () => {
  const order = { catalogue: '/nowhere/at-all.csv', format: 'online-retail' } as BenchOrder;
  expect(() => readInputs(order, () => undefined)).toThrow('--catalogue /nowhere/at-all.csv cannot be read: ENOENT');
});

test('sales are told likewise, and a file of the other form is refused with what to say', () => {
  const lines =
    'invoice,stock_code,description,quantity,unit_price_gbp\n1,A,Pen,2,1.00\n1,,Pen,2,1.00\nC1,A,Pen,-2,1\n';
  expect(told(lines, sales('online-retail'))).toBe('given: 1 sales; 1 lines are left out, e.g. line 3: no stock code');
  expect(told('milk,bread\n\neggs\n', sales('baskets'))).toMatch(/^given: 2 sales; 1 lines/);
  expect(() => told('milk,bread\n', sales('online-retail'))).toThrow('one sale, say --format baskets');
  expect(() => told('\n\n', sales('baskets'))).toThrow('There is no sale in');
});
