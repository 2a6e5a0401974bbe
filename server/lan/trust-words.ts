/** The languages of the trust page: Indonesian and English. */
export type TrustLanguage = 'id' | 'en';

/** The kinds of device that the trust page explains, in the order of the page. */
export const trustDevices = ['android', 'ios', 'windows', 'macos', 'linux'] as const;
export type TrustDevice = (typeof trustDevices)[number];

/** All texts of the trust page in one language. `steps` may hold `<b>` for what is on the screen of the device. */
export type TrustWords = {
  readonly title: string;
  readonly why: string;
  readonly otherLanguage: string;
  readonly download: string;
  readonly downloadNote: string;
  readonly install: string;
  readonly yourDevice: string;
  readonly compare: string;
  readonly compareWhy: string;
  readonly open: string;
  readonly openNote: string;
  readonly scope: string;
  readonly qrLabel: string;
  readonly steps: Readonly<Record<TrustDevice, readonly string[]>>;
};

export const trustDeviceNames: Readonly<Record<TrustDevice, string>> = {
  android: 'Android',
  ios: 'iPhone, iPad',
  windows: 'Windows',
  macos: 'Mac',
  linux: 'Linux, Chromebook',
};

const id: TrustWords = {
  title: 'Percayai toko Anda, sekali saja',
  why: 'Laci berjalan di komputer toko Anda sendiri. Agar kasir dapat bekerja tanpa internet dengan sambungan yang aman, perangkat ini perlu mengenal sertifikat toko. Cukup sekali untuk setiap perangkat.',
  otherLanguage: 'English',
  download: 'Unduh sertifikat',
  downloadNote: 'Berkas kecil bernama laci-ca.crt.',
  install: 'Pasang di perangkat ini',
  yourDevice: 'perangkat Anda',
  compare: 'Cocokkan sidik jari',
  compareWhy:
    'Sidik jari SHA-256 yang ditampilkan perangkat saat memasang harus sama dengan ini, dan sama dengan yang tampil di layar komputer toko. Kalau berbeda, berhenti dan panggil pengelola toko.',
  open: 'Buka Laci',
  openNote: 'Sesudah terpasang, tutup peramban lalu buka alamat ini.',
  scope:
    'Sertifikat ini hanya berlaku untuk alamat di jaringan lokal. Ia tidak dapat dipakai untuk situs lain seperti bank atau surel.',
  qrLabel: 'Kode QR menuju',
  steps: {
    android: [
      'Ketuk <b>Unduh sertifikat</b> di atas. Kalau Android bertanya, pilih <b>Simpan</b>.',
      'Buka <b>Setelan</b>, lalu cari <b>Sertifikat CA</b> (biasanya di <b>Keamanan › Enkripsi & kredensial › Instal sertifikat › Sertifikat CA</b>).',
      'Ketuk <b>Tetap instal</b>, masukkan kunci layar, dan pilih berkas <b>laci-ca.crt</b> di folder Unduhan.',
    ],
    ios: [
      'Buka halaman ini dengan <b>Safari</b>, ketuk <b>Unduh sertifikat</b>, lalu <b>Izinkan</b>.',
      'Buka <b>Pengaturan › Umum › VPN & Manajemen Perangkat</b>, pilih <b>Laci local CA</b>, lalu <b>Instal</b>.',
      'Buka <b>Pengaturan › Umum › Mengenai › Pengaturan Kepercayaan Sertifikat</b>, dan nyalakan <b>Laci local CA</b>.',
    ],
    windows: [
      'Klik <b>Unduh sertifikat</b>, buka berkas <b>laci-ca.crt</b>, lalu klik <b>Instal Sertifikat</b>.',
      'Pilih <b>Pengguna Saat Ini</b>, lalu <b>Tempatkan semua sertifikat di penyimpanan berikut</b>, klik <b>Telusuri</b>, dan pilih <b>Otoritas Sertifikasi Akar Tepercaya</b>.',
      'Klik <b>Selesai</b>. Windows menampilkan peringatan; klik <b>Ya</b>. Tutup semua jendela peramban, lalu buka lagi.',
    ],
    macos: [
      'Klik <b>Unduh sertifikat</b> dan buka berkas <b>laci-ca.crt</b>; Akses Rantai Kunci terbuka. Pilih rantai kunci <b>login</b> dan klik <b>Tambah</b>.',
      'Klik dua kali <b>Laci local CA</b>, buka <b>Kepercayaan</b>, dan pilih <b>Selalu Percayai</b>.',
      'Tutup jendela itu dan masukkan kata sandi Mac Anda.',
    ],
    linux: [
      'Klik <b>Unduh sertifikat</b>.',
      'Chromium atau Chrome: buka <b>chrome://certificate-manager</b>, pilih <b>Sertifikat lokal › Dipasang oleh Anda</b>, lalu <b>Impor</b> di bagian <b>Sertifikat tepercaya</b>. Versi lama: <b>chrome://settings/certificates › Otoritas › Impor</b>, dan centang <b>mengidentifikasi situs web</b>.',
      'Chromebook: berkas yang sama, di <b>Setelan › Privasi dan keamanan › Kelola sertifikat › Otoritas › Impor</b>.',
    ],
  },
};

