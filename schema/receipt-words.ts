import type { Tender } from './entry/payment.ts';
import type { Language } from './protocol/error.ts';

/** What a receipt says besides what was sold: it speaks the customer's language, whatever the screen speaks. */
export interface ReceiptWords {
  readonly title: Readonly<Record<'sale' | 'refund' | 'credit-payment' | 'shift-close', string>>;
  readonly tender: Readonly<Record<Tender, string>>;
  readonly back: string;
  readonly copy: string;
  readonly number: string;
  readonly cashier: string;
  readonly customer: string;
  readonly refundOf: string;
  readonly reason: string;
  readonly discount: string;
  readonly saleDiscount: string;
  readonly subtotal: string;
  readonly total: string;
  readonly totalBack: string;
  readonly included: string;
  readonly rounding: string;
  readonly change: string;
  readonly unconfirmed: string;
  readonly approval: string;
  readonly was: string;
  readonly note: string;
  readonly phone: string;
  readonly thanks: string;
}

const ID: ReceiptWords = {
  title: { sale: 'Penjualan', refund: 'Pengembalian', 'credit-payment': 'Bayar kasbon', 'shift-close': 'Laporan Z' },
  tender: { cash: 'Tunai', card: 'Kartu', qris: 'QRIS', credit: 'Kasbon', exchange: 'Tukar barang' },
  back: 'kembali',
  copy: 'SALINAN',
  number: 'No.',
  cashier: 'Kasir',
  customer: 'Pelanggan',
  refundOf: 'Pengembalian dari',
  reason: 'Alasan',
  discount: 'Diskon',
  saleDiscount: 'Diskon belanja',
  subtotal: 'Subtotal',
  total: 'Total',
  totalBack: 'Total kembali',
  included: 'Termasuk',
  rounding: 'Pembulatan',
  change: 'Kembalian',
  unconfirmed: 'belum dikonfirmasi',
  approval: 'Kode',
  was: 'Harga biasa',
  note: 'Catatan',
  phone: 'Telp.',
  thanks: 'Terima kasih',
};

const EN: ReceiptWords = {
  title: { sale: 'Sale', refund: 'Refund', 'credit-payment': 'Store credit paid', 'shift-close': 'Z report' },
  tender: { cash: 'Cash', card: 'Card', qris: 'QRIS', credit: 'Store credit', exchange: 'Exchange' },
  back: 'back',
  copy: 'COPY',
  number: 'No.',
  cashier: 'Cashier',
  customer: 'Customer',
  refundOf: 'Refund of',
  reason: 'Reason',
  discount: 'Discount',
  saleDiscount: 'Discount on the sale',
  subtotal: 'Subtotal',
  total: 'Total',
  totalBack: 'Total back',
  included: 'Including',
  rounding: 'Rounding',
  change: 'Change',
  unconfirmed: 'not yet confirmed',
  approval: 'Code',
  was: 'Usual price',
  note: 'Note',
  phone: 'Phone',
  thanks: 'Thank you',
};

export const RECEIPT_WORDS: Readonly<Record<Language, ReceiptWords>> = { id: ID, en: EN };
