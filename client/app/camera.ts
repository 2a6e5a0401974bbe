import type { Result } from '../../schema/result.ts';

/** Why no camera reads: none is there, the person or browser forbids it, another app has it, the page is not secure, or it broke. */
export type CameraFault = 'none' | 'denied' | 'busy' | 'insecure' | 'broken';

/** A camera that reads barcodes. */
export interface Camera {
  /**
   * Shows the camera's picture in `video` and tells each barcode that it reads; the same one again only after it was out of sight for a
   * moment. Resolves with the way to stop.
   */
  read(video: HTMLVideoElement, onBarcode: (barcode: string) => void): Promise<Result<() => void, CameraFault>>;
}
