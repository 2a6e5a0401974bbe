import { writeFileSync } from 'node:fs';

/** Pixels. */
const WIDTH = 640;
const HEIGHT = 480;
const MODULE = 4;
const BLACK = 16;
const WHITE = 235;
const GREY = 128;
const FRAMES = 2;

/** EAN-13 (ISO/IEC 15420): the digits left of the middle in sets A and B, by the first digit; right of it in set C. */
const SET_A = [
  '0001101',
  '0011001',
  '0010011',
  '0111101',
  '0100011',
  '0110001',
  '0101111',
  '0111011',
  '0110111',
  '0001011',
];
const PARITY = ['AAAAAA', 'AABABB', 'AABBAB', 'AABBBA', 'ABAABB', 'ABBAAB', 'ABBBAA', 'ABABAB', 'ABABBA', 'ABBABA'];

function modulesOf(barcode: string): string {
  const [first = 0, ...digits] = [...barcode].map(Number);
  const setC = (digit: number) => [...(SET_A[digit] ?? '')].map((bit) => (bit === '1' ? '0' : '1')).join('');
  const setB = (digit: number) => [...setC(digit)].reverse().join('');
  const left = digits
    .slice(0, 6)
    .map((digit, at) => (PARITY[first]?.[at] === 'A' ? (SET_A[digit] ?? '') : setB(digit)));
  return `101${left.join('')}01010${digits.slice(6).map(setC).join('')}101`;
}

/** Writes a film of an EAN-13 in front of the camera (YUV4MPEG2), as Chromium plays it in a camera's place. */
export function writeBarcodeFilm(path: string, barcode: string): void {
  const modules = modulesOf(barcode);
  const start = Math.floor((WIDTH - modules.length * MODULE) / 2);
  const luma = Buffer.alloc(WIDTH * HEIGHT, WHITE);
  for (let y = 120; y < 360; y += 1) {
    for (const [at, bit] of [...modules].entries()) {
      if (bit === '1') luma.fill(BLACK, y * WIDTH + start + at * MODULE, y * WIDTH + start + (at + 1) * MODULE);
    }
  }
  const chroma = Buffer.alloc((WIDTH * HEIGHT) / 2, GREY);
  const frame = Buffer.concat([Buffer.from('FRAME\n'), luma, chroma]);
  const head = Buffer.from(`YUV4MPEG2 W${WIDTH} H${HEIGHT} F10:1 Ip A1:1 C420jpeg\n`);
  writeFileSync(path, Buffer.concat([head, ...Array.from({ length: FRAMES }, () => frame)]));
}
