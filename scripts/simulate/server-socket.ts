import type { WebSocket } from 'ws';

/** A live socket as the server's side of it sees it. */
export interface ServerSocket {
  readonly serverSide: WebSocket;
  /** The process at the server's end is gone. */
  serverDied(): void;
}

type Listener = (...args: unknown[]) => void;

export interface ServerSide {
  readonly socket: WebSocket;
  /** A message of the device arrived. */
  hear(text: string): void;
  /** The socket is closed, by whomever. */
  end(): void;
}

export interface ServerSideHooks {
  readonly send: (text: string) => void;
  readonly close: () => void;
  /** Bytes that wait for a reader. */
  readonly buffered: () => number;
}

const OPEN = 1;
const CLOSED = 3;

/** As much of a `ws` socket as the server uses. */
export function createServerSide(hooks: ServerSideHooks): ServerSide {
  const listeners = new Map<string, Listener[]>();
  let state = OPEN;
  const emit = (event: string, ...args: unknown[]) => {
    for (const listener of listeners.get(event) ?? []) listener(...args);
  };
  const end = () => {
    if (state === CLOSED) return;
    state = CLOSED;
    emit('close');
  };
  const close = () => {
    if (state === CLOSED) return;
    hooks.close();
    end();
  };
  const socket = {
    OPEN,
    get readyState() {
      return state;
    },
    get bufferedAmount() {
      return hooks.buffered();
    },
    on: (event: string, listener: Listener) => {
      listeners.set(event, [...(listeners.get(event) ?? []), listener]);
      return socket;
    },
    send: (data: Buffer | string, ...more: readonly unknown[]) => {
      if (state === OPEN) hooks.send(String(data));
      (more.at(-1) as (() => void) | undefined)?.();
    },
    close,
    terminate: close,
  };
  return { socket: socket as unknown as WebSocket, hear: (text) => state === OPEN && emit('message', text), end };
}
