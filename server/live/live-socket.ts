import type { WebSocket } from 'ws';
import { LIVE_HEARTBEAT_MS, LIVE_SILENCE_MS_MAX } from '../../schema/limits.ts';
import type { ErrorCode } from '../../schema/protocol/error.ts';
import type { LiveServerMessage } from '../../schema/protocol/live.ts';
import { PROTOCOL_VERSION } from '../../schema/protocol/version.ts';
import type { StoredDevice } from '../store/store.ts';
import type { ChangesMessage } from './changes-message.ts';
import { BUFFERED_BYTES_MAX, ENDED_BYTES_MAX, PACKED_BYTES_MIN, POLICY_VIOLATION, SOCKET_CHECK_MS } from './limits.ts';

/** One authenticated socket. */
export interface LiveSocket {
  readonly device: StoredDevice;
  /**
   * Sends what everybody gets; drops it when the device reads too slowly, and has it pull later. Packed, or as the bytes that all others
   * get too.
   */
  sendShared(message: ChangesMessage, packed: boolean): void;
  send(message: LiveServerMessage): void;
  /** The same with a message that was encoded once for several. */
  say(bytes: Buffer): void;
  /** The device said something. */
  heard(): void;
  /** Ends a silent socket, keeps a quiet one alive, and tells one that has caught up to pull what was dropped. Called every {@link SOCKET_CHECK_MS}. */
  look(): void;
  /** Says why it must not listen any more, and ends. */
  turnOut(code: ErrorCode): void;
  close(): void;
  /** Ends at once, without a goodbye. */
  end(): void;
}

/** `protocol`: the version that the device speaks. */
export function createLiveSocket(
  socket: WebSocket,
  device: StoredDevice,
  now: () => number,
  protocol = PROTOCOL_VERSION,
): LiveSocket {
  // Counted in looks: a clock that is set forward must end no living socket, and one set back keep no dead one.
  let [silentMs, quietMs] = [0, 0];
  let behind = false;
  const sendBytes = (bytes: Buffer, packed: boolean): void => {
    quietMs = 0;
    // A socket that closes meanwhile says so by its close event.
    socket.send(bytes, { binary: false, compress: packed && bytes.length >= PACKED_BYTES_MIN }, () => undefined);
  };
  const say = (bytes: Buffer): void => {
    if (socket.bufferedAmount > ENDED_BYTES_MAX) socket.terminate();
    else sendBytes(bytes, true);
  };
  const send = (message: LiveServerMessage): void => say(Buffer.from(JSON.stringify(message)));
  const catchUp = (): void => {
    if (!behind || socket.bufferedAmount > 0) return;
    behind = false;
    send({ type: 'resync' });
  };
  return {
    device,
    send,
    say,
    sendShared: (message, packed) => {
      behind ||= socket.bufferedAmount > BUFFERED_BYTES_MAX;
      if (!behind) sendBytes(message.bytesFor(protocol), packed);
    },
    heard: () => {
      silentMs = 0;
    },
    look: () => {
      silentMs += SOCKET_CHECK_MS;
      quietMs += SOCKET_CHECK_MS;
      if (silentMs > LIVE_SILENCE_MS_MAX) return socket.terminate();
      catchUp();
      if (!behind && quietMs >= LIVE_HEARTBEAT_MS) send({ type: 'pong', serverTime: now() });
    },
    turnOut: (code) => {
      send({ type: 'error', code });
      socket.close(POLICY_VIOLATION, code);
    },
    close: () => socket.close(1001),
    end: () => socket.terminate(),
  };
}
