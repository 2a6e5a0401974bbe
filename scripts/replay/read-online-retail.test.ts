import { expect, test } from 'vitest';
import { readOnlineRetail } from './read-online-retail.ts';
import { decodeText } from './read-text.ts';

const HEADING = 'invoice,stock_code,description,quantity,unit_price_gbp';

test('a line becomes a row with pieces and pence', () => {
  const file = readOnlineRetail(`${HEADING}\n536365,85123A,"HOLDER, WHITE",6,2.55\n`);
  expect(file.rows).toEqual([
    { line: 2, invoice: '536365', code: '85123A', description: 'HOLDER, WHITE', quantity: 6, price: 255 },
  ]);
});

test.each([
  'InvoiceNo,StockCode,Description,Quantity,InvoiceDate,UnitPrice,CustomerID,Country\r\n1,A b,x,2,12/1/2010 8:26,1.5,17850,UK\r\n',
  'Invoice,StockCode,Description,Quantity,InvoiceDate,Price,Customer ID,Country\n1,A b,x,2,2010-12-01 08:26:00,1.5,,UK',
  'invoice;stock_code;description;quantity;unit_price_gbp\n1;A b;x;2;1,5\n',
])('other headings, line ends and delimiters give the same row: %j', (text) => {
  expect(readOnlineRetail(text).rows).toEqual([
    { line: 2, invoice: '1', code: 'A b', description: 'x', quantity: 2, price: 150 },
  ]);
});

test('bytes that are not UTF-8 are read as Windows-1252, and a byte order mark is dropped', () => {
  expect(decodeText(Buffer.from('CAF\u00c9 \u00a35', 'latin1'))).toBe('CAF\u00c9 \u00a35');
  expect(decodeText(Buffer.from('\ufeffinvoice', 'utf8'))).toBe('invoice');
});

test('lines that cannot be read are listed by their number, and the others are kept', () => {
  const lines = ['1,A,x,1,1', '2,A,x,0,1', '3,A,x,many,1', '4,A,x,1,', '5,,x,1,1', ',A,x,1,1', '7,A', '8,A,x,1,0.001'];
  const file = readOnlineRetail(`${HEADING}\n${lines.join('\n')}\n`);
  expect(file.rows.map(({ invoice }) => invoice)).toEqual(['1', '8']);
  expect(file.skipped).toEqual([
    { line: 3, why: 'quantity is 0' },
    { line: 4, why: 'quantity is not a whole number' },
    { line: 5, why: 'price is not a number' },
    { line: 6, why: 'no stock code' },
    { line: 7, why: 'no invoice number' },
    { line: 8, why: 'quantity is not a whole number' },
  ]);
  expect(file.changed).toEqual([{ line: 9, why: 'price 0.001 rounded to 0 pence' }]);
});

test('a file without the headings is refused with the heading that is missing', () => {
  expect(() => readOnlineRetail('a,b\n1,2\n')).toThrow('no heading for the invoice');
});
