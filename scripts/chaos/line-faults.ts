/**
 * What the proxy does to the line between one device and the server. `delay`: every chunk is late. `throttle`: 2 kB/s. `cut`: all
 * connections close. `reset`: they end with RST. `half-open`: nothing passes and nobody is told. `portal`: a stranger answers
 * every request with a login page, a redirect, a proxy's error, an empty list or JSON that breaks off. `freeze`: the server is stopped
 * with SIGSTOP in the middle of a push, and goes on later.
 */
export const LINE_FAULTS = ['delay', 'throttle', 'cut', 'reset', 'half-open', 'portal', 'freeze'] as const;
export type LineFault = (typeof LINE_FAULTS)[number];
export type LineFaultCounts = Record<LineFault, number>;

export function noLineFaults(): LineFaultCounts {
  return { delay: 0, throttle: 0, cut: 0, reset: 0, 'half-open': 0, portal: 0, freeze: 0 };
}

/** Bytes per second of the slow line. */
export const THROTTLE_BYTES_PER_S = 2_048;
/** How late a chunk is at most, in milliseconds. */
export const DELAY_MS_MAX = 400;
/** How long delays, throttles, half-open lines and portals last, in milliseconds. */
export const FAULT_MS = { least: 500, most: 5_000 } as const;

const login = '<!doctype html><title>Welcome</title><form action="/login">Please accept the terms</form>';
const page = (status: string, type: string, body: string, more = '') =>
  `HTTP/1.1 ${status}\r\ncontent-type: ${type}\r\ncontent-length: ${body.length}\r\n${more}connection: close\r\n\r\n${body}`;

/** What strangers answer to a request that was not for them (F4). */
export const PORTAL_PAGES: readonly string[] = [
  page('200 OK', 'text/html', login),
  page('200 OK', 'application/json', '[]'),
  page('200 OK', 'application/json', '{"epoch":{"n":1,"id":"0000'),
  page('302 Found', 'text/html', '', 'location: http://portal.invalid/login\r\n'),
  page('502 Bad Gateway', 'text/html', '<h1>502</h1>'),
  page('502 Bad Gateway', 'application/json', '[]'),
];
