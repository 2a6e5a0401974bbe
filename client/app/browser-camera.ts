import { fail, ok } from '../../schema/result.ts';
import type { Camera, CameraFault } from './camera.ts';

/** A barcode that was read is told again only when it was not seen for so long, in milliseconds. */
const SAME_AGAIN_MS = 1_500;
/** The camera on the back, fine enough for a small barcode. */
const WISH: MediaStreamConstraints = {
  audio: false,
  video: { facingMode: 'environment', width: { ideal: 1280 }, height: { ideal: 720 } },
};

/** The camera of this browser. */
export function createBrowserCamera(): Camera {
  return {
    read: async (video, onBarcode) => {
      if (navigator.mediaDevices === undefined) return fail(window.isSecureContext ? 'none' : 'insecure');
      let stream: MediaStream | undefined;
      try {
        stream = await navigator.mediaDevices.getUserMedia(WISH);
        const { createBarcodeReader } = await import('./barcode-reader.ts');
        video.srcObject = stream;
        await video.play();
        return ok(readFrames(video, stream, createBarcodeReader(), onBarcode));
      } catch (error) {
        stopTracks(stream);
        return fail(faultOf(error));
      }
    },
  };
}

function faultOf(error: unknown): CameraFault {
  const { name } = error as { name?: string };
  if (name === 'NotFoundError' || name === 'OverconstrainedError') return 'none';
  if (name === 'NotAllowedError' || name === 'SecurityError') return 'denied';
  return name === 'NotReadableError' || name === 'AbortError' ? 'busy' : 'broken';
}

/** One picture after another, each when the one before it was read: a slow device reads fewer. */
function readFrames(
  video: HTMLVideoElement,
  stream: MediaStream,
  read: (picture: ImageBitmapSource) => Promise<string | null>,
  onBarcode: (barcode: string) => void,
): () => void {
  let stopped = false;
  let last = { barcode: '', at: Number.NEGATIVE_INFINITY };
  const look = async (at: number) => {
    const barcode = await read(video).catch(() => null);
    if (stopped) return;
    if (barcode !== null) {
      const isNew = barcode !== last.barcode || at - last.at > SAME_AGAIN_MS;
      last = { barcode, at };
      if (isNew) onBarcode(barcode);
    }
    requestAnimationFrame((next) => void look(next));
  };
  requestAnimationFrame((at) => void look(at));
  return () => {
    stopped = true;
    stopTracks(stream);
    video.srcObject = null;
  };
}

function stopTracks(stream: MediaStream | undefined): void {
  for (const track of stream?.getTracks() ?? []) track.stop();
}
