import type { SheetAnswer, SheetCall } from '../sheet/sheet-call.ts';

/** Asks a worker of its own, so that the screen stays free; null where it broke on the way. */
export function askSheet(call: SheetCall): Promise<SheetAnswer | null> {
  const worker = new Worker(new URL('../sheet/sheet-worker.ts', import.meta.url), { type: 'module' });
  return new Promise<SheetAnswer | null>((resolve) => {
    worker.onmessage = ({ data }: MessageEvent<SheetAnswer | null>) => resolve(data);
    worker.onerror = () => resolve(null);
    worker.postMessage(call);
  }).finally(() => worker.terminate());
}
