import { LIVE_HEARTBEAT_MS, LIVE_SILENCE_MS_MAX } from '../../schema/limits.ts';
import type { Checkpoint } from '../../schema/protocol/checkpoint.ts';
import { type LiveClientMessage, type LiveServerMessage, liveServerMessageShape } from '../../schema/protocol/live.ts';
import { PROTOCOL_VERSION } from '../../schema/protocol/version.ts';
import type { PulledCollection } from '../../schema/roles.ts';
import type { Cancel, DeviceDeps } from '../device/device-deps.ts';
import type { LinkListener } from './connection.ts';
import type { LivePush } from './live-push.ts';
import type { Socket } from './socket.ts';

export interface LiveLinkDeps extends Pick<DeviceDeps, 'openSocket' | 'timers'> {
  readonly url: string;
  readonly credential: string;
  /** How long the socket may take to open and say hello, in milliseconds. */
  readonly timeoutMs: number;
  /** Own rows without an acknowledgement, for the office's list. */
  readonly waiting: () => number;
  readonly onMessage: (message: LiveServerMessage) => void;
  /** What own entries go by while the socket is open. */
  readonly livePush: Pick<LivePush, 'begin' | 'hear' | 'end'>;
  /** What was pulled, so that a server that was rolled back notices before it says hello. */
  readonly checkpoints: () => Readonly<Partial<Record<PulledCollection, Checkpoint>>>;
  readonly onTrouble: (text: string) => void;
  /** The server closed the socket with this code. */
  readonly onRefused: (code: string) => void;
}

/**
 * One live socket: authenticates first, says something every {@link LIVE_HEARTBEAT_MS}, and counts as lost after
 * {@link LIVE_SILENCE_MS_MAX} without a word, so that a half-open socket is noticed.
 */
export function openLiveLink(deps: LiveLinkDeps, listener: LinkListener): Cancel {
  const say = (message: LiveClientMessage) => socket?.send(JSON.stringify(message));
  let socket: Socket | null = null;
  let over = false;
  const silence = createAlarm(deps, () => end(listener.lost));
  const heartbeat = createAlarm(deps, () => {
    say({ type: 'ping', waiting: deps.waiting() });
    heartbeat.set(LIVE_HEARTBEAT_MS);
  });
  const end = (tell: () => void) => {
    if (over) return;
    over = true;
    silence.clear();
    heartbeat.clear();
    socket?.close();
    deps.livePush.end();
    tell();
  };
  const hear = (text: string) => {
    if (over) return;
    const message = readMessage(text);
    const fault = faultOf(message);
    if (message?.type === 'error') deps.onRefused(message.code);
    if (fault !== null || message === null) {
      deps.onTrouble(fault ?? 'A live message without its shape');
      return end(listener.strange);
    }
    silence.set(LIVE_SILENCE_MS_MAX);
    if (message.type === 'pushed' || message.type === 'push-refused') return deps.livePush.hear(message);
    if (message.type === 'hello') deps.livePush.begin((text) => socket?.send(text));
    // Positions first: the pull that a hello asks for must find them.
    deps.onMessage(message);
    if (message.type === 'hello') listener.hello();
  };
  silence.set(deps.timeoutMs);
  heartbeat.set(LIVE_HEARTBEAT_MS);
  try {
    socket = deps.openSocket(deps.url, {
      opened: () => say(auth(deps)),
      message: hear,
      closed: () => end(listener.lost),
    });
  } catch (error) {
    // A browser refuses some addresses at once, e.g. a plain socket from a secure page. The till must open all the same.
    deps.onTrouble(`The browser opens no live socket to ${deps.url}: ${String(error)}`);
    end(listener.strange);
  }
  return () => end(() => undefined);
}

function auth({ credential, checkpoints }: LiveLinkDeps): LiveClientMessage {
  return { type: 'auth', protocol: PROTOCOL_VERSION, credential, checkpoints: checkpoints() };
}

function readMessage(text: string): LiveServerMessage | null {
  try {
    const parsed = liveServerMessageShape.safeParse(JSON.parse(text));
    return parsed.success ? parsed.data : null;
  } catch {
    return null;
  }
}

function faultOf(message: LiveServerMessage | null): string | null {
  return message?.type === 'error' ? `The server closed the live socket: ${message.code}` : null;
}

interface Alarm {
  set(ms: number): void;
  clear(): void;
}

/** A timer that begins anew each time it is set. */
function createAlarm({ timers }: Pick<DeviceDeps, 'timers'>, act: () => void): Alarm {
  let cancel: Cancel = () => undefined;
  return {
    set: (ms) => {
      cancel();
      cancel = timers.after(ms, act);
    },
    clear: () => cancel(),
  };
}
