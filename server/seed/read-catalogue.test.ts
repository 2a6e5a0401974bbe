import { describe, expect, test } from 'vitest';
import { decodeText } from '../../schema/csv-records.ts';
import { readPrice } from '../../schema/read-price.ts';
import { currencyOf } from './currency.ts';
import { readCatalogue } from './read-catalogue.ts';

const GBP = { code: 'GBP', digits: 2 };
const rules = { currency: GBP, taxIds: new Set(['ppn11', 'none']) };
const read = (...lines: string[]) => {
  const catalogue = readCatalogue(lines.join('\n'), rules);
  if (!catalogue.ok) throw new Error(catalogue.error);
  return catalogue.value;
};
const namesOf = (...lines: string[]) => read(...lines).items.map(({ name }) => name);

describe('files', () => {
  test('[SEED3] columns stand in any order, under any of their names', () => {
    const { items, bad } = read('Stock;Harga;Nama;Kode;Category', '5;2,55;Kopi;K-1;Minuman');
    expect(bad).toEqual([]);
    expect(items).toEqual([
      {
        name: 'Kopi',
        barcode: 'K-1',
        price: 255,
        stock: 5,
        category: 'Minuman',
        unitScale: undefined,
        taxId: undefined,
      },
    ]);
  });

  test('[SEED3] bare names and codes are a catalogue', () => {
    expect(read('barcode,name', '123,Kopi', ',Teh').items).toMatchObject([
      { barcode: '123', name: 'Kopi', price: undefined, stock: undefined },
      { barcode: undefined, name: 'Teh' },
    ]);
  });

  test('[SEED3] quotes, byte order mark, any line end, and blank lines', () => {
    const text = '\uFEFFbarcode,name\r\n1,"Kopi, ""hitam"""\r\n\r\n2,"Teh\r\nmanis"\r3,Gula\n';
    const catalogue = readCatalogue(text, rules);
    expect(catalogue.ok && catalogue.value.items.map(({ name }) => name)).toEqual([
      'Kopi, "hitam"',
      'Teh manis',
      'Gula',
    ]);
  });

  test('[SEED3] text in UTF-8, UTF-16 or Windows-1252', () => {
    expect(decodeText(Buffer.from('é'))).toBe('é');
    expect(decodeText(Buffer.from([0xe9]))).toBe('é');
    expect(decodeText(Buffer.from('\uFEFFé', 'utf16le')).replace('\uFEFF', '')).toBe('é');
  });

  test('[SEED3] without a column for names nothing is imported', () => {
    expect(readCatalogue('barcode,price\n1,2', rules)).toMatchObject({
      ok: false,
      error: expect.stringContaining('name'),
    });
    expect(readCatalogue('', rules)).toMatchObject({ ok: false });
  });
});

describe('bad rows', () => {
  test('[SEED3] every good row is imported, and every bad one listed by its line', () => {
    const { items, bad } = read(
      'barcode,name,price,stock',
      '1,Kopi,1.00,1',
      '2,,1.00,1',
      '3,Teh,abc,1',
      '4,Gula,1.00,-1',
      '1,Again,1.00,1',
      '6 6,Spaces,1.00,1',
      '8.99E+12,Excel,1.00,1',
      '7,Extra,1.00,1,what',
      '9,Garam,1.00,1',
    );
    expect(items.map(({ name }) => name)).toEqual(['Kopi', 'Garam']);
    expect(bad.map(({ line, reason }) => [line, reason])).toEqual([
      [3, 'empty name'],
      [4, 'bad price "abc"'],
      [5, 'bad stock "-1"'],
      [6, 'barcode 1 is on line 2 already'],
      [7, 'bad barcode "6 6"'],
      [8, expect.stringContaining('spreadsheet')],
      [9, '5 cells where 4 were named'],
    ]);
  });

  test('[SEED3] a quote that is never closed costs its own line', () => {
    const rows = Array.from({ length: 30 }, (_, n) => `${n},Name ${n}`);
    const { items, bad } = read('barcode,name', '100,"Broken', ...rows);
    expect([items.length, bad]).toEqual([30, [{ line: 2, reason: 'broken quoting' }]]);
  });

  test('[SEED3] two broken quotes do not swallow what is between them', () => {
    expect(namesOf('barcode,name', '1,"Broken', '2,Kopi', '3,"Broken too', '4,Teh')).toEqual(['Kopi', 'Teh']);
    expect(namesOf('barcode,name', '1,5" pipe', '2,Kopi')).toEqual(['Kopi']);
  });

  test('[I12] names and barcodes beyond their bounds are bad rows', () => {
    const { items, bad } = read('barcode,name', `1,${'x'.repeat(201)}`, `${'9'.repeat(33)},Kopi`, '\u0000,\u0007 ');
    expect([items.length, bad.length]).toEqual([0, 3]);
  });
});

describe('prices', () => {
  test.each([
    ['2.55', 2, 255],
    ['2,55', 2, 255],
    ['2.5', 2, 250],
    ['2', 2, 200],
    ['0', 2, 0],
    ['1,234.50', 2, 123450],
    ['1.234,50', 2, 123450],
    ['12500', 0, 12500],
    ['12.500', 0, 12500],
    ['1.250.000', 0, 1250000],
    ['12500.00', 0, 12500],
    ['1.5', 3, 1500],
  ])('[SEED4] %s with %i digits is %i', (text, digits, amount) => {
    expect(readPrice(text, digits)).toEqual({ ok: true, value: amount });
  });

  test.each([
    ['', 2],
    ['-1', 2],
    ['abc', 2],
    ['1.2.3', 2],
    ['2.555', 2],
    ['2.50', 0],
    ['£2', 2],
    ['1e3', 2],
    ['8991002101630000', 2],
    ['Infinity', 2],
  ])('[SEED4] "%s" with %i digits is no price', (text, digits) => {
    expect(readPrice(text, digits).ok).toBe(false);
  });

  test('[SEED4] currencies have the digits that trade uses', () => {
    expect(['IDR', 'GBP', 'JPY', 'KWD'].map((code) => currencyOf(code)?.digits)).toEqual([0, 2, 0, 3]);
    expect(currencyOf('RUPIAH')).toBeNull();
  });

  test('[SEED3] quantities are in smallest units, exactly', () => {
    const { items, bad } = read('name,stock,unit_scale', 'Rice,12.345,1000', 'Tea,1.5,', 'Salt,,', 'Sugar,0.1,1000');
    expect(items.map(({ stock }) => stock)).toEqual([12345, undefined, 100]);
    expect(bad).toEqual([{ line: 3, reason: 'bad stock "1.5"' }]);
  });
});
