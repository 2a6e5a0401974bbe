import { expect, test } from 'vitest';
import { CONTEXT, makeMixedSale } from '../../schema/fixtures/make-receipts.ts';
import { layOutReceipt } from '../../schema/receipt-layout.ts';
import { receiptBlocks } from '../../schema/receipt-print.ts';
import { encodeEscpos, readStatus } from './escpos.ts';

const lines = layOutReceipt(receiptBlocks(makeMixedSale(), CONTEXT), 32);
const asText = (bytes: Uint8Array) => Array.from(bytes, (byte) => String.fromCharCode(byte)).join('');

const INIT = '\x1b@';
const PULSE = '\x1bp\x00';
const CUT = '\x1dV\x01';
const QR_STORE = '\x1d(k';

test('[PRINT5] a receipt begins with init, ends with a cut, and has every line and the code in order', async () => {
  const text = asText(await encodeEscpos(lines, { columns: 32, drawer: true }));
  expect(text.startsWith(INIT)).toBe(true);
  expect(text.trimEnd().endsWith(CUT)).toBe(true);
  const places = [
    text.indexOf(PULSE),
    text.indexOf('Toko Maju Jaya'),
    text.indexOf('Total                  Rp 59.850'),
    text.indexOf(QR_STORE),
    text.indexOf('LACI1-0123456789ABCDEF-20-AVSHYPZ6AXMF'),
    text.indexOf(CUT),
  ];
  expect(places.every((place) => place > 0)).toBe(true);
  expect([...places].sort((left, right) => left - right)).toEqual(places);
  const rows = text.split('\n');
  const said = lines.flatMap((line) => (line.kind === 'text' ? [line.text.trimEnd()] : []));
  const found = said.map((line) => rows.findIndex((row) => row.includes(line)));
  expect(said.filter((_, index) => found[index] === -1)).toEqual([]);
});

test('[PRINT8] only a job that says so opens the drawer; a drawer alone neither prints nor cuts', async () => {
  expect(asText(await encodeEscpos(lines, { columns: 32, drawer: false }))).not.toContain(PULSE);
  const alone = asText(await encodeEscpos([], { columns: 32, drawer: true }));
  expect(alone).toContain(PULSE);
  expect(alone).not.toContain(CUT);
});

test('[RCP4] what the printer has no letters for keeps its columns', async () => {
  const text = asText(
    await encodeEscpos([{ kind: 'text', text: '煎茶  12.000', strong: false }], { columns: 32, drawer: false }),
  );
  expect(text).toContain('????  12.000');
});

test('[PRINT4] a printer that answers says that paper or cover is the trouble; no answer says nothing', () => {
  expect(readStatus(0x12, 0x12)).toBeNull();
  expect(readStatus(0x72, 0x12)).toBe('paper-out');
  expect(readStatus(0x12, 0x16)).toBe('cover-open');
  expect(readStatus(null, null)).toBeNull();
  expect(readStatus(0xff, 0xff)).toBeNull();
});
