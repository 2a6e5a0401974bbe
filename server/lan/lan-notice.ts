import { toString as toQr } from 'qrcode';

/**
 * `trustUrl` is where a new device begins (plain HTTP); `httpsUrl` where one that trusts the shop opens Laci.
 * `isTerminal`: whether the reader understands colours; a log file does not.
 */
export type LanNotice = {
  readonly trustUrl: string;
  readonly httpsUrl: string;
  readonly fingerprint: string;
  readonly isTerminal: boolean;
};

/** Dark on white whatever the colours of the terminal: not every camera reads a code that is inverted. */
const onWhite = (text: string): string => text.replace(/^.+$/gm, '\u001b[30;107m$&\u001b[0m');

/** What the terminal of `npm start -- --lan` shows: a QR for new devices, both addresses, and the fingerprint to compare. */
export async function lanNotice({ trustUrl, httpsUrl, fingerprint, isTerminal }: LanNotice): Promise<string> {
  const qr = await toQr(trustUrl, { type: 'utf8', errorCorrectionLevel: 'L' });
  return [
    '',
    isTerminal ? onWhite(qr) : qr,
    '',
    `  New device? Scan the code, or open  ${trustUrl}`,
    `  After that, open Laci at            ${httpsUrl}`,
    '',
    '  SHA-256 fingerprint of the certificate, to compare while installing:',
    `  ${fingerprint.slice(0, 47)}`,
    `  ${fingerprint.slice(48)}`,
    '',
  ].join('\n');
}
