import { expect, test } from 'vitest';
import { CONTEXT, makeEntry, makeMixedSale, makeRefund } from './fixtures/make-receipts.ts';
import type { CustomerId, ShiftId } from './ids.ts';
import { money } from './money.ts';
import { payExactly } from './receipt.ts';
import { layOutReceipt } from './receipt-layout.ts';
import { type PrintableEntry, type ReceiptContext, receiptBlocks } from './receipt-print.ts';

function printed(entry: PrintableEntry, columns: number, context: Partial<ReceiptContext> = {}): string {
  const lines = layOutReceipt(receiptBlocks(entry, { ...CONTEXT, ...context }), columns);
  return `\n${lines.map((line) => (line.kind === 'qr' ? `[${line.code}]` : line.text)).join('\n')}\n`;
}

test('[RCP5] a mixed sale on 58 mm', () => {
  expect(printed(makeMixedSale(), 32)).toMatchInlineSnapshot(`
    "
             Toko Maju Jaya
              Cabang Utama
       Jl. Melati No. 12, Bandung
           Telp. 022-555-0101
       NPWP 01.234.567.8-901.000
    --------------------------------
    No. K1-1-42     05/01/2026 08:00
    Kasir: Budi
    Pelanggan: Ibu Tini
    --------------------------------
    Kopi Tubruk 200 g
      3 x 18.500              55.500
      Beli 2 gratis 1        -18.500
    Gula pasir curah kualitas satu
    dari Lampung
      1,250 kg x 16.000       20.000
      Diskon                  -1.000
      dua kantong
    Antar ke rumah
      1 x 10.000              10.000
      Harga biasa 15.000
    --------------------------------
    Subtotal                  66.000
    Diskon belanja            -6.600
    Layanan 5%                   450
    Total                  Rp 59.850
      Termasuk PPN 11%         3.300
    Kartu BCA ****1234        20.000
      Kode A8812
    QRIS                      15.000
      (belum dikonfirmasi)
    Tunai                     50.000
    Kembalian                 25.150
    Catatan: diambil sore
    --------------------------------
      Barang kembali paling lama 7
                 hari.
              Terima kasih
    [LACI1-0123456789ABCDEF-20-AVSHYPZ6AXMF]
    "
  `);
});

test('[RCP5] the same sale on 80 mm, in English', () => {
  expect(printed(makeMixedSale(), 48, { language: 'en' })).toMatchInlineSnapshot(`
    "
                     Toko Maju Jaya
                      Cabang Utama
               Jl. Melati No. 12, Bandung
                   Phone 022-555-0101
               NPWP 01.234.567.8-901.000
    ------------------------------------------------
    No. K1-1-42                     05/01/2026 08:00
    Cashier: Budi
    Customer: Ibu Tini
    ------------------------------------------------
    Kopi Tubruk 200 g
      3 x 18,500                              55,500
      Beli 2 gratis 1                        -18,500
    Gula pasir curah kualitas satu dari Lampung
      1.250 kg x 16,000                       20,000
      Discount                                -1,000
      dua kantong
    Antar ke rumah
      1 x 10,000                              10,000
      Usual price 15,000
    ------------------------------------------------
    Subtotal                                  66,000
    Discount on the sale                      -6,600
    Layanan 5%                                   450
    Total                                  Rp 59,850
      Including PPN 11%                        3,300
    Card BCA ****1234                         20,000
      Code A8812
    QRIS                                      15,000
      (not yet confirmed)
    Cash                                      50,000
    Change                                    25,150
    Note: diambil sore
    ------------------------------------------------
           Barang kembali paling lama 7 hari.
                      Terima kasih
    [LACI1-0123456789ABCDEF-20-AVSHYPZ6AXMF]
    "
  `);
});

