import type { IncomingMessage, RequestListener, Server } from 'node:http';
import { errorAnswer } from '../../schema/protocol/error.ts';

/**
 * True where a request is to become a live socket. Others that offer an upgrade, as clients do that would rather speak HTTP/2, are answered in
 * the protocol that they speak (RFC 9110, 7.8). Node before 22.21 and 24.9 asks nobody: there they are refused.
 */
export function isUpgrade({ headers }: IncomingMessage): boolean {
  return headers.upgrade?.toLowerCase() === 'websocket';
}

/**
 * What is no HTTP, or too long for it, never reaches the app: it is told so here, as every error is. What a request expects that nobody knows is
 * passed over.
 */
export function answerOddRequests(server: Pick<Server, 'on'>, app: RequestListener): void {
  server.on('checkExpectation', app);
  server.on('clientError', (error: NodeJS.ErrnoException, socket) => {
    if (!socket.writable || error.code === 'ECONNRESET') return void socket.destroy();
    const isLarge = error.code === 'HPE_HEADER_OVERFLOW';
    const [status, code] = isLarge
      ? (['431 Too Large', 'too-large'] as const)
      : (['400 Bad Request', 'bad-request'] as const);
    const body = JSON.stringify(errorAnswer(code, 'en'));
    const head = ['content-type: application/json; charset=utf-8', `content-length: ${Buffer.byteLength(body)}`];
    socket.end([`HTTP/1.1 ${status}`, ...head, 'connection: close', '', body].join('\r\n'));
  });
}
