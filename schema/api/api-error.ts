import { z } from 'zod';
import type { Language } from '../protocol/error.ts';

/** Every error that the addresses for other systems answer, with what to do, in both languages. */
export const API_ERROR_TEXTS = {
  'token-missing': {
    en: 'Send a token as "Authorization: Bearer …". A manager makes one in the office under Integrations.',
    id: 'Kirim token sebagai "Authorization: Bearer …". Manajer membuatnya di kantor, menu Integrasi.',
  },
  'token-unknown': {
    en: 'This token is not known. Check that it was copied whole, or ask a manager for a new one.',
    id: 'Token ini tidak dikenal. Periksa apakah tersalin utuh, atau minta yang baru ke manajer.',
  },
  'token-revoked': {
    en: 'This token was revoked. Ask a manager for a new one.',
    id: 'Token ini sudah dicabut. Minta yang baru ke manajer.',
  },
  'token-scope': {
    en: 'This token may not do that. Ask a manager for one with the right to write.',
    id: 'Token ini tidak boleh melakukannya. Minta token dengan hak tulis ke manajer.',
  },
  'not-found': {
    en: 'There is nothing at this address. /api/docs lists all there are.',
    id: 'Tidak ada apa-apa di alamat ini. Semua alamat ada di /api/docs.',
  },
  'method-not-allowed': {
    en: 'This address does not take that method. /api/docs says which it takes.',
    id: 'Alamat ini tidak menerima metode itu. Lihat /api/docs.',
  },
  'bad-request': {
    en: 'The request could not be read; the detail names the place. Nothing was changed.',
    id: 'Permintaan tidak terbaca; bagian yang salah disebut di detail. Tidak ada yang diubah.',
  },
  'key-missing': {
    en: 'Send an Idempotency-Key of 1 to 100 letters, digits and -_.:, one for each sale, so that it counts once however often it is sent.',
    id: 'Kirim Idempotency-Key 1 sampai 100 huruf, angka, dan -_.:, satu untuk tiap penjualan, supaya hanya dihitung sekali walau dikirim berulang.',
  },
  'key-reused': {
    en: 'This Idempotency-Key was used for another sale. Use a new key for a new sale.',
    id: 'Idempotency-Key ini sudah dipakai untuk penjualan lain. Pakai kunci baru untuk penjualan baru.',
  },
  'sale-wrong': {
    en: 'This cannot be a sale; the detail says why. Nothing was written: correct it and send it again with the same key.',
    id: 'Ini bukan penjualan yang sah; sebabnya ada di detail. Belum ada yang dicatat: perbaiki lalu kirim lagi dengan kunci yang sama.',
  },
  'too-large': {
    en: 'The request is too large. Send fewer lines at once.',
    id: 'Permintaan terlalu besar. Kirim lebih sedikit baris sekaligus.',
  },
  'too-many': {
    en: 'Too many requests with this token. Wait as many seconds as Retry-After says.',
    id: 'Terlalu banyak permintaan dengan token ini. Tunggu sebanyak detik di Retry-After.',
  },
  'store-failed': {
    en: 'The server could not write to its disk. Nothing was written: send it again later with the same key.',
    id: 'Server tidak dapat menulis ke disk. Belum ada yang dicatat: kirim lagi nanti dengan kunci yang sama.',
  },
  'store-damaged': {
    en: 'The database of the server is damaged, and nothing is taken until a backup is restored. Send it again then.',
    id: 'Basis data server rusak; tidak ada yang diterima sampai cadangan dipulihkan. Kirim lagi setelah itu.',
  },
  internal: {
    en: 'The server failed. Send it again later with the same key.',
    id: 'Server mengalami kesalahan. Kirim lagi nanti dengan kunci yang sama.',
  },
} as const satisfies Record<string, Record<Language, string>>;

export type ApiErrorCode = keyof typeof API_ERROR_TEXTS;
const codes = Object.keys(API_ERROR_TEXTS) as [ApiErrorCode, ...ApiErrorCode[]];

/** Characters of the detail of an error. */
export const API_DETAIL_MAX = 200;

/** Every error body. `detail` names what is wrong where something of the request is, e.g. `lines.0.quantity: …`. */
export const apiErrorShape = z.object({
  error: z.object({ code: z.enum(codes), message: z.string(), detail: z.string().max(API_DETAIL_MAX).optional() }),
});
export type ApiErrorAnswer = z.infer<typeof apiErrorShape>;

/** The error as a body, in the language asked for. */
export function apiErrorAnswer(code: ApiErrorCode, language: Language, detail?: string): ApiErrorAnswer {
  const said = detail === undefined ? {} : { detail: detail.slice(0, API_DETAIL_MAX).toWellFormed() };
  return { error: { code, message: API_ERROR_TEXTS[code][language], ...said } };
}
