/** One socket, already opening. After `closed` nothing more is said. */
export interface Socket {
  send(text: string): void;
  close(): void;
}

/** What the owner of a socket hears. */
export interface SocketListener {
  opened(): void;
  message(text: string): void;
  /** Once, whether it ever opened or not. */
  closed(): void;
}

export type OpenSocket = (url: string, listener: SocketListener) => Socket;
