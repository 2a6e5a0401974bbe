import { parentPort } from 'node:worker_threads';
import type { Asked, Told } from './examiner.ts';
import { readBytes } from './read-bytes.ts';

/** Reads pushes in a thread of its own, one after the other. */
parentPort?.on('message', ({ ask, bytes }: Asked) => {
  const push = readBytes(bytes);
  // The bytes of the rows are handed over, not copied; what is shared is there already.
  const handed = push && push.rows.buffer instanceof ArrayBuffer ? [push.rows.buffer] : [];
  parentPort?.postMessage({ ask, push } satisfies Told, handed);
});
