import type { OpenSocket, Socket } from './socket.ts';

export interface SocketWatch {
  /** What the device says; false: it does not arrive, and the socket breaks. */
  said?(message: { readonly type: string }): boolean;
  /** What the server says; the same. */
  heard?(message: { readonly type: string }): boolean;
  /** False: no socket can be had. */
  mayOpen?(): boolean;
}

/** For tests: real sockets that somebody watches, and breaks. */
export function watchSockets(open: OpenSocket, watch: SocketWatch): { readonly openSocket: OpenSocket; cut(): void } {
  const sockets = new Set<Socket>();
  const openSocket: OpenSocket = (url, listener) => {
    if (watch.mayOpen?.() === false) throw new Error('No socket can be had.');
    const socket = open(url, {
      ...listener,
      message: (text) => {
        if (watch.heard?.(JSON.parse(text)) === false) socket.close();
        else listener.message(text);
      },
    });
    sockets.add(socket);
    return {
      close: socket.close,
      send: (text) => {
        if (watch.said?.(JSON.parse(text)) === false) socket.close();
        else socket.send(text);
      },
    };
  };
  const cut = () => {
    for (const socket of sockets) socket.close();
    sockets.clear();
  };
  return { openSocket, cut };
}

/** The entries' ids of what a device says, where it is a push over the socket. */
export function idsPushed(message: { readonly type: string }): string[] | null {
  const { push } = message as { readonly push?: { readonly entries: readonly { readonly id: string }[] } };
  return push?.entries.map(({ id }) => id) ?? null;
}
