import { z } from 'zod';

export const LANGUAGES = ['en', 'id'] as const;
export type Language = (typeof LANGUAGES)[number];

/**
 * Every error a server answers, with what the person should do, in both languages. The code is what programs read.
 */
export const ERROR_TEXTS = {
  'not-found': {
    en: 'There is nothing at this address. Check the server address in the settings.',
    id: 'Tidak ada apa-apa di alamat ini. Periksa alamat server di pengaturan.',
  },
  'method-not-allowed': {
    en: 'This address does not take that. Devices change master data through edits only.',
    id: 'Alamat ini tidak menerimanya. Perangkat mengubah data induk hanya lewat suntingan.',
  },
  'not-enrolled': {
    en: 'The server does not know this device. Enrol it with a new code; unsent sales stay on it.',
    id: 'Server tidak mengenal perangkat ini. Daftarkan dengan kode baru; penjualan yang belum terkirim tetap tersimpan.',
  },
  revoked: {
    en: 'This device was revoked. What it still holds is handed in; enrol it with a new code to go on.',
    id: 'Perangkat ini dicabut. Data yang masih ada tetap dikirim; daftarkan dengan kode baru untuk melanjutkan.',
  },
  'not-allowed': {
    en: 'This device may not do that. Use a device with another role, or ask the manager.',
    id: 'Perangkat ini tidak boleh melakukannya. Gunakan perangkat lain atau minta manajer.',
  },
  'code-wrong': {
    en: 'This code is not known. Check the letters, or ask for a new code.',
    id: 'Kode ini tidak dikenal. Periksa hurufnya, atau minta kode baru.',
  },
  'code-used': {
    en: 'This code has been used already. Ask for a new code.',
    id: 'Kode ini sudah dipakai. Minta kode baru.',
  },
  'code-expired': {
    en: 'This code is older than ten minutes. Ask for a new code.',
    id: 'Kode ini sudah lebih dari sepuluh menit. Minta kode baru.',
  },
  'pin-wrong': {
    en: 'This is not the present PIN. Type it again, or ask the manager to set a new one.',
    id: 'PIN saat ini salah. Ketik lagi, atau minta manajer membuat PIN baru.',
  },
  'bad-request': {
    en: 'The server could not read the request. Nothing was changed.',
    id: 'Server tidak dapat membaca permintaan. Tidak ada yang diubah.',
  },
  'bad-span': {
    en: 'Choose a first day that is not after the last: up to ten years by month, up to 400 days by day or by product.',
    id: 'Pilih hari pertama yang tidak sesudah hari terakhir: sampai sepuluh tahun per bulan, sampai 400 hari per hari atau per produk.',
  },
  'too-large': {
    en: 'The request is too large. Send fewer rows at once.',
    id: 'Permintaan terlalu besar. Kirim lebih sedikit baris sekaligus.',
  },
  'too-many': {
    en: 'Too many requests. Wait a moment and try again.',
    id: 'Terlalu banyak permintaan. Tunggu sebentar lalu coba lagi.',
  },
  'protocol-unknown': {
    en: 'This app and the server speak different versions. Update the older of the two; nothing is lost.',
    id: 'Versi aplikasi dan server berbeda. Perbarui yang lebih lama; tidak ada data yang hilang.',
  },
  'till-taken': {
    en: 'This till code belongs to a device with another role. Choose another code.',
    id: 'Kode kasir ini milik perangkat dengan peran lain. Pilih kode lain.',
  },
  'address-unsafe': {
    en: 'The server does not call this address: it needs https and a host that everybody can reach. An administrator allows others with --webhook-host.',
    id: 'Server tidak memanggil alamat ini: harus https dan host yang bisa dijangkau umum. Administrator dapat mengizinkan yang lain dengan --webhook-host.',
  },
  'store-failed': {
    en: 'The server could not write to its disk. Nothing was acknowledged; the device will send it again.',
    id: 'Server tidak dapat menulis ke disk. Belum ada yang diterima; perangkat akan mengirim lagi.',
  },
  'store-damaged': {
    en: 'The database of the server is damaged. Sales stay safe on this device; restore a backup with "npm run restore".',
    id: 'Basis data server rusak. Penjualan tetap aman di perangkat ini; pulihkan cadangan dengan "npm run restore".',
  },
  internal: {
    en: 'The server failed. Nothing was acknowledged; the device will try again.',
    id: 'Server mengalami kesalahan. Belum ada yang diterima; perangkat akan mencoba lagi.',
  },
} as const satisfies Record<string, Record<Language, string>>;

export type ErrorCode = keyof typeof ERROR_TEXTS;
const codes = Object.keys(ERROR_TEXTS) as [ErrorCode, ...ErrorCode[]];

export const errorCodeShape = z.enum(codes);

/** Every error body: `{error: {code, message}}`, never a stack. */
export const errorAnswerShape = z.object({ error: z.object({ code: errorCodeShape, message: z.string() }) });
export type ErrorAnswer = z.infer<typeof errorAnswerShape>;

/** The error as a body, in the person's language. */
export function errorAnswer(code: ErrorCode, language: Language): ErrorAnswer {
  return { error: { code, message: ERROR_TEXTS[code][language] } };
}
