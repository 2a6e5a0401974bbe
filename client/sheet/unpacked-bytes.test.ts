import { expect, test } from 'vitest';
import { readSheet, UNPACKED_BYTES_MAX, writeWorkbook } from './sheet-file.ts';
import { unpackedBytes } from './unpacked-bytes.ts';

async function workbook(): Promise<Uint8Array<ArrayBuffer>> {
  const file = await writeWorkbook([
    ['name', 'price'],
    ['Gula', '700'],
  ]);
  return new Uint8Array(await file.arrayBuffer());
}

test('[OFFICE16] a workbook that would unpack to more than a browser holds is not opened', async () => {
  const bytes = await workbook();
  expect(unpackedBytes(bytes)).toBeGreaterThan(bytes.length);
  expect((await readSheet(bytes))?.records).toHaveLength(2);
  // The same file, of which the list says more.
  const view = new DataView(bytes.buffer);
  for (let at = 0; at < bytes.length - 4; at += 1) {
    if (view.getUint32(at, true) === 0x02014b50) view.setUint32(at + 24, UNPACKED_BYTES_MAX, true);
  }
  expect(unpackedBytes(bytes)).toBeGreaterThan(UNPACKED_BYTES_MAX);
  expect(await readSheet(bytes)).toBeNull();
});

test('[OFFICE16] [I12] what is no archive, or one that was cut, has no size and is not opened', async () => {
  const bytes = await workbook();
  const other = new Uint8Array(bytes.length).fill(0x50);
  const cut = bytes.slice(0, -30);
  const lying = bytes.slice();
  new DataView(lying.buffer).setUint16(lying.length - 12, 60_000, true);
  for (const one of [other, cut, lying, new Uint8Array(3)]) expect(unpackedBytes(one)).toBeNull();
  expect([await readSheet(cut), await readSheet(lying)]).toEqual([null, null]);
});