test('[RCP5] [RCP6] a refund, printed a second time', () => {
  expect(printed(makeRefund(), 32, { copy: 1 })).toMatchInlineSnapshot(`
    "
             Toko Maju Jaya
              Cabang Utama
       Jl. Melati No. 12, Bandung
           Telp. 022-555-0101
       NPWP 01.234.567.8-901.000
    --------------------------------
              PENGEMBALIAN
           *** SALINAN 1 ***
    No. K1-1-42     05/01/2026 08:00
    Kasir: Budi
    Pengembalian dari K2-1-7
    Alasan: kemasan rusak
    --------------------------------
    Teh Melati
      2 x 7.500               15.000
    --------------------------------
    Total kembali          Rp 15.000
    Tunai kembali             15.000
    --------------------------------
      Barang kembali paling lama 7
                 hari.
              Terima kasih
    [LACI1-0123456789ABCDEF-20-AVSHYPZ6AXMF]
    "
  `);
});

test('[RCP5] store credit that was paid back', () => {
  const body = { customer: 'ibu-tini' as CustomerId, name: 'Ibu Tini', payment: payExactly('cash', money(25_000)) };
  expect(printed(makeEntry('credit-payment', body), 32)).toMatchInlineSnapshot(`
    "
             Toko Maju Jaya
              Cabang Utama
       Jl. Melati No. 12, Bandung
           Telp. 022-555-0101
       NPWP 01.234.567.8-901.000
    --------------------------------
              BAYAR KASBON
    No. 20          05/01/2026 08:00
    Kasir: Budi
    Pelanggan: Ibu Tini
    --------------------------------
    Total                  Rp 25.000
    Tunai                     25.000
    --------------------------------
      Barang kembali paling lama 7
                 hari.
              Terima kasih
    [LACI1-0123456789ABCDEF-20-AVSHYPZ6AXMF]
    "
  `);
});

test('[RCP5] a Z report; what was not there leaves no line', () => {
  const body = {
    shift: 'shift-1' as ShiftId,
    zNo: 3,
    sales: 1204,
    refunds: 2,
    taxes: [{ taxId: 'ppn', net: money(1_000_000), tax: money(110_000) }],
    tenders: [
      { tender: 'cash' as const, amount: money(1_250_000) },
      { tender: 'qris' as const, amount: money(340_500) },
    ],
    categories: [
      { category: 'Minuman', total: money(900_000) },
      { category: '', total: money(690_500) },
    ],
    expectedCash: money(1_430_000),
    countedCash: money(1_428_500),
    float: money(200_000),
    cashOut: money(20_000),
    perpetualTotal: money(98_765_432_100),
  };
  expect(printed(makeEntry('shift-close', body), 32)).toMatchInlineSnapshot(`
    "
             Toko Maju Jaya
              Cabang Utama
       Jl. Melati No. 12, Bandung
           Telp. 022-555-0101
       NPWP 01.234.567.8-901.000
    --------------------------------
               LAPORAN Z
    No. 3           05/01/2026 08:00
    Kasir: Budi
    --------------------------------
    Penjualan                  1.204
    Pengembalian                   2
    --------------------------------
    Tunai                  1.250.000
    QRIS                     340.500
    --------------------------------
    Pajak ppn                110.000
      Dasar pajak          1.000.000
    --------------------------------
    Minuman                  900.000
    Tanpa kategori           690.500
    --------------------------------
    Modal awal               200.000
    Kas keluar               -20.000
    Kas seharusnya         1.430.000
    Kas dihitung           1.428.500
    Selisih                   -1.500
    --------------------------------
    Total berjalan    98.765.432.100
    --------------------------------
    "
  `);
});

test('[RCP6] the first print has no mark, each later one says copy and which', () => {
  const marks = [0, 1, 12].map((copy) => /\*+ .+ \*+/.exec(printed(makeMixedSale(), 32, { copy }))?.[0]);
  expect(marks).toEqual([undefined, '*** SALINAN 1 ***', '*** SALINAN 12 ***']);
  expect(printed(makeMixedSale(), 32, { copy: 1, language: 'en' })).toContain('*** COPY 1 ***');
});
