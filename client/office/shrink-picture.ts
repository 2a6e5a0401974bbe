import { IMAGE_BYTES_MAX, IMAGE_SIDE_MAX } from '../../schema/protocol/image.ts';

/** Tried one after another, until the picture is small enough. */
const QUALITIES = [0.82, 0.6, 0.4];

/**
 * A picture that a person chose, drawn anew as a thumbnail: what else the file held (place, camera, programs) stays behind. Null for a file
 * that this browser cannot read as a picture, or not make small enough.
 */
export async function shrinkPicture(file: Blob): Promise<Uint8Array<ArrayBuffer> | null> {
  const picture = await createImageBitmap(file).catch(() => null);
  if (picture === null) return null;
  const canvas = drawSmall(picture);
  picture.close();
  for (const quality of QUALITIES) {
    const blob = await toBlob(canvas, quality);
    if (blob && blob.size <= IMAGE_BYTES_MAX) return new Uint8Array(await blob.arrayBuffer());
  }
  return null;
}

/** The middle of the picture, as a square: tiles show one. */
function drawSmall(picture: ImageBitmap): HTMLCanvasElement {
  const side = Math.min(picture.width, picture.height);
  const canvas = document.createElement('canvas');
  canvas.width = Math.min(side, IMAGE_SIDE_MAX);
  canvas.height = canvas.width;
  const [left, top] = [(picture.width - side) / 2, (picture.height - side) / 2];
  canvas.getContext('2d')?.drawImage(picture, left, top, side, side, 0, 0, canvas.width, canvas.height);
  return canvas;
}

/** A browser that cannot write WebP gives a PNG instead, which may be too large. */
async function toBlob(canvas: HTMLCanvasElement, quality: number): Promise<Blob | null> {
  const webp = await encode(canvas, 'image/webp', quality);
  return webp?.type === 'image/webp' ? webp : encode(canvas, 'image/jpeg', quality);
}

function encode(canvas: HTMLCanvasElement, type: string, quality: number): Promise<Blob | null> {
  return new Promise((resolve) => canvas.toBlob(resolve, type, quality));
}
