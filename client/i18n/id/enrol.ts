/** Kata-kata pendaftaran, dan alamat yang tidak aman. */
export const enrol = {
  title: 'Hubungkan perangkat ini',
  slot: 'Perangkat ini disimpan sebagai “{{slot}}” di browser ini.',
  text: 'Minta kode kepada manajer: Kantor, lalu Perangkat. Kode terdiri dari 8 karakter dan berlaku sepuluh menit.',
  code: 'Kode',
  codeHint: 'Huruf besar atau kecil; spasi dan tanda hubung tidak berpengaruh',
  submit: 'Hubungkan',
  busy: 'Menghubungkan',
  advanced: 'Lanjutan',
  server: 'Alamat server',
  serverHint: 'Kosongkan untuk memakai alamat asal aplikasi ini',
  left: {
    label: 'Yang ada di browser ini',
    journal_one:
      '{{count}} catatan {{till}}, kasir sebelumnya di browser ini, masih ada di sini. Simpan dulu ke berkas; setelah terhubung, perangkat ini menyerahkannya sendiri.',
    journal_other:
      '{{count}} catatan {{till}}, kasir sebelumnya di browser ini, masih ada di sini. Simpan dulu ke berkas; setelah terhubung, perangkat ini menyerahkannya sendiri.',
    save: 'Simpan ke berkas',
    others: 'Browser ini sudah menjadi kasir. Buka yang itu saja, kecuali Anda ingin menambah satu lagi.',
    open: 'Buka {{till}}',
  },
  fault: {
    short: 'Kode terdiri dari 8 karakter. Yang ini {{count}}.',
    letters: 'Kode hanya berisi huruf dan angka, tanpa “u”. Periksa kodenya.',
    address: 'Ini bukan alamat. Awalannya https:// atau http://, misalnya https://toko.local:4780',
    offline:
      'Server tidak terjangkau. Pastikan perangkat ini ada di jaringan toko dan server menyala, lalu coba lagi. Kode tetap berlaku.',
  },
  insecure: {
    title: 'Alamat ini tidak aman',
    text: 'Browser membuka Laci lewat http biasa. Tanpa https, aplikasi tidak bisa disimpan untuk dipakai offline, kunci perangkat ini tidak bisa disimpan, dan kamera tidak bisa dipakai. Karena itu tidak ada yang dimulai di sini; tidak ada yang hilang.',
    start: 'Yang mengurus server menjalankannya untuk jaringan toko:',
    step1: 'Buka halaman yang membantu perangkat ini mempercayai toko:',
    step2: 'Ikuti langkahnya sekali saja, lalu buka alamat aman yang ditampilkan (https://…).',
    step3: 'Di komputer yang menjalankan server, http://localhost bisa langsung dipakai.',
    open: 'Buka halaman kepercayaan',
  },
} as const;
