/** What time it is at the server, in milliseconds since 1970: for showing how long a till was silent, never for order. */
export interface ServerClock {
  /** The server said it is `serverTime`. */
  heard(serverTime: number): void;
  /** The server's time now, or null before its first word. */
  now(): number | null;
  /** The server's time at its last word. */
  lastWord(): number | null;
}

export function createServerClock(clock: () => number): ServerClock {
  let word: { readonly server: number; readonly device: number } | null = null;
  return {
    heard: (serverTime) => {
      word = { server: serverTime, device: clock() };
    },
    now: () => word && word.server + (clock() - word.device),
    lastWord: () => word?.server ?? null,
  };
}
