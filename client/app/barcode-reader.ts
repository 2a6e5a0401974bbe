import { BarcodeDetector, prepareZXingModule } from 'barcode-detector/ponyfill';
import wasmUrl from 'zxing-wasm/reader/zxing_reader.wasm?url';

/** What shops scan: product barcodes, a shop's own codes, and codes on phones. */
const FORMATS = ['ean_13', 'ean_8', 'upc_a', 'upc_e', 'code_128', 'code_39', 'itf', 'qr_code'] as const;

/** Reads barcodes in pictures, on this device alone. Its own file, because it is large and most tills never need it. */
export function createBarcodeReader(): (picture: ImageBitmapSource) => Promise<string | null> {
  // Its program comes from where the app came from, never from a network of others.
  prepareZXingModule({ overrides: { locateFile: () => wasmUrl } });
  const detector = new BarcodeDetector({ formats: [...FORMATS] });
  return async (picture) => (await detector.detect(picture))[0]?.rawValue ?? null;
}
