/** Words of kiosk mode. */
export const kiosk = {
  title: 'Mode kios',
  begin: 'Mulai mode kios',
  end: 'Keluar dari mode kios',
  text: 'Laci memenuhi layar dan menjaganya tetap menyala. “Kembali”, usapan, atau sentuhan lama tidak membawa ke mana-mana, dan halaman bertanya dulu sebelum ditinggalkan saat keranjang terisi.',
  noFill:
    'Browser ini tidak bisa memenuhi layar. Laci menjaga layar tetap menyala, dan bertanya dulu sebelum ditinggalkan saat keranjang terisi; untuk menyembunyikan bilah alamat, pasang di Layar Utama.',
  kept: 'Hanya manajer yang boleh keluar',
  cover: 'Kasir ini dalam mode kios. Penuhi layar untuk melanjutkan.',
  fill: 'Penuhi layar',
} as const;
