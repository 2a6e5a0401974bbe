/** Kata-kata mencari struk lewat nomor atau kodenya. */
export const found = {
  notFound:
    'Struk {{receipt}} tidak ada di sini. Periksa nomornya. Struk kasir lain masuk saat perangkat ini online dan disimpan 30 hari kecuali diatur lain; yang lebih lama ada di perangkat manajer.',
  unreadable: 'Ini bukan kode struk yang utuh. Pindai lagi, atau ketik nomor struknya.',
  'not-here':
    'Struk ini tidak dikenal di sini. Mungkin sudah lama, atau dari kasir yang belum terhubung. Tanya manajer.',
  forged:
    'Kode di struk ini tidak cocok dengan penjualan mana pun di sini. Mungkin palsu: jangan kembalikan uang, panggil manajer.',
} as const;
