/** Kata-kata untuk semua yang dilakukan kasir pada keranjang. */
export const sell = {
  say: {
    undone: 'Dibatalkan.',
    changed: 'Diubah: {{name}}',
    discounted: 'Diskon diberikan untuk seluruh penjualan.',
    undiscounted: 'Tanpa diskon untuk seluruh penjualan.',
    added: 'Ditambahkan: {{name}}',
    noted: 'Catatan disimpan.',
    customer: 'Pelanggan: {{name}}',
    noCustomer: 'Tanpa pelanggan.',
  },
  fault: {
    card: 'Ini mirip nomor kartu. Nomor kartu tidak boleh dicatat: hapus dulu.',
    'discount-too-much': 'Diskonnya melebihi harganya. Isi yang lebih kecil.',
    'too-large': 'Nilainya terlalu besar untuk dihitung. Periksa jumlah dan harganya.',
  },
  line: {
    price: 'Harga satuan (harga rak {{price}})',
    badPrice: 'Isi harga 0 atau lebih.',
    note: 'Catatan untuk baris ini',
    shelf: 'dari {{price}}',
    quantityTooLarge: 'Terlalu banyak. Apakah barcode terpindai ke kolom ini? Isi jumlahnya.',
  },
  note: { title: 'Catatan penjualan', label: 'Catatan, tercetak di struk', short: 'Catatan' },
  customer: {
    title: 'Pelanggan',
    label: 'Nama atau nomor HP',
    short: 'Pelanggan',
    typed: 'Hanya nama “{{name}}”',
    none: 'Tanpa pelanggan',
    group: 'harga {{group}}',
  },
  open: {
    title: 'Barang lain',
    short: 'Barang lain',
    offer: 'Jual sebagai barang lain',
    barcode: 'Barcode {{barcode}}',
    name: 'Barang apa?',
    badName: 'Isi nama barangnya.',
    price: 'Harga',
    tax: 'Pajak',
    noTax: 'Tanpa pajak',
    add: 'Masukkan ke keranjang',
  },
  promotion: {
    off: '{{name}}: −{{amount}}',
    needed: '{{name}}: ikut dihitung',
    sum: 'Promo',
  },
  scale: {
    'check-digit':
      'Label {{barcode}} salah terbaca: angka ceknya tidak cocok. Tidak ada yang ditambahkan. Pindai lagi, atau ketik beratnya.',
    'price-check-digit':
      'Label {{barcode}} salah terbaca: angka cek harganya tidak cocok. Tidak ada yang ditambahkan. Pindai lagi, atau ketik sendiri.',
    'no-value': 'Label {{barcode}} berisi berat atau harga 0. Tidak ada yang ditambahkan. Timbang lagi.',
    unknown:
      'Tidak ada produk dengan nomor timbangan {{item}} (label {{barcode}}). Tidak ada yang ditambahkan. Cari dengan nama, atau beri tahu manajer.',
    doesNotFit:
      'Labelnya tidak cocok dengan {{name}}: barang ini dijual per buah. Tidak ada yang ditambahkan. Tambahkan sendiri.',
  },
  favourites: {
    chip: 'Favorit',
    mark: 'Jadikan favorit',
    unmark: 'Bukan favorit lagi',
    is: 'Favorit',
    none: 'Belum ada favorit',
    noneHelp:
      'Tekan lama sebuah produk, atau tandanya, lalu pilih “Jadikan favorit”. Dengan papan tombol: * pada produk.',
  },
  camera: {
    open: 'Pindai dengan kamera',
    title: 'Pindai dengan kamera',
    aim: 'Arahkan barcode ke kamera.',
    starting: 'Kamera sedang dinyalakan …',
    found: 'Terbaca: {{barcode}}',
    fault: {
      none: 'Perangkat ini tidak punya kamera. Pakai pemindai, atau ketik barcode di pencarian.',
      denied: 'Kamera tidak diizinkan. Izinkan di pengaturan situs browser, lalu buka lagi; atau ketik barcodenya.',
      busy: 'Kamera dipakai aplikasi lain. Tutup aplikasi itu, lalu buka lagi; atau ketik barcodenya.',
      insecure: 'Kamera perlu alamat aman (https). Minta alamat https toko kepada manajer; atau ketik barcodenya.',
      broken: 'Kamera atau pembacanya tidak menyala. Buka lagi; atau ketik barcodenya.',
    },
  },
  sku: { label: 'SKU', hint: 'Nomor barang milik toko, untuk mencari.', bad: 'Paling banyak 32 karakter.' },
  image: {
    choose: 'Pilih gambar',
    remove: 'Hapus gambar',
    saved: 'Gambar disimpan.',
    fault: {
      unreadable: 'Berkas ini bukan gambar yang dapat dibaca browser. Pilih JPEG, PNG, atau WebP.',
      offline: 'Server tidak terjangkau. Gambar perlu koneksi: coba lagi setelah tersambung.',
      refused: 'Server menolak gambar ini. Pilih gambar lain.',
    },
  },
} as const;
