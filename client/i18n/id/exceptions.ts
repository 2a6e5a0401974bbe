/** Kata-kata halaman yang diterima tetapi ditandai. */
export const exceptions = {
  title: 'Perlu dilihat',
  lead: 'Semua ini tetap dihitung. Ditandai karena ada yang tidak biasa.',
  reading: 'Membaca data di perangkat ini …',
  none: 'Tidak ada yang menunggu Anda',
  noneHelp: 'Yang diterima server tetapi tidak biasa muncul di sini, beserta apa yang perlu dilakukan.',
  show: 'Tampilkan',
  open: 'Menunggu',
  settled: 'Selesai',
  more: '{{shown}} terbaru dari {{total}} ada di sini.',
  look: 'Lihat',
  seen: 'Sudah dilihat',
  allSeen: 'Semua sudah dilihat',
  refund: 'Retur',
  gapOf: 'Nomor {{till}}',
  note: 'Catatan',
  noteHint: 'Apa yang Anda temukan, untuk manajer lain. Boleh kosong.',
  save: 'Tandai sudah dilihat',
  undo: 'Urungkan',
  openAgain: 'Buka lagi',
  done_one: '{{count}} selesai.',
  done_other: '{{count}} selesai.',
  by: 'Dilihat oleh {{person}}, {{date}}',
  evidence: {
    price: '{{name}}: dijual {{sold}}, sekarang {{now}}.',
    unknown: '{{name}}, barcode {{barcode}}',
    clock: 'Jam kasir menunjukkan {{said}}; tiba {{arrived}}.',
    cart: 'Keranjang yang sama juga dibayar sebagai {{receipt}}.',
    refunded: '{{receipt}} mengembalikan {{amount}} dari {{of}}.',
    missing_one: 'Catatan nomor {{from}} belum ada.',
    missing_other: 'Catatan nomor {{from}} sampai {{to}} belum ada: {{formatted}} catatan.',
    between: 'Di antara struk {{after}} dan {{before}}.',
    before: 'Sebelum struk {{before}}.',
  },
  unread: {
    unasked: 'Sebabnya diketahui server, dan server tidak terjangkau. Lihat lagi saat online.',
    form: 'Server tidak mengenal isi “{{detail}}”: ditulis aplikasi yang lebih baru. Perbarui server; lalu dibaca lagi dengan sendirinya.',
    gate: 'Isinya tidak boleh ada dalam catatan ({{detail}}). Perbarui aplikasi di kasir itu, dan betulkan stoknya menurut struk kertas.',
    large:
      'Terlalu besar untuk dikirim ({{detail}}). Simpan berkas penyelamatan di kasir itu, dan betulkan stoknya menurut struk kertas.',
    altered:
      'Isinya bukan yang dulu ditulis: rusak atau diubah di kasir itu. Simpan berkas penyelamatan di sana, periksa penyimpanannya, dan betulkan stoknya menurut struk kertas.',
    chain:
      'Tidak menyambung dengan catatan sebelumnya: kasir itu dikembalikan ke keadaan lama. Daftarkan ulang, dan betulkan stoknya menurut struk kertas.',
    branch: 'Tertulis milik cabang lain. Periksa kasir itu, dan daftarkan ulang di cabangnya.',
    sum: 'Stoknya menjadi terlalu besar untuk dihitung. Lihat apa yang diketik di struk kertas, dan koreksi stoknya.',
  },
  elsewhere: {
    title: 'Diselesaikan di halaman lain',
    below_one: '{{formatted}} produk terjual sampai stoknya minus',
    below_other: '{{formatted}} produk terjual sampai stoknya minus',
    limits: 'Hitung atau terima',
    conflicts_one: '{{formatted}} perubahan bentrok dengan orang lain',
    conflicts_other: '{{formatted}} perubahan bentrok dengan orang lain',
    decide: 'Putuskan',
  },
  todo: {
    gap: 'Kasir sudah mencatat, tetapi catatannya belum tiba; yang sesudahnya menunggu dan belum masuk hitungan stok. Tiba sendiri saat kasir tersambung, atau dari berkas penyelamatannya. Jika kasirnya hilang, akhiri di Perangkat: sisanya lalu dihitung.',
    'unknown-product':
      'Terjual barang yang tidak ada di daftar produk. Tambahkan, atau beri barcode-nya ke produk yang benar.',
    'odd-clock': 'Jam kasir jauh dari jam server. Setel tanggal dan jamnya; penjualan tetap di hari yang tertulis.',
    'line-total': 'Satu baris bukan harga kali jumlah dikurangi diskon. Bandingkan dengan struknya.',
    'sale-total': 'Total bukan jumlah baris-barisnya. Bandingkan dengan struknya.',
    payments: 'Yang dibayar tidak sama dengan total. Tanyakan kepada kasir.',
    'cart-sold-twice':
      'Dua kasir menerima uang untuk satu keranjang. Keduanya dihitung; retur satu jika pelanggan membayar dua kali.',
    overflow: 'Angkanya terlalu besar untuk dijumlahkan. Tanyakan kepada kasir apa yang diketik.',
    rounding: 'Uang tunai tidak dibulatkan seperti aturan toko sekarang. Biasa setelah aturan diubah.',
    'card-number': 'Ada teks yang mungkin nomor kartu. Minta kasir tidak pernah mengetiknya.',
    'credit-without-customer': 'Kasbon tanpa nama: tidak ada yang akan melunasi. Cari tahu milik siapa.',
    'unknown-payment': 'Ada pembayaran dikonfirmasi atau dikoreksi yang tidak dikenal server. Bandingkan dengan bank.',
    'confirmed-twice':
      'Pembayaran ini sudah dikonfirmasi sebelumnya. Periksa apakah uangnya masuk sekali atau dua kali.',
    'corrected-twice':
      'Dua perangkat memperbaiki cara bayarnya tanpa saling tahu. Tanya keduanya, lalu perbaiki sekali lagi dari keadaannya sekarang.',
    promotion: 'Potongannya berbeda dari aturan promosi. Biasa setelah promosi diubah.',
    'old-price':
      'Kasir menjual dengan harga sebelum perubahan terakhir, biasanya karena sedang offline. Yang dibayar pelanggan tetap dihitung.',
    'wrong-price':
      'Kasir sudah tahu produk yang terbaru, tetapi menjual dengan harga lain tanpa keterangan siapa yang mengubahnya. Periksa kasir itu.',
    'z-figures': 'Laporan Z tidak sama dengan penjualannya. Bandingkan keduanya, dan hitung lacinya.',
    'z-number': 'Nomor laporan Z tidak berurutan. Kasir mungkin pernah dikembalikan ke keadaan lama.',
    'over-refunded':
      'Uang yang dikembalikan melebihi yang dibayar di struknya. Bicaralah dengan kedua kasir. Barang yang kembali sekali tercatat dua kali di stok: koreksi. Uang yang dibawa kembali dicatat sebagai kas masuk.',
    'no-approval':
      'Seseorang melakukannya sendiri padahal tidak boleh. Tanyakan, atau izinkan untuk kasir di pengaturan.',
    'transfer-branch':
      'Barang dikirim ke cabang sendiri, atau ke cabang yang tidak ada. Barangnya sudah keluar dari stok: sesuaikan stoknya, atau kirim lagi.',
    'transfer-again':
      'Penerimaan satu kiriman dicatat dua kali. Tanyakan kepada keduanya dan hitung; koreksi yang tercatat dua kali.',
    'transfer-more':
      'Yang tiba lebih banyak dari yang dikirim. Tanyakan ke cabang lain apa yang dikemas, lalu selesaikan selisihnya di Pergerakan.',
    'transfer-unknown':
      'Ada barang tiba yang, sejauh diketahui server, tidak dikirim cabang mana pun. Beres sendiri begitu perangkat cabang lain online lagi.',
    'beyond-share':
      'Kasir menjual produk terbatas melebihi jatahnya. Periksa apakah semua yang membayar bisa dilayani.',
    'share-not-given': 'Perangkat memakai jatah yang tidak pernah diberikan kepadanya. Periksa perangkat itu.',
    unsigned: 'Ditulis versi aplikasi lama yang tidak menandatangani. Perbarui aplikasi di kasir itu.',
    returned: 'Sempat hilang karena pemulihan cadangan dan kembali sendiri. Tidak perlu apa-apa.',
    late: 'Datang setelah kasirnya dinyatakan tidak kembali. Tetap dihitung.',
    forked: 'Ditulis salinan perangkat. Dihitung sekali; cari salinannya dan daftarkan ulang.',
    revoked: 'Diserahkan perangkat yang sudah dicabut. Periksa apakah benar.',
    quarantined:
      'Server tidak bisa membacanya, menyimpannya apa adanya, dan tidak menghitungnya. Sebabnya ada di samping masing-masing.',
    other: 'Ditandai server yang lebih baru. Perbarui aplikasi.',
  },
};