const en: TrustWords = {
  title: 'Trust your shop, once',
  why: 'Laci runs on a computer in your own shop. So that tills can work without internet over a secure connection, this device has to know the shop’s certificate. Once per device is enough.',
  otherLanguage: 'Bahasa Indonesia',
  download: 'Download the certificate',
  downloadNote: 'A small file named laci-ca.crt.',
  install: 'Install it on this device',
  yourDevice: 'your device',
  compare: 'Compare the fingerprint',
  compareWhy:
    'The SHA-256 fingerprint that the device shows while installing must be this one, which is also on the screen of the shop’s computer. If it differs, stop and call the shop’s manager.',
  open: 'Open Laci',
  openNote: 'Once it is installed, close the browser and open this address.',
  scope:
    'The certificate is good for addresses in the local network only. It cannot be used for any other site, such as a bank or mail.',
  qrLabel: 'QR code to',
  steps: {
    android: [
      'Tap <b>Download the certificate</b> above. If Android asks, choose <b>Keep</b>.',
      'Open <b>Settings</b> and search for <b>CA certificate</b> (usually under <b>Security › Encryption & credentials › Install a certificate › CA certificate</b>).',
      'Tap <b>Install anyway</b>, enter your screen lock, and choose <b>laci-ca.crt</b> in Downloads.',
    ],
    ios: [
      'Open this page in <b>Safari</b>, tap <b>Download the certificate</b>, then <b>Allow</b>.',
      'Open <b>Settings › General › VPN & Device Management</b>, choose <b>Laci local CA</b>, then <b>Install</b>.',
      'Open <b>Settings › General › About › Certificate Trust Settings</b> and switch on <b>Laci local CA</b>.',
    ],
    windows: [
      'Click <b>Download the certificate</b>, open <b>laci-ca.crt</b> and click <b>Install Certificate</b>.',
      'Choose <b>Current User</b>, then <b>Place all certificates in the following store</b>, click <b>Browse</b> and choose <b>Trusted Root Certification Authorities</b>.',
      'Click <b>Finish</b>. Windows shows a warning; click <b>Yes</b>. Close all windows of the browser, then open it again.',
    ],
    macos: [
      'Click <b>Download the certificate</b> and open <b>laci-ca.crt</b>; Keychain Access opens. Choose the keychain <b>login</b> and click <b>Add</b>.',
      'Double-click <b>Laci local CA</b>, open <b>Trust</b>, and choose <b>Always Trust</b>.',
      'Close that window and enter the password of your Mac.',
    ],
    linux: [
      'Click <b>Download the certificate</b>.',
      'Chromium or Chrome: open <b>chrome://certificate-manager</b>, choose <b>Local certificates › Installed by you</b>, then <b>Import</b> under <b>Trusted certificates</b>. Older versions: <b>chrome://settings/certificates › Authorities › Import</b>, and tick <b>identifying websites</b>.',
      'Chromebook: the same file, under <b>Settings › Privacy and security › Manage certificates › Authorities › Import</b>.',
    ],
  },
};

export const trustWords: Readonly<Record<TrustLanguage, TrustWords>> = { id, en };
