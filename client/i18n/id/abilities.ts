/** Words about what a browser can do. */
export const abilities = {
  title: 'Kemampuan browser ini',
  less: 'Browser ini tidak punya semua kemampuan',
  all: 'Browser ini bisa semua yang dipakai Laci.',
  trying: 'Mencoba kemampuan browser ini',
  can: 'bisa',
  cannot: 'tidak',
  show: 'Semua yang sudah dicoba',
  name: {
    secure: 'Alamat aman (https)',
    indexedDb: 'Menyimpan data di perangkat ini',
    locks: 'Hanya satu tab yang menulis (Web Locks)',
    keys: 'Menyimpan kunci perangkat ini',
    serviceWorker: 'Dibuka tanpa jaringan',
    persistence: 'Berjanji menyimpan data',
    install: 'Dipasang seperti aplikasi',
    camera: 'Kamera untuk memindai',
    wakeLock: 'Menjaga layar tetap menyala',
    usb: 'Printer lewat USB',
    serial: 'Printer lewat port serial',
  },
  without: {
    secure: 'Jadi tidak ada yang bisa disimpan atau ditandatangani. Buka alamat yang diawali https://.',
    indexedDb:
      'Jadi penjualan tidak bisa disimpan. Keluar dari jendela privat, atau izinkan situs ini menyimpan data di setelan browser.',
    locks:
      'Jadi dua tab bisa menulis nomor struk yang sama. Perbarui browser: Chrome atau Edge 69, Firefox 96, Safari 15.4 atau lebih baru.',
    keys: 'Jadi tidak bisa dibuktikan bahwa penjualan berasal dari perangkat ini. Keluar dari jendela privat, atau perbarui browser.',
    serviceWorker:
      'Jadi aplikasi tidak bisa dibuka saat tidak ada jaringan. Keluar dari jendela privat, dan jangan tutup tab ini saat offline.',
    persistence:
      'Jadi data bisa dihapus saat penyimpanan penuh. Sisakan ruang, dan biarkan perangkat ini sering mengirim.',
    install: 'Jadi berjalan di tab. Sematkan tabnya; atau pakai Chrome atau Edge agar punya ikon sendiri.',
    camera: 'Jadi barcode dipindai dengan alat pemindai atau diketik. Sambungkan kamera jika perlu.',
    wakeLock: 'Jadi layar padam sendiri. Atur waktu yang lebih lama di setelan perangkat.',
    usb: 'Jadi struk dicetak lewat jendela cetak sistem. Untuk printer USB pakai Chrome atau Edge.',
    serial: 'Jadi struk dicetak lewat jendela cetak sistem. Untuk printer serial pakai Chrome atau Edge di komputer.',
  },
  blocked: {
    title: 'Browser ini tidak bisa menjadi kasir',
    text: 'Baru saja dicoba, sebelum apa pun ditulis. Kode tetap berlaku.',
    again: 'Coba lagi',
  },
  home: {
    title: 'Pasang Laci di Layar Utama dulu',
    text: 'Di iPhone dan iPad, aplikasi di Layar Utama menyimpan datanya terpisah dari halaman ini, dan data halaman dihapus setelah tujuh hari tidak dibuka. Jadi hubungkan perangkat ini di sana, bukan di sini.',
    step1: 'Sentuh Bagikan (kotak dengan panah), di Safari letaknya di bawah atau di atas.',
    step2: 'Pilih “Tambah ke Layar Utama”, lalu “Tambah”.',
    step3: 'Buka Laci lewat ikon barunya.',
    step4: 'Ketik kodenya di sana.',
    code: 'Kode Anda:',
    anyway: 'Hanya uji coba: hubungkan di sini saja',
  },
  install: {
    item: 'Pasang Laci di perangkat ini',
    text: 'Laci bisa dipasang di perangkat ini: ikon sendiri, tanpa bilah alamat, dan data tersimpan lebih aman.',
    now: 'Pasang',
    later: 'Nanti saja',
    title: 'Pasang Laci di Layar Utama',
    apart: 'Aplikasi di sana adalah perangkat tersendiri dengan kode sendiri. Kirim dulu semua yang ada di sini.',
  },
} as const;
