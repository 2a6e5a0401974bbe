import type { WireAnswer } from './server-request.ts';
import type { Tab } from './tab.ts';

/** Bytes that a slow line brings at once. */
const PIECE_BYTES = 4_096;

/** An answer as a browser's fetch gives it; on a slow line its body comes piece by piece. */
export function wireResponse({ status, headers, text }: WireAnswer, tab: Tab, bytesPerMs: number | null): Response {
  const bytes = new TextEncoder().encode(text);
  const pieceBytes = bytesPerMs === null ? Math.max(1, bytes.length) : PIECE_BYTES;
  let at = 0;
  const read = async () => {
    if (at >= bytes.length) return { done: true, value: undefined };
    const value = bytes.subarray(at, at + pieceBytes);
    at += value.length;
    if (bytesPerMs !== null) await new Promise<void>((resolve) => tab.timers.after(value.length / bytesPerMs, resolve));
    else await tab.gate();
    return { done: false, value };
  };
  const isRedirect = status >= 300 && status < 400;
  const response = {
    status: isRedirect ? 0 : status,
    ok: status >= 200 && status < 300,
    type: isRedirect ? 'opaqueredirect' : 'basic',
    headers: { get: (name: string) => headers[name.toLowerCase()] ?? null },
    body: { getReader: () => ({ read }) },
  };
  return response as unknown as Response;
}
