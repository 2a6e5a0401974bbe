const POLYNOMIAL = 0x1021;
const ENCODER = new TextEncoder();

/**
 * CRC-16/CCITT-FALSE (polynomial 0x1021, begun with 0xFFFF, nothing reflected) over a text's UTF-8 bytes, as four uppercase
 * hexadecimal digits. ISO/IEC 13239, as EMVCo's merchant-presented QR codes use it.
 */
export function crc16(text: string): string {
  const crc = ENCODER.encode(text).reduce(addByte, 0xffff);
  return crc.toString(16).toUpperCase().padStart(4, '0');
}

function addByte(crc: number, byte: number): number {
  let next = crc ^ (byte << 8);
  for (let bit = 0; bit < 8; bit += 1) next = (next & 0x8000 ? (next << 1) ^ POLYNOMIAL : next << 1) & 0xffff;
  return next;
}
