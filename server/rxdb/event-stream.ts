import type { Response } from 'express';
import { BUFFERED_BYTES_MAX } from '../live/limits.ts';

const HEADERS = {
  'content-type': 'text/event-stream; charset=utf-8',
  // Not to be compressed: that would hold events back.
  'cache-control': 'no-cache, no-transform',
  // nginx would hold them back too.
  'x-accel-buffering': 'no',
};
const HEARTBEAT = ':\n\n';

/** One open answer of server-sent events. */
export interface EventStream {
  /** Sends the data of one event, one line of text. */
  send(data: string): void;
  /** Keeps proxies from taking the quiet for the end. */
  beat(): void;
  close(): void;
}

/**
 * Begins to answer with events. A reader that is too far behind is cut off: the stock client opens a new stream, and
 * pulls what it missed. The text `"RESYNC"` of rxdb-server's protocol is not sent, because the client of 15.22 looks for
 * documents in it and never takes a change again (measured: peers/rxdb-client/measure.mjs).
 */
export function openEventStream(res: Response): EventStream {
  res.on('error', () => res.destroy());
  res.socket?.setKeepAlive(true);
  res.writeHead(200, HEADERS);
  res.flushHeaders();
  const write = (text: string): void => {
    if (res.destroyed) return;
    if (res.writableLength > BUFFERED_BYTES_MAX) res.destroy();
    else res.write(text);
  };
  return {
    send: (data) => write(`data: ${data}\n\n`),
    beat: () => write(HEARTBEAT),
    close: () => void res.destroy(),
  };
}
