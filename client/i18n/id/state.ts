/** Kata-kata keadaan: peringatan, kabar, dan merawat perangkat. */
export const state = {
  sign: {
    waiting_one: '{{count, number}} hal menunggu server. Penjualan jalan terus; beri tahu manajer jika tetap begini.',
    waiting_other: '{{count, number}} hal menunggu server. Penjualan jalan terus; beri tahu manajer jika tetap begini.',
    stale: 'Harga dan stok kasir lain adalah data {{age}}.',
    offline:
      'Tidak ada koneksi selama {{length}}. Penjualan jalan terus dan semuanya tersimpan di sini; beri tahu manajer, dan jangan hapus data browser.',
  },
  see: 'Lihat yang menunggu',
  dismiss: 'Tutup',
  homecoming_one: '{{count}} penjualan tersinkron.',
  homecoming_other: '{{count}} penjualan tersinkron.',
  elsewhere: 'Penjualan baru di {{till}}: {{receipt}}',
  wantElsewhere: 'Tampilkan penjualan kasir lain',
  asOf: 'Harga dan stok kasir lain adalah data {{age}}.',
  why: {
    next: {
      online: 'Sedang dikirim.',
      connecting: 'Dikirim begitu server menjawab.',
      offline: 'Tidak ada koneksi. Terkirim sendiri saat koneksi kembali.',
      trouble: 'Yang menjawab bukan server toko. Dikirim saat servernya menjawab.',
      revoked: 'Perangkat ini dicabut: tetap diserahkan saat server menjawab.',
    },
    refused: 'Server tidak menerimanya: {{reason}}. Catatan tetap di sini, dan ditawarkan lagi setiap kali dibuka.',
    'too-large':
      'Terlalu besar untuk dikirim. Catatan tetap di sini; simpan berkas penyelamat dan tunjukkan kepada yang mengurus sistem.',
    offerAgain: 'Tawarkan semuanya lagi sekarang',
    edits: 'Perubahan produk',
    carts: 'Perubahan keranjang yang ditahan',
    cart: 'Keranjang yang ditahan',
    changes_one: '{{count}} perubahan',
    changes_other: '{{count}} perubahan',
  },
  editAgain: 'Ubah lagi',
  editAgainFailed: 'Perubahan tidak bisa dibuat lagi: harus ada orang yang masuk di sini, dan produknya harus ada.',
  clearRefused: 'Singkirkan semuanya',
  care: {
    title: 'Bila ada yang terasa salah',
    test: 'Bertanya sekali ke server, dan memberi tahu apa yang menghalangi.',
    full: 'Menarik semuanya lagi di samping yang ada; penjualan jalan terus, dan muat ulang tidak memulai dari awal.',
    reset:
      'Cara menyeluruh: menghapus semua yang datang dari server lalu mengunduhnya lagi. Penjualan sendiri tetap ada.',
  },
  test: {
    go: 'Uji koneksi',
    found: {
      reached: 'Server menjawab dalam {{took}} md, dan mengenal perangkat ini.',
      offline:
        'Tidak ada yang menjawab. Periksa jaringan perangkat ini dan pastikan server menyala; yang terjual tersimpan di sini dan dikirim nanti.',
      other:
        'Yang menjawab bukan server toko. Mungkin jaringan ini minta login: buka halaman web apa saja, masuk, lalu uji lagi.',
      credential:
        'Server tidak mengenal perangkat ini. Simpan berkas penyelamat dari yang menunggu, lalu minta kode baru kepada manajer.',
      revoked: 'Manajer mencabut perangkat ini. Yang menunggu diserahkan; minta kode baru untuk melanjutkan.',
      version: 'Versi aplikasi dan server berbeda. Muat ulang aplikasi; jika tetap begitu, perbarui servernya.',
      busy: 'Server ada dan minta sabar. Akan dicoba lagi sendiri.',
      fault: 'Server menjawab dengan kesalahannya sendiri. Beri tahu yang mengurusnya.',
    },
    clockAhead: 'Jam perangkat ini lebih cepat {{by}} dari server. Betulkan jamnya; struk memakai jam ini.',
    clockBehind: 'Jam perangkat ini lebih lambat {{by}} dari server. Betulkan jamnya; struk memakai jam ini.',
    notLive:
      'Permintaan sampai, tetapi koneksi langsung belum terbuka. Jika tetap begitu, mungkin ada proksi yang menahannya.',
  },
  reset: {
    open: 'Reset dan unduh ulang',
    title: 'Reset {{till}}?',
    text: 'Yang menunggu dikirim dulu, atau disimpan ke berkas bila server tidak menerimanya. Lalu produk, harga, stok, dan orang dihapus dan diunduh lagi; sampai selesai, di sini tidak bisa berjualan. Penjualan sendiri, nomor struk, dan keranjang yang terbuka tetap ada.',
    waiting_one: '{{count, number}} hal menunggu. Dikirim dulu, dan bagaimanapun tetap ada di perangkat ini.',
    waiting_other: '{{count, number}} hal menunggu. Dikirim dulu, dan bagaimanapun tetap ada di perangkat ini.',
    confirm: 'Ketik {{till}} untuk memastikan',
    go: 'Reset dan unduh',
    saved: 'Yang tidak bisa dikirim ada di berkas {{file}}, dan tetap ada di perangkat ini.',
    ended: {
      done: 'Sudah direset: semuanya sedang diunduh lagi.',
      'no-server': 'Server tidak terjangkau, jadi tidak ada yang dihapus. Coba lagi saat koneksi kembali.',
      'not-active': 'Kasir ini terbuka di tab lain. Reset di sana.',
      broken:
        'Reset terputus: penyimpanan gagal. Akan dilanjutkan sendiri; muat ulang aplikasi jika produk tidak kembali.',
    },
  },
} as const;
