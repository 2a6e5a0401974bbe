import type { Hash } from '../ids.ts';

/** Thumbnails are small: a shop of 20,000 products keeps them all in about 400 MB at most. Bytes. */
export const IMAGE_BYTES_MAX = 20 * 1024;
/** Pixels of a thumbnail's longer side. */
export const IMAGE_SIDE_MAX = 160;
/** What a thumbnail may be: pictures of pixels, which run nothing. */
export const IMAGE_TYPES = ['image/webp', 'image/jpeg', 'image/png'] as const;
export type ImageType = (typeof IMAGE_TYPES)[number];

/** Where the server serves the picture of this hash: `GET` for everybody, `PUT` for managers' devices. */
export function imagePath(image: Hash): string {
  return `/images/${image}`;
}

/** The type that the first bytes say; null when they are none of {@link IMAGE_TYPES}. */
export function imageTypeOf(bytes: Uint8Array): ImageType | null {
  const text = String.fromCharCode(...bytes.subarray(0, 12));
  if (text.startsWith('RIFF') && text.slice(8) === 'WEBP') return 'image/webp';
  if (text.startsWith('\u0089PNG\r\n\u001a\n')) return 'image/png';
  return text.startsWith('\u00ff\u00d8\u00ff') ? 'image/jpeg' : null;
}
