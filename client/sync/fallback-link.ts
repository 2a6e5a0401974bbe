import type { Cancel, Timers } from '../device/device-deps.ts';
import type { LinkListener, OpenLink } from './connection.ts';

/** Live sockets in a row that ended without a hello, after which it is asked whether requests come through. */
export const SOCKETS_MISSED_MAX = 3;

/** While only requests come through, a live socket is tried again after so long, in milliseconds. */
export const SOCKET_AGAIN_MS = 15_000;

export interface FallbackLink {
  readonly open: OpenLink;
  /** Requests come through, and no live socket. */
  isWithoutSocket(): boolean;
}

export interface FallbackLinkDeps {
  readonly timers: Timers;
  readonly openLive: OpenLink;
  readonly openPoll: OpenLink;
  readonly log: (what: string) => void;
}

type End = Exclude<keyof LinkListener, 'hello'>;

const NOTHING: Cancel = () => undefined;

/**
 * The live socket; where several in a row said no hello, as behind a proxy that knows none, a question whether requests come through. While they
 * do, a socket is tried again now and then, and takes over when it says hello.
 */
export function createFallbackLink({ timers, openLive, openPoll, log }: FallbackLinkDeps): FallbackLink {
  let missed = 0;
  let withoutSocket = false;
  const open: OpenLink = (listener) => {
    let [closeLive, closePoll, cancelTimer] = [NOTHING, NOTHING, NOTHING];
    let over = false;
    const leave = (): void => {
      over = true;
      withoutSocket = false;
      for (const close of [closeLive, closePoll, cancelTimer]) close();
    };
    const end = (how: End): void => {
      if (over) return;
      leave();
      listener[how]();
    };
    const trySocket = (onMissed: (how: End) => void): void => {
      let greeted = false;
      const ended = (how: End): void => {
        if (!over && !greeted) missed += 1;
        (over || greeted ? end : onMissed)(how);
      };
      closeLive = openLive({
        hello: () => {
          if (withoutSocket) log('A live socket came through again');
          [greeted, missed, withoutSocket] = [true, 0, false];
          listener.hello();
        },
        lost: () => ended('lost'),
        strange: () => ended('strange'),
      });
    };
    const tryAgainLater = (): void => {
      cancelTimer = timers.after(SOCKET_AGAIN_MS, () => trySocket(tryAgainLater));
    };
    const askByRequest = (): void => {
      closePoll = openPoll({
        hello: () => {
          log('No live socket comes through; the server is asked by requests');
          withoutSocket = true;
          tryAgainLater();
          listener.hello();
        },
        lost: () => end('lost'),
        strange: () => end('strange'),
      });
    };
    trySocket((how) => (missed < SOCKETS_MISSED_MAX ? end(how) : askByRequest()));
    return leave;
  };
  return { open, isWithoutSocket: () => withoutSocket };
}
