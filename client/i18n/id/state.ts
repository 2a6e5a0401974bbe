/** Kata-kata keadaan: peringatan, kabar, dan merawat perangkat. */
export const state = {
  sign: {
    waiting_one: '{{count}} hal menunggu server. Penjualan jalan terus; beri tahu manajer jika tetap begini.',
    waiting_other: '{{count}} hal menunggu server. Penjualan jalan terus; beri tahu manajer jika tetap begini.',
    stale: 'Harga dan stok kasir lain adalah data {{age}}.',
    offline:
      'Tidak ada koneksi selama {{length}}. Penjualan jalan terus dan semuanya tersimpan di sini; beri tahu manajer, dan jangan hapus data peramban.',
  },
  see: 'Lihat yang menunggu',
  dismiss: 'Tutup',
  homecoming_one: '{{count}} penjualan tersinkron.',
  homecoming_other: '{{count}} penjualan tersinkron.',
  elsewhere: 'Penjualan baru di {{till}}: {{receipt}}',
  wantElsewhere: 'Tampilkan penjualan kasir lain',
} as const;
